"""Trailing windows over a series: a calmer line that never looks ahead. Pure functions over frames."""

from __future__ import annotations

import numpy as np
import polars as pl

from ingest.index.interval import AS_STORIES, USUAL_SPREAD, Floats, student
from ingest.index.series import LEAST

COLUMNS: dict[str, pl.DataType] = {
    "a": pl.String(),
    "b": pl.String(),
    "period": pl.Date(),
    "tone": pl.Float64(),
    "low": pl.Float64(),
    "high": pl.Float64(),
    "n_eff": pl.Float64(),
    "stories": pl.Int64(),
}


def rolling(series: pl.DataFrame, periods: int) -> pl.DataFrame:
    """Average each period with the `periods` − 1 before it, weighted by n_eff.

    Takes what `tone_over_time` gives, of one pair or many; a window counts calendar periods, those without stories
    too. Gives `COLUMNS`: `tone, low, high` in −1 … +1, R = Σ n T / Σ n of the window with T unshrunk, null where the
    window has fewer than 2 effective stories; `n_eff` and `stories` of the window.

    The 95 % interval is that of a weighted mean of means that are each sure to σ²/n: R ± t σ/√Σn. σ is the spread of
    stories *within* periods, so that a line that climbs is not less sure for climbing; where periods have one story
    each, within which nothing is seen, it is the spread around R (three stories' worth of that beside the rest).
    """
    if periods < 1:
        raise ValueError(f"a window has at least one period, found {periods}")
    if series.is_empty():
        return pl.DataFrame(schema=COLUMNS)
    series = series.sort("a", "b", "period", maintain_order=True)
    n, mean, variance = pieces(series)
    first = (pl.col("a") != pl.col("a").shift(1)) | (pl.col("b") != pl.col("b").shift(1))
    begins = series.select(first.fill_null(value=True)).to_series().to_numpy()

    def total(values: Floats) -> Floats:
        return _window_sum(values, begins, periods)

    size, r = total(n), total(n * mean)
    some = size > 0
    r = np.divide(r, size, out=np.zeros_like(r), where=some)
    freedom = total(np.where(n > 0, np.maximum(n - 1.0, 0.0), 0.0))
    within = total(n * variance)
    scatter = np.maximum(total(n * (variance + mean**2)) - size * r**2, 0.0)
    around = (scatter + AS_STORIES * USUAL_SPREAD**2) / (np.maximum(size - 1.0, 0.0) + AS_STORIES)
    sigma2 = (within + AS_STORIES * around) / (freedom + AS_STORIES)
    # The stories lent to either spread do not vary: so many degrees of freedom has what does (Satterthwaite 1946).
    own = np.maximum(size - 1.0, 1e-9)
    noise = (freedom + AS_STORIES**2 * own / (own + AS_STORIES) ** 2) / (freedom + AS_STORIES) ** 2
    half = student(1 / np.maximum(noise, 1e-9)) * np.sqrt(sigma2 / np.maximum(size, 1e-9))
    drawn = pl.Series(size >= LEAST - 1e-9)
    points = {"tone": r, "low": np.clip(r - half, -1, 1), "high": np.clip(r + half, -1, 1)}
    return series.select(
        "a",
        "b",
        "period",
        *(pl.when(drawn).then(pl.Series(values)).alias(name) for name, values in points.items()),
        pl.Series("n_eff", size),
        pl.Series("stories", np.rint(total(series["stories"].fill_null(0).to_numpy().astype(float))).astype(np.int64)),
    )


def smoothed(series: pl.DataFrame, periods: int) -> pl.DataFrame:
    """Return a series whose tone is the trailing mean of some periods, with `window`: the stories in each of these.

    Counts and shares stay those of the period itself.
    """
    if periods == 1:
        return series
    calm = rolling(series, periods).select("period", "tone", "low", "high", pl.col("stories").alias("window"))
    return series.drop("tone", "low", "high").join(calm, on="period", how="left", maintain_order="left")


def pieces(series: pl.DataFrame) -> tuple[Floats, Floats, Floats]:
    """Return n_eff, unshrunk mean and variance within of each period; 0 where there are no stories.

    A series that lacks `mean` and `spread` is taken by `raw` or `tone` and the usual spread.
    """
    names = set(series.columns)
    told = [pl.col(name) for name in ("mean", "raw", "tone") if name in names]
    spread = pl.col("spread") if "spread" in names else pl.lit(USUAL_SPREAD)
    found = series.select(
        pl.col("n_eff").fill_null(0.0).alias("n"),
        pl.coalesce(told).alias("mean"),
        spread.fill_null(0.0).alias("spread"),
    ).with_columns(pl.when(pl.col("mean").is_not_null()).then(pl.col("n")).otherwise(0.0).alias("n"))
    return (
        found["n"].to_numpy(),
        found["mean"].fill_null(0.0).to_numpy(),
        found["spread"].to_numpy() ** 2,
    )


def _window_sum(values: Floats, begins: np.ndarray, periods: int) -> Floats:
    """Add up each value and those before it, `periods` in all, not beyond the beginning of its pair."""
    start = np.maximum.accumulate(np.where(begins, np.arange(len(values)), 0))
    run = np.concatenate([[0.0], np.cumsum(values)])
    at = np.arange(len(values))
    result = run[at + 1] - run[np.maximum(start, at + 1 - periods)]
    return np.asarray(np.where(np.abs(result) < 1e-9, 0.0, result))
