"""Whether two texts are copies: one is in the other but for cuts, credits and small changes. Pure.

How much of the shorter text is in the longer one decides, not their Jaccard similarity: a copy cut to a third has a
Jaccard of 0.33 and is a copy. A report that was written into the same sentences with other names and numbers is not.
"""

from __future__ import annotations

from bisect import bisect_right

from ingest.stories.sketch import Sketch

CONTAINED = 0.42
"""Share of the shorter text's shingles in the longer one from which it is a copy, if both begin alike: follow-ups
share the background, copies the lead."""

SAME_LEAD = 0.5
"""Share of the sampled lead that makes two texts begin alike."""

CONTAINED_ANYWHERE = 0.72
"""The same if something of the lead is shared: sentences moved, or a new first sentence."""

SOME_LEAD = 0.2

CONTAINED_WHOLLY = 0.93
"""The same if nothing of the lead is: a whole report under somebody's own introduction."""

CONFLICTS = 0.22
"""Share of the places in both texts that hold another name or number from which it is another report."""

SHORT = 16
"""Shingles under which a text (of a sentence, 18 words) is a copy only of one that says the same and no more."""

SHORT_ALIKE = 0.8
"""Share of all their shingles that two such texts must have in common."""


def is_copy(one: Sketch, other: Sketch) -> bool:
    """Tell whether two texts are copies; the same for (a, b) and (b, a)."""
    if not one.shingles or not other.shingles:
        return False
    if one.body == other.body and one.slots == other.slots:
        return True
    if min(one.shingles, other.shingles) < SHORT:
        return len(one.body & other.body) >= SHORT_ALIKE * len(one.body | other.body) and not conflict(one, other)
    contained = containment(one, other)
    if contained < CONTAINED:
        return False
    lead = lead_share(one, other)
    needed = CONTAINED if lead >= SAME_LEAD else CONTAINED_ANYWHERE if lead >= SOME_LEAD else CONTAINED_WHOLLY
    if contained < needed:
        return False
    return conflict(one, other) <= CONFLICTS


def containment(one: Sketch, other: Sketch) -> float:
    """Return the share of the shorter text's shingles that the longer has.

    Both samples are complete up to the lesser of their last hashes; what lies above is not looked at.
    """
    both = one.body & other.body
    if not both:
        return 0.0
    limit = min(one.last, other.last)
    shared = sum(hash_ <= limit for hash_ in both)
    return shared / max(1, min(bisect_right(one.ordered, limit), bisect_right(other.ordered, limit)))


def lead_share(one: Sketch, other: Sketch) -> float:
    """Return the share of the sampled lead that both have."""
    least = min(len(one.lead), len(other.lead))
    return len(one.lead & other.lead) / least if least else 0.0


def conflict(one: Sketch, other: Sketch) -> float:
    """Return the share of the places in both texts in which they name another name or number."""
    places = one.slots.keys() & other.slots.keys()
    return sum(one.slots[place] != other.slots[place] for place in places) / len(places) if places else 0.0
