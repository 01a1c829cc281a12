"""The fast scorer for archives: a sum of learned weights of words and pairs of words; explained by those weights."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np

from ingest.data_files import data_dir
from ingest.errors import DetenteError
from ingest.records import Candidate, Judgement, Label, Word
from ingest.tone.detente.features import flatten
from ingest.tone.detente.masking import Masked, mask
from ingest.tone.direction import guess_direction

SCALE = 1_000.0
"""Weights are whole thousandths, so that a sum is the same in any order and on any machine."""

SHOWN = 6
"""Words shown."""
LEAST = 0.03
"""A word of less weight is left out."""


class FastScorer:
    """Learned weights of words; no network, thousands of articles a second."""

    name = "detente-fast"

    def __init__(self, folder: Path | None = None) -> None:
        self._path = (folder or data_dir() / "models" / "detente-fast") / "weights.npz"
        if not self._path.is_file():
            raise DetenteError(
                f"the weights of the scorer are missing: expected {self._path}; install the package again"
            )

    @cached_property
    def version(self) -> str:
        """The first 8 digits of a digest of the weights."""
        return blake2b(self._path.read_bytes(), digest_size=4).hexdigest()

    @cached_property
    def _weights(self) -> _Weights:
        return _Weights(self._path)

    def judge(self, candidates: Sequence[Candidate]) -> list[Judgement]:
        """Judge each pair of each sentence on its own."""
        return [self._judgement(candidate) for candidate in candidates]

    def label(self, cooperative: float, neutral: float, hostile: float) -> Label:
        """Return the likeliest of the three."""
        if neutral >= cooperative and neutral >= hostile:
            return "neutral"
        return "cooperative" if cooperative >= hostile else "hostile"

    def _judgement(self, candidate: Candidate) -> Judgement:
        masked = mask(candidate)
        hostile, cooperative, pulls = self._weights.weigh(masked.text)
        toward_hostile, toward_cooperative = math.exp(hostile / SCALE), math.exp(cooperative / SCALE)
        total = 1.0 + toward_hostile + toward_cooperative
        return Judgement(
            cooperative=toward_cooperative / total,
            neutral=1.0 / total,
            hostile=toward_hostile / total,
            direction=guess_direction(candidate),
            words=_driving(masked, pulls, (toward_cooperative - toward_hostile) / total),
        )


Pulls = dict[tuple[int, int], int]
"""Characters of a word in the masked sentence, and its weight toward cooperative, in thousandths."""


class _Weights:
    """Weights of words anywhere, of words between the two countries, and of pairs of words."""

    def __init__(self, path: Path) -> None:
        from ahocorasick_rs import AhoCorasick

        with np.load(path) as stored:
            words, pairs = (stored[name].tobytes().decode().split("\n") for name in ("words", "pairs"))
            rows: list[list[int]] = stored["values"].tolist()
            self._start: list[int] = stored["start"].tolist()
        size = len(words)
        forms: list[str] = []
        self._rows: list[tuple[int, int, int, int]] = []
        """Toward hostile and cooperative anywhere, and in addition between the two."""
        for word, anywhere, between in zip(words, rows[:size], rows[size : 2 * size], strict=True):
            if any(anywhere) or any(between):
                forms.append(f" {word} ")
                self._rows.append((anywhere[0], anywhere[1], between[0], between[1]))
        for pair, row in zip(pairs, rows[2 * size :], strict=True):
            forms.append(f" {pair} ")
            self._rows.append((row[0], row[1], 0, 0))
        self._matcher: Any = AhoCorasick(forms)

    def weigh(self, masked: str) -> tuple[int, int, Pulls]:
        """Return the sums toward hostile and cooperative, and the pull of each word and pair of words."""
        text, begin, end = flatten(masked)
        hostile, cooperative = self._start
        pulls: Pulls = {}
        rows = self._rows
        for form, start, stop in self._matcher.find_matches_as_indexes(text, overlapping=True):
            toward_hostile, toward_cooperative, more_hostile, more_cooperative = rows[form]
            if begin <= start + 1 < end:
                toward_hostile += more_hostile
                toward_cooperative += more_cooperative
            hostile += toward_hostile
            cooperative += toward_cooperative
            # The text has a space before the sentence, and so has the form: the word begins where the form does.
            pulls[start, stop - 2] = toward_cooperative - toward_hostile
        return hostile, cooperative, pulls


def _driving(masked: Masked, pulls: Pulls, tone: float) -> tuple[Word, ...]:
    """Return the words of the largest weights toward the tone or against it, scaled to the size of the tone."""
    if abs(tone) < LEAST or not pulls:
        return ()
    strength = sum(map(abs, pulls.values()))
    if not strength:
        return ()
    scale = abs(tone) / strength
    least = LEAST / scale
    strongest = sorted([(-abs(pull), span) for span, pull in pulls.items() if abs(pull) >= least])[: 2 * SHOWN]
    words: dict[tuple[int, int], float] = {}
    text = masked.text
    for _, (start, end) in strongest:
        if "[" not in text[start:end] and len(words) < SHOWN:
            words[masked.back(start, end)] = round(pulls[start, end] * scale, 4)
    return tuple(Word(start, end, weight) for (start, end), weight in sorted(words.items()))
