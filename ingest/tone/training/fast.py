"""Learn the weights of `detente-fast`: a logistic regression on counts, on labels and a teacher's opinions."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from ingest.tone.detente.fast import SCALE
from ingest.tone.detente.features import Counted, count
from ingest.tone.training.learn import read_rows
from ingest.tone.training.measure import line

FEWEST = {"words": 4, "pairs": 8}
"""Sentences that a word or a pair of words must be in to get a weight."""


def learn(rows: Sequence[dict[str, Any]], dev: Sequence[dict[str, Any]], out: Path, penalty: float) -> None:
    """Fit and write `weights.npz`."""
    counted = [count(row["text"]) for row in rows]
    words = Counter(token for one in counted for token in set(one.tokens))
    pairs = Counter(pair for one in counted for pair in set(zip(one.tokens, one.tokens[1:], strict=False)))
    lexicon = {w: v for w, v in SentimentIntensityAnalyzer().lexicon.items() if w.isalpha()}
    known = [word for word, times in sorted(words.items()) if times >= FEWEST["words"]]
    known_pairs = [pair for pair, times in sorted(pairs.items()) if times >= FEWEST["pairs"]]
    place = {word: i for i, word in enumerate(known)}
    place_of_pair = {pair: i for i, pair in enumerate(known_pairs)}

    def table(found: Sequence[Counted]) -> Any:
        columns, values, ends = [], [], [0]
        size = len(known)
        for tokens, begin, end in found:
            row: Counter[int] = Counter()
            valence = [0.0, 0.0, 0.0, 0.0]
            for i, token in enumerate(tokens):
                inside = begin <= i < end
                if token in place:
                    row[place[token]] += 1
                    if inside:
                        row[size + place[token]] += 1
                if token in lexicon:
                    value = lexicon[token]
                    valence[value > 0] += abs(value)
                    if inside:
                        valence[2 + (value > 0)] += abs(value)
            for pair in zip(tokens, tokens[1:], strict=False):
                if pair in place_of_pair:
                    row[2 * size + place_of_pair[pair]] += 1
            columns += list(row)
            values += [float(n) for n in row.values()]
            at = 2 * size + len(known_pairs)
            for i, value in enumerate(valence):
                if value:
                    columns.append(at + i)
                    values.append(value)
            ends.append(len(columns))
        width = 2 * size + len(known_pairs) + 4
        return csr_matrix((values, columns, ends), shape=(len(found), width))

    x = table(counted)
    target = np.array([_target(row) for row in rows])
    weight = np.array([row["weight"] for row in rows], dtype=np.float64)
    weight /= weight.sum()
    width = x.shape[1]
    strength = np.full(width, penalty)
    strength[-4:] = penalty * 0.01

    def loss(flat: Any) -> tuple[float, Any]:
        w, b = flat[: 2 * width].reshape(2, width), flat[2 * width :]
        z = x @ w.T + b
        logits = np.column_stack([z[:, 0], np.zeros(len(z)), z[:, 1]])
        logits -= logits.max(1, keepdims=True)
        p = np.exp(logits)
        p /= p.sum(1, keepdims=True)
        value = -(weight[:, None] * target * np.log(p + 1e-12)).sum() + 0.5 * (strength * w * w).sum()
        slope = ((p - target) * weight[:, None])[:, [0, 2]]
        return float(value), np.concatenate([((x.T @ slope).T + strength * w).ravel(), slope.sum(0)])

    found = minimize(loss, np.zeros(2 * width + 2), jac=True, method="L-BFGS-B", options={"maxiter": 150})
    w, start = found.x[: 2 * width].reshape(2, width).T, found.x[2 * width :]
    values = w[:-4].copy()
    size = len(known)
    every = list(known)
    extra = sorted(word for word in lexicon if word not in place)
    # VADER's word scores become weights of words, also of those that no example has.
    for i, word in enumerate(known):
        if word in lexicon:
            value = lexicon[word]
            values[i] += abs(value) * w[-4 + (value > 0)]
            values[size + i] += abs(value) * w[-2 + (value > 0)]
    more = np.array([abs(lexicon[word]) * w[-4 + (lexicon[word] > 0)] for word in extra])
    more_between = np.array([abs(lexicon[word]) * w[-2 + (lexicon[word] > 0)] for word in extra])
    every += extra
    values = np.concatenate([values[:size], more, values[size : 2 * size], more_between, values[2 * size :]])
    whole = np.round(values * SCALE).astype(np.int16)
    kept = [i for i in range(len(known_pairs)) if np.abs(whole[2 * len(every) + i]).max() >= 15]
    whole = np.concatenate([whole[: 2 * len(every)], whole[[2 * len(every) + i for i in kept]]])
    out.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        out,
        words=np.frombuffer("\n".join(every).encode(), dtype=np.uint8),
        pairs=np.frombuffer("\n".join(" ".join(known_pairs[i]) for i in kept).encode(), dtype=np.uint8),
        values=whole,
        start=np.round(start * SCALE).astype(np.int64),
    )
    sys.stderr.write(f"{len(every):,} words, {len(kept):,} pairs, {out.stat().st_size / 1e6:.2f} MB\n")
    shares = _shares(table([count(row["text"]) for row in dev]), w, start)
    sys.stderr.write(f"dev {line(shares, np.array([row['label'] for row in dev]))}\n")


def _shares(x: Any, w: Any, start: Any) -> Any:
    z = x @ w + start
    p = np.exp(np.column_stack([z[:, 0], np.zeros(len(z)), z[:, 1]]))
    return p / p.sum(1, keepdims=True)


def _target(row: dict[str, Any]) -> list[float]:
    soft = row.get("soft")
    if row["label"] is None:
        assert soft is not None
        return list(soft[:3])
    hard = [float(row["label"] == label) for label in (-1, 0, 1)]
    return [0.5 * h + 0.5 * s for h, s in zip(hard, soft[:3], strict=True)] if soft else hard


def parse() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=Path, nargs="+", required=True)
    parser.add_argument("--dev", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--penalty", type=float, default=3e-5)
    return parser.parse_args()


if __name__ == "__main__":
    told = parse()
    learn(
        [row for path in told.rows for row in read_rows(path) if row["text"]],
        [row for row in read_rows(told.dev) if row["text"]],
        told.out,
        told.penalty,
    )
