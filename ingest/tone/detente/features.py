"""What the fast scorer counts in a masked sentence: words, words between the two countries, pairs of words."""

from __future__ import annotations

import re
from typing import NamedTuple

from ingest.tone.detente.masking import FIRST, SECOND

TOKEN = re.compile(r"\[[ABC]\]|[^\W\d_]+(?:'[^\W\d_]+)?|\d+|[$%?!:;,.\"]")
MOST_TOKENS = 120
"""Tokens; what comes later in a longer sentence is not counted."""


class Counted(NamedTuple):
    """A masked sentence as tokens in lower case, and the stretch between its two countries."""

    tokens: list[str]
    begin: int
    end: int
    """Half-open range of the tokens between the nearest `[A]` and `[B]`."""


def count(masked: str) -> Counted:
    """Cut a masked sentence into tokens."""
    raw = TOKEN.findall(masked)[:MOST_TOKENS]
    begin, end = _between(raw)
    return Counted([token.lower() for token in raw], begin, end)


def _between(tokens: list[str]) -> tuple[int, int]:
    a = b = -1
    best, begin, end = MOST_TOKENS, 0, 0
    for place, token in enumerate(tokens):
        if token == FIRST:
            a = place
        elif token == SECOND:
            b = place
        else:
            continue
        if a >= 0 and b >= 0 and abs(a - b) < best:
            best, begin, end = abs(a - b), min(a, b) + 1, max(a, b)
    return begin, end
