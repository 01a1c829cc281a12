"""What the learned scorers see of a sentence: placeholders where countries, and others, are named.

The country named first is `[A]`, the other `[B]`, any third `[C]`, any other name `[N]`: so neither the identity of a
country, nor its place in the alphabet, nor what an exercise is called can change a judgement. What the grammar of a
country's name leaves beside it goes too: the article of "the Netherlands", the n of "an Iranian", the bare apostrophe
of "the Philippines' ".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from ingest.records import Candidate, Direction, Span
from ingest.tone.names import find_names
from ingest.tone.typography import PLAIN

FIRST, SECOND, THIRD, NAME = "[A]", "[B]", "[C]", "[N]"
PLACEHOLDERS = (FIRST, SECOND, THIRD, NAME)
BOTH = f"{FIRST} and {SECOND}"
"""For a phrase that stands for both countries."""

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

    def all_back(self, placed: Iterable[tuple[int, int, float]]) -> list[tuple[int, int, float]]:
        """Do the same for many words with a number each, in the order of `text`."""
        at, origin = self.at, self.origin
        i, last = 0, len(at) - 1
        back: list[tuple[int, int, float]] = []
        for start, end, number in placed:
            while i < last and at[i + 1] <= start:
                i += 1
            shift = origin[i] - at[i]
            back.append((start + shift, end + shift, number))
        return back


def mask(candidate: Candidate, *, others: bool = True) -> Masked:
    """Overwrite the countries of a candidate with placeholders, and every other name unless told not to."""
    a_spans, b_spans = candidate.a_spans, candidate.b_spans
    a_first = min(a_spans) <= min(b_spans)
    a_name, b_name = (FIRST, SECOND) if a_first else (SECOND, FIRST)
    shared = tuple([span for span in b_spans if span in a_spans])
    name_of = dict.fromkeys(candidate.other_spans, THIRD)
    for span in a_spans:
        name_of[span] = a_name
    for span in b_spans:
        name_of[span] = b_name
    for span in shared:
        name_of[span] = BOTH
    between, spans, at, origin = _frame(candidate.sentence, tuple(sorted(name_of)), shared, others)
    parts: list[str] = []
    for kept, span in zip(between, spans, strict=False):
        parts += (kept, name_of.get(span, NAME))
    parts.append(between[-1])
    return Masked("".join(parts), a_first, at, origin)


class _Frame(NamedTuple):
    """A sentence cut at its names: the same for each of its pairs, as placeholders are equally long."""

    between: tuple[str, ...]
    """What stands before, between and after the names."""
    spans: tuple[Span, ...]
    at: tuple[int, ...]
    origin: tuple[int, ...]


@lru_cache(maxsize=8)
def _frame(sentence: str, countries: tuple[Span, ...], shared: tuple[Span, ...], others: bool) -> _Frame:
    """Cut a sentence at its countries, and at its other names if told; `shared` stand for both countries."""
    sentence = sentence.translate(_PLAIN)
    names = sorted([*countries, *find_names(sentence, countries)]) if others else countries
    between: list[str] = []
    spans: list[Span] = []
    at: list[int] = []
    origin: list[int] = []
    size = done = 0
    rest = ""
    for span in names:
        start, end = span
        if start < done:
            continue
        kept = sentence[done:start]
        if kept.endswith(_ARTICLES):
            kept = _ARTICLE.sub(_plain_article, kept)
        at.append(size)
        origin.append(done)
        between.append(rest + kept if rest else kept)
        spans.append(span)
        bare = sentence.startswith("s'", end - 1) and not sentence[end + 1 : end + 2].isalnum()
        rest = "'s" if bare else ""
        size += len(kept) + (len(BOTH) if span in shared else len(NAME)) + len(rest)
        done = end + bare
    at.append(size)
    origin.append(done)
    between.append(rest + sentence[done:])
    return _Frame(tuple(between), tuple(spans), tuple(at), tuple(origin))


def _plain_article(found: re.Match[str]) -> str:
    return "" if found.group().endswith("e ") else f"{found.group()[0]} "


def turn(direction: Direction, a_first: bool) -> Direction:
    """Exchange the two countries of a direction unless `[A]` stands for `a`: the same both ways."""
    if a_first or direction in {"both", "none"}:
        return direction
    return "ba" if direction == "ab" else "ab"
