"""Step 7 of learning: write the network as 8-bit ONNX, in two halves, and check that it still says the same.

The table of word pieces is kept as 8-bit rows with a scale each; products of matrices are 8-bit with a scale per
column; the rest is 32-bit.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from copy import copy
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.transformers.optimizer import optimize_model
from torch import Tensor, nn

from ingest.tone.training.network import PairNetwork, add_shape, load_network, load_tokenizer


class _SmallTable(nn.Module):  # type: ignore[misc]
    """Rows of 8-bit numbers, a scale for each."""

    def __init__(self, table: Tensor) -> None:
        super().__init__()
        scale = table.abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
        self.register_buffer("rows", (table / scale).round().to(torch.int8))
        self.register_buffer("scale", scale)

    def forward(self, ids: Tensor) -> Tensor:
        return self.rows[ids].to(torch.float32) * self.scale[ids]


class _Bare(nn.Module):  # type: ignore[misc]
    """In the place of the table of words: the states come from below."""

    def forward(self, inputs_embeds: Tensor, **_: Any) -> Tensor:
        return inputs_embeds


class _Half(nn.Module):  # type: ignore[misc]
    """Some layers and the head that reads them; one sentence without padding in.

    ONNX Runtime fuses the products of an attention only if the whole encoder is called, with a mask.
    """

    def __init__(self, network: PairNetwork, head: Any, layers: Any, effects: Tensor) -> None:
        super().__init__()
        self.network = network
        self.encoder = copy(network.encoder)
        self.encoder._modules = network.encoder._modules | {"encoder": nn.Module()}
        self.encoder.encoder = copy(network.encoder.encoder)
        self.encoder.encoder._modules = {"layer": nn.ModuleList(layers)}
        self.head = head
        self.register_buffer("effects", effects)

    def read(self, states: Tensor, ids: Tensor) -> tuple[Tensor, Tensor]:
        """Return logits, and the effect of each token."""
        logits = self.head(states, torch.ones_like(ids), ids == self.network.a, ids == self.network.b)
        return logits, (states * self.effects).sum(-1)


class _Lower(_Half):
    """States, logits and effects of the early head out."""

    def forward(self, input_ids: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        states = self.encoder(input_ids=input_ids, attention_mask=torch.ones_like(input_ids))[0]
        return states, *self.read(states, input_ids)


class _Upper(_Half):
    """The states of the lower half in; logits and effects out."""

    def forward(self, states: Tensor, input_ids: Tensor) -> tuple[Tensor, Tensor]:
        states = self.encoder(inputs_embeds=states, attention_mask=torch.ones_like(input_ids))[0]
        return self.read(states, input_ids)


def export(options: argparse.Namespace) -> None:
    """Write `lower.onnx`, `upper.onnx` and `tokenizer.json` into the folder `out`."""
    out: Path = options.out
    out.mkdir(parents=True, exist_ok=True)
    tokenizer = load_tokenizer(options.base)
    network = load_network(options.base, tokenizer, options.layers, options.halfway)
    network.load_state_dict(torch.load(options.weights, weights_only=True))
    network.eval()
    encoder: Any = network.encoder
    encoder.embeddings.word_embeddings = _SmallTable(encoder.embeddings.word_embeddings.weight.detach())
    encoder.set_attn_implementation("eager")
    effects = torch.load(options.effects, weights_only=True)
    ids = torch.tensor([tokenizer.encode("[A] has accused [B] of helping [C].").ids])
    layers, cut = encoder.encoder.layer, network.halfway
    lower = _Lower(network, network.early, layers[:cut], effects["early"]).eval()
    upper = _Upper(network, network.head, layers[cut:], effects["head"]).eval()
    upper.encoder.embeddings = _Bare()
    network.requires_grad_(False)
    with torch.no_grad():
        states, early, _ = lower(ids)
        last, _ = upper(states, ids)
    _write(lower, (ids,), out / "lower.onnx", reduce_range=options.reduce_range)
    _write(upper, (states, ids), out / "upper.onnx", reduce_range=options.reduce_range)
    tokenizer.no_truncation()
    tokenizer.save(str(out / "tokenizer.json"), pretty=False)
    import onnxruntime as ort

    given = ort.InferenceSession(out / "lower.onnx").run(None, {"input_ids": ids.numpy()})
    final = ort.InferenceSession(out / "upper.onnx").run(None, {"states": given[0], "input_ids": ids.numpy()})
    for name, expected, found in (("early", early, given[1]), ("last", last, final[0])):
        sys.stderr.write(f"{name}: logits {np.round(expected[0].numpy(), 2)} -> {np.round(found[0], 2)}\n")


def _write(module: _Half, inputs: tuple[Tensor, ...], path: Path, *, reduce_range: bool) -> None:
    """Trace, fuse the layers, and make the products of matrices 8-bit."""
    names = ["states", "input_ids"][-len(inputs) :]
    outputs = ["states", "logits", "effects"][len(inputs) - 1 :]
    config: Any = module.encoder.config
    with tempfile.TemporaryDirectory() as folder:
        plain, fused = Path(folder) / "plain.onnx", Path(folder) / "fused.onnx"
        torch.onnx.export(
            module,
            inputs,
            plain,
            input_names=names,
            output_names=outputs,
            dynamic_axes={name: {1: "tokens"} for name in (*names, *outputs) if name != "logits"},
            opset_version=17,
            dynamo=False,
        )
        better = optimize_model(
            str(plain),
            model_type="bert",
            num_heads=config.num_attention_heads,
            hidden_size=config.hidden_size,
            opt_level=1,
        )
        sys.stderr.write(f"fused: {better.get_fused_operator_statistics()}\n")
        better.save_model_to_file(str(fused))
        quantize_dynamic(
            fused,
            path,
            per_channel=True,
            reduce_range=reduce_range,
            weight_type=QuantType.QInt8,
            op_types_to_quantize=["MatMul", "Attention"],
            extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
        )
    model = onnx.load(path)
    unfuse(model.graph)
    onnx.checker.check_model(model)
    onnx.save(model, path)
    sys.stderr.write(f"{path.name}: {path.stat().st_size / 1e6:.1f} MB\n")


def unfuse(graph: Any) -> None:
    """Put sum and norm in the place of each `SkipLayerNormalization`: a run takes 28 % less."""
    nodes = []
    for node in graph.node:
        if node.op_type != "SkipLayerNormalization":
            nodes.append(node)
            continue
        states, skip, gamma, beta, *bias = node.input
        out = node.output[0]
        epsilon = next((one.f for one in node.attribute if one.name == "epsilon"), 1e-12)
        if bias:
            nodes.append(onnx.helper.make_node("Add", [states, bias[0]], [f"{out}_biased"]))
            states = f"{out}_biased"
        nodes.append(onnx.helper.make_node("Add", [states, skip], [f"{out}_sum"]))
        nodes.append(
            onnx.helper.make_node("LayerNormalization", [f"{out}_sum", gamma, beta], [out], axis=-1, epsilon=epsilon)
        )
    del graph.node[:]
    graph.node.extend(nodes)


def parse() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    add_shape(parser)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--effects", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--reduce-range", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    export(parse())
