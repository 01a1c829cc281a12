"""Tone as if the same outlets had told it all the time: period effects beside outlet effects. Pure.

The model is y = α_period + β_outlet + ε, weighted least squares over outlets' readings of stories, each story's weight
being shared among the outlets that ran it. All that it needs of a million readings are the sums of each outlet in each
period; then the smaller of the two sets of effects is solved from the normal equations with the other one eliminated
(partial regression: Frisch and Waugh 1933, doi.org/10.2307/1907330).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from ingest.index.interval import Floats, student
from ingest.index.series import EVERY, LEAST, Period
from ingest.index.stories import Weight, by_story

Ints = npt.NDArray[np.int64]

COLUMNS: dict[str, pl.DataType] = {
    "a": pl.String(),
    "b": pl.String(),
    "period": pl.Date(),
    "adjusted": pl.Float64(),
    "low": pl.Float64(),
    "high": pl.Float64(),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class _Cells:
    """What each outlet said in each period, as arrays with a row per cell."""

    period: Ints
    outlet: Ints
    w: Floats
    wy: Floats
    periods: int
    outlets: int


def adjusted(
    readings: pl.LazyFrame | pl.DataFrame,
    by: Period = "month",
    weight: Weight = "unique",
    *,
    stories: pl.LazyFrame | pl.DataFrame | None = None,
) -> pl.DataFrame:
    """Return the tone of each period, adjusted for which outlets told of the pair in it.

    Takes what `tone_over_time` takes. Gives `COLUMNS` for periods with stories: `adjusted` is what the period would
    have if all outlets had their shares of the whole time, so that the mean over all is that of the raw tone; with a
    95 % interval, −1 … +1 as a rule (an adjustment may lead out of it: it is cut there). Null below 2 effective
    stories, and where a period's outlets have nothing to do, even through others, with those of most stories.
    Articles without an outlet are one outlet. The interval takes all stories to scatter alike around their effects,
    and counts the effective stories of each period.
    """
    told = (stories.lazy() if stories is not None else by_story(readings, weight)).with_columns(
        pl.col("day").dt.truncate(EVERY[by]).alias("period")
    )
    told = told.collect().lazy()
    share = (pl.col("weight") / pl.col("articles")).alias("w")
    cells, periods = pl.collect_all(
        [
            readings.lazy()
            .filter(pl.col("published").is_not_null())
            .select("pair", "story_id", "outlet", "tone")
            .join(told.select("pair", "story_id", "period", share), on=["pair", "story_id"])
            .group_by("pair", "period", "outlet")
            .agg(
                pl.col("w").sum(),
                (pl.col("w") * pl.col("tone")).sum().alias("wy"),
                (pl.col("w") * pl.col("tone") ** 2).sum().alias("wyy"),
            ),
            told.group_by("pair", "period").agg(
                (pl.col("weight").sum() ** 2 / (pl.col("weight") ** 2).sum()).alias("n_eff"),
            ),
        ]
    )
    if cells.is_empty():
        return pl.DataFrame(schema=COLUMNS)
    cells = cells.with_columns(pl.col("pair").cast(pl.String))
    periods = periods.with_columns(pl.col("pair").cast(pl.String)).sort("pair", "period")
    sizes = periods.partition_by("pair", as_dict=True)
    found = [_of_pair(part, sizes[key]) for key, part in cells.partition_by("pair", as_dict=True).items()]
    return pl.concat(found).sort("a", "b", "period")


def _of_pair(cells: pl.DataFrame, periods: pl.DataFrame) -> pl.DataFrame:
    # Numbers in the order of the names, so that sums are taken in the same order however outlets are coded.
    names = cells.select(pl.col("outlet").unique()).with_columns(pl.col("outlet").cast(pl.String).alias("name"))
    names = names.sort("name").with_row_index("column")
    days = periods["period"]
    rows = periods.select("period").with_row_index("row")
    cells = (
        cells.join(names, on="outlet", nulls_equal=True)
        .join(rows, on="period")
        .with_columns((pl.col("row").cast(pl.Int64) * len(names) + pl.col("column").cast(pl.Int64)).alias("at"))
        .sort("at")
    )
    told = _Cells(
        period=cells["row"].to_numpy().astype(np.int64),
        outlet=cells["column"].to_numpy().astype(np.int64),
        w=cells["w"].to_numpy(),
        wy=cells["wy"].to_numpy(),
        periods=len(days),
        outlets=len(names),
    )
    n_eff = periods["n_eff"].to_numpy()
    value, error = _effects(told, cells["wyy"].to_numpy(), n_eff)
    value[n_eff < LEAST - 1e-9] = np.nan
    half = np.where(np.isfinite(value), error, np.nan)
    pair = str(cells["pair"][0])
    columns = {"adjusted": value, "low": value - half, "high": value + half}
    return pl.DataFrame(
        {"a": pair[:3], "b": pair[4:7], "period": days}
        | {name: pl.Series(np.clip(one, -1.0, 1.0), nan_to_null=True) for name, one in columns.items()},
    ).select([pl.col(name).cast(kind) for name, kind in COLUMNS.items()])


def _effects(cells: _Cells, wyy: Floats, n_eff: Floats) -> tuple[Floats, Floats]:
    """Return the effect of each period on top of the mean, and half its interval; NaN for what is unconnected."""
    value, half = np.full(cells.periods, np.nan), np.full(cells.periods, np.nan)
    kept = _connected(cells)
    rows, row_of = np.unique(cells.period[kept], return_inverse=True)
    columns, column_of = np.unique(cells.outlet[kept], return_inverse=True)
    w, wy = cells.w[kept], cells.wy[kept]
    mean = wy.sum() / w.sum()
    wy0 = wy - mean * w
    alpha, beta, variance = _two_way(row_of, column_of, w, wy0, (len(rows), len(columns)))
    # Each story is one observation, whatever it weighs: n_eff of them, and as many effects that they paid for.
    fitted = alpha[row_of] + beta[column_of]
    left = float(np.maximum(wyy[kept] - 2 * mean * wy + mean**2 * w - 2 * fitted * wy0 + fitted**2 * w, 0).sum())
    size = np.bincount(row_of, w)
    scale = size.sum() / n_eff[rows].sum()
    freedom = n_eff[rows].sum() - len(rows) - len(columns) + 1
    value[rows] = mean + alpha
    if freedom >= 1:
        sigma2 = left / scale / freedom  # of one effective story
        # The part of the period's own stories by its own n_eff, the rest by that of all.
        spread = sigma2 * (1 / n_eff[rows] + np.maximum(variance - 1 / size, -1 / size) * scale)
        half[rows] = student(np.array(max(freedom, 3.0))) * np.sqrt(np.maximum(spread, 0.0))
    else:
        half[rows] = 2.0  # as many effects as stories: it may be anything
    return value, half


def _two_way(row: Ints, column: Ints, w: Floats, wy: Floats, shape: tuple[int, int]) -> tuple[Floats, Floats, Floats]:
    """Solve y = α_row + β_column with Σ w α = Σ w β = 0, where Σ w y = 0 and all is connected.

    Returns both, and the variance of mean + α for σ² = 1. The columns' normal equations, rows eliminated, are
    S β = r with S = D_c − Wᵀ D_r⁻¹ W, which has the constants in its kernel; c cᵀ / Σc added, with c the weights of
    the columns, makes the solution the one with Σ c β = 0.
    """
    if shape[0] < shape[1]:  # solve for the rows: fewer
        beta, alpha, variance = _eliminated(column, row, w, wy, (shape[1], shape[0]), solved=True)
        return alpha, beta, variance
    return _eliminated(row, column, w, wy, shape, solved=False)


def _eliminated(
    row: Ints, column: Ints, w: Floats, wy: Floats, shape: tuple[int, int], *, solved: bool
) -> tuple[Floats, Floats, Floats]:
    """Return the effects of rows (eliminated) and columns (solved), and the variance of the latter or the former."""
    table = np.bincount(row * shape[1] + column, w, minlength=shape[0] * shape[1]).reshape(shape)
    of_row, of_column = table.sum(axis=1), table.sum(axis=0)
    whole = of_row.sum()
    scaled = table / of_row[:, None]
    normal = np.diag(of_column) - table.T @ scaled + np.outer(of_column, of_column) / whole
    right = np.bincount(column, wy, minlength=shape[1]) - scaled.T @ np.bincount(row, wy, minlength=shape[0])
    inverse = np.linalg.inv(normal)
    effect = inverse @ right
    other = (np.bincount(row, wy, minlength=shape[0]) - table @ effect) / of_row
    covariance = inverse - 1 / whole  # of the solution: without the direction that was added
    if solved:
        return other, effect, np.diag(covariance) + 1 / whole
    return other, effect, 1 / of_row + np.einsum("ij,ij->i", scaled @ covariance, scaled)


def _connected(cells: _Cells) -> npt.NDArray[np.bool_]:
    """Tell which cells belong to the connected part that has most weight.

    Each outlet takes the least label of its periods and the other way round, until nothing changes: a few rounds.
    """
    label = np.arange(cells.periods)
    while True:
        of_outlet = np.full(cells.outlets, cells.periods)
        np.minimum.at(of_outlet, cells.outlet, label[cells.period])
        now = label.copy()
        np.minimum.at(now, cells.period, of_outlet[cells.outlet])
        if np.array_equal(now, label):
            break
        label = now
    weight = np.bincount(label[cells.period], cells.w)
    return np.asarray(label[cells.period] == int(np.argmax(weight)))
