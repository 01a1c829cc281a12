"""Step 8 of learning: choose temperature and biases on labelled sentences that were not learned from.

And how sure the lower half must be to have the last word, on sentences without labels.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize

from ingest.tone.detente.model import Model
from ingest.tone.training.items import read_rows
from ingest.tone.training.measure import line
from ingest.tone.training.opine import in_turn
from ingest.tone.training.say import say

STRENGTH = 0.02
"""Pull of the biases toward 0: a few hundred rows say little about them."""
OTHERWISE = 0.01
"""Share of all sentences that the upper half may call something else than a sure lower half did."""
ASKED = 3_000
"""Sentences without labels that choose how sure is sure."""

Numbers = np.ndarray[Any, Any]


def calibrate(folder: Path, rows: list[dict[str, Any]], unlabelled: list[dict[str, Any]]) -> None:
    """Fit and write `calibration.json`."""
    model = Model(folder)
    labelled = _logits(model, rows)
    truth = np.array([row["label"] for row in rows])
    told = {half: _fit(half, labelled[half], truth) for half in labelled}
    asked = _logits(model, in_turn(unlabelled, 3)[:ASKED])
    lower, upper = (_softmax((asked[half] + told[half]["bias"]) / told[half]["temperature"]) for half in asked)
    told["lower"]["sure"] = _how_sure(lower, upper)
    told["upper"]["sure"] = 0.0
    (folder / "calibration.json").write_text(json.dumps(told) + "\n", encoding="utf-8")


def _logits(model: Model, rows: list[dict[str, Any]]) -> dict[str, Numbers]:
    every = [model.logits(row["text"]) for row in rows]
    return {half: np.concatenate([one[i] for one in every])[:, :3] for i, half in enumerate(("lower", "upper"))}


def _fit(half: str, logits: Numbers, truth: Numbers) -> dict[str, Any]:
    def loss(values: Any) -> float:
        p = _softmax((logits + np.array([values[1], 0.0, values[2]])) / np.exp(values[0]))
        return float(-np.log(p[np.arange(len(truth)), truth + 1]).mean() + STRENGTH * (values[1:] ** 2).sum())

    found = minimize(loss, np.zeros(3), method="Nelder-Mead").x
    told = {
        "temperature": round(float(np.exp(found[0])), 4),
        "bias": [round(float(found[1]), 4), 0.0, round(float(found[2]), 4)],
    }
    say(f"{half}, before {line(_softmax(logits), truth)}")
    say(f"{half}, after  {line(_softmax((logits + told['bias']) / told['temperature']), truth)} {told}")
    return told


def _how_sure(lower: Numbers, upper: Numbers) -> float:
    """Return the smallest probability from which so few sentences would be called something else."""
    differs = lower.argmax(1) != upper.argmax(1)
    for sure in np.arange(0.5, 1.0, 0.01):
        settled = lower.max(1) >= sure
        if (settled & differs).mean() <= OTHERWISE:
            say(f"sure from {sure:.2f}: settles {settled.mean():.2f}, other labels {(settled & differs).mean():.4f}")
            return round(float(sure), 2)
    return 1.0


def _softmax(logits: Numbers) -> Numbers:
    powers = np.exp(logits - logits.max(1, keepdims=True))
    return np.asarray(powers / powers.sum(1, keepdims=True))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--rows", type=Path, nargs="+", required=True)
    parser.add_argument("--unlabelled", type=Path, required=True)
    options = parser.parse_args()
    labelled = [row for path in options.rows for row in read_rows(path) if row["text"]]
    calibrate(options.model, labelled, read_rows(options.unlabelled))
