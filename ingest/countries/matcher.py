"""Find every known form in a text, longest first; decides nothing about meaning."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from ingest.countries.gazetteer import Sense, forms


class Match(NamedTuple):
    """A known form at a place in the text."""

    start: int
    end: int
    form: str
    senses: tuple[Sense, ...]


def find_forms(text: str) -> list[Match]:
    """Return non-overlapping matches in order: at word boundaries, leftmost, then longest.

    Boundaries are checked before the longest is chosen: choosing first would let a longer form that
    ends inside a word hide a shorter one that is right.
    """
    automaton, known = _automaton()
    found: list[tuple[int, int, int]] = []
    size = len(text)
    for number, start, end in automaton.find_matches_as_indexes(text, overlapping=True):
        # Inline, as it is asked a hundred times an article.
        if (start and ((before := text[start - 1]).isalnum() or before == "_")) or (
            end < size and ((after := text[end]).isalnum() or after == "_")
        ):
            continue
        found.append((start, -end, number))
    found.sort()
    matches: list[Match] = []
    free_from = 0
    for start, minus_end, number in found:
        if start >= free_from:
            matches.append(Match(start, -minus_end, *known[number]))
            free_from = -minus_end
    return matches


@cache
def _automaton() -> tuple[AhoCorasick, list[tuple[str, tuple[Sense, ...]]]]:
    known = list(forms().items())
    return AhoCorasick([form for form, _ in known], store_patterns=False), known
