"""The network at run time: 8-bit ONNX on one thread, one sentence at a time; no torch.

One at a time because the scales of dynamic 8-bit arithmetic are those of a whole batch: alone, a sentence has
the same value in whatever company it comes, on one machine or many. It also pads nothing.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from ingest.errors import DetenteError

LONGEST = 128
"""Tokens; 1 in 500 pair sentences is longer, and is read to here."""


class Opinion(NamedTuple):
    """What the network says of one masked sentence."""

    tone: tuple[float, float, float]
    """P(hostile), P(neutral), P(cooperative)."""
    direction: int
    """Index into `ab, ba, both, none`."""
    pulls: tuple[tuple[int, int, float], ...]
    """Characters of the masked sentence, and how much they pull toward cooperative."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Calibration:
    """Fitted on labelled sentences that were not learned from."""

    temperature: float
    """Divides the logits, so that 0.8 means right in 80 %."""
    bias: tuple[float, float, float]
    """Added to the logits of hostile, neutral, cooperative."""


class Model:
    """Weights, tokenizer and calibration of one folder, loaded when first used."""

    def __init__(self, folder: Path) -> None:
        if not (folder / "model.onnx").is_file():
            raise DetenteError(
                f"the weights of the scorer are missing: expected {folder / 'model.onnx'}; install the package again"
            )
        self.folder = folder

    @cached_property
    def calibration(self) -> Calibration:
        """Read the calibration."""
        told = json.loads((self.folder / "calibration.json").read_text(encoding="utf-8"))
        hostile, neutral, cooperative = told["bias"]
        return Calibration(temperature=told["temperature"], bias=(hostile, neutral, cooperative))

    @cached_property
    def _session(self) -> Any:
        import onnxruntime as ort

        ort.set_default_logger_severity(3)
        options = ort.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        return ort.InferenceSession(self.folder / "model.onnx", options, providers=["CPUExecutionProvider"])

    @cached_property
    def _tokenizer(self) -> Any:
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(self.folder / "tokenizer.json"))
        tokenizer.enable_truncation(LONGEST)
        tokenizer.no_padding()
        return tokenizer

    def judge(self, text: str) -> Opinion:
        """Judge one masked sentence."""
        encoded = self._tokenizer.encode(text)
        logits, pulls = self._session.run(None, {"input_ids": np.array([encoded.ids], dtype=np.int64)})
        calibration = self.calibration
        hostile, neutral, cooperative = _softmax((logits[0, :3] + calibration.bias) / calibration.temperature)
        related = neutral < max(hostile, cooperative)  # then somebody acts: "none" is no answer
        return Opinion(
            (hostile, neutral, cooperative),
            int(logits[0, 3 : 6 if related else 7].argmax()),
            tuple(
                (start, end, pull)
                for (start, end), pull in zip(encoded.offsets, pulls[0].tolist(), strict=True)
                if end > start
            ),
        )


def _softmax(logits: np.ndarray[Any, Any]) -> list[float]:
    powers = np.exp(logits - logits.max())
    shares: list[float] = (powers / powers.sum()).tolist()
    return shares
