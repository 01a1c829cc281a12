"""`make train`: from `../shared/gold` to the weights, in steps that each resume; a step that is done is passed over.

On two cores that nobody else uses: teacher 35 minutes, opinions 20, student 20, the rest 3.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from ingest.tone.training.bases import minilm, mpnet
from ingest.tone.training.prepare import prepare

OPINIONS = 24_000
"""Sentences that the teacher judges for the student."""
LAYERS = "4"
"""Of MiniLM's six that the student keeps: six read 40 full-text articles a second on one core, four read 85."""
FROZEN = "5"
"""Layers of the teacher that do not learn: nearly half the time saved."""


def main() -> None:
    """Run what is not done yet."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--work", type=Path, default=Path("data/training"))
    parser.add_argument("--models", type=Path, default=Path("data/models"))
    told = parser.parse_args()
    work: Path = told.work
    rows = work / "rows"
    if not (rows / "unlabelled.jsonl").is_file():
        prepare(told.shared, rows)
    dev = ("--dev", str(rows / "dev.jsonl"))
    teacher, student, opinions = work / "teacher.pt", work / "student.pt", work / "opinions.jsonl"
    large, small = str(mpnet(work)), str(minilm())
    gold = str(rows / "train.jsonl")
    if not teacher.is_file():
        learn = ("--rows", gold, "--frozen", FROZEN, "--epochs", "2.5", "--rate", "4e-5", "--out", str(teacher))
        _step("learn", "--base", large, *dev, *learn)
    _step(
        "opine", "--base", large, "--weights", str(teacher), "--rows", str(rows / "unlabelled.jsonl"),
        "--most", str(OPINIONS), "--out", str(opinions),
    )  # fmt: skip
    if not student.is_file():
        learn = ("--rows", str(opinions), gold, gold, "--epochs", "2.5", "--rate", "1.5e-4", "--out", str(student))
        _step("learn", "--base", small, "--layers", LAYERS, *dev, *learn)
    _step(
        "export", "--base", small, "--layers", LAYERS, "--weights", str(student), "--out", str(told.models / "detente")
    )
    _step("calibrate", "--model", str(told.models / "detente"), "--rows", str(rows / "dev.jsonl"))
    _step("fast", "--rows", gold, str(opinions), *dev, "--out", str(told.models / "detente-fast" / "weights.npz"))


def _step(module: str, *words: str) -> None:
    command = [sys.executable, "-m", f"ingest.tone.training.{module}", *words]
    sys.stderr.write(f"{' '.join(command)}\n")
    subprocess.run(command, check=True)  # noqa: S603 - our own modules


if __name__ == "__main__":
    main()
