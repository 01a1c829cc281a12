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
from ingest.tone.detente.features import TOKEN, Counted, count
from ingest.tone.detente.masking import Masked, mask
from ingest.tone.direction import guess_direction

SCALE = 1_000.0
"""Weights are whole thousandths, so that a sum is the same in any order and on any machine."""

SHOWN = 8
"""Words shown."""
LEAST = 0.02
"""Share of the tone below which a word is left out."""


class FastScorer:
    """Learned weights of words; no network, thousands of articles a second."""

    name = "detente-fast"

    def __init__(self, folder: Path | None = None) -> None:
        self._path = (folder or data_dir() / "models" / "detente-fast") / "weights.npz"
        if not self._path.is_file():
            raise DetenteError(f"the weights of the scorer are missing: expected {self._path}; install the package again")

    @cached_property
    def version(self) -> str:
        """The first 8 digits of a digest of the weights."""
        return blake2b(self._path.read_bytes(), digest_size=4).hexdigest()

    @cached_property
    def _weights(self) -> _Weights:
        with np.load(self._path) as stored:
            return _Weights(
                words=stored["words"].tobytes().decode().split("\n"),
                pairs=[tuple(pair.split(" ")) for pair in stored["pairs"].tobytes().decode().split("\n")],
                values=stored["values"],
                start=stored["start"].tolist(),
            )

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
        weights = self._weights
        counted = count(masked.text)
        hits = weights.hits(counted)
        hostile = cooperative = 0
        for _, toward_hostile, toward_cooperative in hits:
            hostile += toward_hostile
            cooperative += toward_cooperative
        powers = (
            math.exp((hostile + weights.start[0]) / SCALE),
            1.0,
            math.exp((cooperative + weights.start[1]) / SCALE),
        )
        total = sum(powers)
        tone = (powers[2] - powers[0]) / total
        return Judgement(
            cooperative=powers[2] / total,
            neutral=1.0 / total,
            hostile=powers[0] / total,
            direction=guess_direction(candidate),
            words=_driving(masked, hits, tone) if abs(tone) >= LEAST else (),
        )


Hit = tuple[int, int, int]
"""Place of the token, weight toward hostile, weight toward cooperative."""


class _Weights:
    """Weights of words anywhere, of words between the two countries, and of pairs of words."""

    def __init__(
        self, words: list[str], pairs: list[tuple[str, ...]], values: Any, start: list[int]
    ) -> None:
        rows: list[tuple[int, int]] = [(int(hostile), int(cooperative)) for hostile, cooperative in values.tolist()]
        size = len(words)
        self.anywhere = {word: row for word, row in zip(words, rows[:size], strict=True) if any(row)}
        self.between = {word: row for word, row in zip(words, rows[size : 2 * size], strict=True) if any(row)}
        self.pairs = {pair: row for pair, row in zip(pairs, rows[2 * size :], strict=True) if any(row)}
        self.start = start

    def hits(self, counted: Counted) -> list[Hit]:
        """Return what counts in a sentence."""
        tokens, begin, end = counted
        found = [(i, *row) for i, row in enumerate(map(self.anywhere.get, tokens)) if row]
        found += [(i, *row) for i, row in enumerate(map(self.between.get, tokens[begin:end]), begin) if row]
        found += [(i, *row) for i, row in enumerate(map(self.pairs.get, zip(tokens, tokens[1:], strict=False))) if row]
        return found


def _driving(masked: Masked, hits: list[Hit], tone: float) -> tuple[Word, ...]:
    """Return the words of the largest weights, scaled so that they sum to about the tone."""
    pulls: dict[int, int] = {}
    for place, hostile, cooperative in hits:
        pulls[place] = pulls.get(place, 0) + cooperative - hostile
    scale = abs(tone) / max(sum(map(abs, pulls.values())), 1)
    strongest = sorted(pulls, key=lambda place: -abs(pulls[place]))[:SHOWN]
    wanted = {place for place in strongest if abs(pulls[place] * scale) >= LEAST}
    return tuple(
        Word(*masked.back(*found.span()), round(pulls[place] * scale, 4))
        for place, found in enumerate(TOKEN.finditer(masked.text))
        if place in wanted and found.group()[0].isalpha()
    )
