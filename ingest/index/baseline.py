"""How unusual the tone of a pair is for that pair: against its own last two years. Pure functions over frames."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl
from numpy.lib.stride_tricks import sliding_window_view

from ingest.index.interval import Floats
from ingest.index.rolling import rolling

LENGTH = 730
"""Days of the baseline (DESIGN)."""
GAP = 28
"""Days between the end of the baseline and the day looked at (DESIGN): its rolling value has no story of these."""
OBSERVED = 90
"""Observed days that a baseline needs (DESIGN)."""
VALUES = 8
"""Observed periods that it needs at least: of three months or two years a median says nothing. Ours."""
AS_NORMAL = 1.4826
"""MAD to the standard deviation of a normal distribution (DESIGN; Rousseeuw and Croux 1993)."""
_ROWS = 512
"""Windows sorted at once: 3 MB."""

COLUMNS: dict[str, pl.DataType] = {
    "a": pl.String(),
    "b": pl.String(),
    "period": pl.Date(),
    "z": pl.Float64(),
    "percentile": pl.Float64(),
}


def baseline(series: pl.DataFrame, periods: int | None = None, *, since: date | None = None) -> pl.DataFrame:
    """Tell how far each period is from the pair's usual tone.

    Takes what `tone_over_time` gives, by day or longer. R is the rolling value over `periods`, by default as many as
    fill 28 days (by day 28, by week 4, else 1). Gives `COLUMNS`, a row for each period (from `since` on): `z` is
    (R − median) / (1.4826 MAD) of the R of periods with stories in the 730 days that end 28 days earlier, and
    `percentile` (0 … 100) the share of those below R, ties counting half. Both are null where R is, or fewer than 90
    days (and 8 periods) were observed; `z` also where MAD is 0.
    """
    if series.is_empty():
        return pl.DataFrame(schema=COLUMNS)
    parts = [_of_pair(part, periods, since) for part in series.partition_by("a", "b", maintain_order=True)]
    return pl.concat(parts)


def _of_pair(series: pl.DataFrame, periods: int | None, since: date | None) -> pl.DataFrame:
    series = series.sort("period")
    day = series["period"].to_physical().to_numpy().astype(np.int64)
    length = int(np.median(np.diff(day))) if len(day) > 1 else 1
    smooth = rolling(series, periods or max(1, GAP // length))
    value = smooth["tone"].to_numpy().astype(float)
    observed = np.isfinite(value) & (series["n_eff"].fill_null(0.0).to_numpy() > 0)
    told = np.flatnonzero(day >= (since - date(1970, 1, 1)).days) if since else np.arange(len(day))
    z, percentile = standing(day, value, observed, told, length)
    result = smooth.select("a", "b", "period")[told].with_columns(
        pl.Series("z", z, nan_to_null=True), pl.Series("percentile", percentile, nan_to_null=True)
    )
    return result.select([pl.col(name).cast(kind) for name, kind in COLUMNS.items()])


def standing(
    day: np.ndarray, value: Floats, observed: np.ndarray, told: np.ndarray, length: int = 1
) -> tuple[Floats, Floats]:
    """Return z and percentile of the values at `told` among the observed ones before; `length` is days a period.

    `day` is sorted. Windows are laid over the observed values only, padded with infinity and sorted row by row.
    """
    kept, days = value[observed], day[observed]
    begin = np.searchsorted(days, day[told] - GAP - LENGTH, side="right")
    end = np.searchsorted(days, day[told] - GAP, side="right")
    count = end - begin
    enough = (count * length >= OBSERVED) & (count >= VALUES) & np.isfinite(value[told])
    z, percentile = np.full(len(told), np.nan), np.full(len(told), np.nan)
    rows = np.flatnonzero(enough)
    if not len(rows):
        return z, percentile
    width = int(count[rows].max())
    windows = sliding_window_view(np.concatenate([kept, np.full(width, np.inf)]), width)
    for at in range(0, len(rows), _ROWS):
        some = rows[at : at + _ROWS]
        n, here = count[some], value[told[some]][:, None]
        inside = np.arange(width) < n[:, None]
        block = np.where(inside, windows[begin[some]], np.inf)
        percentile[some] = 100 * ((block < here).sum(axis=1) + 0.5 * (block == here).sum(axis=1)) / n
        median = _median(block, n)
        spread = AS_NORMAL * _median(np.where(inside, np.abs(block - median[:, None]), np.inf), n)
        z[some] = np.divide(here[:, 0] - median, spread, out=np.full(len(some), np.nan), where=spread > 1e-9)
    return z, percentile


def _median(block: Floats, n: np.ndarray) -> Floats:
    """Return the median of the first `n` values of each sorted row; sorts the rows, infinity last."""
    ordered = np.sort(block, axis=1)
    every = np.arange(len(n))
    return np.asarray((ordered[every, (n - 1) // 2] + ordered[every, n // 2]) / 2)
