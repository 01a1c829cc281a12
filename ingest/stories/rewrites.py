"""Whether two texts tell the same event in other words. Pure, and careful: a wrong join hides an opinion.

What counts is what both tell, weighed by rarity: names, numbers, quoted speech, rare words. Titles are not looked at.
Constants: chosen on the first half of the pairs in tests/stories/pairs, see `python -m tests.stories`.
"""

from __future__ import annotations

from typing import NamedTuple

from ingest.stories.copies import conflict
from ingest.stories.sketch import Sketch
from ingest.stories.telling import NAME, NUMBER, QUOTE, WORD

ALIKE = 0.40
"""Shared weight over the geometric mean of both weights from which two texts may be one event."""

SURE = 0.55
"""The same from which they are, without numbers or quotes in common."""

LEAST_NAMES = 2
"""Names that both must have."""


class Shared(NamedTuple):
    """What two texts have in common."""

    alike: float
    """Shared weight over the geometric mean of both weights, 0 to 1."""
    names: int
    numbers: int
    quotes: int
    words: int


def is_rewrite(one: Sketch, other: Sketch) -> bool:
    """Tell whether two texts tell the same event; the same for (a, b) and (b, a)."""
    shared = compare(one, other)
    if shared.names < LEAST_NAMES or shared.alike < ALIKE:
        return False
    told = (shared.numbers >= 2) + (shared.quotes >= 1) + (shared.words >= 6)
    return (shared.alike >= SURE or told >= 2) and conflict(one, other) <= 0.5


def compare(one: Sketch, other: Sketch) -> Shared:
    """Measure what two texts have in common."""
    both = one.terms.keys() & other.terms.keys()
    counts = [0, 0, 0, 0]
    weight = 0.0
    for term in both:
        counts[term & 3] += 1
        weight += min(one.terms[term], other.terms[term])
    total = sum(one.terms.values()) * sum(other.terms.values())
    alike = weight / total**0.5 if total else 0.0
    return Shared(alike, counts[NAME], counts[NUMBER], counts[QUOTE], counts[WORD])
