"""Step 4 of learning: write the network as 8-bit ONNX, and check that it still says the same.

The table of word pieces is kept as 8-bit rows with a scale each; products of matrices are 8-bit with a scale per
column; the rest is 32-bit.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.transformers.optimizer import optimize_model
from torch import Tensor, nn

from ingest.tone.training.network import PairNetwork, load_network, load_tokenizer


class _SmallTable(nn.Module):  # type: ignore[misc]
    """Rows of 8-bit numbers, a scale for each."""

    def __init__(self, table: Tensor) -> None:
        super().__init__()
        scale = table.abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
        self.register_buffer("rows", (table / scale).round().to(torch.int8))
        self.register_buffer("scale", scale)

    def forward(self, ids: Tensor) -> Tensor:
        return self.rows[ids].to(torch.float32) * self.scale[ids]


class _ForExport(nn.Module):  # type: ignore[misc]
    """One sentence without padding in; logits and pulls out."""

    def __init__(self, network: PairNetwork) -> None:
        super().__init__()
        self.network = network

    def forward(self, input_ids: Tensor) -> tuple[Tensor, Tensor]:
        mask = torch.ones_like(input_ids)
        states = self.network.encoder(input_ids=input_ids, attention_mask=mask)[0]
        return self.network.read(states, input_ids, mask)


def export(base: Path, weights: Path, layers: int | None, out: Path, reduce_range: bool) -> None:
    """Write `model.onnx` and `tokenizer.json` into the folder `out`."""
    out.mkdir(parents=True, exist_ok=True)
    tokenizer = load_tokenizer(base)
    network = load_network(base, tokenizer, layers)
    network.load_state_dict(torch.load(weights, weights_only=True))
    network.eval()
    encoder: Any = network.encoder
    heads, size = encoder.config.num_attention_heads, encoder.config.hidden_size
    encoder.embeddings.word_embeddings = _SmallTable(encoder.embeddings.word_embeddings.weight.detach())
    encoder.set_attn_implementation("eager")
    ids = torch.tensor([tokenizer.encode("[A] has accused [B] of helping [C].").ids])
    with tempfile.TemporaryDirectory() as folder:
        plain, fused = Path(folder) / "plain.onnx", Path(folder) / "fused.onnx"
        torch.onnx.export(
            _ForExport(network),
            (ids,),
            plain,
            input_names=["input_ids"],
            output_names=["logits", "pulls"],
            dynamic_axes={"input_ids": {1: "tokens"}, "pulls": {1: "tokens"}},
            opset_version=17,
            dynamo=False,
        )
        better = optimize_model(str(plain), model_type="bert", num_heads=heads, hidden_size=size, opt_level=1)
        sys.stderr.write(f"fused: {better.get_fused_operator_statistics()}\n")
        better.save_model_to_file(str(fused))
        quantize_dynamic(
            fused,
            out / "model.onnx",
            per_channel=True,
            reduce_range=reduce_range,
            weight_type=QuantType.QInt8,
            op_types_to_quantize=["MatMul", "Attention"],
            extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
        )
    tokenizer.no_truncation()
    tokenizer.save(str(out / "tokenizer.json"), pretty=False)
    with torch.inference_mode():
        expected = _ForExport(network)(ids)[0][0].numpy()
    import onnxruntime as ort

    given = ort.InferenceSession(out / "model.onnx").run(None, {"input_ids": ids.numpy()})[0][0]
    sys.stderr.write(
        f"{(out / 'model.onnx').stat().st_size / 1e6:.1f} MB; logits {np.round(expected, 2)} -> {np.round(given, 2)}\n"
    )
    onnx.checker.check_model(str(out / "model.onnx"))


def parse() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--layers", type=int)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--reduce-range", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    told = parse()
    export(told.base, told.weights, told.layers, told.out, told.reduce_range)
