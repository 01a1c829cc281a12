"""Stories merged and split by hand."""

from __future__ import annotations

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from ingest.corrections.entry import Entry
from ingest.corrections.in_force import in_force
from ingest.corrections.stories import by_hand, with_hand
from tests.corrections.making import merge, split, withdraw

IDS = [f"{number:016x}" for number in range(8)]
LINKED = {IDS[0]: IDS[0], IDS[1]: IDS[0], IDS[2]: IDS[0], IDS[3]: IDS[3], IDS[4]: IDS[3]}
"""Two stories, of three and of two articles; three articles more are stories of their own."""


def partition(*entries: Entry) -> set[frozenset[str]]:
    """Apply entries and return the stories as sets of articles."""
    rows = pl.LazyFrame({"article_id": IDS, "story_id": [LINKED.get(one, one) for one in IDS]})
    told = with_hand(rows, by_hand(in_force(entries), LINKED)).collect()
    return {frozenset(group["article_id"]) for _, group in told.group_by("story_id")}


def parts(*groups: tuple[int, ...]) -> set[frozenset[str]]:
    return {frozenset(IDS[one] for one in group) for group in groups}


PLAIN = parts((0, 1, 2), (3, 4), (5,), (6,), (7,))


def test_without_entries_stories_stay() -> None:
    assert partition() == PLAIN


def test_a_merge_takes_whole_stories_and_a_split_one_article() -> None:
    assert partition(merge(IDS[1], IDS[4])) == parts((0, 1, 2, 3, 4), (5,), (6,), (7,))
    assert partition(merge(IDS[5], IDS[4])) == parts((0, 1, 2), (3, 4, 5), (6,), (7,))
    assert partition(merge(IDS[5], IDS[6])) == parts((0, 1, 2), (3, 4), (5, 6), (7,))
    assert partition(split(IDS[1])) == parts((0, 2), (1,), (3, 4), (5,), (6,), (7,))
    assert partition(split(IDS[0])) == parts((0,), (1, 2), (3, 4), (5,), (6,), (7,))
    assert partition(split(IDS[7])) == PLAIN


def test_what_comes_later_counts() -> None:
    assert partition(merge(IDS[1], IDS[4]), split(IDS[1], 1)) == parts((0, 2, 3, 4), (1,), (5,), (6,), (7,))
    assert partition(split(IDS[1]), merge(IDS[1], IDS[4], 1)) == parts((0, 2), (1, 3, 4), (5,), (6,), (7,))
    assert partition(split(IDS[1]), merge(IDS[0], IDS[1], 1)) == PLAIN


@st.composite
def logs(draw: st.DrawFn) -> list[Entry]:
    found = []
    for minute in range(draw(st.integers(0, 8))):
        one, other = draw(st.permutations(IDS))[:2]
        found.append(merge(one, other, minute) if draw(st.booleans()) else split(one, minute))
    return found


@given(logs())
def test_every_article_is_in_one_story(entries: list[Entry]) -> None:
    found = partition(*entries)
    assert sorted(one for story in found for one in story) == IDS


@given(logs())
def test_stories_are_those_of_a_plain_replay(entries: list[Entry]) -> None:
    stories = [set(one) for one in PLAIN]
    for entry in entries:
        mine = next(one for one in stories if entry.article in one)
        if entry.kind == "split":
            mine.discard(str(entry.article))
            stories.append({str(entry.article)})
        else:
            yours = next(one for one in stories if entry.other in one)
            if mine is not yours:
                mine |= yours
                stories.remove(yours)
    assert partition(*entries) == {frozenset(one) for one in stories if one}


@given(logs())
def test_the_last_entry_withdrawn_changes_nothing(entries: list[Entry]) -> None:
    new = merge(IDS[0], IDS[7], 50)
    assert partition(*entries, new, withdraw(new, 51)) == partition(*entries)


@given(st.permutations(range(4)))
def test_merges_may_come_in_any_order(minutes: list[int]) -> None:
    pairs = [(0, 3), (5, 6), (6, 7), (1, 5)]
    found = partition(*[merge(IDS[a], IDS[b], minute) for (a, b), minute in zip(pairs, minutes, strict=True)])
    assert found == parts((0, 1, 2, 3, 4, 5, 6, 7))
