"""Which sentences of an article relate which two countries; judges no tone."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from datetime import date
from itertools import combinations
from typing import NamedTuple

from sentencex import segment

from ingest.countries.mentions import find_mentions
from ingest.countries.references import countries_of, find_both, find_neighbour, hints_of_both
from ingest.records import Candidate, Mention, Span
from ingest.tone.sentences import LONGEST, lines_of

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
    mentions = find_mentions(text, on, headline, least=2)
    if len({mention[2] for mention in mentions}) < 2:
        return []
    placed: list[Placed] = []
    before: list[str] = []
    starts = [mention[0] for mention in mentions]
    count = len(starts)
    at = end_of_piece = 0
    hints = hints_of_both(text)
    for piece in segment("en", text):
        start_of_piece, end_of_piece = end_of_piece, end_of_piece + len(piece)
        # Where no country is named and no two are in mind, there is nothing to relate.
        if at == count or starts[at] >= end_of_piece:
            if len(before) == 2:
                if any([hint in piece for hint in hints]):  # noqa: C419 - a list is quicker, and it is short
                    placed += _relate_both(text, lines_of(piece, start_of_piece), before)
            elif at == count:
                break
            continue
        for start, end in lines_of(piece, start_of_piece):
            first, at = at, bisect_left(starts, end, at)
            if at == first:
                if len(before) == 2:
                    placed += _relate_both(text, [Span(start, end)], before)
                continue
            found = mentions[first:at]
            named = countries_of(found)
            if end - start <= LONGEST and (len(named) > 1 or (before and before != named)):
                sentence = _Sentence(text[start:end], start, found, named)
                if len(named) > 1:
                    related = _relate_named(sentence, with_listed=listed)
                else:
                    related = _relate_meant(sentence, before)
                placed += [Placed(start, one) for one in related]
            before = named if len(named) > 1 or not before else _carry_over(before, named[0])
    return placed


def _relate_both(text: str, lines: list[Span], before: list[str]) -> Iterator[Placed]:
    """Relate the two countries in mind in sentences that name none but mean both."""
    for start, end in lines:
        sentence = text[start:end]
        if end - start <= LONGEST and (span := find_both(sentence)):
            a, b = sorted(before)
            yield Placed(start, Candidate(sentence, a, b, (span,), (span,), ()))


Here = list[tuple[Span, str, bool]]
"""Where in its sentence a country is mentioned, which, and whether as the scene only."""


class _Sentence(NamedTuple):
    text: str
    start: int
    mentions: list[Mention]
    """Places count from the beginning of the article."""
    named: list[str]
    """The countries that act."""

    def here(self) -> Here:
        """Count from the sentence's beginning; a name that a wrong split cuts in two ("Th. Johannesson") ends there."""
        text, begin, mentions, _ = self
        size = len(text)
        return [
            (Span(start - begin, end - begin if end - begin < size else size), country, place)
            for start, end, country, _, place in mentions
        ]


def _carry_over(before: list[str], named: str) -> list[str]:
    """Keep a pair in mind while the text goes on about one of its countries; a new one breaks it."""
    return before if named in before else [named]


def _relate_named(sentence: _Sentence, *, with_listed: bool) -> list[Candidate]:
    """Relate the countries that a sentence names, each with each."""
    if len(sentence.named) > MOST_COUNTRIES:
        return []
    here = sentence.here()
    countries = {country for _, country, _ in here}
    listed = _listed_only(sentence.text, here) if len(countries) > 2 else set()
    scenes = {country for _, country, place in here if place}.difference(sentence.named)
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
    """Relate two countries of which the sentence names one: "both sides", "its neighbour"."""
    text, (told,) = sentence.text, sentence.named
    if len(before) == 2 and told in before and (span := find_both(text)):
        a, b = sorted(before)
        return [_candidate(text, sentence.here(), (a, b), Reference(span, span))]
    if len(before) - (told in before) != 1 or not (span := find_neighbour(text)):
        return []
    (other,) = (code for code in before if code != told)
    here = sentence.here()
    if any(one.start < span.end and span.start < one.end for one, *_ in here):
        span = Span(span.start, text.index(" ", span.start))  # "Her" in "Her Japanese counterpart"
    a, b = sorted((told, other))
    reference = Reference(span if a == other else None, span if b == other else None)
    return [_candidate(text, here, (a, b), reference)]


def _candidate(
    sentence: str, here: Here, pair: tuple[str, str], reference: Reference = NAMED, *, listed: bool = False
) -> Candidate:
    a, b = pair
    a_spans: list[Span] = []
    b_spans: list[Span] = []
    other_spans: list[Span] = []
    for span, country, _ in here:
        (a_spans if country == a else b_spans if country == b else other_spans).append(span)
    if not a_spans and reference.a:
        a_spans = [reference.a]
    if not b_spans and reference.b:
        b_spans = [reference.b]
    return Candidate(sentence, a, b, tuple(a_spans), tuple(b_spans), tuple(other_spans), listed)


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


def _listed_only(sentence: str, here: Here) -> set[str]:
    """Return the countries that are merely listed, three or more ("as in Iran, Iraq and Oman")."""
    listed: set[str] = set()
    run: list[str] = []
    begin = end = 0
    for span, country, _ in here:
        if run and sentence[end : span.start].strip() in _SEPARATORS:
            run.append(country)
        else:
            listed |= _together(sentence, begin, run)
            run, begin = [country], span.start
        end = span.end
    return listed | _together(sentence, begin, run)


def _together(sentence: str, begin: int, run: list[str]) -> set[str]:
    """Return the countries of one list, unless they are too few or do something together."""
    codes = set(run) if len(run) > 2 else set()
    return codes if len(codes) > 2 and not _ACTING_TOGETHER.search(sentence[:begin]) else set()
