"""What a network says of sentences, in batches of like length."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from torch import nn

from ingest.tone.training.items import collate, padding_of

SIZE = 32
"""Sentences of a batch."""


def probabilities(network: nn.Module, texts: Sequence[str], tokenizer: Any, head: int = 0) -> np.ndarray[Any, Any]:
    """Return softmax of tone and of direction for each text, seven columns; of the last head or (1) the early one."""
    ids = [one.ids for one in tokenizer.encode_batch(list(texts))]
    return probabilities_of(network, ids, padding_of(tokenizer), head)


def probabilities_of(
    network: nn.Module, ids: Sequence[Sequence[int]], padding: int, head: int = 0
) -> np.ndarray[Any, Any]:
    """Return the same for sentences that are tokens already."""
    network.eval()
    order = sorted(range(len(ids)), key=lambda i: len(ids[i]))
    found = np.zeros((len(ids), 7), dtype=np.float32)
    with torch.inference_mode():
        for begin in range(0, len(order), SIZE):
            part = order[begin : begin + SIZE]
            with torch.autocast("cpu", dtype=torch.bfloat16):
                logits = network(*collate([ids[i] for i in part], padding))[head]
            logits = logits.float()
            found[part] = torch.cat([logits[:, :3].softmax(-1), logits[:, 3:].softmax(-1)], -1).numpy()
    network.train()
    return found
