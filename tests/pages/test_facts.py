"""What a page says of itself: title, date, authors, outlet and text, wherever sites put them."""

from __future__ import annotations

import json

import pytest

from ingest.pages import claimed_address, extracted
from ingest.pages.markup import without_silent
from ingest.records import RawArticle
from ingest.sources.html import page_at
from tests.sources.reading import BODY, PARAGRAPHS


def article(head: str = "", body: str = BODY, h1: str = "Ferry line returns") -> RawArticle:
    page = f'<html lang="en"><head>{head}</head><body><article><h1>{h1}</h1>{body}</article></body></html>'
    found = extracted(page_at(page.encode(), "here"))
    assert isinstance(found, RawArticle), found
    return found


TIMED = "2018-11-05T08:00:00Z"
LATER = "2020-01-01T08:00:00Z"
GRAPH = [{"@type": "WebPage"}, {"@type": ["Thing", "NewsArticle"], "datePublished": "2018-11-05"}]
OUTLET_AND_PERSON = [{"name": "Norland Post"}, {"name": "Ann Lee"}]


def linked(**told: object) -> str:
    node = {"@context": "https://schema.org", "@type": "NewsArticle"} | {
        key.replace("at_", "@"): told[key] for key in told
    }
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


def meta(name: str, content: str) -> str:
    return f'<meta property="{name}" content="{content}">'


@pytest.mark.parametrize(
    ("head", "title"),
    [
        (linked(headline="Ferry line returns"), "Ferry line returns"),
        (linked(headline="Ferry &amp; harbour"), "Ferry & harbour"),
        ("<title>Ferry line returns | The Norland Post</title>", "Ferry line returns"),
        ("<title>Ferry line returns - World - The Norland Post</title>", "Ferry line returns"),
        ("<title>A ferry, again – Norland Post</title>" + meta("og:site_name", "The Norland Post"), "A ferry, again"),
        (meta("og:title", "A ferry: the story") + meta("og:site_name", "The Norland Post"), "A ferry: the story"),
        ("", "Ferry line returns"),
    ],
)
def test_title(head: str, title: str) -> None:
    assert article(head).title == title


@pytest.mark.parametrize(
    ("head", "published"),
    [
        (linked(datePublished="2018-11-05T08:00:00+02:00"), "2018-11-05T08:00:00+02:00"),
        (linked(at_graph=GRAPH), "2018-11-05"),
        (meta("article:published_time", TIMED), TIMED),
        ('<meta itemprop="datePublished" content="2018-11-05T08:00:00Z">', "2018-11-05T08:00:00Z"),
        ('<meta name="parsely-pub-date" content="2018-11-05T08:00:00Z">', "2018-11-05T08:00:00Z"),
        # the hour from whoever knows it, the day from the surest
        (linked(datePublished="2018-11-05") + meta("article:published_time", TIMED), TIMED),
        (linked(datePublished="2018-11-05") + meta("date", LATER), "2018-11-05"),
        # not when it was changed
        (linked(datePublished="2018-11-05", dateModified=LATER) + meta("article:modified_time", LATER), "2018-11-05"),
    ],
)  # fmt: skip
def test_date(head: str, published: str) -> None:
    assert article(head).published == published


def test_date_of_the_one_time_element() -> None:
    assert article(body='<time datetime="2018-11-05T08:00Z">5 Nov</time>' + BODY).published == "2018-11-05T08:00Z"
    several = (
        '<time datetime="2020-01-01">1 Jan</time><time class="published" datetime="2018-11-05T08:00Z">5 Nov</time>'
    )
    assert article(body=several + BODY).published == "2018-11-05T08:00Z"


@pytest.mark.parametrize(
    ("head", "authors"),
    [
        (linked(author={"@type": "Person", "name": "Ann Lee"}), ("Ann Lee",)),
        (linked(author=[{"name": "Ann Lee"}, {"name": "Bo Chen"}, {"name": "ann lee"}]), ("Ann Lee", "Bo Chen")),
        (linked(author="By Ann Lee and Bo Chen"), ("Ann Lee", "Bo Chen")),
        (linked(author={"name": ["Ann Lee", "Bo Chen"]}), ("Ann Lee", "Bo Chen")),
        (meta("author", "Ann Lee, Bo Chen"), ("Ann Lee", "Bo Chen")),
        (meta("author", "Ann Lee (Harbour desk)"), ("Ann Lee",)),
        (meta("article:author", "https://social.example/ann"), ()),
        (linked(author=OUTLET_AND_PERSON) + meta("og:site_name", "Norland Post"), ("Ann Lee",)),
    ],
)  # fmt: skip
def test_authors(head: str, authors: tuple[str, ...]) -> None:
    assert article(head).authors == authors


def test_outlet() -> None:
    assert article(linked(publisher={"name": "The Norland Post"})).outlet == "The Norland Post"
    assert (
        article(meta("og:site_name", "The Norland Post") + linked(publisher={"name": "X"})).outlet == "The Norland Post"
    )
    assert article().outlet is None


def test_text_is_asked_for_its_language_before_the_page() -> None:
    german = "".join(
        f"<p>{'Die Fähre fährt wieder zwischen den beiden Hauptstädten und kostet die Hälfte. ' * 3}</p>" * 3
    )
    assert article(body=german).language == "de"
    assert article().language == "en"


def test_text_that_only_linked_data_has_is_taken() -> None:
    whole = " ".join(PARAGRAPHS * 5)
    found = article(linked(articleBody=whole), body="<p>Norland and Sudland will run a ferry. Sign in to read on.</p>")
    assert found.text == whole
    assert article(linked(articleBody="Cut short")).text == "\n".join(PARAGRAPHS)


@pytest.mark.parametrize(
    "block",
    [
        "",
        "{",
        "null",
        "[[]]",
        '{"@type": "NewsArticle", "headline": ["a", {}], "author": [null, 3, [[]]]}',
        "[" * 100_000,
        "\ud800",
    ],
)
def test_broken_linked_data_does_no_harm(block: str) -> None:
    page = f'<html><head><script type="application/ld+json">{block}</script></head><body>{BODY}</body></html>'
    found = extracted(page_at(page.encode("utf-8", "surrogatepass"), "here"))
    assert isinstance(found, RawArticle)
    assert found.text == "\n".join(PARAGRAPHS)


def test_silent_parts_are_dropped_and_linked_data_kept() -> None:
    data = '<script type="application/ld+json">{}</script>'
    page = (
        f"<p>one<script>if (a < b) {{ '<p>' }}</script> two<!-- <p>three --></p><STYLE>p</STYLE >{data}<svg><p>x</svg>"
    )
    assert without_silent(page) == (f"<p>one two</p>{data}", ["{}"])


@pytest.mark.parametrize("opening", ["<script>", "<!--", "<style>", "<svg>"])
def test_what_is_never_closed_stays(opening: str) -> None:
    page = f"<p>one</p>{opening * 3}<p>two</p>"
    assert without_silent(page) == (page, [])


@pytest.mark.parametrize(
    ("head", "address"),
    [
        ('<link rel="canonical" href="https://a.example/x?a=1&amp;b=2">', "https://a.example/x?a=1&b=2"),
        ("<link href=https://a.example/x rel=canonical />", "https://a.example/x"),
        ("<meta property=\"og:url\" content=\"https://a.example/o\"><LINK REL='canonical' HREF='/x'>", "/x"),
        ('<meta property="og:url" content="https://a.example/o">', "https://a.example/o"),
        ('<link rel="alternate" href="https://a.example/x"><link rel="canonical">', None),
    ],
)
def test_address_that_a_page_claims(head: str, address: str | None) -> None:
    assert claimed_address(f"<html><head>{head}</head><body></body></html>".encode()) == address
