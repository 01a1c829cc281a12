"""The columns of the three batches: articles in, evidence and readings out. Knows no path and no store."""

from __future__ import annotations

import pyarrow as pa

_TIME = pa.timestamp("us", tz="UTC")
_SPANS = pa.list_(pa.struct([("start", pa.int32()), ("end", pa.int32())]))
_WORDS = pa.list_(pa.struct([("start", pa.int32()), ("end", pa.int32()), ("weight", pa.float64())]))

ARTICLES = pa.schema(
    [
        ("article_id", pa.string()),
        ("story_id", pa.string()),
        ("url", pa.string()),
        ("outlet", pa.string()),
        ("title", pa.string()),
        ("text", pa.string()),
        ("published", _TIME),  # null: undated
        ("language", pa.string()),
        ("authors", pa.list_(pa.string())),
        ("fetched", _TIME),
        ("unscored", pa.string()),  # why; null: scored
        ("origin", pa.string()),  # whose text it is by its own credit ("(Reuters)"); null: it does not say
    ]
)

EVIDENCE = pa.schema(
    [
        ("pair", pa.string()),  # PAK-RUS
        ("article_id", pa.string()),
        ("published", _TIME),
        ("outlet", pa.string()),
        ("sentence", pa.string()),
        ("start", pa.int32()),  # characters of the article's text
        ("end", pa.int32()),
        ("a_spans", _SPANS),  # characters of the sentence
        ("b_spans", _SPANS),
        ("words", _WORDS),  # characters of the sentence; weight −1 … +1
        ("tone", pa.float64()),  # −1 … +1
        ("cooperative", pa.float64()),
        ("neutral", pa.float64()),
        ("hostile", pa.float64()),
        ("direction", pa.string()),
        ("scorer", pa.string()),
        ("scorer_version", pa.string()),
    ]
)

READINGS = pa.schema(
    [
        ("pair", pa.string()),
        ("article_id", pa.string()),
        ("story_id", pa.string()),
        ("published", _TIME),  # null: undated, never plotted
        ("outlet", pa.string()),
        ("title", pa.string()),
        ("url", pa.string()),
        ("tone", pa.float64()),  # −1 … +1: weighted mean of the evidence
        ("cooperative", pa.float64()),
        ("neutral", pa.float64()),
        ("hostile", pa.float64()),
        ("direction", pa.string()),
        ("label", pa.string()),
        ("sentences", pa.int32()),  # pieces of evidence
        ("scorer", pa.string()),
        ("scorer_version", pa.string()),
    ]
)
