"""What is kept of an article to find its story: a thousand bytes in place of its text. Pure; runs in a worker.

A sketch depends on the text alone, so that two are compared with one outcome, whoever came first. Its parts:
`keys`, by which articles that may be one story are looked up (LSH: a copy shares two of 16, a rewrite three of 28);
`body` and `lead`, samples of the shingles that tell how much of one text is in the other (the least hashes, "KMV":
Beyer et al. 2007, SIGMOD); `terms` and `slots` of `stories.telling`.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import combinations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from rensa import RMinHash

from ingest.stories.body import body
from ingest.stories.telling import LEAD, Told, tell

VERSION = 1
"""Raised when sketches of the same text change: those of two versions are not compared."""

SHINGLE = 4
"""Words of a shingle. Unrelated articles share under 1 % of these; a changed word costs four."""

BODY_KEYS = 12
"""MinHash values of the body, each a key: of two texts with half of the shingles in common 997 in 1,000 share two."""

LEAD_KEYS = 4
"""MinHash values of the lead: they find a copy that was cut to its first sentences, however long the original."""

BODY_SAMPLE = 96
"""Shingle hashes kept of a body: a share is known within ±0.05."""

LEAD_SAMPLE = 24
"""Shingle hashes kept of a lead (all of it has `LEAD` − 3)."""

TOP_TERMS = 8
"""Heaviest terms whose pairs are keys, 28 of them; a rewrite is looked at if it shares three of the terms."""

SEED = 20_170_926
"""Of MinHash: any number, but the same for ever."""

SKETCHES = pa.schema(
    [
        ("article_id", pa.string()),
        ("published", pa.timestamp("us", tz="UTC")),
        ("form", pa.int64()),  # hash of all of the below: equal forms are compared once
        ("copy_keys", pa.list_(pa.int64())),
        ("rewrite_keys", pa.list_(pa.int64())),
        ("shingles", pa.int32()),  # of the whole body
        ("body", pa.binary()),  # uint32, ascending
        ("lead", pa.binary()),  # uint32, ascending
        ("terms", pa.binary()),  # uint32 pairs: hash, weight × 256 × 2 + 1 if in the lead
        ("slots", pa.binary()),  # uint32 pairs: place, value
    ]
)

PARTS = ("shingles", "body", "lead", "terms", "slots")
"""Columns that `unpack` reads."""

U32 = npt.NDArray[np.uint32]
U64 = npt.NDArray[np.uint64]

_MULTIPLIERS = np.array(
    [0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93], dtype=np.uint64
)
"""Odd 64-bit constants of xxHash and splitmix64."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Sketch:
    """One article's sketch, unpacked for comparing."""

    shingles: int
    """Different shingles of the body."""
    body: frozenset[int]
    ordered: list[int]
    """The same, ascending."""
    last: int
    """The greatest hash that `body` is complete up to."""
    lead: frozenset[int]
    terms: dict[int, float]
    weight: float
    """Sum of the terms."""
    told_first: frozenset[int]
    """The terms in the lead."""
    weight_first: float
    """Sum of those."""
    slots: dict[int, int]


def sketch_all(articles: pa.Table) -> pa.Table:
    """Sketch articles (columns `article_id, published, text`); columns of `SKETCHES`, the same order."""
    told = [tell(body(text or "")) for text in articles["text"].to_pylist()]
    shingles = [shingle_hashes(one.words) for one in told]
    leads = [shingle_hashes(one.words[:LEAD]) for one in told]
    body_keys, lead_keys = _min_hashes(shingles, BODY_KEYS), _min_hashes(leads, LEAD_KEYS)
    rows = [_row(*parts) for parts in zip(told, shingles, leads, body_keys, lead_keys, strict=True)]
    columns = {name: [row[name] for row in rows] for name in SKETCHES.names[2:]}
    return pa.table(
        {
            "article_id": articles["article_id"],
            "published": articles["published"],
            **{name: pa.array(values, SKETCHES.field(name).type) for name, values in columns.items()},
        },
        SKETCHES,
    )


def sketch_dated(articles: pa.Table) -> pa.Table:
    """Sketch those of a batch (columns of `schemas.ARTICLES`) that can be linked: with a date, and scored."""
    return sketch_all(articles.filter(pc.and_(pc.is_valid(articles["published"]), pc.is_null(articles["unscored"]))))


def unpack(row: dict[str, object]) -> Sketch:
    """Read one row of `SKETCHES`."""
    body_hashes, lead, terms, slots = (
        np.frombuffer(row[name], dtype=np.uint32)  # type: ignore[call-overload]  # bytes, by the schema
        for name in ("body", "lead", "terms", "slots")
    )
    count = int(row["shingles"])  # type: ignore[call-overload]  # an int, by the schema
    ordered = body_hashes.tolist()
    hashes, weights, first = terms[::2], (terms[1::2] >> 1) / 256, terms[1::2] & 1 == 1
    return Sketch(
        shingles=count,
        body=frozenset(ordered),
        ordered=ordered,
        last=2**32 if len(ordered) >= count else ordered[-1],
        lead=frozenset(lead.tolist()),
        terms=dict(zip(hashes.tolist(), weights.tolist(), strict=True)),
        weight=float(weights.sum()),
        told_first=frozenset(hashes[first].tolist()),
        weight_first=float(weights[first].sum()),
        slots=dict(zip(slots[::2].tolist(), slots[1::2].tolist(), strict=True)),
    )


def shingle_hashes(words: Sequence[int]) -> U64:
    """Return the different hashes of all runs of `SHINGLE` words, ascending; a shorter text is one run."""
    if not words:
        return np.empty(0, dtype=np.uint64)
    hashes = np.array([*words, *[0] * (SHINGLE - len(words))], dtype=np.uint64)
    runs = len(hashes) - SHINGLE + 1
    mixed = np.zeros(runs, dtype=np.uint64)
    for place, multiplier in enumerate(_MULTIPLIERS):
        mixed = (mixed ^ hashes[place : place + runs]) * multiplier
        mixed ^= mixed >> np.uint64(29)
    return np.unique(mixed)


def _min_hashes(rows: Sequence[U64], count: int) -> list[list[int]]:
    filled = [row for row in rows if len(row)]
    if not filled:
        return [[] for _ in rows]
    offsets = np.cumsum([0, *map(len, filled)]).astype(np.uint64)
    matrix = RMinHash.digest_matrix_from_flat_token_hashes(np.concatenate(filled), offsets, count, SEED)
    digests = iter(matrix.to_rows())
    return [list(next(digests)) if len(row) else [] for row in rows]


def _row(told: Told, shingles: U64, lead: U64, body_keys: list[int], lead_keys: list[int]) -> dict[str, object]:
    terms = [(term, round(weight * 256) << 1 | (term in told.lead)) for term, weight in sorted(told.terms.items())]
    parts = {
        "body": _sample(shingles, BODY_SAMPLE).tobytes(),
        "lead": _sample(lead, LEAD_SAMPLE).tobytes(),
        "terms": np.array(terms, dtype=np.uint32).tobytes(),
        "slots": np.array(sorted(told.slots.items()), dtype=np.uint32).tobytes(),
    }
    return {
        "form": _signed(int.from_bytes(blake2b(b"|".join(parts.values()), digest_size=8).digest(), "big")),
        "copy_keys": [_key(place, value) for place, value in enumerate([*body_keys, *lead_keys])],
        "rewrite_keys": _rewrite_keys(told.terms),
        "shingles": len(shingles),
        **parts,
    }


def _sample(shingles: U64, size: int) -> U32:
    """Return the least hashes, cut to their upper 32 bits: ascending 64-bit hashes stay ascending."""
    return np.unique((shingles[: size + 4] >> np.uint64(32)).astype(np.uint32))[:size]


def _rewrite_keys(terms: dict[int, float]) -> list[int]:
    top = heapq.nsmallest(TOP_TERMS, terms, key=lambda term: (-terms[term], term))
    return [_key(one, other) for one, other in combinations(sorted(top), 2)]


def _key(one: int, other: int) -> int:
    """Mix two numbers to a signed 64-bit key (splitmix64)."""
    mixed = ((one + VERSION) * 0x9E3779B97F4A7C15 + other * 0xC2B2AE3D27D4EB4F) & _ALL
    mixed = ((mixed ^ mixed >> 30) * 0xBF58476D1CE4E5B9) & _ALL
    return _signed(mixed ^ mixed >> 31)


def _signed(number: int) -> int:
    return number - 2**64 if number >= 2**63 else number


_ALL = 2**64 - 1
