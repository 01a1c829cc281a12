"""The weights of `detente-fast`: what words, words between the two countries, and pairs of words add up to."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from ingest.errors import DetenteError
from ingest.tone.detente.features import flatten

SCALE = 1_000.0
"""Weights are whole thousandths, so that a sum is the same in any order and on any machine."""

TELLING = 150
"""Thousandths of weight toward one side from which a word tells a person something."""

CHUNK = 2_000
"""Sentences weighed at once: a megabyte of matches."""

SHOWN = 5
"""Words of a sentence that are shown."""

Pull = tuple[int, int, float]
"""Characters of a word in the masked sentence, and its weight toward cooperative: a share of all that tells."""


class Weighed(NamedTuple):
    """What the words of a masked sentence add up to."""

    hostile: float
    neutral: float
    cooperative: float
    """Probabilities, sum 1."""
    pulls: list[Pull]
    """The strongest of those that tell a person something."""


class WordWeights:
    """Weights of words anywhere, of words between the two countries, and of pairs of words."""

    def __init__(self, path: Path) -> None:
        from ahocorasick_rs import AhoCorasick

        if not path.is_file():
            raise DetenteError(f"the weights of the scorer are missing: expected {path}; install the package again")
        with np.load(path) as stored:
            words, pairs = (stored[name].tobytes().decode().split("\n") for name in ("words", "pairs"))
            rows = stored["values"].astype(np.int64)
            self._start: list[int] = stored["start"].tolist()
        size = len(words)
        self._between = np.concatenate([rows[size : 2 * size], np.zeros((len(pairs), 2), np.int64)])
        """Toward hostile and cooperative, in addition, between the two countries."""
        self._anywhere = np.concatenate([rows[:size], rows[2 * size :]])
        forms = (*words, *pairs)
        self._shown = np.array([form.isdisjoint("[0") for form in map(set, forms)])
        """False for forms with a placeholder or a number, which are no words that tell a person something."""
        self._matcher: Any = AhoCorasick([f" {form} " for form in forms])

    def weigh(self, masked: Sequence[str]) -> list[Weighed]:
        """Sum up masked sentences, each on its own."""
        return [one for at in range(0, len(masked), CHUNK) for one in self._weigh(masked[at : at + CHUNK])]

    def _weigh(self, masked: Sequence[str]) -> list[Weighed]:
        flat = [flatten(text) for text in masked]
        # A line break stands in no form: none is found across two sentences.
        whole = "\n".join([text for text, _, _ in flat])
        matches = self._matcher.find_matches_as_indexes(whole, overlapping=True)
        table = np.fromiter(chain.from_iterable(matches), np.int64, 3 * len(matches)).reshape(-1, 3)
        form, start, stop = table.T
        begins = np.cumsum([0, *(len(text) + 1 for text, _, _ in flat)])
        sentence = np.searchsorted(begins, start, side="right") - 1
        start = start - begins[sentence]
        # The text has a space before the sentence, and so has the form: the word begins where the form does.
        first, last = np.array([(begin, end) for _, begin, end in flat]).T
        inside = (first[sentence] <= start + 1) & (start + 1 < last[sentence])
        weight = self._anywhere[form] + self._between[form] * inside[:, None]
        hostile, cooperative = (
            np.bincount(sentence, weight[:, side], len(flat)) + self._start[side] for side in (0, 1)
        )
        toward = weight[:, 1] - weight[:, 0]
        told = np.flatnonzero(np.abs(toward) >= TELLING)
        sums = np.bincount(sentence[told], np.abs(toward[told]), len(flat))
        told = _strongest(told[self._shown[form[told]]], sentence, toward)
        edges = np.searchsorted(sentence[told], np.arange(len(flat) + 1)).tolist()
        words = list(
            zip(
                start[told].tolist(),
                (stop - 2 - begins[sentence])[told].tolist(),
                (toward[told] / sums[sentence[told]]).tolist(),
                strict=True,
            )
        )
        return [
            _shares(bad, good, words[edges[i] : edges[i + 1]])
            for i, (bad, good) in enumerate(zip(hostile.tolist(), cooperative.tolist(), strict=True))
        ]


def _strongest(told: Any, sentence: Any, toward: Any) -> Any:
    """Keep the matches of the largest weights of each sentence, in the order of the text."""
    order = told[np.lexsort((-np.abs(toward[told]), sentence[told]))]
    here = sentence[order]
    rank = np.arange(len(order)) - np.searchsorted(here, here)
    kept = np.sort(order[rank < SHOWN])
    return kept[np.argsort(sentence[kept], kind="stable")]


def _shares(hostile: float, cooperative: float, pulls: list[Pull]) -> Weighed:
    toward_hostile, toward_cooperative = math.exp(hostile / SCALE), math.exp(cooperative / SCALE)
    total = 1.0 + toward_hostile + toward_cooperative
    return Weighed(toward_hostile / total, 1.0 / total, toward_cooperative / total, pulls)
