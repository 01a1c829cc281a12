"""The pure parts of the stories page and of the article page."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.evidence import Item
from dashboard.reading_card import sentence, vader_says, whole_text
from dashboard.story_address import StoryView, read_story_address, write_story_address
from dashboard.story_words import figures, lag, member, moment, tone_by_pair

DAYS = st.dates(date(1800, 1, 1), date(2199, 12, 31)) | st.none()
CODES = st.sampled_from(["PAK", "RUS", "XKX", None])


@given(
    st.tuples(CODES, CODES),
    DAYS,
    DAYS,
    st.text(max_size=50).map(str.strip),
    st.sampled_from([None, "0123456789abcdef"]),
)
def test_an_address_gives_the_view_again(
    pair: tuple[str | None, str | None], since: date | None, until: date | None, words: str, story: str | None
) -> None:
    a, b = pair
    view = StoryView(a=a, b=None if a == b else b, since=since, until=until, words=words, story=story)
    assert read_story_address(write_story_address(view)) == (view, ())


@given(st.dictionaries(st.sampled_from(["a", "b", "from", "to", "q", "story", "x"]), st.text(max_size=80)))
def test_any_address_is_read(params: dict[str, str]) -> None:
    view, notes = read_story_address(params)
    assert read_story_address(write_story_address(view))[0] == view
    assert all(one.endswith("is ignored.") for one in notes)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0, "same time"), (59, "same time"), (60, "1 min later"), (7_199, "119 min later"),
     (7_200, "2 h later"), (86_400, "24 h later"), (172_800, "2 days later"), (864_000, "10 days later")],
)  # fmt: skip
def test_lags_are_said(seconds: int, said: str) -> None:
    first = datetime(2017, 9, 26, 8, tzinfo=UTC)
    assert lag(first, first + timedelta(seconds=seconds)) == said


def test_where_no_hour_is_told_the_day_is_said() -> None:
    assert lag(datetime(2017, 9, 26, tzinfo=UTC), datetime(2017, 9, 26, tzinfo=UTC)) == "same day"


def test_a_time_of_day_is_said_where_there_is_one() -> None:
    assert moment(datetime(2017, 9, 26, tzinfo=UTC)) == "26 Sep 2017"
    assert moment(datetime(2017, 9, 26, 8, 5, tzinfo=UTC)) == "26 Sep 2017, 08:05 UTC"
    assert moment(None) == "no date"


MEMBERS = pl.DataFrame(
    {
        "article_id": ["1", "2"],
        "published": [datetime(2017, 9, 26, 8, tzinfo=UTC), datetime(2017, 9, 26, 12, tzinfo=UTC)],
        "outlet": ["One <b>Paper</b>", None],
        "title": ["Drills & more", None],
        "url": ["https://one.example/1", "javascript:alert(1)"],
        "origin": ["Reuters", None],
    }
)
TONES = pl.DataFrame(
    {"article_id": ["1", "1", "2"], "pair": ["IND-PAK", "PAK-RUS", "PAK-RUS"], "tone": [-0.4, 0.2, 0.6],
     "corrected": [False, True, False]}
)  # fmt: skip


def test_a_member_says_who_when_and_whose_text_and_nothing_becomes_markup() -> None:
    first, second = MEMBERS.to_dicts()
    said = member(first, first["published"], TONES.filter(pl.col("article_id") == "1"), is_first=True)
    for words in ("One &lt;b&gt;Paper&lt;/b&gt;", "08:00 UTC", "first", "text by Reuters", "Drills &amp; more", "+0.20 friendly</span> corrected"):  # fmt: skip  # noqa: E501
        assert words in said
    other = member(second, first["published"], TONES.clear(), is_first=False)
    assert ["4 h later" in other, "outlet unknown" in other, "javascript" in other] == [True, True, False]
    assert "relates no two countries" in other


def test_the_figures_and_tones_of_a_story() -> None:
    assert figures(MEMBERS) == [
        ("Articles", "2", "counted once by default"),
        ("Outlets", "1", "text by Reuters"),
        ("First", "26 Sep 2017, 08:00 UTC", "One <b>Paper</b>"),
        ("Spread", "4 h", "from the first to the last article"),
    ]
    said = tone_by_pair(TONES)
    assert said.index("Pakistan–Russia") < said.index("India–Pakistan")
    assert "+0.40 friendly</span> in 2 articles" in said


def item(text: str, **more: object) -> Item:
    return Item("PAK", "RUS", text, ((0, 6),), ((15, 23),), ((7, 14, 0.4),), 0.5, "ba", **more)  # type: ignore[arg-type]


TEXT = "Russia praised Pakistan <b>."


def test_a_sentence_says_its_tone_its_words_and_what_vader_says() -> None:
    said = sentence(item(TEXT), 0.3)
    assert ["+0.50 close" in said, "praised +0.40" in said, "VADER alone: +0.30 friendly" in said] == [True] * 3
    assert "<b>" not in said
    fixed = sentence(item(TEXT, was=-0.7, corrected="Corrected by <i>X</i>"), 0.3)
    assert '<s class="dt-was">' in fixed
    assert "−0.70 hostile" in fixed
    assert "Corrected by &lt;i&gt;X&lt;/i&gt;" in fixed
    assert "dt-struck" in sentence(item(TEXT, struck=True), 0.3)


@given(st.text(max_size=30), st.text(max_size=30))
def test_a_whole_text_shows_every_character_once(before: str, after: str) -> None:
    from html import unescape
    from re import sub

    text = f"{before}{TEXT}{after}"
    html = whole_text(text, [(len(before), len(before) + len(TEXT), item(TEXT))] * 2)
    plain = unescape(sub(r"<[^>]*>", "", html))
    assert plain == text
    assert html.count("<mark") == 1


def test_vader_is_explained_in_words() -> None:
    assert vader_says(-0.62).startswith("VADER alone would have said −0.62 (hostile) of the whole text.")
