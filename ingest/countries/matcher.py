"""Find every known form in a text, longest first; decides nothing about meaning."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from ingest.countries.gazetteer import ALWAYS, Sense, forms


class Match(NamedTuple):
    """A known form at a place in the text."""

    start: int
    end: int
    form: str
    senses: tuple[Sense, ...]


def find_forms(text: str) -> list[Match]:
    """Return non-overlapping matches in order: at word boundaries, leftmost, then longest."""
    return [Match(start, end, form, senses) for start, end, form, senses, _ in find_known(text)]


Found = tuple[int, int, str, tuple[Sense, ...], "Sense | None"]
"""A match as a plain tuple, and its sense if it has only one on every day: an article has 20, and names cost time."""


def find_known(text: str) -> list[Found]:
    """Do the same for whoever reads many texts.

    Boundaries are checked before the longest is chosen: choosing first would let a longer form that
    ends inside a word hide a shorter one that is right.
    """
    matcher, known = _automaton()
    padded = f" {text} "
    # The set first: it holds what mostly stands there, and asking it is quicker.
    found = [
        (start, -end, number)
        for number, start, end in matcher.find_matches_as_indexes(text, overlapping=True)
        if ((before := padded[start]) in _EDGES or not (before.isalnum() or before == "_"))
        and ((after := padded[end + 1]) in _EDGES or not (after.isalnum() or after == "_"))
    ]
    found.sort()
    matches: list[Found] = []
    free_from = 0
    for start, minus_end, number in found:
        if start >= free_from:
            free_from = -minus_end
            matches.append((start, free_from, *known[number]))
    return matches


def automaton() -> AhoCorasick:
    """Return what finds the forms, for whoever measures it alone."""
    return _automaton()[0]


_EDGES = frozenset(" \n.,;:!?'\"()’‘“”-–—/")
"""What mostly stands before and after a word."""


@cache
def _automaton() -> tuple[AhoCorasick, list[tuple[str, tuple[Sense, ...], Sense | None]]]:
    known = [(form, senses, _sure(senses)) for form, senses in forms().items()]
    return AhoCorasick([form for form, *_ in known], store_patterns=False), known


def _sure(senses: tuple[Sense, ...]) -> Sense | None:
    return senses[0] if len(senses) == 1 and (senses[0].since, senses[0].until) == ALWAYS else None
