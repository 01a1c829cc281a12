"""One row per story: a copy is not a second opinion. Pure functions over frames."""

from __future__ import annotations

from typing import Literal, get_args

import polars as pl

Weight = Literal["unique", "reach", "raw"]
WEIGHTS: tuple[Weight, ...] = get_args(Weight)


def by_story(readings: pl.LazyFrame, weight: Weight = "unique") -> pl.LazyFrame:
    """Average the dated readings of each story and pair.

    Takes `pair, story_id, published, outlet, tone`; gives `pair, story_id, day` (UTC day of its first
    publication), `tone` (−1 … +1), `articles`, `outlets` and `weight`: unique 1, reach 1 + ln(outlets),
    raw the number of articles (DESIGN, "The index").
    """
    weights = {
        "unique": pl.lit(1.0),
        "reach": 1.0 + pl.max_horizontal(pl.col("outlets"), 1).log(),
        "raw": pl.col("articles").cast(pl.Float64),
    }
    return (
        readings.filter(pl.col("published").is_not_null())
        .group_by("pair", "story_id")
        .agg(
            pl.col("published").min().dt.date().alias("day"),
            pl.col("tone").mean(),
            pl.len().alias("articles"),
            pl.col("outlet").drop_nulls().n_unique().alias("outlets"),
        )
        .with_columns(weights[weight].alias("weight"))
    )
