"""Short figures of a run, while it runs; `detente evaluate` is the real measure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np


def figures(found: np.ndarray[Any, Any], rows: Sequence[dict[str, Any]]) -> str:
    """Return accuracy, macro-F1, sign and per-class F1 in a line."""
    truth = np.array([row["label"] for row in rows])
    return line(found[:, :3], truth)


def line(found: np.ndarray[Any, Any], truth: np.ndarray[Any, Any]) -> str:
    """Return the figures of three columns of probabilities."""
    guess = found.argmax(-1) - 1
    scores = []
    for label in (-1, 0, 1):
        right = float(((guess == label) & (truth == label)).sum())
        scores.append(2 * right / max(1.0, float((guess == label).sum() + (truth == label).sum())))
    related = truth != 0
    sign = float((np.sign(found[:, 2] - found[:, 0])[related] == truth[related]).mean())
    return (
        f"accuracy {float((guess == truth).mean()):.3f} macro-F1 {np.mean(scores):.3f} sign {sign:.3f} "
        f"F1 {' '.join(f'{one:.2f}' for one in scores)}"
    )
