"""The baseline everybody knows: vaderSentiment over the sentence, names hidden."""

from __future__ import annotations

import math
import re
import string
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from vaderSentiment.vaderSentiment import (
    BOOSTER_DICT,
    NEGATE,
    SentimentIntensityAnalyzer,
    allcap_differential,
    normalize,
)

from ingest.records import Candidate, Judgement, Label, Span, Word
from ingest.tone.direction import guess_direction
from ingest.tone.names import hide, hide_names
from ingest.tone.typography import plain

NEUTRAL_BAND = 0.05
"""|compound| below this is neutral: the threshold vaderSentiment's authors recommend."""

ALPHA = 15.0
"""vaderSentiment's normalisation: compound = s / sqrt(s² + 15)."""


class VaderScorer:
    """Plain vaderSentiment; P(cooperative) − P(hostile) is its compound score."""

    name = "vader"
    reads_lists = False
    weighs_evidence = False
    version = "3.3.2+3"

    def __init__(self) -> None:
        self._analyzer = _Analyzer()

    def judge(self, candidates: Sequence[Candidate]) -> list[Judgement]:
        """Judge each sentence; every pair of a sentence gets its tone, as VADER cannot tell pairs apart."""
        scored: dict[tuple[str, frozenset[Span]], tuple[float, tuple[Word, ...]]] = {}
        judgements = []
        for candidate in candidates:
            sentence, _, _, a_spans, b_spans, other_spans, _ = candidate
            key = (sentence, frozenset([*a_spans, *b_spans, *other_spans]))
            if (found := scored.get(key)) is None:
                found = scored[key] = self._score(plain(sentence), key[1])
            compound, words = found
            judgements.append(
                Judgement(
                    max(compound, 0.0), 1.0 - abs(compound), max(-compound, 0.0), guess_direction(candidate), words
                )
            )
        return judgements

    def label(self, cooperative: float, neutral: float, hostile: float) -> Label:  # noqa: ARG002 - the interface
        """Use the thresholds that vaderSentiment's authors recommend."""
        tone = cooperative - hostile
        return "cooperative" if tone >= NEUTRAL_BAND else "hostile" if tone <= -NEUTRAL_BAND else "neutral"

    def _score(self, sentence: str, countries: frozenset[Span]) -> tuple[float, tuple[Word, ...]]:
        analyzer = self._analyzer
        masked = hide(sentence, countries)
        if analyzer.has_emoji(masked):
            # They are spelled out: the words have no place in the text.
            return float(analyzer.polarity_scores(hide_names(sentence, countries))["compound"]), ()
        tokens = masked.split()
        codes = analyzer.codes(tokens)
        if codes.translate(None, _NAMELESS):  # only then could hiding names change anything
            masked = hide_names(sentence, countries)
            tokens = masked.split()
            codes = analyzer.codes(tokens)
        pulls = analyzer.pulls(tokens, codes)
        if not pulls:
            return 0.0, ()
        total = float(sum([pull for _, pull in pulls]))
        norm = math.sqrt(total**2 + ALPHA)
        starts = _starts(masked, tokens)
        words = []
        for place, pull in pulls:
            if pull:
                start, end = _trim(tokens[place], starts[place])
                words.append(Word(start, end, round(max(-1.0, min(1.0, pull / norm)), 4)))
        return analyzer.compound(total, masked), tuple(words)


MATTERS, STIRS, NAMED, BUT = 1, 2, 4, 8
"""What a word may be to VADER, as bits: in its lexicon; changing the value of a word near by; either of these, or made
so by hiding, with a capital, so that it may be a name; and "but"."""

_IDIOMS = frozenset("shit bomb ass bus yeah kiss die beating enough kind sort".split())
"""A word of each idiom and of each booster of several words that VADER knows."""
_STIRRING = frozenset([*BOOSTER_DICT, *NEGATE, "no", "so", "this", "least", *_IDIOMS])


class _Analyzer(SentimentIntensityAnalyzer):  # type: ignore[misc]  # vaderSentiment has no types
    """vaderSentiment's own rules, applied only where they can matter; the same values, twenty times faster.

    A word that is in no lexicon has valence 0, and the rules look at no more than three words before and
    two after one that is. Where none of those is a word that the rules ask for, it has the value of the lexicon;
    else vaderSentiment is shown that window instead of the whole text again for each word.
    """

    def __init__(self) -> None:
        super().__init__()
        self._emoji_chars = frozenset(key for key in self.emojis if len(key) == 1)
        self._known = _Known(self.lexicon)

    def has_emoji(self, text: str) -> bool:
        """Tell whether VADER would spell out a character of the text."""
        return not text.isascii() and not self._emoji_chars.isdisjoint(text)

    def codes(self, tokens: list[str]) -> bytes:
        """Return what each word of `text.split()` is to VADER."""
        return bytes(map(self._known.__getitem__, tokens))

    def pulls(self, tokens: list[str], codes: bytes) -> list[tuple[int, float]]:
        """Return the words of the lexicon, by number, each with its valence."""
        places = [found.start() for found in _MATTERING.finditer(codes)]
        if not places:
            return []
        values = []
        for i in places:
            word = _bare(tokens[i])
            begin = i - 3 if i > 3 else 0
            if not codes[begin : i + 3].translate(None, _QUIET) and not word.isupper():
                values.append(self.lexicon[word.lower()])
                continue
            window = list(map(_bare, tokens[begin : i + 3]))
            # Whether capitals are the rule is asked only where there are capitals.
            is_cap_diff = any(map(str.isupper, window)) and allcap_differential(list(map(_bare, tokens)))
            values.append(self._in_window(window, i - begin, is_cap_diff))
        if codes.translate(None, _NOT_BUT):
            every = [0.0] * len(tokens)
            for i, value in zip(places, values, strict=True):
                every[i] = value
            every = self._but_check(list(map(_bare, tokens)), every)
            values = [every[i] for i in places]
        return list(zip(places, values, strict=True))

    def _in_window(self, words: list[str], i: int, is_cap_diff: bool) -> float:
        if words[i].lower() == "kind" and i + 1 < len(words) and words[i + 1].lower() == "of":
            return 0.0
        return float(self.sentiment_valence(0, _Window(words, is_cap_diff), words[i], i, [])[0])

    def compound(self, total: float, text: str) -> float:
        """Do what `score_valence` does, but for the shares of good and bad words that nobody asks for here."""
        if total and ("!" in text or "?" in text):
            emphasis = self._punctuation_emphasis(text)
            total = total + emphasis if total > 0 else total - emphasis
        return float(round(normalize(total), 4))


_MATTERING = re.compile(b"[%s]" % re.escape(bytes(code for code in range(16) if code & MATTERS)))
_QUIET = bytes(code for code in range(16) if not code & STIRS)
_NAMELESS = bytes(code for code in range(16) if not code & NAMED)
_NOT_BUT = bytes(code for code in range(16) if not code & BUT)


class _Known(dict[str, int]):
    """What each word is to VADER, found out when it comes for the first time."""

    def __init__(self, lexicon: dict[str, float]) -> None:
        self._lexicon = lexicon

    def __missing__(self, token: str) -> int:
        if len(self) >= REMEMBERED:
            self.clear()
        lower = _bare(token).lower()
        code = MATTERS * (lower in self._lexicon and lower not in BOOSTER_DICT)
        code |= STIRS * (lower in _STIRRING or "n't" in lower)
        code |= BUT * (lower == "but")
        if token != token.lower() and (code or lower[1:] in _BEHIND_X):
            code |= NAMED
        self[token] = code
        return code


REMEMBERED = 50_000
"""Different words whose meaning is kept: about 5 MB, however many articles there are."""

_BEHIND_X = frozenset(["-d", "-p"])
"""VADER takes "x-d" for a face, and a name of one letter is hidden by an x."""


def _bare(token: str) -> str:
    """Take punctuation off a word as SentiText does."""
    stripped = token.strip(string.punctuation)
    return token if len(stripped) <= 2 else stripped


class _Window(NamedTuple):
    """The two attributes of a SentiText that vaderSentiment's rules read."""

    words_and_emoticons: list[str]
    is_cap_diff: bool


def _starts(text: str, tokens: list[str]) -> list[int]:
    """Return where each word of `text.split()` begins."""
    sizes = list(map(len, tokens))
    if sum(sizes) + len(sizes) - 1 == len(text):  # one space after each word
        return [at + i for i, at in enumerate(accumulate(sizes, initial=0))]
    starts = []
    at = 0
    for token in tokens:
        at = text.index(token, at)
        starts.append(at)
        at += len(token)
    return starts


def _trim(text: str, start: int) -> tuple[int, int]:
    core = text.strip("\"'.,;:!?()[]-")
    start += text.find(core) if core else 0
    return start, start + len(core or text)
