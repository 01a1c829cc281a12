"""The default scorer: a small network that reads what a sentence says about its two countries."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cached_property
from hashlib import blake2b
from pathlib import Path

from ingest.data_files import data_dir
from ingest.records import Candidate, Direction, Judgement, Label
from ingest.tone.detente.fast import weights_file
from ingest.tone.detente.masking import Masked, mask, turn
from ingest.tone.detente.model import FILES, Model, Opinion
from ingest.tone.detente.weights import WordWeights
from ingest.tone.detente.words import driving_words
from ingest.tone.scorer import likeliest

REMEMBERED = 4_096
"""Masked sentences whose judgement is kept: agencies' sentences come again within hours."""

PLAIN = 0.85
"""From this P(neutral) of the fast scorer on, the network is not asked: a fifth of the pairs of news.

Of 17,180 sentences without labels the teachers take 8 in 10,000 for something else and are passed over so; from 0.80
on it would be 16.
"""

_DIRECTIONS: tuple[Direction, ...] = ("ab", "ba", "both", "none")
_NOBODY = _DIRECTIONS.index("none")


class DetenteScorer:
    """Learned tone and direction of a pair, from the sentence with the countries hidden."""

    name = "detente"
    reads_lists = True
    """Shown pairs that are merely listed too: of 16 in `dev`, it rightly leaves 15 and relates 1."""

    weighs_evidence = True

    def __init__(self, folder: Path | None = None) -> None:
        self.model = Model(folder or data_dir() / "models" / "detente")
        self._words = weights_file()
        self.remembered: dict[str, Opinion] = {}

    @cached_property
    def version(self) -> str:
        """The first 8 digits of a digest of all that a judgement depends on, and the rule of readings."""
        digest = blake2b(digest_size=4)
        for name in FILES:
            digest.update((self.model.folder / name).read_bytes())
        digest.update(self._words.read_bytes())
        return f"{digest.hexdigest()}+1"

    @cached_property
    def weights(self) -> WordWeights:
        return WordWeights(self._words)

    def judge(self, candidates: Sequence[Candidate]) -> list[Judgement]:
        """Judge each pair of each sentence on its own."""
        masked = [mask(candidate) for candidate in candidates]
        weighed = self.weights.weigh([one.text for one in masked])
        asked = self._opinions(
            dict.fromkeys(one.text for one, told in zip(masked, weighed, strict=True) if told.neutral < PLAIN)
        )
        return [
            self._judgement(one, asked.get(one.text) or Opinion((hostile, neutral, cooperative), _NOBODY, ()))
            for one, (hostile, neutral, cooperative, _) in zip(masked, weighed, strict=True)
        ]

    def _opinions(self, texts: Collection[str]) -> dict[str, Opinion]:
        """Return what the network says of each text, asked or remembered."""
        before = self.remembered
        known = {text: opinion for text in texts if (opinion := before.get(text))}
        new = [text for text in texts if text not in known]
        told = dict(zip(new, self.model.judge_all(new), strict=True))
        # Replaced, not changed: another thread may be reading it. The latest stay.
        kept = {text: one for text, one in before.items() if text not in known} | known | told
        self.remembered = dict(list(kept.items())[-REMEMBERED:])
        return known | told

    def label(self, cooperative: float, neutral: float, hostile: float) -> Label:
        """Return the likeliest of the three; neutral too where good and bad balance each other."""
        return likeliest(cooperative, neutral, hostile)

    def _judgement(self, masked: Masked, opinion: Opinion) -> Judgement:
        hostile, neutral, cooperative = opinion.tone
        return Judgement(
            cooperative=cooperative,
            neutral=neutral,
            hostile=hostile,
            direction=turn(_DIRECTIONS[opinion.direction], masked.a_first),
            words=driving_words(masked, opinion),
        )
