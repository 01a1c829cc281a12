"""What the learned scorers see of a sentence: placeholders where countries, and others, are named.

The country named first is `[A]`, the other `[B]`, any third `[C]`, any other name `[N]`: so neither the identity of a
country, nor its place in the alphabet, nor what an exercise is called can change a judgement. What the grammar of a
country's name leaves beside it goes too: the article of "the Netherlands", the n of "an Iranian", the bare apostrophe
of "the Philippines' ".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ingest.records import Candidate, Direction, Span
from ingest.tone.names import find_names
from ingest.tone.typography import PLAIN

FIRST, SECOND, THIRD, NAME = "[A]", "[B]", "[C]", "[N]"
PLACEHOLDERS = (FIRST, SECOND, THIRD, NAME)

_PLAIN = PLAIN | str.maketrans("[]", "()")
"""Plain typography; and a text that says "[A]" itself must not pass for a placeholder."""


_ARTICLES = ("he ", "an ", "An ")
_ARTICLE = re.compile(r"\b(?:[Tt]he|[Aa]n) $")


class Masked(NamedTuple):
    """A sentence with placeholders, and the way back to the places of the original."""

    text: str
    a_first: bool
    """True if `[A]` stands for the candidate's `a`."""
    at: tuple[int, ...]
    """Where each copied stretch begins in `text`."""
    origin: tuple[int, ...]
    """Where the same stretch begins in the sentence."""

    def back(self, start: int, end: int) -> Span:
        """Return the place in the sentence of a word of `text` that is no placeholder."""
        ((first, last, _),) = self.all_back([(start, end, 0.0)])
        return Span(first, last)

    def all_back(self, placed: Iterable[tuple[int, int, float]]) -> Iterator[tuple[int, int, float]]:
        """Do the same for many words with a number each, in the order of `text`."""
        at, origin = self.at, self.origin
        i, last = 0, len(at) - 1
        for start, end, number in placed:
            while i < last and at[i + 1] <= start:
                i += 1
            shift = origin[i] - at[i]
            yield start + shift, end + shift, number


def mask(candidate: Candidate, *, others: bool = True) -> Masked:
    """Overwrite the countries of a candidate with placeholders, and every other name unless told not to."""
    sentence = candidate.sentence.translate(_PLAIN)
    a_first = min(candidate.a_spans) <= min(candidate.b_spans)
    a_name, b_name = (FIRST, SECOND) if a_first else (SECOND, FIRST)
    named = (*candidate.other_spans, *candidate.a_spans, *candidate.b_spans)
    names = dict.fromkeys(find_names(sentence, named) if others else (), NAME)
    names |= dict.fromkeys(candidate.other_spans, THIRD)
    names |= dict.fromkeys(candidate.a_spans, a_name)
    for span in candidate.b_spans:
        names[span] = f"{FIRST} and {SECOND}" if span in candidate.a_spans else b_name
    parts: list[str] = []
    at: list[int] = []
    origin: list[int] = []
    size = done = 0
    for (start, end), name in sorted(names.items()):
        if start < done:
            continue
        kept = sentence[done:start]
        if kept.endswith(_ARTICLES):
            kept = _ARTICLE.sub(_plain_article, kept)
        at.append(size)
        origin.append(done)
        bare = sentence.startswith("s'", end - 1) and not sentence[end + 1 : end + 2].isalnum()
        stands = f"{name}'s" if bare else name
        parts += (kept, stands)
        size += len(kept) + len(stands)
        done = end + bare
    at.append(size)
    origin.append(done)
    parts.append(sentence[done:])
    return Masked("".join(parts), a_first, tuple(at), tuple(origin))


def _plain_article(found: re.Match[str]) -> str:
    return "" if found.group().endswith("e ") else f"{found.group()[0]} "


def turn(direction: Direction, a_first: bool) -> Direction:
    """Exchange the two countries of a direction unless `[A]` stands for `a`: the same both ways."""
    if a_first or direction in {"both", "none"}:
        return direction
    return "ba" if direction == "ab" else "ab"
