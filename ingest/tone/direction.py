"""Who acts toward whom, guessed from the order of words."""

from __future__ import annotations

import re

from ingest.records import Candidate, Direction

_TOGETHER = re.compile(r"^[\s,'’s]*(?:and|-|–|/|&|with|, together with)\s*(?:the |its |a )?[\w\s'’.]{0,20}$")
_PASSIVE = re.compile(r"\b(?:was|were|is|are|been|being)\s+(?:\w+ly\s+)?\w+(?:ed|en|wn|ck|ld|nt)\b[^.;]*\bby\b")


def guess_direction(candidate: Candidate) -> Direction:
    """Guess: joined by "and", or one phrase for both, is mutual; else the one named first acts."""
    a, b = candidate.a_spans[0], candidate.b_spans[0]
    if a == b:
        return "both"
    first, second = min(a, b), max(a, b)
    between = candidate.sentence[first.end : second.start]
    if _TOGETHER.match(between) or candidate.sentence[: first.start].rstrip().endswith("between"):
        return "both"
    a_acts = a < b
    if "by" in between and _PASSIVE.search(between):
        a_acts = not a_acts
    return "ab" if a_acts else "ba"
