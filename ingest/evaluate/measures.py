"""The figures of an evaluation, from labels and probabilities; pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Labels = NDArray[np.int64]

CLASSES = (-1, 0, 1)
CLASS_NAMES = ("hostile", "neutral", "cooperative")
BINS = 10
"""Of the calibration plot, equally wide."""
RESAMPLES = 1_000
"""Bootstrap resamples of an interval."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ClassFigures:
    """How one class fares."""

    name: str
    rows: int
    precision: float
    recall: float
    f1: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Bin:
    """A bar of the reliability plot."""

    confidence: float
    """Mean probability given to the likeliest class."""
    right: float
    """Share in which it was right."""
    rows: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Figures:
    """How right a scorer is on a set of rows."""

    rows: int
    accuracy: float
    macro_f1: float
    macro_f1_low: float
    """2.5 % quantile over resampled rows."""
    macro_f1_high: float
    sign: float
    """Share of the rows labelled ±1 whose tone has the right sign; a tone of 0 has none."""
    sign_forced: float
    """The same with a tone of 0 counted half: a coin."""
    auc_hostile: float
    """Probability that a hostile row has a lower tone than another."""
    auc_cooperative: float
    ece: float
    """Expected calibration error over ten bins."""
    classes: tuple[ClassFigures, ...]
    confusion: tuple[tuple[int, int, int], ...]
    """Rows: truth hostile, neutral, cooperative; columns: what the scorer says."""
    bins: tuple[Bin, ...]


def figures(truth: Labels, guess: Labels, shares: Numbers, seed: int = 1) -> Figures:
    """Measure; `shares` has P(hostile), P(neutral), P(cooperative) in columns."""
    tone = shares[:, 2] - shares[:, 0]
    related = truth != 0
    signs = np.sign(tone[related])
    low, high = interval(truth, guess, seed)
    bins = reliability(truth, shares)
    matrix = confusion(truth, guess)
    return Figures(
        rows=len(truth),
        accuracy=float((truth == guess).mean()),
        macro_f1=macro_f1(matrix),
        macro_f1_low=low,
        macro_f1_high=high,
        sign=float((signs == truth[related]).mean()) if related.any() else float("nan"),
        sign_forced=float(((signs == truth[related]) + 0.5 * (signs == 0)).mean()) if related.any() else float("nan"),
        auc_hostile=auc(-tone, truth == -1),
        auc_cooperative=auc(tone, truth == 1),
        ece=sum(one.rows * abs(one.confidence - one.right) for one in bins) / len(truth),
        classes=_classes(matrix),
        confusion=tuple((int(row[0]), int(row[1]), int(row[2])) for row in matrix),
        bins=bins,
    )


def confusion(truth: Labels, guess: Labels) -> NDArray[np.int64]:
    """Count truth (rows) against guesses (columns)."""
    return np.bincount((truth + 1) * 3 + guess + 1, minlength=9).reshape(3, 3)


def macro_f1(matrix: NDArray[np.int64]) -> float:
    """Return the mean F1 of the three classes; one that nobody names or has counts 0."""
    return float(np.mean(_f1(matrix)))


def interval(truth: Labels, guess: Labels, seed: int = 1) -> tuple[float, float]:
    """Return the 95 % interval of macro-F1 over resampled rows."""
    values = [macro_f1(confusion(truth[rows], guess[rows])) for rows in _resamples(len(truth), seed)]
    return float(np.quantile(values, 0.025)), float(np.quantile(values, 0.975))


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparison:
    """One scorer against another on the same rows."""

    gain: float
    """Macro-F1 of the first minus that of the second."""
    low: float
    high: float
    only_first_right: int
    only_second_right: int


def compare(truth: Labels, first: Labels, second: Labels, seed: int = 1) -> Comparison:
    """Compare two scorers, resampling the same rows for both."""
    gains = [
        macro_f1(confusion(truth[rows], first[rows])) - macro_f1(confusion(truth[rows], second[rows]))
        for rows in _resamples(len(truth), seed)
    ]
    return Comparison(
        gain=macro_f1(confusion(truth, first)) - macro_f1(confusion(truth, second)),
        low=float(np.quantile(gains, 0.025)),
        high=float(np.quantile(gains, 0.975)),
        only_first_right=int(((first == truth) & (second != truth)).sum()),
        only_second_right=int(((second == truth) & (first != truth)).sum()),
    )


def auc(values: Numbers, positive: NDArray[np.bool_]) -> float:
    """Return the probability that a positive row has the higher value, ties counted half."""
    count = int(positive.sum())
    if not 0 < count < len(values):
        return float("nan")
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[inverse]
    return float((ranks[positive].sum() - count * (count + 1) / 2) / (count * (len(values) - count)))


def reliability(truth: Labels, shares: Numbers) -> tuple[Bin, ...]:
    """Group rows by the probability of their likeliest class."""
    confidence, right = shares.max(1), shares.argmax(1) - 1 == truth
    place = np.minimum((confidence * BINS).astype(int), BINS - 1)
    return tuple(
        Bin(
            confidence=float(confidence[place == i].mean()),
            right=float(right[place == i].mean()),
            rows=int((place == i).sum()),
        )
        for i in range(BINS)
        if (place == i).any()
    )


def _resamples(size: int, seed: int) -> NDArray[np.int64]:
    return np.random.default_rng(seed).integers(0, size, (RESAMPLES, size))


def _classes(matrix: NDArray[np.int64]) -> tuple[ClassFigures, ...]:
    scores = _f1(matrix)
    return tuple(
        ClassFigures(
            name=name,
            rows=int(matrix[i].sum()),
            precision=_ratio(matrix[i, i], matrix[:, i].sum()),
            recall=_ratio(matrix[i, i], matrix[i].sum()),
            f1=float(scores[i]),
        )
        for i, name in enumerate(CLASS_NAMES)
    )


def _f1(matrix: NDArray[np.int64]) -> Numbers:
    named = matrix.sum(0) + matrix.sum(1)
    scores: Numbers = 2 * matrix.diagonal() / np.maximum(named, 1)
    return scores


def _ratio(part: Any, whole: Any) -> float:
    return float(part) / float(whole) if whole else 0.0
