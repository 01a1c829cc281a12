"""The same results without a shortcut: everything looked at, everything asked. What is fast must equal this."""

from __future__ import annotations

import math
from datetime import date

from sentencex import get_sentence_boundaries
from vaderSentiment.vaderSentiment import BOOSTER_DICT, SentimentIntensityAnalyzer, SentiText

from ingest.countries.mentions import find_mentions
from ingest.countries.references import countries_of
from ingest.records import Candidate, Span, Word
from ingest.tone.candidates import Placed, _carry_over, _relate_both, _relate_meant, _relate_named, _Sentence
from ingest.tone.names import find_names
from ingest.tone.sentences import LONGEST
from ingest.tone.typography import plain
from ingest.tone.vader import ALPHA

THEIRS = SentimentIntensityAnalyzer()


def sentences(text: str) -> list[Span]:
    """Ask `sentencex` for offsets and take its word."""
    spans = []
    for boundary in get_sentence_boundaries("en", text):
        start = boundary["start_index"]
        for line in boundary["text"].split("\n"):
            if stripped := line.strip():
                at = start + line.index(stripped[0])
                spans.append(Span(at, at + len(stripped)))
            start += len(line) + 1
    return spans


def candidates(text: str, on: date | None, headline: str, *, listed: bool) -> list[Placed]:
    """Look at every sentence of every article, in order."""
    mentions = find_mentions(text, on, headline)
    placed: list[Placed] = []
    before: list[str] = []
    if len({mention.country for mention in mentions}) < 2:
        return []
    at = 0
    for start, end in sentences(text):
        found = []
        while at < len(mentions) and mentions[at].start < end:
            found.append(mentions[at])
            at += 1
        named = countries_of(found)
        sentence = _Sentence(text[start:end], start, found, named)
        if end - start > LONGEST:
            pass
        elif len(named) > 1:
            placed += [Placed(start, one) for one in _relate_named(sentence, with_listed=listed)]
        elif named and before and before != named:
            placed += [Placed(start, one) for one in _relate_meant(sentence, before)]
        elif not named and len(before) == 2:
            placed += _relate_both(text, [Span(start, end)], before)
        if named:
            before = named if len(named) > 1 or not before else _carry_over(before, named[0])
    return placed


def hidden(text: str, spans: set[Span]) -> str:
    """Overwrite the countries and every other name, character by character."""
    chars = list(text)
    for start, end in sorted({*spans, *find_names(text, spans)}):
        chars[start:end] = "Q" * (end - start > 1) + "x" * (end - start - (end - start > 1))
    return "".join(chars)


def vader(candidate: Candidate) -> tuple[float, tuple[Word, ...]]:
    """Return vaderSentiment's score of the whole masked sentence, and the words to which it gives a valence."""
    spans = {*candidate.a_spans, *candidate.b_spans, *candidate.other_spans}
    masked = hidden(plain(candidate.sentence), spans)
    compound = float(THEIRS.polarity_scores(masked)["compound"])
    if not {char for char in masked if char in THEIRS.emojis}.isdisjoint(masked):
        return compound, ()
    whole = SentiText(masked.strip())
    words = whole.words_and_emoticons
    pulls: list[float] = []
    for i, word in enumerate(words):
        kind_of = word.lower() == "kind" and i + 1 < len(words) and words[i + 1].lower() == "of"
        if word.lower() in BOOSTER_DICT or kind_of:
            pulls.append(0)
        else:
            pulls = THEIRS.sentiment_valence(0, whole, word, i, pulls)
    pulls = THEIRS._but_check(words, pulls)
    norm = math.sqrt(sum(pulls) ** 2 + ALPHA)
    told: list[Word] = []
    at = 0
    for token, pull in zip(masked.split(), pulls, strict=True):
        start = masked.index(token, at)
        at = start + len(token)
        core = token.strip("\"'.,;:!?()[]-")
        start += token.find(core) if core else 0
        if pull:
            told.append(Word(start, start + len(core or token), round(max(-1.0, min(1.0, pull / norm)), 4)))
    return compound, tuple(told)
