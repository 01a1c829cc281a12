"""Step 1 of learning: mask every sentence once and keep the examples in the work folder."""

from __future__ import annotations

import dataclasses
import json
import sys
from collections.abc import Iterable
from pathlib import Path

from ingest.tone.training import examples
from ingest.tone.training.examples import Example


def prepare(shared: Path, labels: Path, work: Path) -> None:
    """Write `train`, `dev`, `dse`, `learn`, `check` and `unlabelled` as JSON lines into `work`."""
    work.mkdir(parents=True, exist_ok=True)
    train, dev = (examples.gold(shared / "gold" / f"{name}.tsv") for name in ("train", "dev"))
    _write(work / "train.jsonl", train)
    _write(work / "dev.jsonl", dev)
    neighbours = [one for name in ("train", "valid") for one in examples.dse(shared / "gold" / "dse" / f"{name}.txt")]
    _write(work / "dse.jsonl", neighbours)
    known = {one.text for one in (*train, *dev)}
    by_use: dict[str, list[Example]] = {"learn": list(examples.own(labels / "own.tsv")), "check": [], "unlabelled": []}
    for use, one in examples.others(shared, known, examples.readings(labels / "sentences.tsv")):
        by_use[use].append(one)
    for use, found in by_use.items():
        _write(work / f"{use}.jsonl", found)


def read(path: Path) -> list[Example]:
    """Read what `prepare` wrote."""
    with path.open(encoding="utf-8") as lines:
        return [Example(**json.loads(line)) for line in lines]


def _write(path: Path, found: Iterable[Example]) -> None:
    rows = [json.dumps(dataclasses.asdict(one), ensure_ascii=False) for one in found]
    path.write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")
    sys.stderr.write(f"{path.name}: {len(rows):,} examples\n")


if __name__ == "__main__":
    prepare(*map(Path, sys.argv[1:4]))
