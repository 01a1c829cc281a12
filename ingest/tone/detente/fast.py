"""The fast scorer for archives: a sum of learned weights of words and pairs of words; explained by those weights."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from hashlib import blake2b
from pathlib import Path

from ingest.data_files import data_dir
from ingest.records import Candidate, Judgement, Label, Word
from ingest.tone.detente.masking import Masked, mask
from ingest.tone.detente.weights import Pull, WordWeights
from ingest.tone.direction import guess_direction
from ingest.tone.scorer import likeliest

LEAST = 0.03
"""Below this tone nothing drove it."""


class FastScorer:
    """Learned weights of words; no network, thousands of articles a second."""

    name = "detente-fast"
    reads_lists = False
    weighs_evidence = True

    def __init__(self, folder: Path | None = None) -> None:
        self._path = weights_file(folder)

    @cached_property
    def version(self) -> str:
        """The first 8 digits of a digest of the weights, and the rule by which evidence becomes a reading."""
        return f"{blake2b(self._path.read_bytes(), digest_size=4).hexdigest()}+1"

    @cached_property
    def _weights(self) -> WordWeights:
        return WordWeights(self._path)

    def judge(self, candidates: Sequence[Candidate]) -> list[Judgement]:
        """Judge each pair of each sentence on its own."""
        masked = [mask(candidate) for candidate in candidates]
        weighed = self._weights.weigh([one.text for one in masked])
        return [
            Judgement(
                cooperative, neutral, hostile, guess_direction(candidate), _driving(one, pulls, cooperative - hostile)
            )
            for candidate, one, (hostile, neutral, cooperative, pulls) in zip(candidates, masked, weighed, strict=True)
        ]

    def label(self, cooperative: float, neutral: float, hostile: float) -> Label:
        """Return the likeliest of the three; neutral too where good and bad balance each other."""
        return likeliest(cooperative, neutral, hostile)


def weights_file(folder: Path | None = None) -> Path:
    """Return where the weights are."""
    return (folder or data_dir() / "models" / "detente-fast") / "weights.npz"


def _driving(masked: Masked, pulls: list[Pull], tone: float) -> tuple[Word, ...]:
    """Return the words of the largest weights toward the tone or against it, scaled to the size of the tone."""
    size = abs(tone)
    if size < LEAST:
        return ()
    return tuple([Word(start, end, round(pull * size, 4)) for start, end, pull in masked.all_back(pulls)])
