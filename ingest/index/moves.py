"""Levels and moves of many pairs, from daily sums: who got warmer, who cooler, lately. Pure functions over frames."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl

from ingest.index.interval import AS_STORIES, FEW, USUAL_SPREAD, Z

SHORTEST_BEFORE = 28
"""Days that the time before a move has at least: a week has too few stories to be a level."""

SUMS = ("stories", "pull", "squares", "negative", "articles")


def level(daily: pl.DataFrame, since: date, until: date) -> pl.DataFrame:
    """Return the tone of every pair over some days (UTC): `pair, tone, low, high, n, negative, articles, error2`.

    Takes the sums of `ingest.store.daily`; each story once, so n is the n_eff. 95 % interval: the normal limit, the
    spread of the stories drawn toward the usual one (`interval`). Null below two stories. `error2`: squared error.
    """
    sums = (
        daily.filter(pl.col("day").is_between(since, until)).group_by("pair").agg(pl.col(name).sum() for name in SUMS)
    )
    n = pl.col("stories").cast(pl.Float64)
    mean = pl.col("pull") / n
    around = (pl.col("squares") - pl.col("pull") ** 2 / n).clip(0.0)
    variance = (around + AS_STORIES * USUAL_SPREAD**2) / (n - 1 + AS_STORIES)
    half = Z * (variance / n).sqrt()
    known = n >= 2
    return sums.select(
        "pair",
        pl.when(known).then(mean).alias("tone"),
        pl.when(known).then((mean - half).clip(-1.0, 1.0)).alias("low"),
        pl.when(known).then((mean + half).clip(-1.0, 1.0)).alias("high"),
        pl.col("stories").alias("n"),
        "negative",
        "articles",
        (variance / n).alias("error2"),
    )


def moves(daily: pl.DataFrame, days: int, until: date) -> pl.DataFrame:
    """Return how far each pair's tone of the last days is from that of the days before, largest first.

    The last `days` days up to `until` against as many before them, 28 at least. Gives `pair, before, now, change, low,
    high, n_before, n_now, clear`: `change` −2 … +2 with its 95 % interval, `clear` whether that leaves 0 out. Only
    pairs with five stories on either side: what fewer say is mostly chance.
    """
    since = until - timedelta(days=days - 1)
    begin = since - timedelta(days=max(days, SHORTEST_BEFORE))
    now = level(daily, since, until)
    before = level(daily, begin, since - timedelta(days=1))
    both = now.join(before, on="pair", suffix="_before").filter((pl.col("n") >= FEW) & (pl.col("n_before") >= FEW))
    change = pl.col("tone") - pl.col("tone_before")
    half = Z * (pl.col("error2") + pl.col("error2_before")).sqrt()
    return both.select(
        "pair",
        pl.col("tone_before").alias("before"),
        pl.col("tone").alias("now"),
        change.alias("change"),
        (change - half).alias("low"),
        (change + half).alias("high"),
        "n_before",
        pl.col("n").alias("n_now"),
        (change.abs() > half).alias("clear"),
    ).sort([pl.col("change").abs(), "pair"], descending=[True, False])


def curves(daily: pl.DataFrame, every: str, least: float = 2.0) -> pl.DataFrame:
    """Return small curves: `pair, period, tone, low, high, n`; periods have the length `every` (polars)."""
    sums = (
        daily.group_by("pair", pl.col("day").dt.truncate(every).alias("period"))
        .agg(pl.col(name).sum() for name in SUMS)
        .sort("pair", "period")
    )
    n = pl.col("stories").cast(pl.Float64)
    mean = pl.col("pull") / n
    around = (pl.col("squares") - pl.col("pull") ** 2 / n).clip(0.0)
    half = Z * ((around + AS_STORIES * USUAL_SPREAD**2) / (n - 1 + AS_STORIES) / n).sqrt()
    known = n >= least
    return sums.select(
        "pair",
        "period",
        pl.when(known).then(mean).alias("tone"),
        pl.when(known).then((mean - half).clip(-1.0, 1.0)).alias("low"),
        pl.when(known).then((mean + half).clip(-1.0, 1.0)).alias("high"),
        pl.col("stories").alias("n"),
    )
