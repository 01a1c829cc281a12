"""Frames of readings, written short."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

import polars as pl

SCHEMA: Final = {
    "pair": pl.String(),
    "story_id": pl.String(),
    "published": pl.Datetime("us", "UTC"),
    "outlet": pl.String(),
    "tone": pl.Float64(),
}

Row = tuple[str, str, str | None, str | None, float]
"""Pair, story, ISO time of publication, outlet, tone."""


def readings(rows: Sequence[Row]) -> pl.LazyFrame:
    """Make a frame of readings as the store gives it, as far as the index looks at it."""
    return pl.DataFrame(
        [
            (pair, story, datetime.fromisoformat(when).replace(tzinfo=UTC) if when else None, outlet, tone)
            for pair, story, when, outlet, tone in rows
        ],
        schema=SCHEMA,
        orient="row",
    ).lazy()
