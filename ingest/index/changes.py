"""When the tone of a pair changed level, and how sure that is. Pure: the same input, the same output.

What a change is made of, and which stories carry it, is in `explaining`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import polars as pl

from ingest.index.explaining import Parts, explain, heaviest
from ingest.index.interval import SEED, Floats, student
from ingest.index.rolling import pieces

__all__ = ["COLUMNS", "Parts", "change_points", "explain", "heaviest"]

MOST = 6
"""Changes shown at most: a list beside a chart, not a second chart."""
PROPOSED = 24
"""Changes looked into at most: each costs two milliseconds."""
BLOCKS = 256
"""Pieces of about equal evidence that a series is cut into: 1,800 days of a busy pair are a week each."""
PENALTY = 2.0
"""Of each change, times σ² ln(blocks): twice that of Yao (1988, doi.org/10.1016/0167-7152(88)90118-6)."""
SHUFFLES = 999
"""Permutations for each p: the least p is 0.001."""
LEVEL = 0.01
"""Largest p of a change that is kept. Of series whose tone never changes (20 to 1,800 periods, even and uneven
evidence) 1 to 6 in 100 show a change somewhere; tests/index/test_changes.py simulates it."""
LEAST_PERIODS = 3
"""Periods with stories on each side of a change."""

Ints = npt.NDArray[np.int64]

COLUMNS: dict[str, pl.DataType] = {
    "number": pl.Int64(),
    "period": pl.Date(),
    "before": pl.Float64(),
    "after": pl.Float64(),
    "change": pl.Float64(),
    "low": pl.Float64(),
    "high": pl.Float64(),
    "p": pl.Float64(),
    "begins": pl.Date(),
    "ends": pl.Date(),
    "n_before": pl.Float64(),
    "n_after": pl.Float64(),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class _Evidence:
    """Periods with stories, in order."""

    n: Floats
    mean: Floats


def change_points(series: pl.DataFrame, *, most: int = MOST, level: float = LEVEL) -> pl.DataFrame:
    """Find the periods from which on the tone of a pair had another level.

    Takes the series of one pair as `tone_over_time` gives it, by day or longer. Gives `COLUMNS`, at most `most` rows
    in order: `period` the first of the new level; `before` and `after` the means, weighted by n_eff, from the change
    before to this one (`begins`, a period) and on to the next (`ends`, the last period), of `n_before` and `n_after`
    effective stories; `change` with a 95 % interval; `p`.

    The series is cut into blocks of about equal n_eff, a block with more counting longer, and `ruptures.KernelCPD`
    with the linear kernel proposes changes: n_eff enters as time. Each is then moved to the period that splits its
    two stretches best, all means weighted by n_eff. p: how often the blocks of the two stretches, shuffled, split as
    well somewhere; the least sure one is dropped until all have p ≤ `level`. The interval takes the spread of the
    periods around their two levels (Student's t); it does not know that the place was looked for.
    """
    n, mean, _ = pieces(series)
    some = np.flatnonzero(n > 0)
    told = _Evidence(n=n[some], mean=mean[some])
    days = series["period"].to_list()
    if len(some) < 2 * LEAST_PERIODS:
        return pl.DataFrame(schema=COLUMNS)
    found, p = _surest(told, _proposed(told, PROPOSED), level)
    stretches = _stretches(found, len(some))
    # Of too many the largest are shown, each against its own neighbours, told or not.
    gains = np.array([_split_gain(told, *stretch) for stretch in stretches])
    kept = np.sort(np.argsort(-gains, kind="stable")[:most])
    rows = []
    for number, which in enumerate(kept):
        begin, at, end = stretches[which]
        before, after, half, sizes = _levels(told, begin, at, end)
        change = after - before
        told_days = days[some[begin]], days[some[end - 1]]
        rows.append(
            (
                number + 1,
                days[some[at]],
                before,
                after,
                change,
                change - half,
                change + half,
                p[which],
                *told_days,
                *sizes,
            )
        )
    return pl.DataFrame(rows, schema=COLUMNS, orient="row")


def _proposed(told: _Evidence, most: int) -> Ints:
    """Return the first periods of new levels, as KernelCPD finds them in blocks of equal evidence."""
    from ruptures import KernelCPD

    first, n, mean = _blocks(told, 0, len(told.n))
    if len(n) < 4:
        return np.empty(0, np.int64)
    unit = n.sum() / len(n)
    lasts = np.maximum(1, np.rint(n / unit)).astype(np.int64)
    steps = np.diff(mean) / np.sqrt(1 / n[1:] + 1 / n[:-1])
    noise = float(np.median(steps**2)) / 0.4549  # the median of χ² with one degree of freedom
    penalty = PENALTY * max(noise, 1e-9) / unit * np.log(len(n))
    search = KernelCPD(kernel="linear", min_size=1).fit(np.repeat(mean, lasts)[:, None])
    edges = np.concatenate([[0], np.cumsum(lasts)])
    while True:
        ends = np.array(search.predict(pen=penalty)[:-1], dtype=np.int64)
        at = np.unique(np.searchsorted(edges, ends))
        at = at[(at > 0) & (at < len(n))]
        if len(at) <= most:
            return np.asarray(first[at])
        penalty *= 1.5


def _surest(told: _Evidence, found: Ints, level: float) -> tuple[Ints, list[float]]:
    """Move each change to its best place, and drop the least sure one until all are sure."""
    while True:
        found = _placed(told, found)
        p = [_p(told, begin, at, end) for begin, at, end in _stretches(found, len(told.n))]
        if not p or max(p) <= level:
            return found, p
        gains = [_split_gain(told, begin, at, end) for begin, at, end in _stretches(found, len(told.n))]
        worst = max(range(len(p)), key=lambda one: (p[one], -gains[one]))
        found = np.delete(found, worst)


def _placed(told: _Evidence, found: Ints) -> Ints:
    placed: list[int] = []
    for begin, _, end in _stretches(found, len(told.n)):
        start = placed[-1] if placed else begin
        gain = _gains(told.n[start:end], told.mean[start:end])
        inside = gain[LEAST_PERIODS - 1 : len(gain) - LEAST_PERIODS + 1]
        if len(inside):
            placed.append(start + LEAST_PERIODS + int(np.argmax(inside)))
    return np.array(placed, dtype=np.int64)


def _stretches(found: Ints, size: int) -> list[tuple[int, int, int]]:
    """Return for each change where its two stretches begin, meet and end."""
    edges = [0, *(int(one) for one in found), size]
    return list(zip(edges[:-2], edges[1:-1], edges[2:], strict=True))


def _gains(n: Floats, mean: Floats) -> Floats:
    """Return how much of Σ n (T − T̄)² two means take away in place of one, for a split after each period but the last.

    Works along the last axis, so that shuffled series are done in one go.
    """
    size, pull = np.cumsum(n, axis=-1), np.cumsum(n * mean, axis=-1)
    whole, all_pull = size[..., -1:], pull[..., -1:]
    left = size[..., :-1]
    return np.asarray((pull[..., :-1] - left * all_pull / whole) ** 2 * whole / (left * (whole - left)))


def _split_gain(told: _Evidence, begin: int, at: int, end: int) -> float:
    return float(_gains(told.n[begin:end], told.mean[begin:end])[at - begin - 1])


def _p(told: _Evidence, begin: int, at: int, end: int) -> float:
    """Return how often the shuffled blocks of a stretch split somewhere as well as this one does at its best."""
    _, n, mean = _blocks(told, begin, end, at)
    if len(n) < 2:
        return 1.0
    seen = _gains(n, mean).max()
    order = _orders(len(n))
    chance = _gains(n[order], mean[order]).max(axis=1)
    return float((1 + np.sum(chance >= seen - 1e-12)) / (1 + SHUFFLES))


def _blocks(told: _Evidence, begin: int, end: int, at: int | None = None) -> tuple[Ints, Floats, Floats]:
    """Cut periods into at most `BLOCKS` of about equal n_eff, not across `at`: first period, n_eff, mean of each."""
    n = told.n[begin:end]
    middle = np.cumsum(n) - n / 2
    part = np.floor(middle / n.sum() * BLOCKS).astype(np.int64) * 2
    if at is not None:
        part[at - begin :] += 1
    starts = np.flatnonzero(np.concatenate([[True], np.diff(part) != 0]))
    size = np.add.reduceat(n, starts)
    return begin + starts, size, np.add.reduceat(n * told.mean[begin:end], starts) / size


@lru_cache(maxsize=64)
def _orders(size: int) -> npt.NDArray[np.int16]:
    chance = np.random.default_rng(SEED + size)
    return np.asarray(np.argsort(chance.random((SHUFFLES, size), dtype=np.float32), axis=1).astype(np.int16))


def _levels(told: _Evidence, begin: int, at: int, end: int) -> tuple[float, float, float, tuple[float, float]]:
    """Return the two means, half the interval of their difference, and the effective stories of both."""
    sides = [(told.n[here], told.mean[here]) for here in (slice(begin, at), slice(at, end))]
    sizes = [float(n.sum()) for n, _ in sides]
    means = [float((n * mean).sum()) / size for (n, mean), size in zip(sides, sizes, strict=True)]
    scatter = sum(float((n * (mean - level) ** 2).sum()) for (n, mean), level in zip(sides, means, strict=True))
    freedom = end - begin - 2
    half = float(student(np.array(float(freedom)))) * np.sqrt(scatter / freedom * (1 / sizes[0] + 1 / sizes[1]))
    return means[0], means[1], float(half), (sizes[0], sizes[1])
