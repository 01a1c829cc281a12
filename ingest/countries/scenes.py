"""Where a text is told from and where others meet: a dateline, "talks in Vienna"; a scene, not an actor."""

from __future__ import annotations

import re


def dateline_end(text: str) -> int:
    """Return where a dateline ("VIENNA, March 3 (Reuters) —") ends, or 0: it is where, not who."""
    found = _DATELINE.match(text)
    if not found or _SENTENCE_LIKE.search(found.group()) or "-" in found.group().rstrip("- \n"):
        return 0
    # "North Korea — which denied it —" is an aside, "Franco–German" a compound.
    if text[found.end() : found.end() + 3].lstrip()[:1].islower() or _COMPOUND.search(text, 0, found.end() + 1):
        return 0
    return found.end()


def is_scene(text: str, start: int) -> bool:
    """Tell whether what begins here is where something happens: "in", "near", "outside"."""
    begin = max(0, start - 24)
    return text.endswith(_SCENE_ENDS, begin, start) and _SCENE.search(text, begin, start) is not None


def is_only_a_venue(text: str, start: int, end: int) -> bool:
    """Tell whether a capital named as a scene is just where others meet ("opened peace talks in Oslo")."""
    return text[start:end] in _VENUES and _MEET.search(_line(text, start, end)) is not None


def _line(text: str, start: int, end: int) -> str:
    """Return about the sentence around a match."""
    begin = max(text.rfind(". ", 0, start), text.rfind("\n", 0, start)) + 1
    ends = [at for at in (text.find(". ", end), text.find("\n", end)) if at >= 0]
    return text[begin : min(ends, default=len(text))]


_DATELINE = re.compile(
    r"\W{0,3}(?:[A-ZÀ-Þ][A-ZÀ-Þ .,'’/-]{2,40}(?:, (?:[A-Z][a-z.]+ ?){1,3})?"
    r"|[A-Z][a-z]+(?:[ -][A-Z][a-z]+){0,2}(?:, [A-Z][a-z]+)?)"
    r"(?:,? (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.? \d{1,2}(?:, \d{4})?)?\.?"
    r"(?: ?\([^)\n]{2,30}\)| ?/[A-Z][\w -]{1,20}/\.?)?\s*(?:[—–]|--|-(?= )|(?<=/)|(?<=/\.))"
)
_COMPOUND = re.compile(r"[a-z]–[^\W\d_]$")
_SENTENCE_LIKE = re.compile(r"\b(?:said|says|will|has|is|was|are|were|and|the)\b")
_SCENE = re.compile(r"\b(?:[Ii]n|[Nn]ear|[Oo]utside|[Aa]round|[Aa]t|[Aa]cross)(?: the capital,?| central| downtown)? $")
_SCENE_ENDS = (
    *("in ", "In ", "ear ", "side ", "round ", "at ", "At ", "cross "),
    *("capital, ", "capital ", "central ", "downtown "),
)
"""How what `_SCENE` finds may end: a look at these first spares the search."""
_VENUES = frozenset(
    [
        *("Addis Ababa", "Astana", "Bern", "Bucharest", "Budapest", "Copenhagen", "Doha", "Helsinki", "Lisbon"),
        *("Luxembourg", "Madrid", "Minsk", "Muscat", "Nairobi", "Nur-Sultan", "Oslo", "Prague", "Reykjavik", "Rome"),
        *("Singapore", "Stockholm", "Tallinn", "Valletta", "Vienna", "Warsaw"),
    ]
)
"""Capitals where others meet: hosts of talks, summits and organisations."""

_MEET = re.compile(
    r"\b(?:talks|meet|met|meets|meeting|summit|gather(?:ed|s|ing)?|negotiat\w+"
    r"|conference|truce|ceasefire|round of|signed)\b"
)
