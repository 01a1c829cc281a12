"""Learn the weights of `detente-fast`: a logistic regression on counts, on labels and a teacher's opinions."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize, minimize_scalar
from scipy.sparse import csr_matrix, hstack
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from ingest.tone.detente.features import Features, count
from ingest.tone.detente.weights import SCALE
from ingest.tone.training.items import read_rows
from ingest.tone.training.measure import line

FEWEST_WORDS, FEWEST_PAIRS = 6, 16
"""Sentences that a word or a pair of words must be in to get a weight."""
SMALLEST = 100
"""Weights below this, in thousandths, are dropped: a quarter less work.

At 200 macro-F1 on `dev` falls from 0.67 to 0.64."""


class Vocabulary:
    """Which words and pairs of words have a weight, and in which column."""

    def __init__(self, counted: Sequence[Features]) -> None:
        words = Counter(word for one in counted for word in set(one.words))
        pairs = Counter(pair for one in counted for pair in set(one.pairs))
        lexicon = {word: value for word, value in SentimentIntensityAnalyzer().lexicon.items() if word.isalpha()}
        self.words = sorted({word for word, times in words.items() if times >= FEWEST_WORDS} | lexicon.keys())
        self.pairs = sorted(pair for pair, times in pairs.items() if times >= FEWEST_PAIRS)
        self.valence = np.array([lexicon.get(word, 0.0) for word in self.words])
        size = len(self.words)
        self.anywhere = {word: i for i, word in enumerate(self.words)}
        self.between = {word: size + i for i, word in enumerate(self.words)}
        self.pair = {pair: 2 * size + i for i, pair in enumerate(self.pairs)}

    def table(self, counted: Sequence[Features]) -> Any:
        """Count; the last four columns are VADER's word scores, bad and good, anywhere and between the two."""
        columns: list[int] = []
        values: list[float] = []
        ends = [0]
        for one in counted:
            row: Counter[int] = Counter()
            for names, places in ((one.words, self.anywhere), (one.between, self.between), (one.pairs, self.pair)):
                row.update(places[name] for name in names if name in places)
            columns += row
            values += map(float, row.values())
            ends.append(len(columns))
        size = len(self.words)
        counts = csr_matrix((values, columns, ends), shape=(len(counted), 2 * size + len(self.pairs)))
        bad, good = np.maximum(-self.valence, 0), np.maximum(self.valence, 0)
        scores = [counts[:, part] @ kind for part in (slice(size), slice(size, 2 * size)) for kind in (bad, good)]
        return hstack([counts, csr_matrix(np.column_stack(scores))]).tocsr()

    def folded(self, weights: Any) -> Any:
        """Add VADER's part to the weights of its words, so that at run time there are only words."""
        size = len(self.words)
        bad, good = np.maximum(-self.valence, 0), np.maximum(self.valence, 0)
        folded = weights[:-4].copy()
        for i, part in enumerate((slice(size), slice(size, 2 * size))):
            folded[part] += np.outer(bad, weights[2 * i - 4]) + np.outer(good, weights[2 * i - 3])
        return folded


def learn(rows: Sequence[dict[str, Any]], kept: Sequence[dict[str, Any]], out: Path, penalty: float) -> None:
    """Fit, cool by a temperature chosen on rows that were kept back, and write `weights.npz`."""
    counted = [count(row["text"]) for row in rows]
    vocabulary = Vocabulary(counted)
    target = np.array([_target(row) for row in rows])
    share = np.array([row["weight"] for row in rows], dtype=np.float64)
    weights, start = fit(vocabulary.table(counted), target, share / share.sum(), penalty)
    z = vocabulary.table([count(row["text"]) for row in kept]) @ weights + start
    truth = np.array([row["label"] for row in kept])
    temperature = _temperature(z, truth)
    weights, start = weights / temperature, start / temperature
    sys.stderr.write(f"temperature {temperature:.2f}; kept back: {line(_softmax(z / temperature), truth)}\n")
    whole = np.round(vocabulary.folded(weights) * SCALE).astype(np.int16)
    whole[np.abs(whole).max(1) < SMALLEST] = 0
    size = len(vocabulary.words)
    of_pairs = whole[2 * size :]
    paired = np.flatnonzero(of_pairs.any(1))
    named = np.flatnonzero(whole[:size].any(1) | whole[size : 2 * size].any(1))
    out.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        out,
        words=np.frombuffer("\n".join(vocabulary.words[i] for i in named).encode(), dtype=np.uint8),
        pairs=np.frombuffer("\n".join(vocabulary.pairs[i] for i in paired).encode(), dtype=np.uint8),
        values=np.concatenate([whole[named], whole[size + named], of_pairs[paired]]),
        start=np.round(start * SCALE).astype(np.int64),
    )
    sys.stderr.write(f"{len(named):,} words, {len(paired):,} pairs, {out.stat().st_size / 1e6:.2f} MB\n")


def _temperature(z: Any, truth: Any) -> float:
    """Return what to divide by so that the probabilities of these rows are worth most."""
    chosen = np.arange(len(truth))

    def loss(temperature: float) -> float:
        return float(-np.log(_softmax(z / temperature)[chosen, truth + 1] + 1e-12).mean())

    return float(minimize_scalar(loss, bounds=(0.5, 3.0), method="bounded").x)


def fit(table: Any, target: Any, share: Any, penalty: float) -> tuple[Any, Any]:
    """Fit weights toward hostile and cooperative; neutral is the origin."""
    width = table.shape[1]
    strength = np.full(width, penalty)
    strength[-4:] *= 0.01  # four numbers that thousands of words share

    def loss(flat: Any) -> tuple[float, Any]:
        w, start = flat[: 2 * width].reshape(width, 2), flat[2 * width :]
        p = _softmax(table @ w + start)
        value = -(share[:, None] * target * np.log(p + 1e-12)).sum() + 0.5 * (strength[:, None] * w * w).sum()
        slope = ((p - target) * share[:, None])[:, [0, 2]]
        return float(value), np.concatenate([(table.T @ slope + strength[:, None] * w).ravel(), slope.sum(0)])

    found = minimize(loss, np.zeros(2 * width + 2), jac=True, method="L-BFGS-B", options={"maxiter": 200})
    return found.x[: 2 * width].reshape(width, 2), found.x[2 * width :]


def _softmax(z: Any) -> Any:
    logits = np.column_stack([z[:, 0], np.zeros(len(z)), z[:, 1]])
    powers = np.exp(logits - logits.max(1, keepdims=True))
    return powers / powers.sum(1, keepdims=True)


def _target(row: dict[str, Any]) -> list[float]:
    soft = row.get("soft")
    if row["label"] is None:
        return list(row["soft"][:3])
    hard = [float(row["label"] == label) for label in (-1, 0, 1)]
    return [0.5 * h + 0.5 * s for h, s in zip(hard, soft[:3], strict=True)] if soft else hard


def parse() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=Path, nargs="+", required=True)
    parser.add_argument("--kept", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--penalty", type=float, default=1e-4)
    return parser.parse_args()


if __name__ == "__main__":
    told = parse()
    learn(
        [row for path in told.rows for row in read_rows(path) if row["text"]],
        [row for path in told.kept for row in read_rows(path) if row["text"]],
        told.out,
        told.penalty,
    )
