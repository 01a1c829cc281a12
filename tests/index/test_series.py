"""The tone of pairs over time: worked out by hand, against a second way to work it out, and its properties."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from math import log, sqrt

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from ingest.index.series import COLUMNS, PERIODS, Period, tone_over_time
from ingest.index.stories import WEIGHTS, Weight
from tests.index.frames import SCHEMA, Row, readings

_PAIRS = ("AFG-ALB", "CHN-IND", "PAK-RUS")
_POINT = ["tone", "low", "high"]


@st.composite
def _some_readings(draw: st.DrawFn) -> list[Row]:
    """Draw readings in which a story is the same words, so the same tone, wherever it is printed."""
    stories = draw(st.lists(st.tuples(st.sampled_from(_PAIRS), st.integers(-64, 64)), min_size=1, max_size=25))
    found: list[Row] = []
    for number, (pair, tone) in enumerate(stories):
        for _ in range(draw(st.integers(1, 3))):
            day = draw(st.none() | st.integers(0, 400))
            when = (
                (datetime(2015, 12, 20, tzinfo=UTC) + timedelta(hours=7 * day)).isoformat() if day is not None else None
            )
            outlet = draw(st.sampled_from(["a.example", "b.example", "c.example", None]))
            found.append((pair, f"s{number}", when and when.removesuffix("+00:00"), outlet, tone / 64))
    return found


def _period(day: date, by: Period) -> date:
    if by == "week":
        return day - timedelta(days=day.weekday())
    month = {"day": day.month, "month": day.month, "quarter": (day.month - 1) // 3 * 3 + 1, "year": 1}[by]
    return date(day.year, month, day.day if by == "day" else 1)


def _by_hand(rows: Iterable[Row], by: Period, weight: Weight) -> dict[tuple[str, date], dict[str, float]]:
    """Work out the documented formulas with dictionaries."""
    stories: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        if row[2]:
            stories[row[0], row[1]].append(row)
    periods: dict[tuple[str, date], list[list[Row]]] = defaultdict(list)
    for (pair, _), copies in stories.items():
        first = min(datetime.fromisoformat(str(row[2])) for row in copies).date()
        periods[pair, _period(first, by)].append(copies)
    found = {}
    for key, told in periods.items():
        tones = [sum(row[4] for row in copies) / len(copies) for copies in told]
        outlets = [{row[3] for row in copies} - {None} for copies in told]
        weights = [
            {"unique": 1.0, "reach": 1 + log(max(len(named), 1)), "raw": float(len(copies))}[weight]
            for copies, named in zip(told, outlets, strict=True)
        ]
        found[key] = {
            "tone": sum(w * t for w, t in zip(weights, tones, strict=True)) / sum(weights),
            "n_eff": sum(weights) ** 2 / sum(w * w for w in weights),
            "stories": len(told),
            "articles": sum(len(copies) for copies in told),
            "outlets": len(set().union(*outlets)),
            "negative_share": sum(w for w, t in zip(weights, tones, strict=True) if t <= -0.15) / sum(weights),
        }
    return found


@settings(deadline=None, max_examples=50)
@given(_some_readings(), st.sampled_from(PERIODS), st.sampled_from(WEIGHTS))
def test_every_number_is_that_of_the_formula(rows: list[Row], by: Period, weight: Weight) -> None:
    expected = _by_hand(rows, by, weight)
    found = tone_over_time(readings(rows), by, weight)
    told = {(f"{row['a']}-{row['b']}", row["period"]): row for row in found.iter_rows(named=True)}
    for key, row in told.items():
        if key not in expected:  # a gap
            assert (row["stories"], row["articles"], row["outlets"], row["n_eff"]) == (0, 0, 0, 0)
            assert [row[name] for name in (*_POINT, "negative_share", "negative_low", "negative_high")] == [None] * 6
            continue
        for name, value in expected[key].items():
            if name == "tone" and expected[key]["n_eff"] < 2 - 1e-6:
                assert row["tone"] is None
                assert row["raw"] is None
            elif name == "tone":
                assert row["raw"] == pytest.approx(value, abs=1e-9), key
                if expected[key]["n_eff"] >= 5 + 1e-6:
                    assert row["tone"] == row["raw"]
            else:
                assert row[name] == pytest.approx(value, abs=1e-9), (key, name)
    assert expected.keys() <= told.keys()


@settings(deadline=None, max_examples=50)
@given(_some_readings(), st.sampled_from(PERIODS), st.sampled_from(WEIGHTS))
def test_intervals_hold_the_tone_and_stay_in_range(rows: list[Row], by: Period, weight: Weight) -> None:
    found = tone_over_time(readings(rows), by, weight)
    assert dict(found.schema) == COLUMNS
    for row in found.iter_rows(named=True):
        assert (row["tone"] is None) == (row["low"] is None) == (row["high"] is None) == (row["n_eff"] < 2 - 1e-9)
        if row["tone"] is not None:
            assert -1 <= row["low"] <= row["tone"] + 1e-9
            assert row["tone"] - 1e-9 <= row["high"] <= 1
        if row["stories"]:
            assert 0 <= row["negative_low"] <= row["negative_share"] + 1e-9
            assert row["negative_share"] - 1e-9 <= row["negative_high"] <= 1
        if weight == "unique":
            assert row["n_eff"] == row["stories"]


@settings(deadline=None, max_examples=50)
@given(_some_readings(), st.sampled_from(PERIODS), st.sampled_from(WEIGHTS))
def test_no_period_is_missing_between_the_first_and_the_last(rows: list[Row], by: Period, weight: Weight) -> None:
    found = tone_over_time(readings(rows), by, weight)
    for pair in found.partition_by("a", "b"):
        days = pair["period"].to_list()
        step = {"day": "1d", "week": "1w", "month": "1mo", "quarter": "1q", "year": "1y"}[by]
        assert days == pl.date_range(days[0], days[-1], step, eager=True).to_list()
        assert pair["stories"][0] > 0
        assert pair["stories"][-1] > 0
        if by == "week":
            assert {day.weekday() for day in days} == {0}


@settings(deadline=None, max_examples=50)
@given(_some_readings().flatmap(lambda rows: st.tuples(st.just(rows), st.permutations(rows))), st.sampled_from(WEIGHTS))
def test_the_order_of_readings_does_not_matter(both: tuple[list[Row], list[Row]], weight: Weight) -> None:
    one, other = (tone_over_time(readings(rows), "month", weight) for rows in both)
    assert_frame_equal(one, other, check_exact=False, abs_tol=1e-12)


@settings(deadline=None, max_examples=50)
@given(_some_readings(), st.sampled_from(PERIODS), st.sampled_from(WEIGHTS))
def test_the_same_readings_give_the_same_numbers(rows: list[Row], by: Period, weight: Weight) -> None:
    assert tone_over_time(readings(rows), by, weight).equals(tone_over_time(readings(rows), by, weight))


@settings(deadline=None, max_examples=50)
@given(_some_readings(), st.sampled_from(PERIODS), st.sampled_from(WEIGHTS))
def test_a_pair_does_not_depend_on_the_others(rows: list[Row], by: Period, weight: Weight) -> None:
    together = tone_over_time(readings(rows), by, weight)
    for pair in {row[0] for row in rows}:
        alone = tone_over_time(readings([row for row in rows if row[0] == pair]), by, weight)
        assert alone.equals(together.filter(pl.col("a") + "-" + pl.col("b") == pair))


@settings(deadline=None, max_examples=50)
@given(_some_readings(), st.sampled_from(["a.example", "b.example"]), st.sampled_from(PERIODS))
def test_copies_are_no_second_opinion(rows: list[Row], outlet: str, by: Period) -> None:
    copied = rows + [
        (pair, story, when, "echo.example", tone) for pair, story, when, by_whom, tone in rows if by_whom == outlet
    ]
    before, after = (tone_over_time(readings(told), by, "unique") for told in (rows, copied))
    same = [*_POINT, "n_eff", "stories", "negative_share"]
    assert_frame_equal(before.select(same), after.select(same), check_exact=False, abs_tol=1e-12)


def test_copies_count_in_raw_and_with_reach() -> None:
    rows: list[Row] = [
        ("PAK-RUS", "s1", "2017-03-01", "a.example", 0.8),
        ("PAK-RUS", "s2", "2017-03-01", "b.example", -0.4),
        ("PAK-RUS", "s3", "2017-03-02", "c.example", -0.4),
    ]
    echoes: list[Row] = [("PAK-RUS", "s1", "2017-03-05", f"echo{number}.example", 0.8) for number in range(2)]
    tone = {weight: tone_over_time(readings(rows + echoes), "month", weight)["tone"].item() for weight in WEIGHTS}
    assert tone == {
        "unique": pytest.approx(0.0),
        "reach": pytest.approx(((1 + log(3)) * 0.8 - 0.8) / (3 + log(3))),
        "raw": pytest.approx((3 * 0.8 - 0.8) / 5),
    }
    for weight in WEIGHTS:
        assert tone_over_time(readings(rows), "month", weight)["tone"].item() == pytest.approx(0.0)


def test_two_months_and_a_gap_by_hand() -> None:
    found = tone_over_time(
        readings(
            [
                ("PAK-RUS", "s1", "2017-01-31T23:59:59", "a.example", 0.5),
                ("PAK-RUS", "s1", "2017-02-01T08:00", "b.example", 0.5),  # a copy: counts in the month of its story
                ("PAK-RUS", "s2", "2017-01-02", "a.example", -0.3),
                ("PAK-RUS", "s3", "2017-03-01", None, 0.2),
                ("PAK-RUS", "s4", None, "a.example", -1.0),  # undated: left out
            ]
        ),
        "month",
    )
    # Of a pair's first two stories the interval is mean ± z·s/√2, s the spread of these two (0.5, −0.3) and of three
    # more of the usual spread, 0.4; what comes later is not known yet.
    squares = sum((tone - 0.1) ** 2 for tone in (0.5, -0.3)) + 3 * 0.4**2
    half = 1.959964 * sqrt(squares / (1 + 3)) / sqrt(2)
    rows = found.rows()
    assert found.columns == list(COLUMNS)
    january, february, march = rows
    assert january[:3] == ("PAK", "RUS", date(2017, 1, 1))
    assert january[3:6] == pytest.approx((0.1, 0.1 - half, 0.1 + half))
    assert january[6:11] == (2.0, 2, 3, 2, 0.5)
    assert january[11:13] == pytest.approx((0.0945, 0.9055), abs=1e-4)  # Wilson, 1 of 2
    assert january[13:] == pytest.approx((0.1, 0.1, 0.4))
    nothing = (None,) * 6
    assert february == ("PAK", "RUS", date(2017, 2, 1), None, None, None, 0.0, 0, 0, 0, *nothing)
    assert march[:11] == ("PAK", "RUS", date(2017, 3, 1), None, None, None, 1.0, 1, 1, 0, 0.0)
    assert march[11:13] == pytest.approx((0.0, 0.7935), abs=1e-4)  # Wilson, 0 of 1
    assert march[13:] == (None, 0.2, 0.0)


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("day", date(2017, 8, 16)),
        ("week", date(2017, 8, 14)),
        ("month", date(2017, 8, 1)),
        ("quarter", date(2017, 7, 1)),
        ("year", date(2017, 1, 1)),
    ],
)
def test_a_period_is_named_by_its_first_day(by: Period, expected: date) -> None:
    rows: list[Row] = [("PAK-RUS", f"s{number}", "2017-08-16T12:00", "a.example", 0.25) for number in range(2)]
    found = tone_over_time(readings(rows), by)
    assert found["period"].to_list() == [expected]
    assert found["tone"].to_list() == [0.25]


@pytest.mark.parametrize(
    ("day", "monday"),
    [("2017-01-01", date(2016, 12, 26)), ("2017-01-02", date(2017, 1, 2)), ("2016-02-29", date(2016, 2, 29))],
)
def test_weeks_begin_on_monday_across_years(day: str, monday: date) -> None:
    assert tone_over_time(readings([("PAK-RUS", "s", day, None, 0.0)]), "week")["period"].to_list() == [monday]


@pytest.mark.parametrize(("copies", "drawn"), [((1, 1), True), ((1, 2), False), ((1, 1, 5), False), ((2, 2, 2), True)])
def test_tone_is_drawn_from_two_effective_stories_on(copies: tuple[int, ...], drawn: bool) -> None:
    rows: list[Row] = [
        ("PAK-RUS", f"s{story}", "2017-01-01", "a.example", 0.5)
        for story, count in enumerate(copies)
        for _ in range(count)
    ]
    found = tone_over_time(readings(rows), "day", "raw")
    assert found["n_eff"].item() == pytest.approx(sum(copies) ** 2 / sum(count**2 for count in copies))
    assert (found["tone"].item() is not None) == drawn
    assert tone_over_time(readings(rows), "day", "unique")["tone"].item() == 0.5


@pytest.mark.parametrize("rows", [[], [("PAK-RUS", "s", None, "a.example", 0.5)]], ids=["nothing", "nothing dated"])
@pytest.mark.parametrize("by", PERIODS)
def test_nothing_to_tell_gives_the_columns_and_no_rows(rows: list[Row], by: Period) -> None:
    found = tone_over_time(readings(rows), by)
    assert found.is_empty()
    assert dict(found.schema) == COLUMNS


def test_it_takes_readings_as_the_store_gives_them() -> None:
    extra = readings([("PAK-RUS", "s", "2017-01-01", None, 0.5)]).with_columns(pl.lit("x").alias("article_id"))
    assert tone_over_time(extra, "day")["stories"].to_list() == [1]
    assert set(SCHEMA) == {"pair", "story_id", "published", "outlet", "tone"}
