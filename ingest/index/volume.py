"""How much of the news a pair is, and how much of that is bad. Pure functions over frames."""

from __future__ import annotations

import polars as pl

from ingest.index.series import EVERY, NEGATIVE, Period
from ingest.index.stories import Weight, by_story

COLUMNS: dict[str, pl.DataType] = {
    "a": pl.String(),
    "b": pl.String(),
    "period": pl.Date(),
    "volume": pl.Float64(),
    "pressure": pl.Float64(),
    "outlets": pl.Int64(),
}


def volume(
    readings: pl.LazyFrame | pl.DataFrame,
    totals: pl.LazyFrame | pl.DataFrame,
    by: Period = "month",
    weight: Weight = "unique",
    *,
    stories: pl.LazyFrame | pl.DataFrame | None = None,
) -> pl.DataFrame:
    """Return how large a share of its stories an outlet gives to a pair, on average over outlets.

    Takes readings of `tone_over_time`, and totals `outlet, stories` with `day` or `period` (a day of the period):
    all stories of each outlet, about whatever countries. An outlet counts in each period in which it told anything,
    with 0 if nothing of the pair. Gives `COLUMNS` for the periods of the totals: `volume` 0 … 1 (mean over `outlets`
    of pair's stories / all stories); `pressure` = volume × share of negative stories (tone ≤ −0.15) in the pair's of
    that period, 0 where the pair has none (DESIGN, "The index"). A story counts for an outlet on the day on which
    that outlet first printed it, as in the totals.
    """
    frame = readings.lazy().filter(pl.col("published").is_not_null() & pl.col("outlet").is_not_null())
    kind = frame.collect_schema()["outlet"]
    all_told = totals.lazy()
    day = "period" if "period" in all_told.collect_schema().names() else "day"
    every = (
        all_told.filter(pl.col("outlet").is_not_null())
        .group_by(pl.col("outlet").cast(kind), pl.col(day).cast(pl.Date).dt.truncate(EVERY[by]).alias("period"))
        .agg(pl.col("stories").sum().alias("all"))
        .filter(pl.col("all") > 0)
    )
    own = (
        frame.group_by("pair", "story_id", "outlet")
        .agg(pl.col("published").min().dt.date().dt.truncate(EVERY[by]).alias("period"))
        .group_by("pair", "outlet", "period")
        .agg(pl.len().alias("own"))
        .join(every, on=["outlet", "period"])
        .group_by("pair", "period")
        .agg((pl.col("own") / pl.col("all")).clip(0.0, 1.0).sum().alias("shares"))
    )
    told = stories.lazy() if stories is not None else by_story(frame, weight)
    negative = told.group_by("pair", pl.col("day").dt.truncate(EVERY[by]).alias("period")).agg(
        ((pl.col("weight") * (pl.col("tone") <= NEGATIVE)).sum() / pl.col("weight").sum()).alias("negative")
    )
    periods = every.group_by("period").agg(pl.len().cast(pl.Int64).alias("outlets"))
    pairs = frame.select("pair").unique()
    return (
        pairs.join(periods, how="cross")
        .join(own, on=["pair", "period"], how="left")
        .join(negative, on=["pair", "period"], how="left")
        .with_columns((pl.col("shares").fill_null(0.0) / pl.col("outlets")).alias("volume"))
        .with_columns(
            (pl.col("volume") * pl.col("negative").fill_null(0.0)).alias("pressure"),
            pl.col("pair").cast(pl.String).str.slice(0, 3).alias("a"),
            pl.col("pair").cast(pl.String).str.slice(4, 3).alias("b"),
        )
        .sort("a", "b", "period")
        .select([pl.col(name).cast(kind) for name, kind in COLUMNS.items()])
        .collect()
    )
