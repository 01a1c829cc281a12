"""The core: a batch of articles in, a batch of evidence and readings out.

Pure: no file, clock, network or global state but the gazetteer and the scorer's weights, so that one
process, a pool and a cluster run the same function and get the same numbers. Arrow is loaded for tables only:
`detente score` starts without it.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import reduce
from operator import add
from typing import TYPE_CHECKING, NamedTuple

from ingest.records import Article, Direction, Evidence, Judgement, Reading, Span, pair_id
from ingest.tone.candidates import Placed, find_candidates
from ingest.tone.scorer import Scorer, get_scorer

if TYPE_CHECKING:
    import pyarrow as pa

LEAST_WEIGHT = 1e-6
"""Below this sum of weights no sentence says anything, and all count alike."""


class Scored(NamedTuple):
    """Both results of a batch, in the columns of `ingest.schemas`."""

    evidence: pa.Table
    readings: pa.Table


def score_batch(articles: pa.Table, scorer: Scorer) -> Scored:
    """Score a batch of articles (columns of `schemas.ARTICLES`); those marked unscored are passed over."""
    import pyarrow as pa
    import pyarrow.compute as pc

    from ingest.schemas import EVIDENCE, READINGS

    scorable = articles.filter(pc.is_null(articles["unscored"]))
    columns = ["article_id", "story_id", "text", "title", "published", "outlet", "url"]
    rows = scorable.select(columns).to_pylist()
    texts = [(row["text"], row["title"] or "", row["published"]) for row in rows]
    evidence: list[dict[str, object]] = []
    readings: list[dict[str, object]] = []
    for row, found in zip(rows, _read(texts, scorer), strict=True):
        for reading in found:
            common = {
                "pair": pair_id(reading.a, reading.b),
                "article_id": row["article_id"],
                "published": row["published"],
                "outlet": row["outlet"],
                "scorer": scorer.name,
                "scorer_version": scorer.version,
            }
            readings.append(common | _reading_row(reading) | {key: row[key] for key in ("story_id", "title", "url")})
            evidence += [common | _evidence_row(piece) for piece in reading.evidence]
    return Scored(pa.Table.from_pylist(evidence, EVIDENCE), pa.Table.from_pylist(readings, READINGS))


def score(article: Article | str, scorer: str | Scorer | None = None) -> list[Reading]:
    """Score one article or text: a reading for each pair of countries it relates, busiest pair first."""
    if isinstance(article, str):
        article = Article(text=article)
    judge = get_scorer(scorer) if isinstance(scorer, str) else scorer or get_scorer()
    return score_all([article], judge)[0]


def score_all(articles: Sequence[Article], scorer: Scorer) -> list[list[Reading]]:
    """Score many articles, judging all their sentences in one call."""
    return _read([(one.text, one.title or "", one.published) for one in articles], scorer)


def _read(texts: Sequence[tuple[str, str, datetime | None]], scorer: Scorer) -> list[list[Reading]]:
    """Read many (text, headline, published); all their sentences are judged in one call."""
    with _no_garbage():
        placed = [
            find_candidates(text, when.date() if when else None, headline, listed=scorer.reads_lists)
            for text, headline, when in texts
        ]
        judged = iter(scorer.judge([candidate for found in placed for _, candidate in found]))
        return [_readings([(one, next(judged)) for one in found], scorer) for found in placed]


@contextmanager
def _no_garbage() -> Iterator[None]:
    """Do not look for garbage meanwhile: a batch makes many small tuples and no cycles, and looking costs a tenth."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def _readings(judged: Sequence[tuple[Placed, Judgement]], scorer: Scorer) -> list[Reading]:
    by_pair: dict[tuple[str, str], list[Evidence]] = {}
    for (start, candidate), judgement in judged:
        sentence, a, b, a_spans, b_spans, _, listed = candidate
        if listed and scorer.label(*_shares(judgement)) == "neutral":
            continue
        by_pair.setdefault((a, b), []).append(
            Evidence(a, b, start, start + len(sentence), sentence, a_spans, b_spans, judgement)
        )
    readings = [_mean(a, b, evidence, scorer) for (a, b), evidence in by_pair.items()]
    return sorted(readings, key=lambda reading: -len(reading.evidence))


def _shares(judgement: Judgement) -> tuple[float, float, float]:
    return judgement.cooperative, judgement.neutral, judgement.hostile


def _mean(a: str, b: str, evidence: list[Evidence], scorer: Scorer) -> Reading:
    """Average the evidence of one article for one pair.

    DESIGN: y = Σ g x / Σ g. Where the scorer weighs evidence, g = 1 − P(neutral): ten sentences that say nothing of
    how two countries get on do not water down the one that does. Otherwise g = 1.
    """
    judged = [piece.judgement for piece in evidence]
    if len(judged) == 1:
        cooperative, neutral, hostile = judged[0][:3]
    else:
        cooperative, neutral, hostile = _weighted(judged, scorer)
    return Reading(
        a=a,
        b=b,
        cooperative=cooperative,
        neutral=neutral,
        hostile=hostile,
        direction=_overall({one.direction for one in judged}),
        label=scorer.label(cooperative, neutral, hostile),
        evidence=tuple(evidence),
    )


def _weighted(judged: list[Judgement], scorer: Scorer) -> tuple[float, float, float]:
    weights = [1.0 - one.neutral if scorer.weighs_evidence else 1.0 for one in judged]
    total = _sum(weights)
    if total < LEAST_WEIGHT:
        weights, total = [1.0] * len(judged), float(len(judged))
    cooperative = _sum([g * one.cooperative for g, one in zip(weights, judged, strict=True)]) / total
    hostile = _sum([g * one.hostile for g, one in zip(weights, judged, strict=True)]) / total
    neutral = _sum([g * one.neutral for g, one in zip(weights, judged, strict=True)]) / total
    return cooperative, neutral, hostile


def _sum(numbers: list[float]) -> float:
    """Add up from left to right, as `sum` no longer does from Python 3.12 on: a reading must be the same anywhere."""
    return reduce(add, numbers, 0.0)


def _overall(directions: set[Direction]) -> Direction:
    told = directions - {"none"}
    if not told:
        return "none"
    return told.pop() if len(told) == 1 else "both"


def _reading_row(reading: Reading) -> dict[str, object]:
    return {
        "tone": reading.tone,
        "cooperative": reading.cooperative,
        "neutral": reading.neutral,
        "hostile": reading.hostile,
        "direction": reading.direction,
        "label": reading.label,
        "sentences": len(reading.evidence),
    }


def _evidence_row(piece: Evidence) -> dict[str, object]:
    return {
        "sentence": piece.sentence,
        "start": piece.start,
        "end": piece.end,
        "a_spans": _spans(piece.a_spans),
        "b_spans": _spans(piece.b_spans),
        "words": [{"start": start, "end": end, "weight": weight} for start, end, weight in piece.judgement.words],
        "tone": piece.judgement.tone,
        "cooperative": piece.judgement.cooperative,
        "neutral": piece.judgement.neutral,
        "hostile": piece.judgement.hostile,
        "direction": piece.judgement.direction,
    }


def _spans(spans: Sequence[Span]) -> list[dict[str, int]]:
    return [{"start": start, "end": end} for start, end in spans]
