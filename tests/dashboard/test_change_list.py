from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from dashboard.change_list import Change, change_head, p_words, parts_line, words_lines
from dashboard.evidence import Item
from dashboard.stories import Story, articles_of_story, story_card
from ingest.index.changes import Parts

CHANGE = Change(number=1, period=date(2014, 11, 1), before=-0.1, after=0.21, change=0.31, low=0.12, high=0.5, p=0.004)
ITEM = Item(
    sentence="Russia praised Pakistan.", a="PAK", b="RUS", a_spans=((15, 23),), b_spans=((0, 6),), words=(), tone=0.5,
    direction="ba",
)  # fmt: skip
STORY = Story(
    key=1, tone=-0.42, articles=4, outlets=3, outlet="<i>Dawn</i>", published=datetime(2017, 9, 26, tzinfo=UTC),
    title="<script>x</script>", url="https://a.example/1",
)  # fmt: skip


def test_head_says_number_date_change_interval_and_p() -> None:
    said = change_head(CHANGE, "month")
    for part in (
        ">1</span>", "<b>+0.31</b> warmer since Nov 2014", "+0.12 to +0.50", "p\u202f=\u202f0.004",
        "from −0.10 to +0.21",
    ):  # fmt: skip
        assert part in said


@pytest.mark.parametrize(("p", "words"), [(0.0004, "&lt;\u202f0.001"), (0.004, "=\u202f0.004"), (0.012, "=\u202f0.01")])
def test_p_in_words(p: float, words: str) -> None:
    assert p_words(p) == f"p\u202f{words}"


def test_parts_are_told_with_what_they_mean() -> None:
    said = parts_line(Parts(change=0.31, tone=0.25, mix=0.04, volume=0.02))
    assert 'title="outlets came or went">mix +0.04' in said
    assert "tone +0.25" in said
    assert "volume +0.02" in said


def test_words_are_escaped_and_absence_is_said() -> None:
    said = words_lines([("<b>talks", 3.1)], [])
    assert 'Said more before: <b title="log-odds z +3.10">&lt;b&gt;talks</b>' in said
    assert "Said more after: no word stands out" in said


def test_story_is_escaped_and_counts_its_articles() -> None:
    said = story_card(STORY)
    assert "4 articles in 3 outlets" in said
    assert "<script" not in said
    assert "<i>Dawn" not in said
    assert 'href="https://a.example/1"' in said


def test_story_without_a_headline_shows_its_sentence() -> None:
    said = story_card(STORY._replace(title=None, sentence="A <b> said."))
    assert "A &lt;b&gt; said." in said
    assert ">a.example</a>" in said


def test_articles_of_a_story_stand_under_their_own_heads() -> None:
    said = articles_of_story([("1", ITEM), ("1", ITEM), ("2", ITEM)])
    assert said.count('class="dt-card"') == 2
    assert said.count('class="dt-sentence"') == 3
