"""How sure a mean is, against other ways to work it out and against known truth."""

from __future__ import annotations

import sys
from collections.abc import Callable
from math import sqrt
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.index.interval import FEW, MANY, Floats, mean_intervals, wilson

_SEED = 7

tones = st.floats(-1, 1, allow_subnormal=False)
weights = st.floats(1, 30)


def _one(tone: Floats, weight: Floats | None = None) -> tuple[float, float]:
    low, high = mean_intervals(tone, np.ones(len(tone)) if weight is None else weight, np.array([0]))[0]
    return float(low), float(high)


def _ends_here(groups: list[list[tuple[float, float]]]) -> tuple[Floats, Floats, np.ndarray]:
    flat = [pair for group in groups for pair in group]
    starts = np.cumsum([0, *(len(group) for group in groups)])[:-1]
    return np.array([tone for tone, _ in flat]), np.array([weight for _, weight in flat]), starts


groups = st.lists(st.lists(st.tuples(tones, weights), min_size=1, max_size=30), min_size=1, max_size=6)


@given(groups)
def test_an_interval_holds_its_mean_and_stays_in_range(told: list[list[tuple[float, float]]]) -> None:
    tone, weight, starts = _ends_here(told)
    found = mean_intervals(tone, weight, starts)
    assert found.shape == (len(told), 2)
    for (low, high), group in zip(found, told, strict=True):
        mean = sum(t * w for t, w in group) / sum(w for _, w in group)
        assert -1 <= low <= mean + 1e-9
        assert mean - 1e-9 <= high <= 1


@given(groups)
def test_the_same_stories_give_the_same_interval(told: list[list[tuple[float, float]]]) -> None:
    tone, weight, starts = _ends_here(told)
    assert np.array_equal(mean_intervals(tone, weight, starts), mean_intervals(tone, weight, starts))


def test_nothing_has_no_interval() -> None:
    assert mean_intervals(np.empty(0), np.empty(0), np.empty(0, np.int64)).shape == (0, 2)


def _student_upper(p: float, degrees: float) -> float:
    """Return the value that Student's t exceeds with probability p, by summing its density."""
    at = np.linspace(0, 60, 600_001)
    density = (1 + at**2 / degrees) ** (-(degrees + 1) / 2)
    tail = 1 - np.cumsum(density) / density.sum()  # of the positive half
    return float(at[np.searchsorted(-tail, -2 * p)])


def test_the_yardstick_is_right() -> None:
    assert _student_upper(0.025, 7) == pytest.approx(2.3646, abs=1e-3)
    assert _student_upper(0.025, 39) == pytest.approx(2.0227, abs=1e-3)


@pytest.mark.parametrize("size", [8, 12, 40, 150])
@pytest.mark.parametrize("weighted", [False, True])
def test_resampling_agrees_with_an_independent_bootstrap(size: int, weighted: bool) -> None:
    chance = np.random.default_rng(_SEED + size)
    tone = chance.uniform(-0.8, 0.8, size)
    weight = chance.integers(1, 3, size).astype(float) if weighted else np.ones(size)
    chosen = chance.integers(0, size, (40_000, size))
    means = (tone[chosen] * weight[chosen]).sum(1) / weight[chosen].sum(1)
    n = weight.sum() ** 2 / (weight**2).sum()
    tail = NormalDist().cdf(-_student_upper(0.025, n - 1) * sqrt(n / (n - 1)))
    expected = np.quantile(means, [tail, 1 - tail])
    # From 1,000 resamples such a quantile has a standard error of up to an eighth of the half width.
    half = (expected[1] - expected[0]) / 2
    assert np.array(_one(tone, weight)) == pytest.approx(expected, abs=0.3 * half)


@pytest.mark.parametrize("size", [MANY + 1, 1_000])
def test_many_stories_have_the_normal_interval(size: int) -> None:
    tone = np.random.default_rng(_SEED).uniform(-1, 1, size)
    error = tone.std() / sqrt(size)
    assert _one(tone) == pytest.approx((tone.mean() - 1.96 * error, tone.mean() + 1.96 * error), abs=1e-5)


@pytest.mark.parametrize("size", [2, 3, 4])
def test_few_stories_borrow_the_spread_of_all(size: int) -> None:
    chance = np.random.default_rng(_SEED)
    tone = np.concatenate([np.full(size, 0.1), chance.uniform(-0.3, 0.5, 50)])
    found = mean_intervals(tone, np.ones(len(tone)), np.array([0, size]))[0]
    # The spread of all, and of three more stories of the usual spread.
    squares = float(((tone - tone.mean()) ** 2).sum()) + 3 * 0.4**2
    half = 1.96 * sqrt(squares / (len(tone) - 1 + 3)) / sqrt(size)
    assert found == pytest.approx([0.1 - half, 0.1 + half], abs=1e-4)
    assert size < FEW


@pytest.mark.parametrize("size", [2, 3, 4])
def test_few_stories_that_agree_are_not_certain(size: int) -> None:
    low, high = _one(np.full(size, 0.3))
    assert low < 0.1
    assert high > 0.5


@given(st.floats(0, 1), st.floats(0.5, 1e5))
def test_wilson_agrees_with_the_equation_it_solves(share: float, n: float) -> None:
    low, high = (float(end[0]) for end in wilson(np.array([share]), np.array([n])))
    assert 0 <= low <= share + 1e-9
    assert share - 1e-9 <= high <= 1
    # Wilson (1927): the ends p are where |share − p| = z √(p (1 − p) / n), or the end of the range.
    for end in (low, high):
        distance = 1.959964 * sqrt(end * (1 - end) / n)
        assert abs(share - end) == pytest.approx(distance, abs=1e-6)


def _skewed(chance: np.random.Generator, shape: tuple[int, int]) -> Floats:
    """Draw as tone is: many near 0, a tail on the hostile side. Mean −0.1."""
    hostile = chance.random(shape) < 0.25
    return np.where(hostile, chance.uniform(-1, -0.2, shape), chance.uniform(-0.2, 0.5333333, shape)) + 0.025


_TRUTHS: dict[str, tuple[float, Callable[[np.random.Generator, tuple[int, int]], Floats]]] = {
    "even": (0.1, lambda chance, shape: chance.uniform(-0.5, 0.7, shape)),
    "normal": (0.1, lambda chance, shape: np.clip(chance.normal(0.1, 0.2, shape), -1, 1)),
    "skewed": (0.0, _skewed),
}


def _coverage(truth: str, size: int, periods: int = 1_500) -> float:
    mean, draw = _TRUTHS[truth]
    tone = draw(np.random.default_rng(_SEED), (periods, size))
    starts = np.arange(periods) * size
    found = mean_intervals(tone.ravel(), np.ones(periods * size), starts)
    return float(np.mean((found[:, 0] <= mean) & (mean <= found[:, 1])))


def test_the_truths_are_what_they_say() -> None:
    for truth, (mean, draw) in _TRUTHS.items():
        assert draw(np.random.default_rng(1), (1_000, 1_000)).mean() == pytest.approx(mean, abs=2e-3), truth


@pytest.mark.parametrize("truth", list(_TRUTHS))
@pytest.mark.parametrize("size", [2, 3, 4, 5, 6, 8, 12, 20, 60, 250])
def test_an_interval_of_95_percent_holds_the_truth_about_that_often(truth: str, size: int) -> None:
    found = _coverage(truth, size)
    sys.stdout.write(f"coverage of {size} stories, {truth}: {found:.3f}\n")
    # Of five and six skewed stories resampling can show too few different means.
    assert found == pytest.approx(0.95, abs=0.05 if size in {5, 6} else 0.04)


@pytest.mark.parametrize("size", [2, 3, 4])
def test_so_does_that_of_a_pair_of_which_there_are_only_a_few_stories_ever(size: int) -> None:
    tone = np.random.default_rng(_SEED).uniform(-0.5, 0.7, (1_000, size))
    found = float(np.mean([low <= 0.1 <= high for low, high in map(_one, tone)]))
    sys.stdout.write(f"coverage of {size} stories that are all there are: {found:.3f}\n")
    assert found == pytest.approx(0.95, abs=0.04)
