"""Which sentences of an article relate which two countries; judges no tone."""

from __future__ import annotations

import re
from bisect import bisect_left
from datetime import date
from itertools import combinations
from typing import NamedTuple

from ingest.countries.mentions import find_mentions
from ingest.countries.references import countries_of, find_both, find_neighbour
from ingest.records import Candidate, Mention, Span
from ingest.tone.sentences import LONGEST, split_sentences

MOST_COUNTRIES = 8
"""A sentence that names more countries than this is a list, not a statement about each of its pairs."""


class Reference(NamedTuple):
    """The phrase that stands for a country not named in the sentence."""

    a: Span | None
    b: Span | None


NAMED = Reference(None, None)


class Placed(NamedTuple):
    """A candidate and where its sentence begins in the article."""

    start: int
    candidate: Candidate


def find_candidates(text: str, on: date | None = None, headline: str = "", *, listed: bool = False) -> list[Placed]:
    """Return every sentence and pair to be judged, in the order of the text; those merely listed only if told."""
    mentions = find_mentions(text, on, headline)
    if len({mention.country for mention in mentions}) < 2:
        return []
    placed: list[Placed] = []
    before: list[str] = []
    starts = [mention.start for mention in mentions]
    at = 0
    for start, end in split_sentences(text):
        first, at = at, bisect_left(starts, end, at)
        if at > first or len(before) == 2:
            found = mentions[first:at]
            named = countries_of(found)
            if end - start <= LONGEST and (len(named) > 1 or (before and before != named)):
                sentence = _Sentence(text[start:end], start, found, named)
                related = (
                    _relate_named(sentence, with_listed=listed) if len(named) > 1 else _relate_meant(sentence, before)
                )
                placed += [Placed(start, one) for one in related]
            if named:
                before = named if len(named) > 1 or not before else _carry_over(before, named[0])
    return placed


class _Sentence(NamedTuple):
    text: str
    start: int
    mentions: list[Mention]
    """Places count from the beginning of the article."""
    named: list[str]
    """The countries that act."""

    def here(self) -> list[Mention]:
        """Count from the sentence's beginning; a name that a wrong split cuts in two ("Th. Johannesson") ends there."""
        begin, size = self.start, len(self.text)
        return [
            Mention(start - begin, min(end - begin, size), country, kind, place)
            for start, end, country, kind, place in self.mentions
        ]


def _carry_over(before: list[str], named: str) -> list[str]:
    """Keep a pair in mind while the text goes on about one of its countries; a new one breaks it."""
    return before if named in before else [named]


def _relate_named(sentence: _Sentence, *, with_listed: bool) -> list[Candidate]:
    """Relate the countries that a sentence names, each with each."""
    if len(sentence.named) > MOST_COUNTRIES:
        return []
    here = sentence.here()
    listed = _listed_only(sentence.text, here) if len(here) > 2 else set()
    scenes = {mention.country for mention in here if mention.place}.difference(sentence.named)
    pairs = [
        ((a, b), {a, b} <= listed or not scenes.isdisjoint((a, b)))
        for a, b in combinations(sorted({*sentence.named, *scenes}), 2)
    ]
    return [
        _candidate(sentence.text, here, pair, listed=doubtful)
        for pair, doubtful in pairs
        if with_listed or not doubtful
    ]


def _relate_meant(sentence: _Sentence, before: list[str]) -> list[Candidate]:
    """Relate two countries of which the sentence names one or none: "both sides", "its neighbour"."""
    text, named = sentence.text, sentence.named
    told = named[0] if named else None
    if len(before) == 2 and (told is None or told in before) and (span := find_both(text)):
        a, b = sorted(before)
        return [_candidate(text, sentence.here(), (a, b), Reference(span, span))]
    if told is None or len(before) - (told in before) != 1 or not (span := find_neighbour(text)):
        return []
    (other,) = (code for code in before if code != told)
    here = sentence.here()
    if any(one.start < span.end and span.start < one.end for one in here):
        span = Span(span.start, text.index(" ", span.start))  # "Her" in "Her Japanese counterpart"
    a, b = sorted((told, other))
    reference = Reference(span if a == other else None, span if b == other else None)
    return [_candidate(text, here, (a, b), reference)]


def _candidate(
    sentence: str, here: list[Mention], pair: tuple[str, str], reference: Reference = NAMED, *, listed: bool = False
) -> Candidate:
    a, b = pair
    a_spans: list[Span] = []
    b_spans: list[Span] = []
    other_spans: list[Span] = []
    for start, end, country, *_ in here:
        spans = a_spans if country == a else b_spans if country == b else other_spans
        spans.append(Span(start, end))
    return Candidate(
        sentence=sentence,
        a=a,
        b=b,
        a_spans=tuple(a_spans or ([reference.a] if reference.a else [])),
        b_spans=tuple(b_spans or ([reference.b] if reference.b else [])),
        other_spans=tuple(other_spans),
        listed=listed,
    )


_SEPARATORS = {
    ",",
    "and",
    ", and",
    "or",
    ", or",
    "/",
    "&",
    ", as well as",
    "as well as",
    ", the",
    "and the",
    ", and the",
}

_ACTING_TOGETHER = re.compile(r"(?:^\W*(?:[Tt]he )?|\b(?:by|between|among|of the|from the|[Bb]oth) (?:the )?)$")
"""What stands before a list whose members do something together ("Russia, Iran and Turkey agree").

Of 358 gold pairs inside a list of three or more, 77 % are neutral; 88 % of those without these words.
"""


def _listed_only(sentence: str, here: list[Mention]) -> set[str]:
    """Return the countries that are merely listed, three or more ("as in Iran, Iraq and Oman")."""
    listed: set[str] = set()
    run: list[Mention] = []
    for mention in [*here, None]:
        if mention and run and sentence[run[-1].end : mention.start].strip() in _SEPARATORS:
            run.append(mention)
            continue
        codes = {one.country for one in run}
        if len(codes) >= 3 and not _ACTING_TOGETHER.search(sentence[: run[0].start]):
            listed |= codes
        run = [mention] if mention else []
    return listed
