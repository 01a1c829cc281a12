"""Links and the stories they make: the same whatever the order, the batches and the repetitions."""

from __future__ import annotations

from datetime import timedelta
from itertools import combinations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.stories.components import joined, story_ids, with_stories
from ingest.stories.copies import is_copy
from ingest.stories.linking import COPY_WINDOW, LEAST_COPY_KEYS, LEAST_KEYS, LEAST_SHINGLES, LINKS, find_links
from ingest.stories.rewrites import LATE, rewrite_window
from ingest.stories.sketch import unpack
from tests.stories.invented import FIRST_DAY, Put, puts, sketched, texts

NOBODY = sketched([])


def stories(links: pl.DataFrame) -> dict[str, str]:
    return dict(story_ids(links).iter_rows())


def in_batches(put: list[Put], ends: list[int]) -> pl.DataFrame:
    """Link articles that come in batches, each against all that came before."""
    found = [pl.DataFrame(schema=LINKS)]
    begin = 0
    for end in [*sorted({end for end in ends if end < len(put)}), len(put)]:
        found.append(find_links(sketched(put[begin:end]), sketched(put[:begin])))
        begin = end
    return pl.concat(found)


def by_every_pair(put: list[Put]) -> dict[str, str]:
    """Do it without keys, forms and neighbours: compare every two articles, and join."""
    rows = sketched(put).to_dicts()
    kept = [row for row in rows if row["published"] and row["shingles"] >= LEAST_SHINGLES]
    links = []
    for one, other in combinations(sorted(kept, key=lambda row: (row["published"], row["article_id"])), 2):
        gap = other["published"] - one["published"]
        alike = len(set(one["copy_keys"]) & set(other["copy_keys"])) >= LEAST_COPY_KEYS
        same = alike and is_copy(unpack(one), unpack(other))
        near = len(set(one["rewrite_keys"]) & set(other["rewrite_keys"])) >= LEAST_KEYS
        window = COPY_WINDOW if same else None
        if not window and near and not is_copy(unpack(one), unpack(other)):
            window = rewrite_window(unpack(one), unpack(other))
        if window and gap <= window:
            links.append((one["article_id"], other["article_id"], one["published"], other["published"], "copy"))
    return stories(pl.DataFrame(links, schema=LINKS, orient="row"))


@given(puts(), st.randoms(use_true_random=False), st.lists(st.integers(1, 24), max_size=4))
def test_order_of_arrival_and_batches_do_not_change_the_stories(
    put: list[Put], chance: object, ends: list[int]
) -> None:
    at_once = stories(find_links(sketched(put), NOBODY))
    shuffled = list(put)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert stories(in_batches(shuffled, ends)) == at_once


@given(puts(most=14))
def test_keys_forms_and_neighbours_find_what_comparing_every_pair_finds(put: list[Put]) -> None:
    assert stories(find_links(sketched(put), NOBODY)) == by_every_pair(put)


@given(puts(), st.integers(0, 24))
def test_linking_again_changes_nothing(put: list[Put], cut: int) -> None:
    once = find_links(sketched(put), NOBODY)
    again = find_links(sketched(put[:cut]), sketched(put))
    assert find_links(sketched(put), sketched(put)).equals(once)
    assert stories(pl.concat([once, again, once])) == stories(once)


@given(puts())
def test_what_is_far_away_in_time_changes_nothing(put: list[Put]) -> None:
    far = [Put(1_000 + one.number, one.text, one.hours + 24 * 90) for one in put if one.hours is not None]
    near = find_links(sketched(put), NOBODY)
    assert find_links(sketched(put), sketched(far)).equals(near)


@given(puts())
def test_a_story_is_named_after_its_first_article(put: list[Put]) -> None:
    when = {one.identifier: one.hours for one in put}
    for article, story in stories(find_links(sketched(put), NOBODY)).items():
        mine, first = when[article], when[story]
        assert mine is not None
        assert first is not None
        assert (first, story) <= (mine, article)


@given(puts())
def test_undated_articles_are_linked_to_nothing(put: list[Put]) -> None:
    links = find_links(sketched(put), NOBODY)
    undated = {one.identifier for one in put if one.hours is None}
    assert not undated & {*links["a"], *links["b"]}


def test_a_late_article_joins_two_stories_under_the_earlier_name() -> None:
    """The two are further apart than the window; the copy between them, which comes last, is near enough to both."""
    first, second, bridge = Put(1, 0, 0), Put(2, 0, 20 * 24), Put(3, 0, 10 * 24)
    before = find_links(sketched([first, second]), NOBODY)
    assert before.is_empty()
    links = find_links(sketched([bridge]), sketched([first, second]))
    assert set(stories(links).values()) == {first.identifier}
    assert set(stories(links)) == {first.identifier, second.identifier, bridge.identifier}


@pytest.mark.parametrize(
    ("hours", "linked"), [(0, True), (14 * 24, True), (14 * 24 + 1, False)], ids=["at once", "last day", "later"]
)
def test_copies_are_linked_within_their_window(hours: int, linked: bool) -> None:
    assert timedelta(hours=14 * 24) == COPY_WINDOW
    assert find_links(sketched([Put(1, 0, 0), Put(2, 6, hours)]), NOBODY).height == linked


def test_rewrites_are_linked_on_the_same_day_and_seldom_later() -> None:
    base, rewrite = Put(1, 11, 0), 13
    assert timedelta(days=3) == LATE
    assert find_links(sketched([base, Put(2, rewrite, 20)]), NOBODY)["kind"].to_list() == ["rewrite"]
    assert find_links(sketched([base, Put(2, rewrite, 73)]), NOBODY).is_empty()


def test_texts_that_tell_nothing_are_linked_to_nothing() -> None:
    short = texts().index("Watch live.")
    assert find_links(sketched([Put(1, short, 0), Put(2, short, 0), Put(3, short + 1, 0)]), NOBODY).is_empty()


def test_links_name_the_earlier_article_first() -> None:
    links = find_links(sketched([Put(5, 0, 30), Put(2, 0, 6)]), NOBODY)
    assert links.schema == LINKS
    assert links.rows() == [
        (
            Put(2, 0, 6).identifier,
            Put(5, 0, 30).identifier,
            FIRST_DAY + timedelta(hours=6),
            FIRST_DAY + timedelta(hours=30),
            "copy",
        )
    ]


def test_rows_get_the_story_of_their_article_and_undated_ones_keep_theirs() -> None:
    links = find_links(sketched([Put(1, 0, 0), Put(2, 0, 5)]), NOBODY)
    first, second = Put(1, 0, 0).identifier, Put(2, 0, 5).identifier
    frame = pl.LazyFrame(
        {
            "article_id": [first, second, "alone", "undated"],
            "story_id": ["words", "words", "other", "words"],
            "published": [FIRST_DAY, FIRST_DAY, FIRST_DAY, None],
        }
    )
    assert with_stories(frame, story_ids(links)).collect()["story_id"].to_list() == [first, first, "alone", "words"]
    assert with_stories(frame, story_ids(links.clear())).collect()["story_id"].to_list() == [
        first,
        second,
        "alone",
        "words",
    ]


def test_all_but_the_first_of_a_story_that_begins_with_the_batch_have_joined() -> None:
    old = [Put(1, 0, 0)]
    new = [Put(2, 0, 1), Put(3, 0, 2), Put(4, 11, 0), Put(5, 11, 5)]
    links = find_links(sketched(new), sketched(old))
    assert joined(links, [one.identifier for one in new]) == 3
    assert joined(links.clear(), [one.identifier for one in new]) == 0
