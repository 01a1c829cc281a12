"""The set of ids against Python's own."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from ingest.id_set import _MERGE_AT, IdSet

ids = st.integers(0, 2**64 - 1).map("{:016x}".format)


@given(st.lists(st.lists(ids)), st.lists(ids))
def test_it_holds_what_a_set_holds(updates: list[list[str]], others: list[str]) -> None:
    told, expected = IdSet(), set[str]()
    for some in updates:
        told.update(some)
        expected.update(some)
    assert len(told) == len(expected)
    for one in [*expected, *others]:
        assert (one in told) == (one in expected)


def test_it_holds_more_than_it_keeps_unsorted() -> None:
    def name(number: int) -> str:
        return f"{number * 0x9E3779B97F4A7C15 % 2**64:016x}"  # spread over all 64 bits

    told = IdSet()
    steps = [0, 1, _MERGE_AT - 1, _MERGE_AT, _MERGE_AT + 1, 2 * _MERGE_AT + 7, 2 * _MERGE_AT + 8]
    for first, after in pairwise(steps):
        told.update(name(number) for number in range(first, after))
        told.update(name(number) for number in range(min(after, 10)))  # again
        assert len(told) == after
    assert all(name(number) in told for number in range(steps[-1]))
    assert not any(name(number) in told for number in range(steps[-1], steps[-1] + 1_000))


def test_both_ends_of_the_range_are_ids() -> None:
    told = IdSet()
    told.update(["0" * 16, "f" * 16])
    assert ("0" * 16 in told, "f" * 16 in told, "0" * 15 + "1" in told) == (True, True, False)


def test_nothing_is_in_an_empty_set() -> None:
    told = IdSet()
    told.update([])
    assert (len(told), "0" * 16 in told) == (0, False)
