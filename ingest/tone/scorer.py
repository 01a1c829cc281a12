"""What every scorer does, and which there are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Protocol

from ingest.errors import UnknownNameError
from ingest.records import Candidate, Judgement, Label


class Scorer(Protocol):
    """Judge sentences.

    Pure and deterministic: the same candidates give the same judgements, in the same order, one each.
    The identity of a country never changes a judgement; only the text around its spans may.
    """

    @property
    def name(self) -> str:
        """Name under which readings are stored."""
        ...

    @property
    def version(self) -> str:
        """Changes whenever any judgement could."""
        ...

    @property
    def reads_lists(self) -> bool:
        """Whether it is shown doubtful pairs too, merely listed or a mere scene; neutral ones are no evidence."""
        ...

    @property
    def weighs_evidence(self) -> bool:
        """Whether a sentence counts in the reading of its article by how much it tells; else all count alike."""
        ...

    def judge(self, candidates: Sequence[Candidate]) -> list[Judgement]:
        """Return one judgement per candidate."""
        ...

    def label(self, cooperative: float, neutral: float, hostile: float) -> Label:
        """Turn probabilities into the word shown."""
        ...


BALANCED = 0.1
"""Tone below which good and bad are in balance, which the codebook calls neutral: an article that tells of both.

On whole articles (RuSentRel) 0 to 0.1 are equally good, 0.15 is worse; on sentences of `dev` it changes one in 310.
"""


def likeliest(cooperative: float, neutral: float, hostile: float) -> Label:
    """Return the word for three probabilities."""
    if (neutral >= cooperative and neutral >= hostile) or abs(cooperative - hostile) < BALANCED:
        return "neutral"
    return "cooperative" if cooperative > hostile else "hostile"


def _vader() -> Scorer:
    from ingest.tone.vader import VaderScorer

    return VaderScorer()


def _detente() -> Scorer:
    from ingest.tone.detente.scorer import DetenteScorer

    return DetenteScorer()


def _fast() -> Scorer:
    from ingest.tone.detente.fast import FastScorer

    return FastScorer()


SCORERS: dict[str, Callable[[], Scorer]] = {"detente": _detente, "detente-fast": _fast, "vader": _vader}
"""Every scorer by name; another one is one more line here."""

DEFAULT = "detente"


@cache
def get_scorer(name: str = DEFAULT) -> Scorer:
    """Load a scorer by name."""
    if name not in SCORERS:
        raise UnknownNameError(f"no scorer is called {name!r}; there is: {', '.join(sorted(SCORERS))}")
    return SCORERS[name]()
