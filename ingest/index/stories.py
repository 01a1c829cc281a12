"""One row per story: a copy is not a second opinion. Pure functions over frames."""

from __future__ import annotations

from typing import Literal, get_args

import polars as pl

Weight = Literal["unique", "reach", "raw"]
WEIGHTS: tuple[Weight, ...] = get_args(Weight)


FINE = 2.0**60
"""Steps in one of what is added up: every tone of a hundredth or more is a whole number of them, so sums are exact."""

_WEIGHTS: dict[Weight, pl.Expr] = {
    "unique": pl.lit(1.0),
    "reach": 1.0 + pl.max_horizontal(pl.col("outlets"), 1).log(),
    "raw": pl.col("articles").cast(pl.Float64),
}


def by_story(readings: pl.LazyFrame | pl.DataFrame, weight: Weight = "unique") -> pl.LazyFrame:
    """Average the dated readings of each story and pair.

    Takes `pair, story_id, published, outlet, tone`; gives `pair, story_id, day` (UTC day of its first
    publication), `tone` (−1 … +1), `articles`, `outlets` and `weight`: unique 1, reach 1 + ln(outlets),
    raw the number of articles (DESIGN, "The index").
    """
    return (
        readings.lazy()
        .filter(pl.col("published").is_not_null())
        .group_by("pair", "story_id")
        .agg(
            pl.col("published").min().dt.date().alias("day"),
            exact_sum(pl.col("tone")) / pl.len(),
            pl.len().alias("articles"),
            pl.col("outlet").drop_nulls().n_unique().alias("outlets"),
        )
        .with_columns(_WEIGHTS[weight].alias("weight"))
    )


def exact_sum(values: pl.Expr) -> pl.Expr:
    """Add up to the same bits in whatever order, as a bundle is verified in another: whole steps, 128 bits."""
    return (values * FINE).round().cast(pl.Int128).sum().cast(pl.Float64) / FINE


def coded(readings: pl.LazyFrame | pl.DataFrame) -> pl.DataFrame:
    """Collect readings with pairs, stories and outlets as categories: the same values, five times as fast to group.

    All functions of the index take either. A page that asks several of them makes this frame once and keeps it.
    """
    names = readings.collect_schema().names()
    kept = [pl.col(name).cast(pl.Categorical) for name in ("pair", "story_id", "outlet") if name in names]
    return readings.lazy().with_columns(kept).collect()


def weighed(stories: pl.LazyFrame | pl.DataFrame, weight: Weight) -> pl.LazyFrame:
    """Weigh the stories of `by_story` by another rule: what is slow is done once for all three."""
    return stories.lazy().with_columns(_WEIGHTS[weight].alias("weight"))
