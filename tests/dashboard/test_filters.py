from __future__ import annotations

from datetime import UTC, datetime

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.coding import KEPT, as_ids, as_numbers, coded, numbered
from dashboard.filters import UNKNOWN, Filter, counts, filter_words, kept, with_facts
from ingest.index.outlets import FACTS

FACTS_FRAME = pl.DataFrame(
    [("Dawn", "PAK", "private"), ("TASS", "RUS", "state"), ("Blank", "", None)], schema=FACTS, orient="row"
)


def readings(*rows: tuple[str | None, str]) -> pl.DataFrame:
    """Make readings of (outlet, direction)."""
    size = len(rows)
    return pl.DataFrame(
        {
            "pair": ["PAK-RUS"] * size,
            "story_id": [f"{number:016x}" for number in range(size)],
            "article_id": [f"{number:016x}" for number in range(size)],
            "published": [datetime(2017, 1, 1 + number, tzinfo=UTC) for number in range(size)],
            "outlet": [outlet for outlet, _ in rows],
            "tone": [0.1] * size,
            "direction": [direction for _, direction in rows],
            "scorer": ["vader"] * size,
            "scorer_version": ["1"] * size,
        },
        schema_overrides={"outlet": pl.String},
    ).select(KEPT)


FRAME = coded(readings(("Dawn", "ab"), ("TASS", "ba"), ("Blank", "both"), (None, "none"), ("Blog", "ab")), FACTS_FRAME)


def test_coding_changes_no_value() -> None:
    plain = readings(("Dawn", "ab"), (None, "none"))
    again = coded(plain, FACTS_FRAME)
    assert again["outlet"].cast(pl.String).to_list() == ["Dawn", None]
    assert again["country"].cast(pl.String).to_list() == ["PAK", None]
    assert again["kind"].cast(pl.String).to_list() == ["private", None]
    assert again["story_id"].to_list() == [0, 1]
    assert as_ids(again["article_id"]) == plain["article_id"].to_list()
    words = ("pair", "outlet", "direction", "scorer", "scorer_version")
    assert again.select(words).cast(pl.String).equals(plain.select(words))
    assert again.select("published", "tone").equals(plain.select("published", "tone"))


@given(st.lists(st.text(max_size=20) | st.integers(0, 2**64 - 1).map(lambda number: f"{number:016x}"), max_size=20))
def test_numbers_are_in_the_order_of_the_ids(ids: list[str]) -> None:
    numbers = numbered(pl.Series(ids, dtype=pl.String)).to_list()
    for one, other in zip(range(len(ids)), range(1, len(ids)), strict=False):
        assert (ids[one] < ids[other]) == (numbers[one] < numbers[other])
        assert (ids[one] == ids[other]) == (numbers[one] == numbers[other])


@pytest.mark.parametrize("ids", [["00000000000000ff", "ffffffffffffffff"], ["given 7", "ff"], []])
def test_ids_come_back(ids: list[str]) -> None:
    assert as_ids(as_numbers(pl.Series(ids, dtype=pl.String))) == ids


@pytest.mark.parametrize(
    ("wanted", "outlets"),
    [
        (Filter(), ["Dawn", "TASS", "Blank", None, "Blog"]),
        (Filter(countries=("PAK", "RUS")), ["Dawn", "TASS"]),
        (Filter(countries=(UNKNOWN,)), ["Blank", None, "Blog"]),
        (Filter(kinds=("state",)), ["TASS"]),
        (Filter(outlets=("Blog", "Dawn")), ["Dawn", "Blog"]),
        (Filter(kinds=("state",), outlets=("Dawn",)), []),
        (Filter(direction="ab"), ["Dawn", "Blank", "Blog"]),
        (Filter(direction="ba"), ["TASS", "Blank"]),
        (Filter(countries=("PAK",), direction="ba"), []),
    ],
)
def test_filter_keeps_what_it_names(wanted: Filter, outlets: list[str | None]) -> None:
    assert kept(FRAME, wanted)["outlet"].cast(pl.String).to_list() == outlets


def test_filter_is_true_if_it_leaves_something_out() -> None:
    assert not Filter()
    assert Filter(direction="ab")


def test_outlets_of_two_lists_are_told_once() -> None:
    twice = pl.concat([FACTS_FRAME, FACTS_FRAME])
    assert with_facts(readings(("Dawn", "ab")), twice).height == 1


def test_counts_are_of_articles_most_first() -> None:
    frame = coded(readings(("B", "ab"), ("A", "ab"), ("C", "ab"), ("C", "ba"), (None, "ab")), FACTS_FRAME)
    assert list(counts(frame, "outlet").items()) == [("C", 2), ("A", 1), ("B", 1)]
    assert counts(frame, "kind") == {UNKNOWN: 5}


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        (Filter(), ""),
        (Filter(kinds=("state",)), "only state outlets"),
        (Filter(countries=("RUS",)), "only outlets of Russia"),
        (Filter(countries=(UNKNOWN,), kinds=("state", "public")), "only state and public outlets of unknown countries"),
        (Filter(outlets=("Dawn",)), "only Dawn"),
        (Filter(outlets=("A", "B", "C", "D")), "only A, B and 2 others"),
        (Filter(kinds=("state",), outlets=("A", "B")), "only state outlets, namely A and B"),
        (Filter(direction="ba"), "Russia toward Pakistan"),
        (Filter(kinds=(UNKNOWN,), direction="ab"), "only unclassified outlets, Pakistan toward Russia"),
    ],
)  # fmt: skip
def test_filter_in_words(wanted: Filter, words: str) -> None:
    assert filter_words(wanted, ("PAK", "RUS")) == words
