"""Whether two texts tell the same event in other words. Pure, and careful: a wrong join hides an opinion.

What counts is what both tell, weighed by rarity: names, numbers, quoted speech, rare words. Titles are not looked at.
The hard cases are the next day's follow-ups, which repeat the background, and reports filled into the same sentences.
The constants were chosen on the first half of tests/stories/pairs and on 105 pairs of real news labelled there:
of pairs a day or more apart as alike as 0.5 only one in six was the same event, on the same day five in six.
"""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple

from ingest.stories.copies import CONFLICTS, conflict, containment, lead_share
from ingest.stories.sketch import Sketch
from ingest.stories.telling import NAME, NUMBER, QUOTE, WORD

SOON = timedelta(hours=20)
"""Time within which newsrooms tell one event; less than a day, so that dates without a time must be the same."""

LATE = timedelta(days=3)
"""Time within which two texts are looked at at all."""

ALIKE = 0.45
"""Shared weight over the geometric mean of both weights from which two texts of `SOON` are one event."""

LESS_ALIKE = 0.40
"""The same where they also share `WORDS` rare words."""

WORDS = 8

LEADS_ALIKE = 0.55
"""How much of each lead the other text must tell."""

MOST_ALIKE, LEADS_MOST_ALIKE = 0.57, 0.85
"""The same two for texts that are further apart, up to `LATE`."""

LEAST_NAMES = 2
"""Names that both must have."""

PASTED = 0.3
"""Share of the shorter text in the longer from which they share paragraphs: the background, or a template."""

LEAST_TERMS = 6
"""Terms of any kind that both must have: fewer never make texts as alike as they must be."""

ECHOED = 0.12
"""The same from which they share sentences, ..."""

CONFLICTS_OF_ECHOES = 0.4
"""... and are reports of two events if so many of the places in both name another name or number."""

PASTED_ALIKE = 0.65
"""What texts with shared paragraphs need in place of `ALIKE`, unless they begin alike."""

PASTED_LEAD = 0.3
"""Share of the lead's shingles that makes them begin alike."""


class Shared(NamedTuple):
    """What two texts have in common."""

    alike: float
    """Shared weight over the geometric mean of both weights, 0 to 1."""
    lead: float
    """The same of what the first words tell, each lead against all of the other text; the lesser of the two."""
    names: int
    numbers: int
    quotes: int
    words: int


def rewrite_window(one: Sketch, other: Sketch) -> timedelta | None:
    """Return within what time two texts count as one event told twice; None: never. The same for (b, a)."""
    if len(one.terms.keys() & other.terms.keys()) < LEAST_TERMS:
        return None
    shared = compare(one, other)
    if shared.names < LEAST_NAMES or shared.alike < LESS_ALIKE or shared.lead < LEADS_ALIKE:
        return None
    contained = containment(one, other)
    if contained >= ECHOED and not _may_share_sentences(one, other, contained, shared.alike):
        return None
    if contained < PASTED and shared.alike >= MOST_ALIKE and shared.lead >= LEADS_MOST_ALIKE:
        return LATE
    return SOON if contained >= PASTED or shared.alike >= ALIKE or shared.words >= WORDS else None


def _may_share_sentences(one: Sketch, other: Sketch, contained: float, alike: float) -> bool:
    """Tell whether what two texts have in common to the letter is neither a template nor the background."""
    differing = conflict(one, other)
    if contained < PASTED:
        return differing <= CONFLICTS_OF_ECHOES
    return differing <= CONFLICTS and (alike >= PASTED_ALIKE or lead_share(one, other) >= PASTED_LEAD)


def compare(one: Sketch, other: Sketch) -> Shared:
    """Measure what two texts have in common."""
    both = one.terms.keys() & other.terms.keys()
    counts = [0, 0, 0, 0]
    for term in both:
        counts[term & 3] += 1
    weight = sum([min(one.terms[term], other.terms[term]) for term in both])
    alike = weight / (one.weight * other.weight) ** 0.5 if both else 0.0
    lead = min(_told_by(one, both), _told_by(other, both))
    return Shared(alike, lead, counts[NAME], counts[NUMBER], counts[QUOTE], counts[WORD])


def _told_by(one: Sketch, both: set[int]) -> float:
    """Return how much of what the first words of a text tell is in both, by weight."""
    if not one.told_first:
        return 0.0
    return sum([one.terms[term] for term in one.told_first & both]) / one.weight_first
