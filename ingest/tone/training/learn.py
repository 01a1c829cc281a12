"""Step 2 of learning: fine-tune a network on examples, or on a teacher's opinions of them.

Resumable: a checkpoint every few minutes; started again with the same arguments it goes on where it was.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from ingest.tone.training.measure import figures
from ingest.tone.training.network import PairNetwork, load_network, load_tokenizer, run_layers

CHECKPOINT_S = 240
DIRECTION_SHARE = 0.3
"""Weight of the direction's loss beside that of the tone."""
AVERAGE_DECAY = 0.998
"""Of the moving average of the weights that is kept in the end: about the last 500 steps."""


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


def items_of(rows: Sequence[dict[str, Any]], tokenizer: Any, smoothing: float) -> list[Item]:
    """Tokenize; a teacher's opinion (`soft`) is the target where there is one, mixed with the label if both."""
    kept = [row for row in rows if row["text"] and "[A]" in row["text"] and "[B]" in row["text"]]
    encoded = tokenizer.encode_batch([row["text"] for row in kept])
    found = []
    for row, one in zip(kept, encoded, strict=True):
        tone = direction = None
        if row["label"] is not None:
            tone = np.full(3, smoothing / 3)
            tone[row["label"] + 1] += 1 - smoothing
            direction = np.zeros(4)
            if row["direction"]:
                direction[("ab", "ba", "both", "none").index(row["direction"])] = 1.0
        if "soft" in row:
            soft, soft_direction = np.array(row["soft"][:3]), np.array(row["soft"][3:])
            tone = soft if tone is None else 0.5 * tone + 0.5 * soft
            direction = soft_direction if direction is None or not direction.any() else 0.5 * (direction + soft_direction)
        assert tone is not None and direction is not None
        found.append(
            Item(ids=one.ids, tone=tone.tolist(), direction=direction.tolist(), weight=float(row["weight"]))
        )
    return found


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


def loss_of(logits: Tensor, batch: Sequence[Item]) -> Tensor:
    """Cross-entropy of the tone and, where it is known, of the direction."""
    tone = torch.tensor([one.tone for one in batch])
    direction = torch.tensor([one.direction for one in batch])
    weight = torch.tensor([one.weight for one in batch])
    of_tone = -(tone * logits[:, :3].log_softmax(-1)).sum(-1)
    of_direction = -(direction * logits[:, 3:].log_softmax(-1)).sum(-1)
    return ((of_tone + DIRECTION_SHARE * of_direction) * weight).sum() / weight.sum()


def probabilities(network: nn.Module, texts: Sequence[str], tokenizer: Any, size: int = 32) -> np.ndarray[Any, Any]:
    """Return softmax of tone and of direction for each text, seven columns."""
    network.eval()
    ids = [one.ids for one in tokenizer.encode_batch(list(texts))]
    order = sorted(range(len(ids)), key=lambda i: len(ids[i]))
    found = np.zeros((len(ids), 7), dtype=np.float32)
    with torch.inference_mode():
        for begin in range(0, len(order), size):
            part = order[begin : begin + size]
            table, mask = collate([ids[i] for i in part], padding_of(tokenizer))
            with torch.autocast("cpu", dtype=torch.bfloat16):
                logits = network(table, mask)
            logits = logits.float()
            found[part] = torch.cat([logits[:, :3].softmax(-1), logits[:, 3:].softmax(-1)], -1).numpy()
    network.train()
    return found


def padding_of(tokenizer: Any) -> int:
    """Return the id of the padding token, `[PAD]` or `<pad>`."""
    for name in ("[PAD]", "<pad>"):
        found: int | None = tokenizer.token_to_id(name)
        if found is not None:
            return found
    raise ValueError("the tokenizer has no padding token")


def learn(options: argparse.Namespace) -> None:
    """Train, checkpoint, average, measure on dev."""
    torch.manual_seed(options.seed)
    tokenizer = load_tokenizer(options.base)
    network = load_network(options.base, tokenizer, options.layers)
    network.frozen = options.frozen
    if options.start:
        network.load_state_dict(torch.load(options.start, weights_only=True))
    rows = [row for path in options.rows for row in read_rows(path)]
    items = items_of(rows, tokenizer, options.smoothing)
    dev = [row for row in read_rows(options.dev) if row["text"]] if options.dev else []
    every_step = [
        batch
        for epoch in range(int(np.ceil(options.epochs)))
        for batch in batches(items, options.batch, random.Random(options.seed * 100 + epoch))  # noqa: S311
    ]
    steps = every_step[: int(len(every_step) * options.epochs / np.ceil(options.epochs))]
    bottoms = _bottoms(network, items, padding_of(tokenizer)) if options.frozen else []
    optimizer = torch.optim.AdamW(_groups(network, options.rate), betas=(0.9, 0.98), fused=True)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _slope(step, len(steps), 0.06))
    average = {name: value.detach().clone() for name, value in network.state_dict().items()}
    state_path = options.out.with_suffix(".state")
    done = 0
    if state_path.is_file():
        saved = torch.load(state_path, weights_only=True)
        network.load_state_dict(saved["network"])
        optimizer.load_state_dict(saved["optimizer"])
        schedule.load_state_dict(saved["schedule"])
        average, done = saved["average"], saved["done"]
    _say(f"{len(items):,} examples, {len(steps):,} steps, begins at {done}")
    network.train()
    begun = saved_at = time.monotonic()
    total = 0.0
    padding = padding_of(tokenizer)
    for number in range(done, len(steps)):
        batch = [items[i] for i in steps[number]]
        table, mask = collate([one.ids for one in batch], padding)
        bottom = nn.utils.rnn.pad_sequence([bottoms[i] for i in steps[number]], True).float() if bottoms else None
        with torch.autocast("cpu", dtype=torch.bfloat16):
            logits = network(table, mask, bottom)
        loss = loss_of(logits.float(), batch)
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        optimizer.zero_grad()
        total += loss.item()
        if number % 4 == 3:
            with torch.no_grad():
                keep = min(AVERAGE_DECAY**4, (number + 1) / (number + 40))
                for name, value in network.state_dict().items():
                    if value.dtype.is_floating_point:
                        average[name].lerp_(value, 1 - keep)
        if number % 20 == 19:
            rate = (number + 1 - done) / (time.monotonic() - begun)
            _say(f"step {number + 1} loss {total / 20:.3f} {rate * options.batch:.1f}/s {(len(steps) - number) / rate / 60:.1f} min left")
            total = 0.0
        if dev and options.every and number % options.every == options.every - 1:
            _say(f"  dev {figures(probabilities(network, [r['text'] for r in dev], tokenizer), dev)}")
        if time.monotonic() - saved_at > CHECKPOINT_S:
            saved_at = time.monotonic()
            _save(
                {
                    "network": network.state_dict(),
                    "optimizer": optimizer.state_dict(),
                    "schedule": schedule.state_dict(),
                    "average": average,
                    "done": number + 1,
                },
                state_path,
            )
    if dev:
        _say(f"last    {figures(probabilities(network, [r['text'] for r in dev], tokenizer), dev)}")
        last = {name: value.clone() for name, value in network.state_dict().items()}
    network.load_state_dict(average)
    if dev:
        _say(f"average {figures(probabilities(network, [r['text'] for r in dev], tokenizer), dev)}")
        _save(last, options.out.with_suffix(".last"))
    _save(average, options.out)
    state_path.unlink(missing_ok=True)


def _bottoms(network: PairNetwork, items: Sequence[Item], padding: int) -> list[Tensor]:
    """Run the frozen layers once for each example, and freeze them."""
    frozen = [network.encoder.embeddings, *network.encoder.encoder.layer[: network.frozen]]
    for part in [*frozen, network.encoder.encoder.relative_attention_bias]:
        part.requires_grad_(False)
    network.eval()
    found: list[Tensor] = [torch.empty(0)] * len(items)
    order = sorted(range(len(items)), key=lambda i: len(items[i].ids))
    with torch.inference_mode(), torch.autocast("cpu", dtype=torch.bfloat16):
        for begin in range(0, len(order), 32):
            part = order[begin : begin + 32]
            table, mask = collate([items[i].ids for i in part], padding)
            states = run_layers(
                network.encoder, network.encoder.embeddings(input_ids=table), mask, 0, network.frozen
            )
            for i, row in zip(part, states, strict=True):
                found[i] = row[: len(items[i].ids)].to(torch.bfloat16).clone()
    network.train()
    _say(f"{network.frozen} layers are frozen and done")
    return found


def _groups(network: PairNetwork, rate: float) -> list[dict[str, Any]]:
    heads = [*network.query.parameters(), *network.hidden.parameters(), *network.out.parameters()]
    fresh = {id(one) for one in heads}
    learning = [p for p in network.parameters() if p.requires_grad and id(p) not in fresh]
    decayed = [p for p in learning if p.ndim > 1]
    others = [p for p in learning if p.ndim <= 1]
    return [
        {"params": decayed, "lr": rate, "weight_decay": 0.01},
        {"params": others, "lr": rate, "weight_decay": 0.0},
        {"params": heads, "lr": rate * 5, "weight_decay": 0.01},
    ]


def _slope(step: int, steps: int, warm_up: float) -> float:
    rise = max(1, int(steps * warm_up))
    return step / rise if step < rise else max(0.0, (steps - step) / max(1, steps - rise))


def _save(what: Any, path: Path) -> None:
    beside = path.with_suffix(".part")
    torch.save(what, beside)
    beside.replace(path)


def _say(line: str) -> None:
    sys.stderr.write(f"{time.strftime('%H:%M:%S')} {line}\n")
    sys.stderr.flush()


def parse() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--layers", type=int)
    parser.add_argument("--frozen", type=int, default=0)
    parser.add_argument("--start", type=Path)
    parser.add_argument("--rows", type=Path, nargs="+", required=True)
    parser.add_argument("--dev", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=float, default=3)
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--rate", type=float, default=3e-5)
    parser.add_argument("--smoothing", type=float, default=0.05)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--every", type=int, default=0)
    return parser.parse_args()


if __name__ == "__main__":
    learn(parse())
