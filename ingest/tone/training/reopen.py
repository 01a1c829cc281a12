"""Turn the 8-bit ONNX that ships into weights that can go on learning: where the checkpoints of its making are gone.

What 8-bit numbers lost stays lost, which is little: the network said the same before and after, to two digits.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor

from ingest.tone.training.network import add_shape, load_network, load_tokenizer
from ingest.tone.training.say import say

_PRODUCTS = ("attention.output.dense", "intermediate.dense", "output.dense")
"""Of a layer, in the order in which they are computed."""


def reopen(options: argparse.Namespace) -> None:
    """Write the state of the network that `lower.onnx` and `upper.onnx` hold."""
    tokenizer = load_tokenizer(options.base)
    network = load_network(options.base, tokenizer, options.layers, options.halfway)
    state = network.state_dict()
    found = _half(options.model / "lower.onnx", 0) | _half(options.model / "upper.onnx", options.halfway)
    lacking = sorted(set(state) - set(found))
    say(f"{len(found)} of {len(state)} parts found; as in the base: {', '.join(lacking) or 'none'}")
    network.load_state_dict(state | found)
    torch.save(network.state_dict(), options.out)


def _half(path: Path, first: int) -> dict[str, Tensor]:
    """Return the parts of one half by the names that the network has for them."""
    graph: Any = onnx.load(path).graph
    numbers = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
    found: dict[str, Any] = {
        name.removeprefix("network."): values
        for name, values in numbers.items()
        if name.startswith("network.") and values.dtype == np.float32 and not name.endswith(("_scale", ".scale"))
    }
    rows = "network.encoder.embeddings.word_embeddings.rows"
    if rows in numbers:
        found["encoder.embeddings.word_embeddings.weight"] = numbers[rows] * numbers[rows.replace(".rows", ".scale")]
    products = sorted(int(re.sub(r"\D", "", one)) for one in numbers if re.fullmatch(r"onnx::MatMul_\d+_scale", one))
    layers = len(products) // len(_PRODUCTS)
    for layer in range(layers):
        place = f"encoder.encoder.layer.{first + layer}"
        for part, number in zip(_PRODUCTS, products[layer * 3 : layer * 3 + 3], strict=True):
            found[f"{place}.{part}.weight"] = _whole(numbers, f"onnx::MatMul_{number}").T
        weight, bias = _whole(numbers, f"Attention_{layer}_qkv_weight"), numbers[f"Attention_{layer}_qkv_bias"]
        for at, part in enumerate(("query", "key", "value")):
            size = weight.shape[0]
            found[f"{place}.attention.self.{part}.weight"] = weight[:, at * size : (at + 1) * size].T
            found[f"{place}.attention.self.{part}.bias"] = bias[at * size : (at + 1) * size]
    for name in list(numbers):
        if matched := re.fullmatch(r"network\.(\w+\.\w+\.weight)_Transposed_quantized", name):
            found[matched[1]] = _whole(numbers, f"network.{matched[1]}_Transposed").T
    return {name: torch.tensor(np.ascontiguousarray(values)) for name, values in found.items()}


def _whole(numbers: dict[str, Any], name: str) -> Any:
    """Return a matrix from its 8-bit numbers and the scale of each column."""
    zero = numbers[f"{name}_zero_point"].astype(np.float32)
    return (numbers[f"{name}_quantized"].astype(np.float32) - zero) * numbers[f"{name}_scale"]


def parse() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    add_shape(parser)
    parser.add_argument("--model", type=Path, default=Path("data/models/detente"))
    parser.add_argument("--out", type=Path, required=True)
    return parser.parse_args()


if __name__ == "__main__":
    reopen(parse())
