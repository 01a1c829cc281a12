"""The network at run time: 8-bit ONNX on one thread, one sentence at a time; no torch.

One at a time because the scales of dynamic 8-bit arithmetic are those of a whole batch: alone, a sentence has
the same value in whatever company it comes, on one machine or many. It also pads nothing.

It is in two halves: where the lower one is sure, the upper one is not asked; else what both say is averaged.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from ingest.errors import DetenteError

LONGEST = 128
"""Tokens; 1 in 500 pair sentences is longer, and is read to here."""

CALIBRATION = "calibration.json"
FILES = ("lower.onnx", "upper.onnx", "tokenizer.json", CALIBRATION)


class Opinion(NamedTuple):
    """What the network says of one masked sentence."""

    tone: tuple[float, float, float]
    """P(hostile), P(neutral), P(cooperative)."""
    direction: int
    """Index into `ab, ba, both, none`."""
    effects: tuple[tuple[int, int, float], ...]
    """Characters of a piece of a word in the masked sentence, and what hiding it would take from the tone."""


class Calibration(NamedTuple):
    """Fitted on labelled sentences that were not learned from."""

    lower: float
    upper: float
    """Temperatures: they divide the logits of a half, so that 0.8 means right in 80 %."""
    sure: float
    """Probability of the likeliest class from which on the lower half has the last word."""


AT_ONCE = 256
"""Sentences that the lower half reads before the upper does: 15 MB of states at most."""


class _Read(NamedTuple):
    """What the lower half made of a sentence."""

    offsets: list[tuple[int, int]]
    ids: np.ndarray[Any, Any]
    states: np.ndarray[Any, Any] | None
    """None where the lower half is sure."""
    logits: np.ndarray[Any, Any]
    effects: np.ndarray[Any, Any]


class Model:
    """Weights, tokenizer and calibration of one folder, loaded when first used."""

    def __init__(self, folder: Path) -> None:
        for name in FILES:
            # `calibrate` asks for the logits of a model that has no calibration yet.
            if name != CALIBRATION and not (folder / name).is_file():
                raise _missing(folder / name)
        self.folder = folder

    @cached_property
    def calibration(self) -> Calibration:
        """Read how the logits become probabilities."""
        path = self.folder / CALIBRATION
        if not path.is_file():
            raise _missing(path)
        return Calibration(**json.loads(path.read_text(encoding="utf-8")))

    def _load(self, name: str) -> Any:
        import onnxruntime as ort

        ort.set_default_logger_severity(3)
        options = ort.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        return ort.InferenceSession(
            self.folder / name,
            options,
            providers=["CPUExecutionProvider"],
            # Where the file keeps sums and norms apart they stay so: ONNX Runtime's fused ones take 4 times as long.
            disabled_optimizers=["SkipLayerNormFusion"],
        )

    @cached_property
    def lower(self) -> Any:
        return self._load("lower.onnx")

    @cached_property
    def upper(self) -> Any:
        return self._load("upper.onnx")

    @cached_property
    def tokenizer(self) -> Any:
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(self.folder / "tokenizer.json"))
        tokenizer.enable_truncation(LONGEST)
        tokenizer.no_padding()
        return tokenizer

    def logits(self, text: str) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
        """Return what both halves say of a masked sentence, before calibration; shape (1, 7) each."""
        ids = np.array([self.tokenizer.encode(text).ids], dtype=np.int64)
        states, first, _ = self.lower.run(None, {"input_ids": ids})
        return first, self.upper.run(None, {"states": states, "input_ids": ids})[0]

    def judge(self, text: str) -> Opinion:
        """Judge one masked sentence."""
        return self.judge_all([text])[0]

    def judge_all(self, texts: Sequence[str]) -> list[Opinion]:
        """Judge masked sentences, each on its own: all by the lower half first, then some by the upper.

        The weights of one half then stay in the processor's cache: a seventh of the time.
        """
        return [
            self._opinion(read)
            for at in range(0, len(texts), AT_ONCE)
            for read in [self._read_below(text) for text in texts[at : at + AT_ONCE]]
        ]

    def _read_below(self, text: str) -> _Read:
        encoded = self.tokenizer.encode(text)
        ids = np.array([encoded.ids], dtype=np.int64)
        states, logits, effects = self.lower.run(None, {"input_ids": ids})
        logits = logits / self.calibration.lower
        unsure = softmax(logits[:, :3]).max() < self.calibration.sure
        return _Read(encoded.offsets, ids, states if unsure else None, logits, effects)

    def _opinion(self, read: _Read) -> Opinion:
        offsets, ids, states, logits, effects = read
        if states is not None:
            upper, more = self.upper.run(None, {"states": states, "input_ids": ids})
            logits, effects = (logits + upper / self.calibration.upper) / 2, (effects + more) / 2
        shares = softmax(logits[:, :3])
        hostile, neutral, cooperative = shares[0].tolist()
        related = neutral < max(hostile, cooperative)  # then somebody acts: "none" is no answer
        return Opinion(
            (hostile, neutral, cooperative),
            int(logits[0, 3 : 6 if related else 7].argmax()),
            tuple(
                (start, end, effect)
                for (start, end), effect in zip(offsets, effects[0].tolist(), strict=True)
                if end > start
            ),
        )


def softmax(logits: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Turn rows of logits into rows of probabilities."""
    powers = np.exp(logits - logits.max(1, keepdims=True))
    return np.asarray(powers / powers.sum(1, keepdims=True))


def _missing(path: Path) -> DetenteError:
    return DetenteError(f"the weights of the scorer are missing: expected {path}; install the package again")
