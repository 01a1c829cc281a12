"""Periods and slices of time: first and last days, names, codes in an address, the finest that suits. Pure."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

import polars as pl

from dashboard.theme import day as written_day
from ingest.index.series import LEAST, PERIODS, Period

MOST_PERIODS = 120
"""Periods a chart of 1,000 px shows one by one: about 8 px each."""

DRAWN_SHARE = 0.5
"""Part of the periods with stories that must have a point; below it the chart is mostly gaps."""

EVERY: dict[Period, str] = {"day": "1d", "week": "1w", "month": "1mo", "quarter": "1q", "year": "1y"}
DAYS: dict[Period, float] = {"day": 1, "week": 7, "month": 30.44, "quarter": 91.3, "year": 365.25}
ADJECTIVE: dict[Period, str] = {
    "day": "daily",
    "week": "weekly",
    "month": "monthly",
    "quarter": "quarterly",
    "year": "yearly",
}

_CODES: dict[Period, str] = {
    "year": r"(\d{4})",
    "quarter": r"(\d{4})-Q([1-4])",
    "month": r"(\d{4})-(\d{2})",
    "week": r"(\d{4})-W(\d{2})",
    "day": r"(\d{4})-(\d{2})-(\d{2})",
}


class Slice(NamedTuple):
    """Some days in a row, first and last included, UTC."""

    first: date
    last: date


def slice_of(start: date, by: Period) -> Slice:
    """Return the days of the period that begins on `start`."""
    if by == "day":
        return Slice(start, start)
    if by == "week":
        return Slice(start, start + timedelta(days=6))
    last_month = {"month": start.month, "quarter": start.month + 2, "year": 12}[by]
    return Slice(start, date(start.year, last_month, monthrange(start.year, last_month)[1]))


def period_of(days: Slice) -> Period | None:
    """Tell which period a slice is exactly, if it is one."""
    return next((by for by in PERIODS if _is_start(days.first, by) and slice_of(days.first, by) == days), None)


def name_of(days: Slice) -> str:
    """Name a slice for people: Sep 2017, Q3 2017, week of 25 Sep 2017, 1 Jun 2016 – 31 Dec 2017."""
    by = period_of(days)
    if by is None:
        return f"{written_day(days.first)} – {written_day(days.last)}"
    return period_name(days.first, by)


def period_name(start: date, by: Period) -> str:
    """Name the period that begins on `start`."""
    return {
        "day": written_day(start),
        "week": f"week of {written_day(start)}",
        "month": f"{start:%b} {start.year}",
        "quarter": f"Q{(start.month + 2) // 3} {start.year}",
        "year": str(start.year),
    }[by]


def in_period(start: date, by: Period) -> str:
    """Say when, inside a sentence: in Sep 2017, on 26 Sep 2017, in the week of 25 Sep 2017."""
    return f"{'on' if by == 'day' else 'in the' if by == 'week' else 'in'} {period_name(start, by)}"


def since_period(start: date, by: Period) -> str:
    """Say since when, inside a sentence: since Sep 2017, since the week of 25 Sep 2017."""
    return f"since {'the ' if by == 'week' else ''}{period_name(start, by)}"


def code_of(days: Slice) -> str:
    """Write a slice for an address: 2017-09, 2017-Q3, 2017-W39, 2017-09-26, 2017-06-01..2017-09-30."""
    start = days.first
    by = period_of(days)
    if by is None:
        return f"{days.first.isoformat()}..{days.last.isoformat()}"
    week = start.isocalendar()
    return {
        "day": start.isoformat(),
        "week": f"{week.year}-W{week.week:02d}",
        "month": f"{start.year:04d}-{start.month:02d}",
        "quarter": f"{start.year:04d}-Q{(start.month + 2) // 3}",
        "year": f"{start.year:04d}",
    }[by]


def parse_code(code: str) -> Slice | None:
    """Read what `code_of` writes; None for anything else."""
    try:
        first, dots, last = code.partition("..")
        if dots:
            days = Slice(date.fromisoformat(first), date.fromisoformat(last))
            return days if days.first <= days.last else None
        for by, pattern in _CODES.items():
            if found := re.fullmatch(pattern, code, re.ASCII):
                return slice_of(_STARTS[by](*(int(part) for part in found.groups())), by)
    except (ValueError, OverflowError):
        return None
    return None


def choose_period(stories: pl.DataFrame) -> Period:
    """Choose the finest period that gives a readable chart.

    Takes stories with `day` and `weight` (see `ingest.index.stories`). At least half of the periods that have
    stories must have enough of them for a point, and there are at most 120 periods from first to last.
    """
    if stories.is_empty():
        return "month"
    days: list[date] = stories["day"].unique().sort().to_list()
    for by in PERIODS:
        if (days[-1] - days[0]).days / DAYS[by] + 1 > MOST_PERIODS:
            continue
        groups = stories.group_by(pl.col("day").dt.truncate(EVERY[by])).agg(
            (pl.col("weight").sum() ** 2 / (pl.col("weight") ** 2).sum()).alias("n_eff")
        )
        drawn = groups.filter(pl.col("n_eff") >= LEAST - 1e-9).height
        if drawn >= DRAWN_SHARE * groups.height:
            return by
    return "year"


def _is_start(day: date, by: Period) -> bool:
    return {
        "day": True,
        "week": day.weekday() == 0,
        "month": day.day == 1,
        "quarter": day.day == 1 and day.month % 3 == 1,
        "year": day.day == 1 and day.month == 1,
    }[by]


_STARTS: dict[Period, Callable[..., date]] = {
    "year": lambda year: date(year, 1, 1),
    "quarter": lambda year, quarter: date(year, 3 * quarter - 2, 1),
    "month": lambda year, month: date(year, month, 1),
    "week": lambda year, week: date.fromisocalendar(year, week, 1),
    "day": date,
}
