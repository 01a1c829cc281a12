"""Change points: planted ones are found, and where there is none there is mostly none; what they are made of."""

from __future__ import annotations

import sys
from datetime import date, timedelta
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.index.changes import COLUMNS, LEVEL, MOST, change_points, explain, heaviest
from ingest.index.series import Period, tone_over_time
from ingest.index.stories import WEIGHTS, Weight, by_story, coded
from tests.index.invented import told

DAY_ONE = date(2015, 1, 1)


def _series(n: np.ndarray, mean: np.ndarray) -> pl.DataFrame:
    days = pl.date_range(DAY_ONE, DAY_ONE + timedelta(days=len(n) - 1), eager=True)
    return pl.DataFrame({"period": days, "n_eff": n.astype(float), "mean": np.where(n > 0, mean, 0.0)})


def _drawn(chance: np.random.Generator, level: np.ndarray, evidence: str) -> pl.DataFrame:
    """Draw days around a level: even, a few a day with days of none, or a few days with most of it all."""
    size = len(level)
    n = {
        "even": np.full(size, 5),
        "thin": chance.poisson(1.5, size),
        "uneven": chance.geometric(0.05, size),
    }[evidence]
    return _series(n, level + chance.normal(0, 0.4, size) / np.sqrt(np.maximum(n, 1)))


@pytest.mark.parametrize("evidence", ["even", "thin", "uneven"])
@pytest.mark.parametrize("size", [20, 100, 600, 1_800])
def test_where_nothing_changes_at_most_five_in_a_hundred_show_a_change(size: int, evidence: str) -> None:
    chance = np.random.default_rng(size)
    runs = 150 if size < 600 else 80
    shown = sum(not change_points(_drawn(chance, np.full(size, 0.1), evidence)).is_empty() for _ in range(runs))
    sys.stdout.write(f"{size} periods, {evidence}: {shown} of {runs}\n")
    # At a true rate of 5 in 100 more than this is seen in one of 200 such simulations.
    assert shown <= {150: 15, 80: 10}[runs]


@pytest.mark.parametrize("evidence", ["even", "thin", "uneven"])
def test_planted_changes_are_found_where_they_are(evidence: str) -> None:
    chance = np.random.default_rng(7)
    places = [400, 900, 1_400]
    level = np.select([np.arange(1_800) < place for place in places], [0.2, -0.3, 0.1], -0.4)
    found = change_points(_drawn(chance, level, evidence))
    assert dict(found.schema) == COLUMNS
    at = [(day - DAY_ONE).days for day in found["period"]]
    assert len(at) == 3
    assert max(abs(one - place) for one, place in zip(at, places, strict=True)) <= 25
    assert found["number"].to_list() == [1, 2, 3]
    assert found["before"].to_list() == pytest.approx([0.2, -0.3, 0.1], abs=0.06)
    assert found["after"].to_list() == pytest.approx([-0.3, 0.1, -0.4], abs=0.06)
    assert found["change"].to_list() == pytest.approx((found["after"] - found["before"]).to_list())
    assert (found["p"] <= LEVEL).all()
    assert (found["low"] < found["change"]).all()
    assert ((found["high"] < 0) | (found["low"] > 0)).all()
    assert found["begins"].to_list()[1:] == found["period"].to_list()[:-1]


def test_the_interval_of_a_change_holds_the_truth_about_95_times_in_100() -> None:
    """A change too large to be looked for in the wrong place."""
    chance = np.random.default_rng(3)
    hits = 0
    for _ in range(300):
        level = np.where(np.arange(200) < 90, -0.4, 0.4)
        found = change_points(_drawn(chance, level, "even"), most=1)
        hits += found["low"][0] <= 0.8 <= found["high"][0]
    sys.stdout.write(f"change: {hits / 300:.3f}\n")
    assert hits / 300 == pytest.approx(0.95, abs=0.03)


def test_a_busy_day_counts_for_what_it_has() -> None:
    """One quiet month of loud single stories is no change against steady busy days."""
    n = np.full(120, 30)
    n[50:60] = 1
    mean = np.random.default_rng(1).normal(0.2, 0.4 / np.sqrt(n))
    mean[50:60] = -0.15
    weighted = change_points(_series(n, mean))
    even = change_points(_series(np.full(120, 30), mean))
    assert weighted.is_empty()
    assert even.height == 2


def test_there_are_a_handful_at_most() -> None:
    level = np.where(np.arange(1_800) // 100 % 2, 0.5, -0.5)
    found = change_points(_drawn(np.random.default_rng(1), level, "even"))
    assert 1 <= found.height <= MOST


@pytest.mark.parametrize("size", [0, 1, 5, 6, 9])
def test_too_little_has_no_changes(size: int) -> None:
    found = change_points(_series(np.full(size, 3), np.where(np.arange(size) < size / 2, -0.9, 0.9)) if size else
                          _series(np.ones(1), np.ones(1)).clear())  # fmt: skip
    assert dict(found.schema) == COLUMNS
    assert found.height <= (size >= 6)


def test_the_same_series_has_the_same_changes() -> None:
    series = _drawn(np.random.default_rng(2), np.where(np.arange(600) < 200, 0.2, -0.2), "thin")
    assert change_points(series).equals(change_points(series))


def _readings(seed: int, size: int = 600) -> pl.DataFrame:
    chance = np.random.default_rng(seed)
    days = np.sort(chance.integers(0, 300, size))
    tone = np.where(days < 150, 0.3, -0.3) + chance.normal(0, 0.2, size)
    rows = told(days, tone, outlets=8, copies=0.4, seed=seed)
    number = pl.col("outlet").str.extract(r"outlet(\d)").cast(pl.Int64)
    late = pl.col("published").dt.date() >= DAY_ONE + timedelta(days=150)
    # Two outlets go, two come; a tenth has no outlet.
    return rows.with_columns(
        pl.when(late & (number < 2))
        .then(pl.format("new{}.example", number))
        .when(number == 7)
        .then(None)
        .otherwise(pl.col("outlet"))
        .alias("outlet")
    )


@settings(max_examples=15)
@given(st.integers(0, 99), st.sampled_from(["day", "week", "month"]), st.sampled_from(WEIGHTS))
def test_the_parts_sum_to_the_whole_exactly(seed: int, by: Period, weight: Weight) -> None:
    rows = _readings(seed)
    for change in change_points(tone_over_time(rows, by, weight), level=0.5).iter_rows(named=True):
        parts = explain(coded(rows), change, weight, by)
        assert parts.tone + parts.mix + parts.volume == pytest.approx(parts.change, abs=1e-12)
        assert parts.change == pytest.approx(change["change"], abs=1e-9)
        plain = explain(rows, change, weight, by, stories=by_story(rows, weight))
        assert plain.tone == pytest.approx(parts.tone, abs=1e-9)


def _change(**days: Any) -> dict[str, Any]:
    return {"begins": DAY_ONE, "period": DAY_ONE + timedelta(days=10), "ends": DAY_ONE + timedelta(days=19)} | days


def _printed(rows: list[tuple[int, str, float]]) -> pl.DataFrame:
    """Make stories of one article: day, outlet, tone."""
    frame = told(np.array([day for day, _, _ in rows]), np.array([tone for _, _, tone in rows]))
    return frame.with_columns(pl.Series("outlet", [outlet for _, outlet, _ in rows]))


def test_a_change_of_tone_alone() -> None:
    rows = [(day, outlet, (0.5 if outlet == "a" else 0.1) - 0.4 * (day >= 10)) for day in range(20) for outlet in "ab"]
    parts = explain(_printed(rows), _change())
    assert (parts.change, parts.tone) == pytest.approx((-0.4, -0.4))
    assert (parts.mix, parts.volume) == pytest.approx((0, 0))


def test_a_change_of_mix_alone() -> None:
    rows = [(day, "a", 0.5) for day in range(20)] + [(day, "b", -0.5) for day in range(10, 20)]
    parts = explain(_printed(rows), _change())
    assert (parts.change, parts.mix) == pytest.approx((-0.5, -0.5))
    assert (parts.tone, parts.volume) == pytest.approx((0, 0))


def test_a_change_of_volume_alone() -> None:
    rows = [(day, "a", 0.5) for day in range(20)] + [
        (day, "b", -0.5) for day in range(20) for _ in range(1 + 2 * (day >= 10))
    ]
    parts = explain(_printed(rows), _change())
    assert (parts.change, parts.volume) == pytest.approx((-0.25, -0.25))
    assert (parts.tone, parts.mix) == pytest.approx((0, 0))


def test_without_a_common_outlet_all_is_mix() -> None:
    rows = [(day, "a" if day < 10 else "b", 0.5 - (day >= 10)) for day in range(20)]
    parts = explain(_printed(rows), _change())
    assert (parts.change, parts.mix, parts.tone, parts.volume) == pytest.approx((-1, -1, 0, 0))


def test_the_heaviest_stories_push_the_way_it_went_and_their_pulls_sum_to_the_change() -> None:
    rows = [(day, "a", 0.3) for day in range(10)] + [
        (10 + number, "a", tone) for number, tone in enumerate((-0.9, 0.8, -0.2, -0.6))
    ]
    every = heaviest(_printed(rows), _change(), count=50)
    assert every["tone"].to_list() == [-0.9, -0.6, -0.2]
    assert every["pull"].to_list() == pytest.approx([-1.2 / 4, -0.9 / 4, -0.5 / 4])
    parts = explain(_printed(rows), _change())
    assert float(every["pull"].sum()) + (0.8 - 0.3) / 4 == pytest.approx(parts.change)
    assert every["title"].to_list() == ["Headline 10", "Headline 13", "Headline 12"]
    assert every["day"].to_list() == [DAY_ONE + timedelta(days=day) for day in (10, 13, 12)]
    assert heaviest(_printed(rows), _change(), count=2)["tone"].to_list() == [-0.9, -0.6]


def test_of_equal_stories_that_with_more_outlets_comes_first_and_names_them() -> None:
    rows = _printed([*((day, "a", 0.3) for day in range(10)), (11, "a", -0.5), (12, "b", -0.5)])
    echo = rows.filter(pl.col("outlet") == "b").with_columns(
        pl.lit("c").alias("outlet"), pl.lit("A later headline").alias("title"), pl.col("published") + timedelta(hours=2)
    )
    found = heaviest(pl.concat([rows, echo]), _change())
    assert found["names"].to_list() == [["b", "c"], ["a"]]
    assert found["outlets"].to_list() == [2, 1]
    assert found["title"].to_list() == ["Headline 11", "Headline 10"]


def test_what_is_near_the_change_carries_it() -> None:
    rows = (
        [(day, "a", 0.3) for day in range(10)] + [(10 + number, "a", -0.4) for number in range(5)] + [(300, "a", -1.0)]
    )
    found = heaviest(_printed(rows), _change(ends=DAY_ONE + timedelta(days=400)))
    assert found["tone"].to_list() == [-0.4] * 5
    assert heaviest(_printed(rows), _change(ends=DAY_ONE + timedelta(days=400)), count=6)["tone"][0] == -1.0


def test_a_change_without_days_is_refused() -> None:
    with pytest.raises(TypeError, match="give a row of change_points"):
        explain(_readings(1), {"period": "2017"})
