from __future__ import annotations

from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.evidence import Item, Spans, Words, card, driving, headline, in_place, marked, pieces, safe_link, toward

NAMES = ("Pakistan", "Russia")
SPANS = st.lists(st.tuples(st.integers(-5, 60), st.integers(-5, 60)), max_size=4)
WORDS = st.lists(st.tuples(st.integers(-5, 60), st.integers(-5, 60), st.floats(-1, 1)), max_size=4)
TEXTS = st.text(max_size=50) | st.text("<>&\"'/=ab ", max_size=50)


class Visible(HTMLParser):
    """What a reader sees of HTML, and the tags in it."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.feed(html)
        self.close()

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}


def item(sentence: str, a: Spans = (), b: Spans = (), words: Words = ()) -> Item:
    return Item(sentence=sentence, a="PAK", b="RUS", a_spans=a, b_spans=b, words=words, tone=0.5, direction="ab")


@given(TEXTS, SPANS, SPANS, WORDS)
def test_visible_text_is_the_sentence(
    text: str, a: list[tuple[int, int]], b: list[tuple[int, int]], words: list[tuple[int, int, float]]
) -> None:
    html = marked(item(text, a, b, words))
    # A parser of HTML drops NUL and makes one line end of \r\n; cleaned articles have neither.
    seen = Visible(html)
    assert "".join(piece.text for piece in pieces(text, a, b, words, NAMES)) == text
    assert seen.text.replace("\x00", "\ufffd") == text.replace("\x00", "\ufffd")
    assert seen.tags <= {"u", "span"}
    assert seen.attributes <= {"class", "style", "title"}


@given(TEXTS, TEXTS, TEXTS, TEXTS)
def test_no_part_of_an_article_becomes_markup(sentence: str, outlet: str, title: str, url: str) -> None:
    seen = Visible(card(item(sentence)._replace(outlet=outlet, title=title, url=url)))
    assert seen.tags <= {"div", "p", "b", "span", "i", "a"}
    assert seen.attributes <= {"class", "style", "href", "target", "rel"}
    assert sentence in seen.text


@given(TEXTS, st.integers(-3, 60), st.integers(-3, 60))
def test_whole_article_stays_text(text: str, start: int, end: int) -> None:
    seen = Visible(in_place(text, start, end, item(text[max(0, start) : end])))
    assert seen.text == text
    assert seen.tags <= {"div", "mark"}


def test_both_countries_are_underlined_and_words_tinted() -> None:
    html = marked(item("Pakistan praised Russia.", [(0, 8)], [(17, 23)], [(9, 16, 0.6)]))
    assert html == (
        '<u class="dt-country" title="Pakistan">Pakistan</u> '
        '<span class="dt-word dt-plus" style="--tint:43%" title="pulls the tone by +0.60">praised</span> '
        '<u class="dt-country" title="Russia">Russia</u>.'
    )


def test_one_span_for_both_names_both() -> None:
    (piece, rest) = pieces("Both sides met", [(0, 10)], [(0, 10)], (), NAMES)
    assert (piece.country, rest.country) == ("Pakistan and Russia", "")


def test_card_says_outlet_date_tone_and_direction() -> None:
    html = card(
        item("x")._replace(
            outlet="A & B", published=datetime(2017, 9, 26, tzinfo=UTC), title="T", url="https://a.org/?x=1&y=2"
        )
    )
    seen = Visible(html)
    assert seen.text.startswith("A & B · 26 Sep 2017 · +0.50 close · Pakistan toward Russia")
    assert 'href="https://a.org/?x=1&amp;y=2" target="_blank" rel="noopener noreferrer"' in html


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "//a.org",
        "/x",
        "file:///etc/passwd",
        "http://",
        "https://a b",
        "http://[",
        "java\nscript:x",
        "",
        None,
    ],
)
def test_unsafe_address_is_no_link(url: str | None) -> None:
    assert safe_link(url) is None
    assert "<a" not in headline("Title", url)


def test_driving_words_are_strongest_first() -> None:
    assert driving([(0, 4, 0.1), (5, 9, -0.7)], "good evil") == [("evil", -0.7), ("good", 0.1)]


@pytest.mark.parametrize(
    ("direction", "words"),
    [("ab", "Pakistan toward Russia"), ("ba", "Russia toward Pakistan"), ("both", "mutual"), ("none", "")],
)
def test_direction_in_words(direction: str, words: str) -> None:
    assert toward("PAK", "RUS", direction) == words
