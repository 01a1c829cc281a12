"""Curves of several pairs on one scale. Pure: series in, curves out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import polars as pl

from ingest.index.baseline import baseline
from ingest.index.series import EVERY, Period


def tone_curve(series: pl.DataFrame, since: date | None) -> pl.DataFrame:
    """Return `period, value, low, high, n` of a series of one pair, from a day on."""
    told = series.filter(pl.col("period") >= since) if since else series
    return told.select("period", pl.col("tone").alias("value"), "low", "high", pl.col("stories").alias("n"))


def z_curve(daily: pl.DataFrame, by: Period, since: date | None) -> pl.DataFrame:
    """Return `period, value, low, high, n`: z on the last day of each period (`ingest.index.baseline`); no interval."""
    told = baseline(daily).join(daily.select("period", "stories"), on="period", how="left", maintain_order="left")
    if since:
        told = told.filter(pl.col("period") >= since)
    return (
        told.with_columns(pl.col("period").dt.truncate(EVERY[by]).alias("begin"))
        .group_by("begin", maintain_order=True)
        .agg(pl.col("z").last().alias("value"), pl.col("stories").sum().alias("n"))
        .select(
            pl.col("begin").alias("period"), "value", pl.lit(None, pl.Float64).alias("low"),
            pl.lit(None, pl.Float64).alias("high"), "n",
        )
    )  # fmt: skip


def as_table(curves: Sequence[tuple[str, pl.DataFrame]], scale: str) -> pl.DataFrame:
    """Return the curves as one long table: `pair, period`, the value named as its scale, `low, high, stories`."""
    return pl.concat([frame.select(pl.lit(pair).alias("pair"), pl.all()) for pair, frame in curves]).rename(
        {"value": scale, "n": "stories"}
    )
