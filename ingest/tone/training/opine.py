"""Step 3 of learning: ask the teachers what they think of sentences that nobody has labelled. Resumable."""

from __future__ import annotations

import argparse
import itertools
import json
import random
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch

from ingest.tone.training.items import read_rows
from ingest.tone.training.judging import probabilities
from ingest.tone.training.network import load_network, load_tokenizer
from ingest.tone.training.say import say

CHUNK = 512
"""Sentences between two writes."""


def in_turn(rows: Sequence[dict[str, Any]], seed: int) -> list[dict[str, Any]]:
    """Shuffle within each source, then take the sources in turn: any beginning of the list is balanced."""
    by_source: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        by_source.setdefault(row["name"].split(":")[0], []).append(row)
    chance = random.Random(seed)  # noqa: S311 - no secret
    for members in by_source.values():
        chance.shuffle(members)
    return [row for turn in itertools.zip_longest(*by_source.values()) for row in turn if row is not None]


def opine(options: argparse.Namespace) -> None:
    """Append `soft` (hostile, neutral, cooperative, ab, ba, both, none), the mean of the teachers', to rows."""
    tokenizer = load_tokenizer(options.base)
    teachers = [load_network(options.base, tokenizer) for _ in options.weights]
    for teacher, weights in zip(teachers, options.weights, strict=True):
        teacher.load_state_dict(torch.load(weights, weights_only=True))
    rows = in_turn(read_rows(options.rows), 1)[: options.most]
    done = sum(1 for _ in options.out.open(encoding="utf-8")) if options.out.is_file() else 0
    begun = time.monotonic()
    with options.out.open("a", encoding="utf-8") as out:
        for begin in range(done, len(rows), CHUNK):
            part = rows[begin : begin + CHUNK]
            texts = [row["named"] for row in part]
            mean = np.mean([probabilities(teacher, texts, tokenizer) for teacher in teachers], axis=0)
            for row, soft in zip(part, mean, strict=True):
                out.write(json.dumps(row | {"soft": [round(float(p), 4) for p in soft]}, ensure_ascii=False) + "\n")
            out.flush()
            rate = (begin + len(part) - done) / (time.monotonic() - begun)
            say(f"{begin + len(part):,} of {len(rows):,}, {rate:.1f}/s")


def parse() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--weights", type=Path, nargs="+", required=True)
    parser.add_argument("--rows", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--most", type=int, default=1_000_000)
    return parser.parse_args()


if __name__ == "__main__":
    opine(parse())
