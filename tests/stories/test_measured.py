"""The floors of what is told apart, on the pairs that we ship."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.stories.labelled import HALVES, pairs
from tests.stories.measure import judged, score


def test_there_are_enough_pairs_and_each_is_two_texts() -> None:
    found = [pair for half in HALVES for pair in pairs(half)]
    assert Counter(pair.label for pair in found) == {"copy": 210, "rewrite": 90, "apart": 178}
    assert all(pair.one != pair.other for pair in found if pair.what != "exact")


@pytest.mark.parametrize("half", HALVES)
def test_copies_are_found_and_nothing_else_is(half: str) -> None:
    found = list(pairs(half))
    copies = score([pair.label for pair in found], judged(found), "copy")
    assert copies.precision >= 0.99
    assert copies.recall >= 0.97


@pytest.mark.parametrize("half", HALVES)
def test_rewrites_are_found_and_seldom_anything_else(half: str) -> None:
    found = list(pairs(half))
    rewrites = score([pair.label for pair in found], judged(found), "rewrite")
    assert rewrites.precision >= 0.97
    assert rewrites.recall >= 0.85
