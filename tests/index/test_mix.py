"""Tone adjusted for who tells: against statsmodels, and against known truth."""

from __future__ import annotations

import sys

import numpy as np
import polars as pl
import pytest
import statsmodels.api as sm
from polars.testing import assert_frame_equal

from ingest.index.mix import adjusted
from ingest.index.series import Period, tone_over_time
from ingest.index.stories import Weight, by_story
from tests.index.invented import told


def _rows(seed: int, size: int, outlets: int, days: int = 700) -> pl.DataFrame:
    chance = np.random.default_rng(seed)
    rows = told(
        np.sort(chance.integers(0, days, size)), chance.normal(0, 0.35, size), outlets=outlets, copies=0.2, seed=seed
    )
    own = pl.col("outlet").str.extract(r"(\d+)").cast(pl.Float64).fill_null(0.0)
    return rows.with_columns((pl.col("tone") + 0.05 * (own % 7) - 0.15).clip(-1, 1))


def _wls(rows: pl.DataFrame, by: str, weight: Weight) -> tuple[np.ndarray, list[object], pl.DataFrame]:
    stories = by_story(rows, weight).collect().with_columns(pl.col("day").dt.truncate(by).alias("period"))
    told_ = rows.join(
        stories.select("story_id", "period", (pl.col("weight") / pl.col("articles")).alias("w")), on="story_id"
    )
    periods, outlets = told_["period"].unique().sort().to_list(), told_["outlet"].unique().sort().to_list()
    design = np.zeros((told_.height, len(periods) + len(outlets) - 1))
    for row, (period, outlet) in enumerate(told_.select("period", "outlet").iter_rows()):
        design[row, periods.index(period)] = 1
        if outlets.index(outlet):
            design[row, len(periods) + outlets.index(outlet) - 1] = 1
    w = told_["w"].to_numpy()
    fit = sm.WLS(told_["tone"].to_numpy(), design, weights=w).fit()
    share = np.array([w[(told_["outlet"] == outlet).to_numpy()].sum() for outlet in outlets]) / w.sum()
    lines = np.zeros((len(periods), design.shape[1]))
    lines[:, : len(periods)] = np.eye(len(periods))
    lines[:, len(periods) :] = share[1:]
    test = fit.t_test(lines)
    return np.column_stack([test.effect, test.conf_int()]), periods, told_


@pytest.mark.parametrize("weight", ["unique", "reach", "raw"])
@pytest.mark.parametrize(("by", "every", "outlets"), [("month", "1mo", 40), ("week", "1w", 12)])
def test_it_agrees_with_statsmodels(by: Period, every: str, outlets: int, weight: Weight) -> None:
    rows = _rows(3, 900, outlets)
    expected, periods, _ = _wls(rows, every, weight)
    found = adjusted(rows, by, weight)
    assert found["period"].to_list() == periods
    drawn = found["adjusted"].is_not_null().to_numpy()
    assert drawn.mean() > 0.9
    assert found["adjusted"].to_numpy()[drawn] == pytest.approx(expected[drawn, 0], abs=1e-9)


@pytest.mark.parametrize(("by", "every", "outlets"), [("month", "1mo", 40), ("week", "1w", 12)])
def test_so_do_its_intervals_where_every_story_is_one_article(by: Period, every: str, outlets: int) -> None:
    rows = _rows(4, 900, outlets).unique("story_id", keep="first").filter(pl.col("outlet") != "echo.example")
    expected, _, _ = _wls(rows, every, "unique")
    found = adjusted(rows, by).filter(pl.col("adjusted").is_not_null())
    drawn = adjusted(rows, by)["adjusted"].is_not_null().to_numpy()
    ends = np.clip(expected[drawn, 1:], -1, 1)
    assert found.select("low", "high").to_numpy() == pytest.approx(ends, abs=1e-4)


def test_other_outlets_do_not_look_like_another_relation() -> None:
    """A gentle and a harsh outlet; the harsh one comes in half-way. Nothing else changes."""
    chance = np.random.default_rng(1)
    days = np.sort(chance.integers(0, 720, 4_000))
    harsh = chance.random(4_000) < np.where(days < 360, 0.1, 0.7)
    tone = np.where(harsh, -0.3, 0.3) + chance.normal(0, 0.2, 4_000)
    rows = told(days, tone).with_columns(
        pl.when(pl.Series(harsh)).then(pl.lit("harsh.example")).otherwise(pl.lit("gentle.example")).alias("outlet")
    )
    raw, even = tone_over_time(rows, "quarter")["raw"], adjusted(rows, "quarter")["adjusted"]
    assert raw[0] - raw[-1] == pytest.approx(0.36, abs=0.05)
    assert even[0] - even[-1] == pytest.approx(0.0, abs=0.05)
    n = tone_over_time(rows, "quarter")["stories"]
    means = [np.average(one.to_numpy(), weights=n.to_numpy()) for one in (even, raw)]
    assert means[0] == pytest.approx(means[1])


def test_a_period_told_by_outlets_of_its_own_alone_is_not_adjusted() -> None:
    rows = _rows(1, 500, 5, days=300)
    alone = told(np.array([400] * 6), np.full(6, 0.9), outlets=2, seed=9).with_columns(
        ("x" + pl.col("outlet")).alias("outlet"), ("x" + pl.col("story_id")).alias("story_id")
    )
    found = adjusted(pl.concat([rows, alone]), "month")
    assert found["adjusted"][-1] is None
    assert found["low"][-1] is None
    assert found["adjusted"][:-1].null_count() == 0
    there = found.filter(pl.col("period") < pl.date(2016, 1, 1))
    assert_frame_equal(there, adjusted(rows, "month"), check_exact=False, abs_tol=1e-9)


def test_with_one_outlet_it_is_the_raw_tone() -> None:
    rows = _rows(2, 300, 1).filter(pl.col("outlet") == "outlet0.example")
    assert adjusted(rows, "month")["adjusted"].to_list() == pytest.approx(
        tone_over_time(rows, "month")["raw"].to_list()
    )


def test_the_interval_holds_the_truth_95_times_in_100() -> None:
    hits, asked = 0, 0
    for seed in range(60):
        chance = np.random.default_rng(seed)
        size, days = 600, 360
        at = np.sort(chance.integers(0, days, size))
        month = at // 30
        truth = 0.2 * np.sin(np.arange(12))
        outlet = chance.integers(0, 15, size)
        effect = chance.normal(0, 0.15, 15)
        rows = told(at, truth[month] + effect[outlet] + chance.normal(0, 0.25, size)).with_columns(
            pl.Series("outlet", [f"o{one}" for one in outlet]),
        )
        # Months of 30 days of our own: each put on a month of the calendar.
        rows = rows.with_columns(
            (pl.date(2015, 1, 1).dt.offset_by(pl.format("{}mo", pl.Series(month))))
            .cast(pl.Datetime("us", "UTC"))
            .alias("published")
        )
        anchor = float(np.mean(effect[outlet]))
        found = adjusted(rows, "month")
        value = truth + anchor
        low, high = found["low"].to_numpy(), found["high"].to_numpy()
        hits += int(((low <= value) & (value <= high)).sum())
        asked += len(value)
    sys.stdout.write(f"adjusted: {hits / asked:.3f} of {asked}\n")
    assert hits / asked == pytest.approx(0.95, abs=0.02)
