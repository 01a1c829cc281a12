"""The baseline everybody knows: vaderSentiment over the sentence, names hidden."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import NamedTuple

from vaderSentiment.vaderSentiment import BOOSTER_DICT, SentimentIntensityAnalyzer, SentiText

from ingest.records import Candidate, Judgement, Label, Span, Word
from ingest.tone.direction import guess_direction
from ingest.tone.names import hide_names
from ingest.tone.typography import plain

NEUTRAL_BAND = 0.05
"""|compound| below this is neutral: the threshold vaderSentiment's authors recommend."""

ALPHA = 15.0
"""vaderSentiment's normalisation: compound = s / sqrt(s² + 15)."""

_TOKEN = re.compile(r"\S+")


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
        scored: dict[tuple[str, tuple[Span, ...]], tuple[float, tuple[Word, ...]]] = {}
        judgements = []
        for candidate in candidates:
            names = tuple(sorted({*candidate.a_spans, *candidate.b_spans, *candidate.other_spans}))
            key = (candidate.sentence, names)
            if key not in scored:
                scored[key] = self._score(hide_names(plain(candidate.sentence), names))
            compound, words = scored[key]
            judgements.append(
                Judgement(
                    cooperative=max(compound, 0.0),
                    neutral=1.0 - abs(compound),
                    hostile=max(-compound, 0.0),
                    direction=guess_direction(candidate),
                    words=words,
                )
            )
        return judgements

    def label(self, cooperative: float, neutral: float, hostile: float) -> Label:  # noqa: ARG002 - the interface
        """Use the thresholds that vaderSentiment's authors recommend."""
        tone = cooperative - hostile
        return "cooperative" if tone >= NEUTRAL_BAND else "hostile" if tone <= -NEUTRAL_BAND else "neutral"

    def _score(self, masked: str) -> tuple[float, tuple[Word, ...]]:
        compound, pulls = self._analyzer.pulls(masked)
        norm = math.sqrt(sum(pulls) ** 2 + ALPHA)
        tokens = list(_TOKEN.finditer(masked))
        if len(tokens) != len(pulls):  # an emoji was spelled out: its words have no place in the text
            return compound, ()
        return compound, tuple(
            Word(*_trim(token), round(max(-1.0, min(1.0, pull / norm)), 4))
            for token, pull in zip(tokens, pulls, strict=True)
            if pull
        )


class _Analyzer(SentimentIntensityAnalyzer):  # type: ignore[misc]  # vaderSentiment has no types
    """vaderSentiment's own rules, applied only where they can matter; the same values, several times faster.

    A word that is in no lexicon has valence 0, and the rules look at no more than three words before and
    two after one that is. So they are shown that window instead of the whole text again for each word.
    """

    def __init__(self) -> None:
        super().__init__()
        self._emoji_chars = frozenset(key for key in self.emojis if len(key) == 1)

    def pulls(self, text: str) -> tuple[float, list[float]]:
        """Return the compound score and the valence of each word as `text.split()` has them."""
        if not self._emoji_chars.isdisjoint(text):
            return float(self.polarity_scores(text)["compound"]), []
        whole = SentiText(text.strip())
        words: list[str] = whole.words_and_emoticons
        lower = [word.lower() for word in words]
        pulls = [0.0] * len(words)
        for i, word in enumerate(lower):
            if word not in self.lexicon or word in BOOSTER_DICT or (word == "kind" and lower[i + 1 : i + 2] == ["of"]):
                continue
            begin = max(0, i - 3)
            window = _Window(words[begin : i + 3], whole.is_cap_diff)
            pulls[i] = self.sentiment_valence(0, window, words[i], i - begin, [])[0]
        if "but" in lower:
            pulls = self._but_check(words, pulls)
        return float(self.score_valence(pulls, text.strip())["compound"]), pulls


class _Window(NamedTuple):
    """The two attributes of a SentiText that vaderSentiment's rules read."""

    words_and_emoticons: list[str]
    is_cap_diff: bool


def _trim(token: re.Match[str]) -> tuple[int, int]:
    text = token.group()
    core = text.strip("\"'.,;:!?()[]-")
    start = token.start() + (text.find(core) if core else 0)
    return start, start + len(core or text)
