"""The weights of `detente-fast`: what words, words between the two countries, and pairs of words add up to."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from ingest.errors import DetenteError
from ingest.tone.detente.features import flatten

SCALE = 1_000.0
"""Weights are whole thousandths, so that a sum is the same in any order and on any machine."""

TELLING = 150
"""Thousandths of weight toward one side from which a word tells a person something."""

Pulls = dict[tuple[int, int], int]
"""Characters of a word in the masked sentence, and its weight toward cooperative, in thousandths; those that tell."""


class Weighed(NamedTuple):
    """What the words of a masked sentence add up to."""

    hostile: float
    neutral: float
    cooperative: float
    """Probabilities, sum 1."""
    pulls: Pulls


class WordWeights:
    """Weights of words anywhere, of words between the two countries, and of pairs of words."""

    def __init__(self, path: Path) -> None:
        from ahocorasick_rs import AhoCorasick

        if not path.is_file():
            raise DetenteError(f"the weights of the scorer are missing: expected {path}; install the package again")
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

    def weigh(self, masked: str) -> Weighed:
        """Sum up a masked sentence."""
        text, begin, end = flatten(masked)
        hostile, cooperative = self._start
        pulls: Pulls = {}
        rows = self._rows
        for form, start, stop in self._matcher.find_matches_as_indexes(text, overlapping=True):
            bad, good, more_bad, more_good = rows[form]
            if begin <= start + 1 < end:
                bad += more_bad
                good += more_good
            hostile += bad
            cooperative += good
            # The text has a space before the sentence, and so has the form: the word begins where the form does.
            if not -TELLING < good - bad < TELLING:
                pulls[start, stop - 2] = good - bad
        toward_hostile, toward_cooperative = math.exp(hostile / SCALE), math.exp(cooperative / SCALE)
        total = 1.0 + toward_hostile + toward_cooperative
        return Weighed(toward_hostile / total, 1.0 / total, toward_cooperative / total, pulls)
