"""The network: a sentence encoder, read off at the two placeholders; three classes of tone, four of direction."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import torch
from tokenizers import AddedToken, Tokenizer
from torch import Tensor, nn
from transformers import AutoConfig, AutoModel

from ingest.tone.detente.masking import FIRST, NAME, PLACEHOLDERS, SECOND

LONGEST = 128
"""Tokens; 1 in 500 pair sentences is longer."""

_COUNTRY_WORDS = ("russia", "china", "france", "iran", "turkey", "germany", "japan", "india", "brazil", "egypt")
"""A placeholder begins as the mean of these, so that the encoder takes it for a country from the first step."""
_OTHER_WORDS = ("john", "smith", "ali", "council", "party", "company", "group", "agency", "city", "times")
"""The placeholder of any other name, the mean of these."""


class Head(nn.Module):  # type: ignore[misc]  # torch is not installed where types are checked
    """What `[A]` and `[B]` came to be, and what they attend to; then one hidden layer."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.query = nn.Linear(2 * size, size)
        self.hidden = nn.Linear(3 * size, size)
        self.dropout = nn.Dropout(0.1)
        self.out = nn.Linear(size, 7)

    def forward(self, states: Tensor, attention_mask: Tensor, is_a: Tensor, is_b: Tensor) -> Tensor:
        """Return logits: hostile, neutral, cooperative; then ab, ba, both, none."""
        pair = torch.cat([_mean(states, is_a), _mean(states, is_b)], dim=-1)
        heed = (states @ self.query(pair).unsqueeze(-1)).squeeze(-1) / states.shape[-1] ** 0.5
        heed = (heed + (attention_mask.to(states.dtype) - 1.0) * 1e4).softmax(-1)
        gathered = (states * heed.unsqueeze(-1)).sum(1)
        hidden = torch.tanh(self.hidden(self.dropout(torch.cat([gathered, pair], dim=-1))))
        logits: Tensor = self.out(self.dropout(hidden))
        return logits


class PairNetwork(nn.Module):  # type: ignore[misc]
    """Encoder with a head after its last layer, and perhaps one half-way for the plain cases."""

    def __init__(self, encoder: Any, size: int, a: int, b: int, halfway: int) -> None:
        super().__init__()
        self.encoder = encoder
        self.a, self.b = a, b
        self.halfway = halfway
        """Layers below the first head; 0 if there is none."""
        self.head = Head(size)
        self.early = Head(size) if halfway else None

    frozen = 0
    """Layers from the bottom that do not learn."""

    def forward(self, input_ids: Tensor, attention_mask: Tensor, bottom: Tensor | None = None) -> list[Tensor]:
        """Return the logits of the last head and, if there is one, of the early one.

        `bottom`: the states after the frozen layers, if they are known already.
        """
        if bottom is not None:
            states = [run_layers(self.encoder, bottom, attention_mask, self.frozen, None)]
        elif self.early is None:
            states = [self.encoder(input_ids=input_ids, attention_mask=attention_mask)[0]]
        else:
            every = self.encoder(input_ids=input_ids, attention_mask=attention_mask, output_hidden_states=True)
            states = [every[0], every.hidden_states[self.halfway]]
        where = (attention_mask, input_ids == self.a, input_ids == self.b)
        heads: tuple[Any, ...] = (self.head, self.early)
        return [head(state, *where) for head, state in zip(heads, states, strict=False)]


def run_layers(encoder: Any, states: Tensor, attention_mask: Tensor, begin: int, end: int | None) -> Tensor:
    """Run some layers of an MPNet encoder."""
    positions = encoder.encoder.compute_position_bias(states)
    hidden = (1.0 - attention_mask[:, None, None, :].to(states.dtype)) * -1e4
    for layer in encoder.encoder.layer[begin:end]:
        states = layer(states, hidden, positions)[0]
    return states


def _mean(states: Tensor, mask: Tensor) -> Tensor:
    weight = mask.unsqueeze(-1).to(states.dtype)
    return (states * weight).sum(1) / weight.sum(1).clamp(min=1.0)


def load_tokenizer(folder: Path) -> Any:
    """Load a tokenizer of the BERT family and teach it the placeholders."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.add_special_tokens([AddedToken(name, special=True, normalized=False) for name in PLACEHOLDERS])
    tokenizer.enable_truncation(LONGEST)
    tokenizer.no_padding()
    return tokenizer


def load_network(folder: Path, tokenizer: Any, layers: int | None = None, halfway: int = 0) -> PairNetwork:
    """Start from a sentence encoder, keeping `layers` of its layers if told, with a head after `halfway` of them."""
    config: Any = AutoConfig.from_pretrained(folder)
    config.attention_probs_dropout_prob = 0.0  # slow on a CPU, and no loss measured
    encoder: Any = AutoModel.from_pretrained(folder, config=config, **_no_pooler(folder))
    if layers is not None:
        every = encoder.encoder.layer
        step = len(every) / layers
        encoder.encoder.layer = nn.ModuleList([every[round((i + 1) * step) - 1] for i in range(layers)])
        config.num_hidden_layers = layers
    encoder.resize_token_embeddings(tokenizer.get_vocab_size(), mean_resizing=False)
    table = encoder.embeddings.word_embeddings.weight
    with torch.no_grad():
        for name, like in zip(PLACEHOLDERS, ("first", "second", "others", "name"), strict=True):
            words = _OTHER_WORDS if name == NAME else _COUNTRY_WORDS
            mean = table[[tokenizer.token_to_id(word) for word in words]].mean(0)
            table[tokenizer.token_to_id(name)] = 0.8 * mean + 0.4 * table[tokenizer.token_to_id(like)]
    a, b = (int(tokenizer.token_to_id(name)) for name in (FIRST, SECOND))
    return PairNetwork(encoder, config.hidden_size, a, b, halfway)


def add_shape(parser: argparse.ArgumentParser) -> None:
    """Add what `load_network` needs to a command line: the encoder, and how much of it."""
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--layers", type=int)
    parser.add_argument("--halfway", type=int, default=0)


def _no_pooler(folder: Path) -> dict[str, bool]:
    kind = json.loads((folder / "config.json").read_text(encoding="utf-8"))["model_type"]
    return {"add_pooling_layer": False} if kind in {"bert", "mpnet"} else {}
