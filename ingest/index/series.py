"""The index: tone of pairs over time. Pure functions over frames.

Shrinkage, rolling windows, outlet mix and change points take their place beside this file.
"""

from __future__ import annotations

from typing import Literal, get_args

import numpy as np
import polars as pl

from ingest.index.interval import mean_intervals, wilson
from ingest.index.stories import Weight, by_story

Period = Literal["day", "week", "month", "quarter", "year"]
PERIODS: tuple[Period, ...] = get_args(Period)

_EVERY: dict[Period, str] = {"day": "1d", "week": "1w", "month": "1mo", "quarter": "1q", "year": "1y"}

LEAST = 2.0
"""Effective stories below which no tone is given (DESIGN: "below 2 draw no point")."""

NEGATIVE = -0.15
"""Tone from which a story counts as negative: strained or hostile, the words of LOOK.md."""

COLUMNS: dict[str, pl.DataType] = {
    "a": pl.String(),
    "b": pl.String(),
    "period": pl.Date(),
    "tone": pl.Float64(),
    "low": pl.Float64(),
    "high": pl.Float64(),
    "n_eff": pl.Float64(),
    "stories": pl.Int64(),
    "articles": pl.Int64(),
    "outlets": pl.Int64(),
    "negative_share": pl.Float64(),
    "negative_low": pl.Float64(),
    "negative_high": pl.Float64(),
}


def tone_over_time(readings: pl.LazyFrame, by: Period = "month", weight: Weight = "unique") -> pl.DataFrame:
    """Return the tone of every pair in every period.

    Takes readings with `pair, story_id, published, outlet, tone`; undated ones are left out. Gives
    `COLUMNS`: `period` the first day (UTC; weeks begin on Monday), `tone, low, high` in −1 … +1 with a
    95 % interval, null where `n_eff` < 2; `negative_share` with its Wilson interval in 0 … 1. From a
    pair's first period to its last none is missing: one without stories has null tone and counts of 0.
    A story counts in the period of its first publication.
    """
    stories = by_story(readings, weight).with_columns(pl.col("day").dt.truncate(_EVERY[by]).alias("period"))
    rows, outlets = pl.collect_all([stories.sort("pair", "period", "day", "story_id"), _outlets(readings, stories)])
    if rows.is_empty():
        return pl.DataFrame(schema=COLUMNS)
    groups = rows.group_by("pair", "period", maintain_order=True).agg(
        (pl.col("tone") * pl.col("weight")).sum().alias("pull"),
        pl.col("weight").sum().alias("total"),
        (pl.col("weight") ** 2).sum().alias("squares"),
        (pl.col("weight") * (pl.col("tone") <= NEGATIVE)).sum().alias("negative"),
        pl.len().cast(pl.Int64).alias("stories"),
        pl.col("articles").sum().cast(pl.Int64),
    )
    starts = np.concatenate([[0], np.cumsum(groups["stories"].to_numpy())[:-1]]).astype(np.int64)
    interval = _by_pair(rows, groups, starts)
    share = (groups["negative"] / groups["total"]).to_numpy()
    n_eff = (groups["total"] ** 2 / groups["squares"]).to_numpy()
    negative_low, negative_high = wilson(share, n_eff)
    series = (
        groups.with_columns(
            (pl.col("pull") / pl.col("total")).alias("tone"),
            pl.Series("low", interval[:, 0]),
            pl.Series("high", interval[:, 1]),
            pl.Series("n_eff", n_eff),
            pl.Series("negative_share", share),
            pl.Series("negative_low", negative_low),
            pl.Series("negative_high", negative_high),
        )
        .join(outlets, on=["pair", "period"], how="left")
        .with_columns(
            pl.when(pl.col("n_eff") >= LEAST - 1e-9).then(pl.col(name)).alias(name) for name in ("tone", "low", "high")
        )
    )
    return _with_gaps(series, by)


def _by_pair(rows: pl.DataFrame, groups: pl.DataFrame, starts: np.ndarray) -> np.ndarray:
    """Compute intervals pair by pair, so that a pair's numbers do not depend on which others are asked for."""
    tones, weights = rows["tone"].to_numpy(), rows["weight"].to_numpy()
    first = np.flatnonzero((groups["pair"] != groups["pair"].shift(1)).fill_null(value=True).to_numpy())
    ends = np.append(starts[first[1:]], len(tones))
    parts = [
        mean_intervals(tones[starts[begin] : end], weights[starts[begin] : end], starts[begin:stop] - starts[begin])
        for begin, stop, end in zip(first, np.append(first[1:], len(starts)), ends, strict=True)
    ]
    return np.concatenate(parts)


def _outlets(readings: pl.LazyFrame, stories: pl.LazyFrame) -> pl.LazyFrame:
    """Count the different outlets of each period, over all the articles of its stories."""
    return (
        readings.filter(pl.col("published").is_not_null())
        .join(stories.select("pair", "story_id", "period"), on=["pair", "story_id"])
        .group_by("pair", "period")
        .agg(pl.col("outlet").drop_nulls().n_unique().cast(pl.Int64).alias("outlets"))
    )


def _with_gaps(series: pl.DataFrame, by: Period) -> pl.DataFrame:
    """Add the periods without a story, and put the columns in order."""
    spans = series.group_by("pair", maintain_order=True).agg(
        pl.col("period").min().alias("first"), pl.col("period").max().alias("last")
    )
    calendar = spans.select("pair", pl.date_ranges("first", "last", interval=_EVERY[by]).alias("period")).explode(
        "period"
    )
    counts = [pl.col(name).fill_null(0) for name in ("n_eff", "stories", "articles", "outlets")]
    return (
        calendar.join(series, on=["pair", "period"], how="left")
        .with_columns(*counts, pl.col("pair").str.slice(0, 3).alias("a"), pl.col("pair").str.slice(4, 3).alias("b"))
        .sort("pair", "period")
        .select([pl.col(name).cast(kind) for name, kind in COLUMNS.items()])
    )
