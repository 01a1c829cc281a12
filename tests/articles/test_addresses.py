"""One article, one address: canonical URLs, and which address a page may call its own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.articles.addresses import canonical_url, own_address, site, unwrapped
from ingest.articles.clean import domain

PAGE = "https://norland.example/world/ferry-line?id=7"


@pytest.mark.parametrize(
    "url",
    [
        "https://m.norland.example/world/ferry-line?id=7",
        "https://mobile.norland.example/world/ferry-line?id=7",
        "https://touch.norland.example/world/ferry-line?id=7",
        "https://www.m.norland.example/world/ferry-line?id=7",
        "https://amp.norland.example/world/ferry-line?id=7",
        "https://norland.example/world/ferry-line/amp?id=7",
        "https://norland.example/world/ferry-line/amp/?id=7",
        "https://norland.example/amp/world/ferry-line?id=7",
        "https://norland.example/world/amp/ferry-line?id=7",
        "https://norland.example/world/ferry-line.amp?id=7",
        "https://norland.example/world/ferry-line/amp.html?id=7",
        "https://norland.example/world/ferry-line?amp=1&id=7",
        "https://norland.example/world/ferry-line?id=7&amp",
        "https://norland.example/world/ferry-line?id=7&outputType=amp",
        "https://norland.example/world/ferry-line?id=7&amp_js_v=a6&usqp=mq331",
        "https://www.google.com/amp/s/norland.example/world/ferry-line?id=7",
        "https://www.google.co.uk/amp/s/www.norland.example/world/ferry-line/amp?id=7",
        "https://www.bing.com/amp/s/norland.example/world/ferry-line?id=7",
        "https://norland-example.cdn.ampproject.org/c/s/norland.example/world/ferry-line?id=7",
        "https://norland-example.cdn.ampproject.org/v/s/norland.example/world/ferry-line/amp?id=7&usqp=x",
        "http://norland.example:80/world/ferry-line?id=7",
        "https://norland.example./world/ferry-line?id=7",
        "https://norland.example/world/ferry-line/index.html?id=7",
        "https://norland.example/world/ferry-line;jsessionid=1A2B?id=7",
        "https://norland.example/world/ferry%2dline?id=7",
        "https://norland.example/world/%66erry-line?id=7#top",
        "https://norland.example/world/ferry-line?id=7&wbraid=1&gbraid=2&ttclid=3&_gl=4&mtm_campaign=5&__twitter_impression=true",
    ],
)
def test_decorated_address_is_the_plain_one(url: str) -> None:
    assert canonical_url(url) == "norland.example/world/ferry-line?id=7"


@pytest.mark.parametrize(
    ("url", "plain"),
    [
        ("https://norland.example/index.php?id=7", "norland.example?id=7"),
        ("https://norland.example/story.amp.html", "norland.example/story.html"),
        ("https://münchen.example/straße", "xn--mnchen-3ya.example/stra%C3%9Fe"),
        ("https://xn--mnchen-3ya.example/stra%c3%9fe", "xn--mnchen-3ya.example/stra%C3%9Fe"),
        ("https://en.m.wikipedia.org/wiki/Ferry", "en.wikipedia.org/wiki/Ferry"),
        ("https://m.co.uk/a", "m.co.uk/a"),
        ("https://amp.dev/a", "amp.dev/a"),
        ("https://norland.example/amp", "norland.example/amp"),
        ("https://norland.example/champ/ramp", "norland.example/champ/ramp"),
        ("https://norland.example/100%", "norland.example/100%25"),
        ("https://www.google.com/amp/", "google.com/amp"),
        ("not an address", "not%20an%20address"),
        ("", ""),
    ],
)
def test_canonical_address(url: str, plain: str) -> None:
    assert canonical_url(url) == plain


@pytest.mark.parametrize("key", ["id", "p", "story", "page", "article", "articleId", "v", "nid", "date", "q", "lang"])
def test_what_chooses_the_page_stays(key: str) -> None:
    one, other = (canonical_url(f"https://norland.example/show?{key}={value}&utm_source=x") for value in "12")
    assert one == f"norland.example/show?{key}=1"
    assert one != other


REST = st.one_of(
    st.text(st.characters(exclude_categories=[]), max_size=40),
    st.lists(
        st.sampled_from(
            ["/", "amp", ".amp", ".html", "index.html", "?", "&", "=", "%", "%41", "%2f", "%C3", ";jsessionid=", "a",
             "é", "//", "..", "#", "id=1", "utm_x=1", "\ud800", "https://www.google.com/amp/s/", "m.", ":", "+", " "]
        ),
        max_size=10,
    ).map("".join),
)  # fmt: skip
HOSTS = st.lists(
    st.sampled_from(["www", "m", "mobile", "amp", "news", "a", "co", "uk", "com", "example", "é"]), min_size=1
)


@given(HOSTS, REST)
def test_canonical_address_of_itself_is_itself(labels: list[str], rest: str) -> None:
    once = canonical_url("https://" + ".".join(labels) + "/" + rest)
    assert canonical_url("https://" + once) == once


@given(st.text(st.characters(exclude_categories=[]), max_size=60), REST)
def test_no_address_makes_it_raise(anything: str, rest: str) -> None:
    for url in (anything, "https://" + anything, "https://norland.example/" + rest, "http://[" + anything):
        canonical_url(url).encode("utf-8", "surrogatepass")
        own_address(url, PAGE)
        own_address(PAGE, url)
        site(anything)


@given(st.text(max_size=8_000).map(lambda rest: "https://www.google.com/amp/s/" * 1_000 + rest))
def test_viewers_in_viewers_end(url: str) -> None:
    assert len(unwrapped(url)) <= len(url)


@pytest.mark.parametrize(
    ("claimed", "fetched", "own"),
    [
        ("https://norland.example/ferry", "https://m.norland.example/ferry?utm_source=x", "https://norland.example/ferry"),
        ("/ferry", "https://norland.example/ferry/amp", "https://norland.example/ferry"),
        ("https://www.norland.co.uk/ferry", "https://amp.norland.co.uk/ferry", "https://www.norland.co.uk/ferry"),
        ("https://norland.example/ferry", "https://www.google.com/amp/s/norland.example/ferry/amp", "https://norland.example/ferry"),
        ("https://norland.example/ferry", None, "https://norland.example/ferry"),
        # another site, however alike
        ("https://sudland.co.uk/ferry", "https://norland.co.uk/ferry", None),
        ("https://one.blogspot.com/ferry", "https://two.blogspot.com/ferry", None),
        ("https://norland.example:8443/ferry", "https://norland.example/ferry", None),
        ("https://co.uk/ferry", "https://norland.co.uk/ferry", None),
        # a claim that loses the page
        ("https://norland.example/", "https://norland.example/ferry", None),
        ("https://norland.example", "https://norland.example/?p=7", None),
        ("https://norland.example/show.php", "https://norland.example/show.php?id=7", None),
        ("javascript:alert(1)", "https://norland.example/ferry", None),
        ("ftp://norland.example/ferry", "https://norland.example/ferry", None),
        ("http://[broken", "https://norland.example/ferry", None),
        (None, "https://norland.example/ferry", None),
        ("", None, None),
        ("/ferry", None, None),
    ],
)  # fmt: skip
def test_page_is_believed_only_about_its_own_site(claimed: str | None, fetched: str | None, own: str | None) -> None:
    assert own_address(claimed, fetched) == (own or fetched)


def test_outlet_of_a_viewed_page_is_its_own() -> None:
    assert domain("https://www.google.com/amp/s/norland.example/world/ferry-line") == "norland.example"
