"""Step 5 of learning: choose temperature and biases on labelled sentences that were not learned from."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize

from ingest.tone.detente.model import Model
from ingest.tone.training.learn import read_rows
from ingest.tone.training.measure import line

STRENGTH = 0.02
"""Pull of the biases toward 0: a few hundred rows say little about them."""


def calibrate(folder: Path, rows: list[dict[str, Any]]) -> None:
    """Fit and write `calibration.json`."""
    (folder / "calibration.json").write_text(json.dumps({"temperature": 1.0, "bias": [0, 0, 0]}), encoding="utf-8")
    model = Model(folder)
    shares = np.array([model.judge(row["text"]).tone for row in rows])
    truth = np.array([row["label"] for row in rows])
    logits = np.log(np.maximum(shares, 1e-9))
    logits -= logits.mean(1, keepdims=True)

    def loss(values: Any) -> float:
        p = _softmax((logits + np.array([values[1], 0.0, values[2]])) / np.exp(values[0]))
        return float(-np.log(p[np.arange(len(truth)), truth + 1]).mean() + STRENGTH * (values[1:] ** 2).sum())

    found = minimize(loss, np.zeros(3), method="Nelder-Mead").x
    told = {
        "temperature": round(float(np.exp(found[0])), 4),
        "bias": [round(float(found[1]), 4), 0.0, round(float(found[2]), 4)],
    }
    sys.stderr.write(f"before {line(shares, truth)}\n")
    after = _softmax((logits + told["bias"]) / told["temperature"])
    sys.stderr.write(f"after  {line(after, truth)} {told}\n")
    (folder / "calibration.json").write_text(json.dumps(told) + "\n", encoding="utf-8")


def _softmax(logits: Any) -> Any:
    powers = np.exp(logits - logits.max(1, keepdims=True))
    return powers / powers.sum(1, keepdims=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--rows", type=Path, required=True)
    options = parser.parse_args()
    calibrate(options.model, [row for row in read_rows(options.rows) if row["text"]])
