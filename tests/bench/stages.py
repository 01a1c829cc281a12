"""What judging is made of, and articles as the table that the pipeline hands on."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pyarrow as pa

from ingest.records import Article, Candidate
from ingest.schemas import ARTICLES
from ingest.tone.detente.masking import mask
from ingest.tone.detente.model import softmax
from ingest.tone.detente.scorer import PLAIN, DetenteScorer
from ingest.tone.scorer import Scorer

Timer = Callable[[Callable[[], object]], float]


def network_stages(scorer: Scorer, candidates: Sequence[Candidate], judging: float, timed: Timer) -> dict[str, float]:
    """Return the seconds of each part of judging; of other scorers than the network, one figure."""
    if not isinstance(scorer, DetenteScorer):
        return {"judging": judging}
    masked = [mask(one) for one in candidates]
    weights, model = scorer.weights, scorer.model
    weighed = weights.weigh([one.text for one in masked])
    asked = list(dict.fromkeys(one.text for one, told in zip(masked, weighed, strict=True) if told.neutral < PLAIN))
    calibration = model.calibration
    ids = [np.array([model.tokenizer.encode(text).ids], dtype=np.int64) for text in asked]
    below = [(model.lower.run(None, {"input_ids": one}), one) for one in ids]
    unsure = [
        {"states": told[0], "input_ids": one}
        for told, one in below
        if softmax(told[1][:, :3] / calibration.lower).max() < calibration.sure
    ]
    spent = {
        "hiding names": timed(lambda: [mask(one) for one in candidates]),
        "weights of words": timed(lambda: weights.weigh([one.text for one in masked])),
        "word pieces": timed(lambda: [model.tokenizer.encode(text) for text in asked]),
        f"lower half ({len(asked) / max(1, len(candidates)):.0%} of pairs)": timed(
            lambda: [model.lower.run(None, {"input_ids": one}) for one in ids]
        ),
        f"upper half ({len(unsure) / max(1, len(candidates)):.0%})": timed(
            lambda: [model.upper.run(None, one) for one in unsure]
        ),
    }
    return spent | {"rest of judging": max(0.0, judging - sum(spent.values()))}


def table_of(some: Sequence[Article]) -> pa.Table:
    """Return articles with the columns of `schemas.ARTICLES`."""
    return pa.Table.from_pylist(
        [
            {
                "article_id": one.article_id or f"{number:016x}",
                "story_id": f"{number:016x}",
                "text": one.text,
                "title": one.title,
                "published": one.published,
            }
            for number, one in enumerate(some)
        ],
        ARTICLES,
    )
