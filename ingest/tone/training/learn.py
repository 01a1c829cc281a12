"""Step 2 of learning: fine-tune a network on examples, or on a teacher's opinions of them.

Resumable: a checkpoint every few minutes; started again with the same arguments it goes on where it was.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from ingest.tone.training.items import Item, batches, collate, items_of, padding_of, read_rows
from ingest.tone.training.judging import probabilities
from ingest.tone.training.measure import figures
from ingest.tone.training.network import PairNetwork, add_shape, load_network, load_tokenizer, run_layers
from ingest.tone.training.say import say

CHECKPOINT_S = 240
DIRECTION_SHARE = 0.4
"""Weight of the direction's loss beside that of the tone."""
EARLY_SHARE = 0.5
"""Weight of the early head's loss beside the last one's."""
AVERAGE_DECAY = 0.998
"""Of the moving average of the weights that is kept in the end: about the last 500 steps."""


def loss_of(every: Sequence[Tensor], batch: Sequence[Item]) -> Tensor:
    """Sum up the losses of the heads."""
    losses = [_loss_of(logits.float(), batch) for logits in every]
    return losses[0] + EARLY_SHARE * sum(losses[1:])


def _loss_of(logits: Tensor, batch: Sequence[Item]) -> Tensor:
    """Cross-entropy of the tone and, where it is known, of the direction."""
    tone = torch.tensor([one.tone for one in batch])
    direction = torch.tensor([one.direction for one in batch])
    weight = torch.tensor([one.weight for one in batch])
    of_tone = -(tone * logits[:, :3].log_softmax(-1)).sum(-1)
    of_direction = -(direction * logits[:, 3:].log_softmax(-1)).sum(-1)
    return ((of_tone + DIRECTION_SHARE * of_direction) * weight).sum() / weight.sum()


def learn(options: argparse.Namespace) -> None:
    """Train, checkpoint, average, measure on dev."""
    torch.manual_seed(options.seed)
    tokenizer = load_tokenizer(options.base)
    padding = padding_of(tokenizer)
    network = load_network(options.base, tokenizer, options.layers, options.halfway)
    network.frozen = options.frozen
    if options.start:
        network.load_state_dict(torch.load(options.start, weights_only=True))
    items = items_of(
        [row for path in options.rows for row in read_rows(path)], tokenizer, options.smoothing, options.field
    )
    dev = [row for row in read_rows(options.dev) if row["text"]]
    texts = [row[options.field] for row in dev]
    steps = _steps(items, options)
    bottoms = _bottoms(network, items, padding) if options.frozen else []
    run = _Run(network, options.rate, len(steps), options.out.with_suffix(".state"))
    say(f"{len(items):,} examples, {len(steps):,} steps, begins at {run.done}")
    network.train()
    begun, first, total = time.monotonic(), run.done, 0.0
    for number in range(run.done, len(steps)):
        batch = [items[i] for i in steps[number]]
        table, mask = collate([one.ids for one in batch], padding)
        bottom = nn.utils.rnn.pad_sequence([bottoms[i] for i in steps[number]], True).float() if bottoms else None
        with torch.autocast("cpu", dtype=torch.bfloat16):
            loss = loss_of(network(table, mask, bottom), batch)
        loss.backward()
        run.step()
        total += loss.item()
        if number % 20 == 19:
            rate = (number + 1 - first) / (time.monotonic() - begun)
            left = (len(steps) - number) / rate / 60
            say(f"step {number + 1} loss {total / 20:.3f} {rate * options.batch:.1f}/s {left:.1f} min left")
            total = 0.0
        if options.every and number % options.every == options.every - 1:
            for head in range(1 + bool(network.early)):
                say(f"  dev {figures(probabilities(network, texts, tokenizer, head), dev)}")
    say(f"last    {figures(probabilities(network, texts, tokenizer), dev)}")
    _save(network.state_dict(), options.out.with_suffix(".last"))
    network.load_state_dict(run.average)
    say(f"average {figures(probabilities(network, texts, tokenizer), dev)}")
    _save(run.average, options.out)
    run.path.unlink(missing_ok=True)


class _Run:
    """What changes during a run, and its checkpoint."""

    def __init__(self, network: PairNetwork, rate: float, steps: int, path: Path) -> None:
        self.network = network
        self.path = path
        self.optimizer = torch.optim.AdamW(_groups(network, rate), betas=(0.9, 0.98), fused=True)
        self.schedule = torch.optim.lr_scheduler.LambdaLR(self.optimizer, lambda step: _slope(step, steps, 0.06))
        self.average = {name: value.detach().clone() for name, value in network.state_dict().items()}
        self.done = 0
        self._saved_at = time.monotonic()
        if path.is_file():
            saved = torch.load(path, weights_only=True)
            network.load_state_dict(saved["network"])
            self.optimizer.load_state_dict(saved["optimizer"])
            self.schedule.load_state_dict(saved["schedule"])
            self.average, self.done = saved["average"], saved["done"]

    def step(self) -> None:
        """Take a step, move the average, and save every few minutes."""
        nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        self.optimizer.step()
        self.schedule.step()
        self.optimizer.zero_grad()
        self.done += 1
        if self.done % 4 == 0:
            keep = min(AVERAGE_DECAY**4, self.done / (self.done + 39))
            with torch.no_grad():
                for name, value in self.network.state_dict().items():
                    if value.dtype.is_floating_point:
                        self.average[name].lerp_(value, 1 - keep)
        if time.monotonic() - self._saved_at > CHECKPOINT_S:
            self._saved_at = time.monotonic()
            saved = {
                "network": self.network.state_dict(),
                "optimizer": self.optimizer.state_dict(),
                "schedule": self.schedule.state_dict(),
                "average": self.average,
                "done": self.done,
            }
            _save(saved, self.path)


def _steps(items: Sequence[Item], options: argparse.Namespace) -> list[list[int]]:
    epochs = int(np.ceil(options.epochs))
    every = [
        batch
        for epoch in range(epochs)
        for batch in batches(items, options.batch, random.Random(options.seed * 100 + epoch))  # noqa: S311 - no secret
    ]
    return every[: int(len(every) * options.epochs / epochs)]


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
            states = run_layers(network.encoder, network.encoder.embeddings(input_ids=table), mask, 0, network.frozen)
            for i, row in zip(part, states, strict=True):
                found[i] = row[: len(items[i].ids)].to(torch.bfloat16).clone()
    network.train()
    say(f"{network.frozen} layers are frozen and done")
    return found


def _groups(network: PairNetwork, rate: float) -> list[dict[str, Any]]:
    heads = [*network.head.parameters(), *(network.early.parameters() if network.early else ())]
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


def parse() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    add_shape(parser)
    parser.add_argument("--frozen", type=int, default=0)
    parser.add_argument("--start", type=Path)
    parser.add_argument("--rows", type=Path, nargs="+", required=True)
    parser.add_argument("--dev", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--field", choices=("text", "named"), default="text")
    parser.add_argument("--epochs", type=float, default=3)
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--rate", type=float, default=3e-5)
    parser.add_argument("--smoothing", type=float, default=0.05)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--every", type=int, default=0)
    return parser.parse_args()


if __name__ == "__main__":
    learn(parse())
