from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.articles.addresses import canonical_url
from ingest.articles.identity import article_id, letters
from ingest.records import RawArticle

PAGE = "https://example.com/world/talks?id=7&page=2"
TRACKING = ["utm_source=x", "utm_medium=rss", "fbclid=abc", "gclid=1", "ref=home", "at_medium=feed", "UTM_CAMPAIGN=y"]


def by_url(url: str) -> str:
    return article_id(RawArticle(text="Body.", where="here", url=url))


def by_text(text: str) -> str:
    return article_id(RawArticle(text=text, where="here"))


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com/world/talks?id=7&page=2",
        "https://www.example.com/world/talks?id=7&page=2",
        "HTTPS://WWW.Example.COM/world/talks?id=7&page=2",
        "https://example.com/world/talks/?id=7&page=2",
        "https://example.com/world/talks?page=2&id=7",
        "https://example.com/world/talks?id=7&page=2#comments",
        "https://example.com:443/world/talks?id=7&page=2",
        "  https://example.com/world/talks?id=7&page=2\n",
        *(f"https://example.com/world/talks?id=7&page=2&{one}" for one in TRACKING),
        *(f"https://example.com/world/talks?{one}&id=7&page=2" for one in TRACKING),
    ],
)
def test_same_page_has_the_same_id(url: str) -> None:
    assert by_url(url) == by_url(PAGE)


@pytest.mark.parametrize(
    "url",
    [
        "https://example.com/world/talks?id=8&page=2",
        "https://example.com/world/talks?id=7",
        "https://example.com/world/talks",
        "https://example.com/world/Talks?id=7&page=2",
        "https://example.com/world/talks/more?id=7&page=2",
        "https://news.example.com/world/talks?id=7&page=2",
        "https://example.org/world/talks?id=7&page=2",
        "https://example.com:8080/world/talks?id=7&page=2",
        "https://example.com/world/talks?id=7&id=7&page=2",
        "https://example.com/world/talks?id=&page=2",
    ],
)
def test_other_page_has_another_id(url: str) -> None:
    assert by_url(url) != by_url(PAGE)


def test_url_decides_alone() -> None:
    assert article_id(RawArticle(text="Body.", where="here", url=PAGE, given_id="7", outlet="Wire")) == by_url(PAGE)


@pytest.mark.parametrize(
    ("text", "outlet", "given_id"),
    [
        ("Body.", "Wire", "8"),
        ("Body.", "Post", "7"),
        ("Body.", None, "7"),
        ("Body.", "Wire", None),
        ("Else.", "Wire", "7"),
    ],
)
def test_without_url_words_outlet_and_source_id_count(text: str, outlet: str | None, given_id: str | None) -> None:
    one = RawArticle(text="Body.", where="here", given_id="7", outlet="Wire")
    assert article_id(one) == article_id(RawArticle(text="body", where="there", given_id="7", outlet="Wire"))
    assert article_id(one) != article_id(RawArticle(text=text, where="here", given_id=given_id, outlet=outlet))


@pytest.mark.parametrize(
    "text",
    [
        "The talks failed, he said.",
        "the  talks\nfailed; he said",
        "THE TALKS FAILED — “he said”",
        "The talks’ failed he said…",
    ],
)
def test_text_is_its_letters(text: str) -> None:
    assert by_text(text) == by_text("The talks failed he said")


@pytest.mark.parametrize(
    "text", ["The talks fail, he said.", "The talks failed, she said.", "Talks failed, he said 1."]
)
def test_other_words_are_another_text(text: str) -> None:
    assert by_text(text) != by_text("The talks failed, he said.")


URLS = st.builds(
    "{}://{}/{}?{}".format,
    st.sampled_from(["http", "https"]),
    st.from_regex(r"[a-z]{1,8}(\.[a-z]{2,5}){1,2}", fullmatch=True).filter(lambda host: not host.startswith("www.")),
    st.from_regex(r"[a-zA-Z0-9_~-]{0,6}(/[a-zA-Z0-9_~-]{1,6}){0,3}", fullmatch=True),
    st.from_regex(r"([b-eg-l]{1,3}=[a-z0-9%+]{0,5}(&[b-eg-l]{1,3}=[a-z0-9]{0,5}){0,3})?", fullmatch=True),
)


@given(URLS, st.sampled_from(TRACKING))
def test_decoration_never_changes_the_id(url: str, tracking: str) -> None:
    scheme, rest = url.split("://")
    glue = "" if url.endswith("?") else "&"
    host, _, tail = rest.partition("/")
    same = {
        url,
        f"{'http' if scheme == 'https' else 'https'}://{rest}",
        f"{scheme}://www.{rest}",
        f"{scheme}://{host.upper()}/{tail}",
        f"{url}{glue}{tracking}",
        f"{url}#{tracking}",
        url.replace("?", "/?"),
    }
    assert {by_url(one) for one in same} == {by_url(url)}


@given(URLS, URLS)
def test_ids_are_equal_only_for_one_canonical_page(one: str, other: str) -> None:
    assert (by_url(one) == by_url(other)) == (canonical_url(one) == canonical_url(other))


@given(URLS)
def test_canonical_url_of_itself_is_itself(url: str) -> None:
    assert canonical_url("https://" + canonical_url(url)) == canonical_url(url)


ANYTHING = st.text(st.characters(exclude_categories=[]), max_size=60)  # lone surrogates too


@given(ANYTHING, ANYTHING, ANYTHING)
def test_any_input_has_an_id(text: str, url: str, given_id: str) -> None:
    for given_url in (url, "https://example.com/" + url, "https://example.com/?a=" + url, None):
        raw = RawArticle(text=text, where="here", url=given_url, given_id=given_id or None)
        assert re.fullmatch("[0-9a-f]{16}", article_id(raw))


@given(st.text(), st.text())
def test_letters_of_a_whole_are_the_letters_of_its_parts(one: str, other: str) -> None:
    assert letters(f"{one} — {other}") == letters(one) + letters(other)
