"""Step 8 of learning: choose temperatures on labelled sentences that were not learned from.

And how sure the lower half must be to have the last word, on sentences without labels.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize_scalar

from ingest.tone.detente.model import Model, softmax
from ingest.tone.training.items import read_rows
from ingest.tone.training.measure import line
from ingest.tone.training.opine import in_turn
from ingest.tone.training.say import say

OTHERWISE = 0.005
"""Share of all sentences that both halves together may call something else than a sure lower half did."""
ASKED = 3_000
"""Sentences without labels that choose how sure is sure."""

Numbers = np.ndarray[Any, Any]


def calibrate(folder: Path, rows: list[dict[str, Any]], unlabelled: list[dict[str, Any]]) -> None:
    """Fit and write `calibration.json`: a temperature for the lower half, one for the upper in the mean of both."""
    model = Model(folder)
    lower, upper = _logits(model, rows)
    truth = np.array([row["label"] for row in rows])
    of_lower = _fit("lower", lambda temperature: lower / temperature, truth)
    of_upper = _fit("both", lambda temperature: (lower / of_lower + upper / temperature) / 2, truth)
    lower, upper = _logits(model, in_turn(unlabelled, 3)[:ASKED])
    sure = _how_sure(softmax(lower / of_lower), softmax((lower / of_lower + upper / of_upper) / 2))
    told = {"lower": of_lower, "upper": of_upper, "sure": sure}
    (folder / "calibration.json").write_text(json.dumps(told) + "\n", encoding="utf-8")


def _logits(model: Model, rows: list[dict[str, Any]]) -> tuple[Numbers, Numbers]:
    lower, upper = zip(*[model.logits(row["text"]) for row in rows], strict=True)
    return np.concatenate(lower)[:, :3], np.concatenate(upper)[:, :3]


def _fit(half: str, logits: Callable[[float], Numbers], truth: Numbers) -> float:
    """Return the temperature at which the probabilities of the labels are worth most."""

    def loss(temperature: float) -> float:
        return float(-np.log(softmax(logits(temperature))[np.arange(len(truth)), truth + 1]).mean())

    found = round(float(minimize_scalar(loss, bounds=(0.5, 3.0), method="bounded").x), 4)
    say(f"{half}: temperature {found}, {line(softmax(logits(found)), truth)}")
    return found


def _how_sure(lower: Numbers, both: Numbers) -> float:
    """Return the smallest probability from which so few sentences would be called something else."""
    differs = lower.argmax(1) != both.argmax(1)
    for sure in np.arange(0.5, 1.0, 0.01):
        settled = lower.max(1) >= sure
        if (settled & differs).mean() <= OTHERWISE:
            say(f"sure from {sure:.2f}: settles {settled.mean():.2f}, other labels {(settled & differs).mean():.4f}")
            return round(float(sure), 2)
    return 1.0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--rows", type=Path, nargs="+", required=True)
    parser.add_argument("--unlabelled", type=Path, required=True)
    options = parser.parse_args()
    labelled = [row for path in options.rows for row in read_rows(path) if row["text"]]
    calibrate(options.model, labelled, read_rows(options.unlabelled))
