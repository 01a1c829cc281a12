from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.feeds.items import LONG, SHORT, digest_without_clock, is_front, needs_page, own_item, whole
from ingest.records import RawArticle

URL = "https://norlandpost.example/ferry"
ITEM = RawArticle(text="Short.", where=URL, url=URL, title="Ferry", published="2018-11-05T08:00:00Z", outlet="Post")

FEED = """<rss><channel><title>Post</title><lastBuildDate>{0}</lastBuildDate><pubDate>{0}</pubDate>
<item><title>Ferry{1}</title><pubDate>5 Nov 2018</pubDate></item><!-- made in {0} --><lastBuildDate>{0}</lastBuildDate>
</channel></rss><!-- {0}"""


def test_the_clock_of_a_feed_is_no_change_and_an_item_is() -> None:
    first, later, other = (digest_without_clock(FEED.format(*words).encode()) for words in (("1", ""), ("2", ""), "12"))
    assert first == later != other


def test_an_atom_feeds_own_time_is_no_change_and_an_entrys_is() -> None:
    atom = "<feed><updated>{0}</updated><entry><updated>{1}</updated></entry></feed>"
    first, later, other = (digest_without_clock(atom.format(*times).encode()) for times in ("11", "21", "12"))
    assert first == later != other


@given(st.binary(max_size=300) | st.text(alphabet="<!->item ", max_size=300).map(str.encode))
def test_any_bytes_have_a_digest_and_the_same_bytes_the_same(data: bytes) -> None:
    assert digest_without_clock(data) == digest_without_clock(data)


@pytest.mark.parametrize("piece", [b"<!--", b"-->", b"<item>", b"<lastBuildDate>", b"<!-- <item> "])
def test_ten_megabytes_of_one_piece_take_no_time(piece: bytes) -> None:
    digest_without_clock(piece * (10_000_000 // len(piece)))


@pytest.mark.parametrize(
    ("text", "summary", "needed"),
    [
        ("x" * (SHORT - 1), False, True),
        ("x" * SHORT, False, False),
        ("x" * SHORT, True, True),
        ("x" * LONG, True, False),
        ("x" * SHORT + " …", False, True),
        ("x" * SHORT + " […]", False, True),
        ("x" * SHORT + " [...]", False, True),
        ("x" * SHORT + " Read more", False, True),
        ("x" * SHORT + " Continue reading Ferry line returns »", False, True),
        ("x" * SHORT + " Read the full story.", False, True),
        ("x" * SHORT + " He said that nobody reads on.", False, False),
    ],
)
def test_an_item_needs_its_page_if_it_is_short_or_calls_itself_a_summary(
    text: str, summary: bool, needed: bool
) -> None:
    assert needs_page(RawArticle(text=text, where=URL, url=URL, summary=summary)) is needed


def test_what_has_no_page_needs_none() -> None:
    assert not needs_page(RawArticle(text="Short.", where="x"))


def test_what_blog_software_adds_is_taken_off_and_the_outlet_is_the_lists() -> None:
    raw = RawArticle(
        text="A ferry.\nThe post Ferry appeared first on Post.", where=URL, outlet="Feed", title="F" * 5_000
    )
    mine = own_item(raw, "The Norland Post")
    assert (mine.text, mine.outlet, len(mine.title or "")) == ("A ferry.", "The Norland Post", 1_000)
    only = RawArticle(text="The post Ferry appeared first on Post.", where=URL)
    assert own_item(only, "x").text == only.text


def page(text: str, url: str) -> RawArticle:
    return RawArticle(text=text, where=URL, url=url, title="T", published="2019-01-01", outlet="Own", authors=("Ann",))


def test_a_page_gives_the_text_and_the_item_the_rest() -> None:
    found = whole(ITEM, page("A long text.", URL + "?print=1"))
    assert (found.text, found.title, found.url, found.published) == ("A long text.", "Ferry", URL, ITEM.published)
    assert (found.outlet, found.authors) == ("Post", ("Ann",))


def test_a_page_with_less_than_the_item_gives_no_text() -> None:
    assert whole(ITEM, page("No", URL)).text == "Short."


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://sudland.example/ferry", "https://sudland.example/ferry"),
        ("https://sudland.example/", URL),
        ("https://www.norlandpost.example/other", URL),
    ],
)
def test_only_another_site_changes_the_address(url: str, expected: str) -> None:
    assert whole(ITEM, page("A long text.", url)).url == expected


@pytest.mark.parametrize(
    ("url", "front"),
    [("https://a.example", True), ("https://a.example/?p=1", False), ("http://[", False), (None, True)],
)
def test_a_front_page_is_told(url: str | None, front: bool) -> None:
    assert is_front(url) is front
