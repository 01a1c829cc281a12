"""Rolling windows and the baseline: by hand, against scipy, against known truth."""

from __future__ import annotations

import sys
from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest
from scipy import stats

from ingest.index.baseline import baseline
from ingest.index.rolling import COLUMNS, rolling
from ingest.index.series import tone_over_time
from tests.index.invented import told


def _series(n: list[float], mean: list[float], step: int = 1) -> pl.DataFrame:
    days = [date(2015, 1, 1) + timedelta(days=step * number) for number in range(len(n))]
    return pl.DataFrame(
        {
            "a": "PAK",
            "b": "RUS",
            "period": days,
            "n_eff": n,
            "mean": mean,
            "spread": 0.3,
            "stories": [int(one) for one in n],
        }
    )


def test_a_window_weighs_periods_by_their_effective_stories() -> None:
    found = rolling(_series([1, 3, 0, 6], [0.4, -0.2, 0, 0.1]), 3)
    assert list(found.columns) == list(COLUMNS)
    assert found["n_eff"].to_list() == pytest.approx([1, 4, 4, 9])
    assert found["tone"][0] is None  # one story
    assert found["tone"].to_list()[1:] == pytest.approx([(0.4 - 0.6) / 4, (0.4 - 0.6) / 4, (-0.6 + 0.6) / 9])
    assert found["stories"].to_list() == [1, 4, 4, 9]


def test_a_window_does_not_reach_into_another_pair() -> None:
    other = _series([5, 5], [0.9, 0.9]).with_columns(pl.lit("AFG").alias("a"), pl.lit("ALB").alias("b"))
    both = rolling(pl.concat([other, _series([5, 5], [-0.1, -0.3])]), 4)
    assert both["tone"].to_list() == pytest.approx([0.9, 0.9, -0.1, -0.2])


def test_a_window_of_one_period_is_the_raw_tone() -> None:
    chance = np.random.default_rng(1)
    series = tone_over_time(told(np.sort(chance.integers(0, 60, 300)), chance.normal(0, 0.3, 300)), "day")
    found = rolling(series, 1)
    assert found["tone"].to_list() == pytest.approx(series["raw"].to_list())


@pytest.mark.parametrize(("rate", "periods"), [(0.2, 28), (0.7, 7), (0.7, 28), (3.0, 7), (10.0, 28)])
@pytest.mark.parametrize("climb", [0.0, 0.3])
def test_the_interval_holds_the_weighted_mean_of_the_window(rate: float, periods: int, climb: float) -> None:
    """Few stories a day, and a line that climbs through the window: the truth is the mean where the stories were."""
    chance = np.random.default_rng(int(rate * 10) + periods)
    runs = 1_500
    hits, asked = 0, 0
    n = chance.poisson(rate, (runs, periods)).astype(float)
    level = np.linspace(-climb, climb, periods)
    frames = []
    for run in range(runs):
        spread = 0.38
        stories = [chance.normal(level[day], spread, int(n[run, day])) for day in range(periods)]
        frames.append(
            _series(n[run].tolist(), [one.mean() if len(one) else 0.0 for one in stories]).with_columns(
                pl.Series("spread", [one.std() if len(one) else 0.0 for one in stories]),
                pl.lit(f"{run:05d}").alias("b"),
            )
        )
    last = rolling(pl.concat(frames), periods).group_by("b", maintain_order=True).last()
    for run, (low, high) in enumerate(last.select("low", "high").iter_rows()):
        if low is None:
            continue
        truth = float((n[run] * level).sum() / n[run].sum())
        asked += 1
        hits += low <= truth <= high
    sys.stdout.write(f"{rate} a day, {periods} days, climb {climb}: {hits / asked:.3f} of {asked}\n")
    # Where days have one story, within a day nothing is seen, and a climb counts as scatter: wider than it need be.
    assert hits / asked == pytest.approx(0.95, abs=0.02 if climb == 0 or rate >= 3 else 0.045)


def test_z_and_percentile_agree_with_scipy() -> None:
    chance = np.random.default_rng(5)
    series = tone_over_time(told(np.sort(chance.integers(0, 1_300, 2_500)), chance.normal(0, 0.4, 2_500)), "day")
    smooth = rolling(series, 28)
    value, seen = smooth["tone"].to_numpy(), series["n_eff"].to_numpy() > 0
    found = baseline(series)
    checked = 0
    for at in range(0, len(value), 37):
        window = value[max(0, at - 28 - 730 + 1) : max(0, at - 28 + 1)]
        window = window[seen[max(0, at - 28 - 730 + 1) : max(0, at - 28 + 1)] & np.isfinite(window)]
        if len(window) < 90:
            assert found["z"][at] is None
            assert found["percentile"][at] is None
            continue
        z = (value[at] - np.median(window)) / stats.median_abs_deviation(window, scale="normal")
        assert found["z"][at] == pytest.approx(z, rel=1e-4)  # 1.4826 is the constant rounded
        assert found["percentile"][at] == pytest.approx(stats.percentileofscore(window, value[at], kind="mean"))
        checked += 1
    assert checked > 25


def test_ninety_observed_days_are_needed_however_long_ago_they_began() -> None:
    quiet = _series([2.0 if day % 9 == 0 else 0.0 for day in range(1_000)], [0.1] * 1_000)
    assert baseline(quiet)["percentile"].null_count() == 1_000  # 82 in 730 days
    seen = _series([2.0 if day % 8 == 0 else 0.0 for day in range(1_000)], [0.1 * (day % 3) for day in range(1_000)])
    assert baseline(seen)["z"][-1] is not None
    assert baseline(seen)["z"][89 * 8 + 27] is None  # the ninetieth is not yet 28 days ago
    assert baseline(seen)["z"][89 * 8 + 28] is not None


def test_a_level_that_never_moves_has_no_z_but_a_percentile() -> None:
    found = baseline(_series([5.0] * 200, [0.25] * 200))
    assert found["z"][-1] is None
    assert found["percentile"][-1] == pytest.approx(50.0)


def test_months_have_a_baseline_and_years_have_none() -> None:
    chance = np.random.default_rng(2)
    rows = told(np.sort(chance.integers(0, 2_500, 4_000)), chance.normal(0, 0.4, 4_000))
    assert baseline(tone_over_time(rows, "month"))["z"].drop_nulls().len() > 40
    assert baseline(tone_over_time(rows, "year"))["z"].drop_nulls().is_empty()


def test_only_the_days_asked_for_are_told() -> None:
    chance = np.random.default_rng(2)
    series = tone_over_time(told(np.sort(chance.integers(0, 500, 900)), chance.normal(0, 0.4, 900)), "day")
    since = date(2016, 2, 1)
    assert baseline(series, since=since).equals(baseline(series).filter(pl.col("period") >= since))


def test_a_window_has_a_length() -> None:
    with pytest.raises(ValueError, match="at least one period, found 0"):
        rolling(_series([1], [0]), 0)
