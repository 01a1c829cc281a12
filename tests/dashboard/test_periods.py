from __future__ import annotations

from datetime import date, timedelta

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.periods import Slice, choose_period, code_of, name_of, parse_code, period_of, slice_of
from ingest.index.series import PERIODS, Period

DAYS = st.dates(date(1800, 1, 8), date(2199, 12, 1))


def stories(*days: date) -> pl.DataFrame:
    return pl.DataFrame({"day": days, "weight": [1.0] * len(days)}, schema={"day": pl.Date, "weight": pl.Float64})


@pytest.mark.parametrize(
    ("code", "first", "last", "name"),
    [
        ("2017-09-26", date(2017, 9, 26), date(2017, 9, 26), "26 Sep 2017"),
        ("2017-W39", date(2017, 9, 25), date(2017, 10, 1), "week of 25 Sep 2017"),
        ("2016-02", date(2016, 2, 1), date(2016, 2, 29), "Feb 2016"),
        ("2017-Q4", date(2017, 10, 1), date(2017, 12, 31), "Q4 2017"),
        ("2017", date(2017, 1, 1), date(2017, 12, 31), "2017"),
        ("2016-06-02..2017-09-30", date(2016, 6, 2), date(2017, 9, 30), "2 Jun 2016 – 30 Sep 2017"),
    ],
)
def test_code_names_days(code: str, first: date, last: date, name: str) -> None:
    days = Slice(first, last)
    assert parse_code(code) == days
    assert code_of(days) == code
    assert name_of(days) == name


@pytest.mark.parametrize(
    "code", ["", "2017-13", "2017-00-01", "2017-Q5", "2017-W60", "..", "2018-01-01..2017-01-01", "0000", "٢٠١٧"]
)
def test_code_of_nothing(code: str) -> None:
    assert parse_code(code) is None


@given(DAYS, st.integers(0, 4000))
def test_code_comes_back(first: date, length: int) -> None:
    days = Slice(first, first + timedelta(days=length))
    assert parse_code(code_of(days)) == days


@given(st.text(max_size=30))
def test_code_never_raises(text: str) -> None:
    parse_code(text)


@given(DAYS, st.sampled_from(PERIODS))
def test_slice_of_a_period_is_a_period(day: date, by: Period) -> None:
    start = pl.Series([day]).dt.truncate(
        {"day": "1d", "week": "1w", "month": "1mo", "quarter": "1q", "year": "1y"}[by]
    )[0]
    days = slice_of(start, by)
    assert days.first <= day <= days.last
    assert period_of(days) == by


def test_auto_takes_days_where_days_are_full() -> None:
    assert choose_period(stories(*[date(2017, 1, 1 + n // 3) for n in range(60)])) == "day"


def test_auto_takes_coarser_where_days_are_thin() -> None:
    assert choose_period(stories(*[date(2017, 1 + n % 12, 1 + 15 * (n // 12)) for n in range(24)])) == "month"


def test_auto_keeps_to_120_periods() -> None:
    days = [date(2000, 1, 1) + timedelta(days=n) for n in range(17 * 365)]
    assert choose_period(stories(*days, *days)) == "quarter"


def test_auto_of_single_stories_is_the_coarsest() -> None:
    assert choose_period(stories(date(2014, 1, 1), date(2016, 1, 1), date(2018, 1, 1))) == "year"


def test_auto_of_nothing() -> None:
    assert choose_period(stories()) == "month"
