"""Thin periods lean on the past: by hand, against known truth, and never on the future."""

from __future__ import annotations

import sys
from math import sqrt

import numpy as np
import polars as pl
import pytest

from ingest.index.series import tone_over_time
from ingest.index.shrinkage import AS_PERIODS, DOUBT, USUAL_BETWEEN, lean_on_past
from tests.index.invented import told


def test_the_formula_by_hand() -> None:
    n, mean, variance = np.array([4.0, 3.0, 2.0]), np.array([0.2, -0.1, 0.6]), np.array([0.04, 0.09, 0.01])
    found = lean_on_past(np.array([True, False, False]), mean, n, variance)
    m = (4 * 0.2 - 3 * 0.1) / 7
    sigma2 = (4 * 0.04 + 3 * 0.09 + 3 * 0.4**2) / (3 + 2 + 3)
    scatter = 4 * (0.2 - m) ** 2 + 3 * (-0.1 - m) ** 2
    moment = (scatter - sigma2) / (7 - 25 / 7)
    tau2 = max((moment + AS_PERIODS * USUAL_BETWEEN**2) / (1 + AS_PERIODS), 0.05**2)
    share = 2 / (2 + sigma2 / tau2)
    wide = tau2 + DOUBT * sqrt(2 / (1 + AS_PERIODS)) * (tau2 + sigma2 * 2 / 7)
    half = 1.959964 * sqrt(share**2 * sigma2 / 2 + (1 - share) ** 2 * (wide + (25 * wide + 7 * sigma2) / 49))
    assert np.isnan(found.tone[0])
    assert found.share[2] == pytest.approx(share)
    assert found.tone[2] == pytest.approx(share * 0.6 + (1 - share) * m)
    assert (found.low[2], found.high[2]) == pytest.approx((found.tone[2] - half, min(found.tone[2] + half, 1.0)))


def test_a_second_pair_begins_anew() -> None:
    chance = np.random.default_rng(3)
    n, mean, variance = chance.integers(1, 5, 12).astype(float), chance.uniform(-0.5, 0.5, 12), chance.random(12) / 9
    first = np.zeros(12, bool)
    first[[0, 7]] = True
    both = lean_on_past(first, mean, n, variance)
    alone = lean_on_past(first[7:], mean[7:], n[7:], variance[7:])
    assert both.tone[7:] == pytest.approx(alone.tone, nan_ok=True)
    assert both.low[7:] == pytest.approx(alone.low, nan_ok=True)


PRIOR = (0.10, 0.18, 0.30)
"""The stated prior: a third of the pairs each move between periods by so much."""


@pytest.mark.parametrize("size", [2, 3, 4])
@pytest.mark.parametrize("past", [1, 3, 10, 30, 100])
def test_the_posterior_holds_the_truth_95_times_in_100(size: int, past: int) -> None:
    """Periods are drawn around a level with a τ of the prior, stories around them with σ = 0.4, as usual."""
    found = {between: _coverage(between, size, past) for between in PRIOR}
    sys.stdout.write(f"{size} stories, {past} periods before: {found}\n")
    assert sum(found.values()) / len(PRIOR) == pytest.approx(0.95, abs=0.02)
    assert min(found.values()) > 0.88
    assert found[0.18] == pytest.approx(0.95, abs=0.035)


def _coverage(between: float, size: int, past: int) -> float:
    chance = np.random.default_rng(size * 100 + past)
    pairs = 3_000
    truth = chance.normal(0, between, (pairs, past + 1))
    stories = truth[..., None] + chance.normal(0, 0.4, (pairs, past + 1, size))
    first = np.zeros((pairs, past + 1), bool)
    first[:, 0] = True
    n = np.full(first.size, float(size))
    found = lean_on_past(first.ravel(), stories.mean(axis=2).ravel(), n, stories.var(axis=2).ravel())
    low, high = (end.reshape(pairs, past + 1)[:, -1] for end in (found.low, found.high))
    return float(np.mean((low <= truth[:, -1]) & (truth[:, -1] <= high)))


def test_leaning_is_nearer_the_truth_than_not() -> None:
    chance = np.random.default_rng(1)
    truth = np.repeat(chance.normal(0.1, 0.15, 300), 3)
    days = np.repeat(np.arange(300) * 7, 3)
    found = tone_over_time(told(days, truth + chance.normal(0, 0.35, 900)), "week").filter(pl.col("stories") == 3)
    error = {name: float(np.mean((found[name].to_numpy()[1:] - truth[::3][1:300]) ** 2)) for name in ("tone", "raw")}
    assert error["tone"] < 0.7 * error["raw"]


def test_periods_with_enough_stories_are_as_they_were_and_a_first_one_too() -> None:
    chance = np.random.default_rng(2)
    days = np.sort(chance.integers(0, 400, 500))
    found = tone_over_time(told(days, chance.normal(0, 0.4, 500)), "week")
    enough = found.filter(pl.col("n_eff") >= 5)
    assert enough["tone"].to_list() == enough["raw"].to_list()
    thin = found[1:].filter(pl.col("n_eff").is_between(2, 4.9))
    assert (thin["tone"] != thin["raw"]).all()
    alone = tone_over_time(told(np.array([0, 0, 0]), np.array([0.1, 0.5, 0.9])), "day")
    assert alone["tone"].item() == pytest.approx(0.5)
    assert alone["raw"].item() == pytest.approx(0.5)
