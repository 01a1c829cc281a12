"""Step 8 of learning: choose temperatures on labelled sentences that were not learned from."""

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
from ingest.tone.training.say import say

SURE = 0.75
"""Probability from which the lower half has the last word, for speed: at 0.6 a fifth more articles a second, at 0.8 a
quarter fewer; the sign on `dev` and `check` is right in 0.898 at 0.6 and in 0.904 at 0.8 and always."""

Numbers = np.ndarray[Any, Any]


def calibrate(folder: Path, rows: list[dict[str, Any]]) -> None:
    """Fit and write `calibration.json`: a temperature for the lower half, one for the upper in the mean of both."""
    lower, upper = _logits(Model(folder), rows)
    truth = np.array([row["label"] for row in rows])
    of_lower = _fit("lower", lambda temperature: lower / temperature, truth)
    of_upper = _fit("both", lambda temperature: (lower / of_lower + upper / temperature) / 2, truth)
    told = {"lower": of_lower, "upper": of_upper, "sure": SURE}
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


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--rows", type=Path, nargs="+", required=True)
    options = parser.parse_args()
    labelled = [row for path in options.rows for row in read_rows(path) if row["text"]]
    calibrate(options.model, labelled)
