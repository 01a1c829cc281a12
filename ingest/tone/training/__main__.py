"""`make train`: from `../shared` and our own labels to the weights, in steps that each resume.

A step that is done is passed over; none takes more than an hour on two cores that nobody else uses: teachers 25, 15
and 35 minutes, opinions 25, students 60 and 25, the rest 15.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from ingest.data_files import CHECKOUT
from ingest.tone.training.bases import minilm, mpnet
from ingest.tone.training.common import common
from ingest.tone.training.prepare import prepare

OPINIONS = 36_000
"""Sentences that the teachers judge for the student."""
LAYERS, HALFWAY = "6", "3"
"""Of MiniLM's layers: all; and those below the early head, which settles 9 of 10 sentences."""
FROZEN = "5"
"""Layers of a teacher that do not learn: nearly half the time saved."""


def main() -> None:
    """Run what is not done yet."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--labels", type=Path, default=Path("data/labels"))
    parser.add_argument("--work", type=Path, default=Path("data/training"))
    parser.add_argument("--models", type=Path, default=Path("data/models"))
    told = parser.parse_args()
    work: Path = told.work
    rows = work / "rows"
    common(told.shared, CHECKOUT / "data" / "words" / "common.txt")
    if not (rows / "unlabelled.jsonl").is_file():
        prepare(told.shared, told.labels, rows)
    gold, ours, neighbours, check, unlabelled = (
        str(rows / f"{name}.jsonl") for name in ("train", "learn", "dse", "check", "unlabelled")
    )
    dev = ("--dev", str(rows / "dev.jsonl"))
    large, small = ("--base", str(mpnet(work))), ("--base", str(minilm()))
    first, neighbourly, second = (work / f"teacher-{name}.pt" for name in ("first", "neighbourly", "second"))
    teacher = (*large, *dev, "--field", "named", "--frozen", FROZEN, "--rate", "4e-5")
    _learn(first, *teacher, "--rows", gold, "--epochs", "2.5", "--seed", "1")
    _learn(neighbourly, *teacher, "--rows", neighbours, "--epochs", "0.8", "--seed", "11")
    _learn(second, *teacher, "--start", str(neighbourly), "--rows", gold, ours, "--epochs", "2", "--seed", "12")
    opinions = str(work / "opinions.jsonl")
    told_by = ("--weights", str(first), str(second), "--rows", unlabelled, "--most", str(OPINIONS))
    _step("opine", *large, *told_by, "--out", opinions)
    halves = (*small, "--layers", LAYERS, "--halfway", HALFWAY)
    known = ("--rows", opinions, gold, gold, ours, ours)
    begun, student, effects = (work / name for name in ("student-begun.pt", "student.pt", "effects.pt"))
    _learn(begun, *halves, *dev, *known, "--epochs", "2", "--rate", "1.5e-4", "--seed", "3")
    onward = ("--start", str(begun), "--epochs", "1", "--rate", "1.2e-4", "--smoothing", "0.1", "--seed", "5")
    _learn(student, *halves, *dev, "--rows", opinions, gold, ours, *onward)
    learned = (*halves, "--weights", str(student))
    if not effects.is_file():
        _step("explain", *learned, "--rows", opinions, "--out", str(effects))
    model = told.models / "detente"
    _step("export", *learned, "--effects", str(effects), "--out", str(model))
    _step("calibrate", "--model", str(model), "--rows", dev[1], check)
    _step("fast", *known, "--kept", dev[1], check, "--out", str(told.models / "detente-fast" / "weights.npz"))


def _learn(out: Path, *words: str) -> None:
    if not out.is_file():
        _step("learn", *words, "--out", str(out))


def _step(module: str, *words: str) -> None:
    command = [sys.executable, "-m", f"ingest.tone.training.{module}", *words]
    sys.stderr.write(f"{' '.join(command)}\n")
    subprocess.run(command, check=True)  # noqa: S603 - our own modules


if __name__ == "__main__":
    main()
