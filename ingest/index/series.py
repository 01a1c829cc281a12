"""The index: tone of pairs over time. Pure functions over frames.

Shrinkage, rolling windows, outlet mix and change points have files of their own beside this one.
"""

from __future__ import annotations

from typing import Literal, get_args

import numpy as np
import polars as pl

from ingest.index.interval import AS_STORIES, FEW, MANY, USUAL_SPREAD, Floats, Z, mean_intervals, wilson
from ingest.index.shrinkage import lean_on_past
from ingest.index.stories import Weight, by_story, exact_sum

Period = Literal["day", "week", "month", "quarter", "year"]
PERIODS: tuple[Period, ...] = get_args(Period)

EVERY: dict[Period, str] = {"day": "1d", "week": "1w", "month": "1mo", "quarter": "1q", "year": "1y"}
"""Periods as polars writes them; weeks begin on Monday."""

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
    "raw": pl.Float64(),
    "mean": pl.Float64(),
    "spread": pl.Float64(),
}


def tone_over_time(
    readings: pl.LazyFrame | pl.DataFrame,
    by: Period = "month",
    weight: Weight = "unique",
    *,
    stories: pl.LazyFrame | pl.DataFrame | None = None,
) -> pl.DataFrame:
    """Return the tone of every pair in every period.

    Takes readings with `pair, story_id, published, outlet, tone`; undated ones are left out; `stories` are those of
    `by_story` of them under this weight, where they are at hand. Gives `COLUMNS`: `period` the first day (UTC; weeks
    begin on Monday), `tone, low, high` in −1 … +1 with a 95 % interval, null where `n_eff` < 2; `negative_share` with
    its Wilson interval in 0 … 1. From a pair's first period to its last none is missing: one without stories has null
    tone and counts of 0. A story counts in the period of its first publication.

    Below 5 effective stories `tone, low, high` lean on the pair's past (`shrinkage`), and `raw` is the tone without
    that. `mean` and the standard deviation `spread` are those of whatever stories there are, even one: for windows
    and tests to add up (`rolling`, `changes`), not to be drawn.
    """
    told = stories.lazy() if stories is not None else by_story(readings, weight)
    told = told.with_columns(pl.col("day").dt.truncate(EVERY[by]).alias("period")).collect().lazy()
    sums, outlets = pl.collect_all([_sums(told), _outlets(readings.lazy(), told)])
    if sums.is_empty():
        return pl.DataFrame(schema=COLUMNS)
    sums = sums.sort("pair", "period")
    columns = {name: sums[name].to_numpy() for name in ("total", "squares", "negative")}
    n_eff = columns["total"] ** 2 / columns["squares"]
    share = columns["negative"] / columns["total"]
    negative_low, negative_high = wilson(share, n_eff)
    raw = (sums["pull"] / sums["total"]).to_numpy()
    variance = (sums["pull2"] / sums["total"]).to_numpy() - raw**2
    variance = np.where(variance > 1e-12, variance, 0.0)  # what is left of rounding is no spread
    points = _points(sums, told, raw, variance, n_eff)
    drawn = pl.col("n_eff") >= LEAST - 1e-9
    series = (
        sums.select("pair", "period", "stories", "articles")
        .with_columns(
            pl.Series("n_eff", n_eff),
            pl.Series("negative_share", share),
            pl.Series("negative_low", negative_low),
            pl.Series("negative_high", negative_high),
            pl.Series("mean", raw),
            pl.Series("spread", np.sqrt(variance)),
            pl.Series("raw", raw),
            *(pl.Series(name, points[:, at]) for at, name in enumerate(("tone", "low", "high"))),
        )
        .join(outlets, on=["pair", "period"], how="left")
        .with_columns(pl.when(drawn).then(pl.col(name)).alias(name) for name in ("tone", "low", "high", "raw"))
    )
    return _with_gaps(series.with_columns(pl.col("pair").cast(pl.String)), by)


def _sums(stories: pl.LazyFrame) -> pl.LazyFrame:
    """Add up the stories of each period, all that its mean and the error of that need; the same bits in any order."""
    tone, weight = pl.col("tone"), pl.col("weight")
    alike = stories.select((weight == 1.0).all()).collect().item()
    counted = [pl.len().cast(pl.Int64).alias("stories"), pl.col("articles").sum().cast(pl.Int64)]
    if alike:  # as unique stories are: a third of the sums
        few = stories.group_by("pair", "period").agg(
            exact_sum(tone).alias("pull"),
            exact_sum(tone**2).alias("pull2"),
            (tone <= NEGATIVE).sum().cast(pl.Float64).alias("negative"),
            *counted,
        )
        n = pl.col("stories").cast(pl.Float64)
        same = {"squares1": "pull", "plain": "pull", "squares2": "pull2", "plain2": "pull2"}
        return few.with_columns(n.alias("total"), n.alias("squares"), **{name: pl.col(of) for name, of in same.items()})
    return stories.group_by("pair", "period").agg(
        exact_sum(tone * weight).alias("pull"),
        exact_sum(tone**2 * weight).alias("pull2"),
        exact_sum(weight).alias("total"),
        exact_sum(weight**2).alias("squares"),
        exact_sum(tone * weight**2).alias("squares1"),
        exact_sum(tone**2 * weight**2).alias("squares2"),
        exact_sum(tone).alias("plain"),
        exact_sum(tone**2).alias("plain2"),
        exact_sum(weight * (tone <= NEGATIVE)).alias("negative"),
        *counted,
    )


def _points(sums: pl.DataFrame, stories: pl.LazyFrame, raw: Floats, variance: Floats, n_eff: Floats) -> Floats:
    """Return tone, low and high of each period: by the normal limit, resampled, or leaning on the past.

    Pair by pair and period by period: no number depends on which other pairs, or later days, are asked for.
    """
    first = (sums["pair"] != sums["pair"].shift(1)).fill_null(value=True).to_numpy()
    many, thin = sums["stories"].to_numpy() > MANY, n_eff < FEW
    total, squares, count = (sums[name].to_numpy() for name in ("total", "squares", "stories"))
    error2 = sums["squares2"].to_numpy() - 2 * raw * sums["squares1"].to_numpy() + raw**2 * squares
    error = np.sqrt(np.maximum(error2, 0.0)) / total
    scatter = np.maximum(sums["plain2"].to_numpy() - sums["plain"].to_numpy() ** 2 / count, 0.0)
    # The first stories of a pair have no past: their own spread, and three more stories of the usual one.
    alone = np.sqrt((scatter + AS_STORIES * USUAL_SPREAD**2) / (count - 1 + AS_STORIES))
    half = Z * np.where(thin, alone / np.sqrt(np.maximum(n_eff, 1.0)), error)
    points = np.stack([raw, np.clip(raw - half, -1.0, 1.0), np.clip(raw + half, -1.0, 1.0)], axis=1)
    leaning = lean_on_past(first, raw, n_eff, variance)
    leans = thin & ~first
    for at, values in enumerate((leaning.tone, leaning.low, leaning.high)):
        points[leans, at] = values[leans]
    resampled = ~many & ~thin
    if resampled.any():
        points[resampled, 1:] = _resampled(sums.filter(pl.Series(resampled)), stories)
    return points


def _resampled(groups: pl.DataFrame, stories: pl.LazyFrame) -> Floats:
    """Resample the stories of these periods; which order they come in changes nothing, so neither does their name."""
    keys = groups.select("pair", "period", pl.int_range(pl.len(), dtype=pl.UInt32).alias("group")).lazy()
    rows = (
        stories.select("pair", "period", "tone", "weight")
        .join(keys, on=["pair", "period"])
        .select("group", "tone", "weight")
        .sort("group", "tone", "weight")
        .collect()
    )
    tones, weights = rows["tone"].to_numpy(), rows["weight"].to_numpy()
    starts = np.concatenate([[0], np.cumsum(groups["stories"].to_numpy())]).astype(np.int64)
    first = np.flatnonzero((groups["pair"] != groups["pair"].shift(1)).fill_null(value=True).to_numpy())
    parts = [
        mean_intervals(
            tones[starts[begin] : starts[stop]],
            weights[starts[begin] : starts[stop]],
            starts[begin:stop] - starts[begin],
        )
        for begin, stop in zip(first, np.append(first[1:], groups.height), strict=True)
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
    calendar = spans.select("pair", pl.date_ranges("first", "last", interval=EVERY[by]).alias("period")).explode(
        "period"
    )
    counts = [pl.col(name).fill_null(0) for name in ("n_eff", "stories", "articles", "outlets")]
    return (
        calendar.join(series, on=["pair", "period"], how="left")
        .with_columns(*counts, pl.col("pair").str.slice(0, 3).alias("a"), pl.col("pair").str.slice(4, 3).alias("b"))
        .sort("pair", "period")
        .select([pl.col(name).cast(kind) for name, kind in COLUMNS.items()])
    )
