"""Rows of the work folder as a network takes them: tokens, target distributions, batches of like length."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from ingest.tone.training.examples import DIRECTIONS

LABEL_SHARE = 0.5
"""Weight of a reader's label where a teacher has an opinion too."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """A tokenized example with its target distributions."""

    ids: list[int]
    tone: list[float]
    """Hostile, neutral, cooperative."""
    direction: list[float]
    """ab, ba, both, none; all zero if unknown."""
    weight: float


def read_rows(path: Path) -> list[dict[str, Any]]:
    """Read the JSON lines that `prepare` or `opine` wrote."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def items_of(rows: Sequence[dict[str, Any]], tokenizer: Any, smoothing: float, field: str = "text") -> list[Item]:
    """Tokenize a field; a teacher's opinion (`soft`) is the target where there is one, mixed with the label if both."""
    kept = [row for row in rows if "[A]" in row[field] and "[B]" in row[field]]
    encoded = tokenizer.encode_batch([row[field] for row in kept])
    return [
        Item(ids=one.ids, tone=tone, direction=direction, weight=float(row["weight"]))
        for row, one in zip(kept, encoded, strict=True)
        for tone, direction in [_targets(row, smoothing)]
    ]


def _targets(row: dict[str, Any], smoothing: float) -> tuple[list[float], list[float]]:
    soft = np.array(row["soft"]) if "soft" in row else None
    if row["label"] is None:
        if soft is None:
            raise ValueError(f"{row['name']} has neither a label nor a teacher's opinion")
        return soft[:3].tolist(), soft[3:].tolist()
    tone = np.full(3, smoothing / 3)
    tone[row["label"] + 1] += 1 - smoothing
    direction = np.array([float(row["direction"] == one) for one in DIRECTIONS])
    if soft is not None:
        tone = (1 - LABEL_SHARE) * soft[:3] + LABEL_SHARE * tone
        direction = 0.5 * (soft[3:] + direction) if direction.any() else soft[3:]
    return tone.tolist(), direction.tolist()


def batches(items: Sequence[Item], size: int, chance: random.Random) -> list[list[int]]:
    """Shuffle, then gather items of like length, so that little is padding."""
    order = list(range(len(items)))
    chance.shuffle(order)
    found = []
    pool = size * 50
    for begin in range(0, len(order), pool):
        part = sorted(order[begin : begin + pool], key=lambda i: len(items[i].ids))
        found += [part[i : i + size] for i in range(0, len(part), size)]
    chance.shuffle(found)
    return found


def collate(ids: Sequence[Sequence[int]], padding: int) -> tuple[Tensor, Tensor]:
    """Pad to the longest."""
    longest = max(map(len, ids))
    table = torch.full((len(ids), longest), padding)
    mask = torch.zeros((len(ids), longest), dtype=torch.long)
    for row, one in enumerate(ids):
        table[row, : len(one)] = torch.tensor(one)
        mask[row, : len(one)] = 1
    return table, mask


def padding_of(tokenizer: Any) -> int:
    """Return the id of the padding token, `[PAD]` or `<pad>`."""
    for name in ("[PAD]", "<pad>"):
        found: int | None = tokenizer.token_to_id(name)
        if found is not None:
            return found
    raise ValueError("the tokenizer has no padding token")
