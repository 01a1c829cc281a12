"""Readings with a known truth."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import polars as pl

DAY_ONE = datetime(2015, 1, 1, tzinfo=UTC)


def told(
    days: np.ndarray,
    tone: np.ndarray,
    *,
    pair: str = "PAK-RUS",
    outlets: int = 6,
    copies: float = 0.0,
    seed: int = 1,
) -> pl.DataFrame:
    """Return a reading for each day of `days` with its tone, of a story of its own, from one of some outlets.

    `copies` of them, as a share, are printed by a second outlet an hour later too.
    """
    chance = np.random.default_rng(seed)
    size = len(days)
    first = pl.DataFrame(
        {
            "pair": [pair] * size,
            "story_id": [f"{pair}-{number:07d}" for number in range(size)],
            "published": [DAY_ONE + timedelta(days=int(day), hours=8) for day in days],
            "outlet": [f"outlet{number}.example" for number in chance.integers(0, outlets, size)],
            "tone": np.clip(tone, -1, 1),
            "direction": chance.choice(["ab", "ba", "both", "none"], size),
            "title": [f"Headline {number}" for number in range(size)],
            "url": [f"https://outlet.example/{number}" for number in range(size)],
        }
    ).with_columns(pl.col("published").cast(pl.Datetime("us", "UTC")))
    again = first.filter(pl.Series(chance.random(size) < copies)).with_columns(
        pl.lit("echo.example").alias("outlet"), pl.col("published") + timedelta(hours=1)
    )
    return pl.concat([first, again])
