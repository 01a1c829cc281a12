"""Thin periods lean on their pair's past: empirical Bayes with what was known before. Pure; never looks ahead.

A period's true tone is taken as drawn around the mean of the periods before it, with variance τ² between periods; its
stories scatter around it with variance σ² within. Then the best guess of a period with n_eff stories is
λ T + (1 − λ) m with λ = n_eff / (n_eff + k) and k = σ²/τ² (DESIGN, "The index"; Morris 1983,
doi.org/10.1080/01621459.1983.10477920). σ² and τ² come from the same past by the method of moments (DerSimonian and
Laird 1986, doi.org/10.1016/0197-2456(86)90046-2, with n_eff in the place of the trials' weights).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from ingest.index.interval import AS_STORIES, USUAL_SPREAD, Floats, Z

USUAL_BETWEEN = 0.18
"""Standard deviation τ of a pair's periods: the method of moments over the 50 pairs of the sample with more than four
periods says 0.19 by weeks and 0.16 by months (scorer `detente-fast`)."""

AS_PERIODS = 6.0
"""How many periods' worth of weight it has: a young pair does not tell its own τ, and k would be anything from 0 on."""

LEAST_BETWEEN = 0.05
"""Least τ, a third of the shift that pages have a word for (0.15): a past that agrees by chance, and gives a τ² of 0
or less, does not make the present certain."""


DOUBT = 0.5
"""Standard errors of τ² that the interval adds to it: without, as τ² is small by chance, the intervals of periods with
two stories hold the truth in 90 of 100 cases. With it and `AS_PERIODS`, they do in 94 to 97, for pairs of which a
third each have a τ of 0.10, 0.18 and 0.30 (simulated in tests/index/test_shrinkage.py)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Posterior:
    """What a period's tone is after leaning on the past; arrays with a row per period, NaN where there is no past."""

    tone: Floats
    low: Floats
    high: Floats
    share: Floats
    """λ: the weight of the period's own stories, 0 … 1."""


def lean_on_past(first: npt.NDArray[np.bool_], mean: Floats, n_eff: Floats, variance: Floats) -> Posterior:
    """Shrink each period toward the mean of the periods of its pair before it.

    Takes periods with stories, sorted by pair and time: whether it is the `first` of its pair, the weighted `mean` of
    its stories, `n_eff`, and the weighted `variance` of its stories around that mean (divided by Σw). All periods
    before count, by n_eff. σ² has `AS_STORIES` stories of the usual spread beside its own, τ² `AS_PERIODS` periods of
    the usual τ: so a pair with one period behind it has a k too. The 95 % interval is that of the posterior, with the
    doubt about the past mean and about τ²: λ²σ²/n_eff + (1 − λ)² (τ² + Var m), with τ² half a standard error larger.
    """
    before = np.cumsum(first) - 1
    start = np.flatnonzero(first)[before] if len(first) else np.empty(0, np.int64)

    def past(values: Floats) -> Floats:
        # Pair by pair, so that no rounding of another pair's sums comes in.
        frame = pl.DataFrame({"pair": start, "value": values})
        before_it = pl.col("value").cum_sum().shift(1, fill_value=0.0).over("pair")
        return frame.select(before_it).to_series().to_numpy()

    periods = np.arange(len(first)) - start
    n, n2 = past(n_eff), past(n_eff**2)
    with np.errstate(divide="ignore", invalid="ignore"):
        m = past(n_eff * mean) / n
        own = np.maximum(n - periods, 0.0)  # Σ (n_eff − 1)
        within = (past(n_eff * variance) + AS_STORIES * USUAL_SPREAD**2) / (own + AS_STORIES)
        scatter = np.maximum(past(n_eff * mean**2) - n * m**2, 0.0)
        others = np.maximum(periods - 1.0, 0.0)
        moments = np.where(periods > 1, (scatter - others * within) / np.maximum(n - n2 / n, 1e-12), 0.0)
        between = (others * moments + AS_PERIODS * USUAL_BETWEEN**2) / (others + AS_PERIODS)
        between = np.maximum(between, LEAST_BETWEEN**2)
        share = n_eff / (n_eff + within / between)
        # τ² is known from so many periods only: its standard error, as of a variance of normal means, on top.
        doubt = np.sqrt(2 / (others + AS_PERIODS)) * (between + within * periods / n)
        wide = between + DOUBT * doubt
        half = Z * np.sqrt(share**2 * within / n_eff + (1 - share) ** 2 * (wide + (wide * n2 + within * n) / n**2))
    share = np.where(periods > 0, share, np.nan)
    tone = share * mean + (1 - share) * m
    return Posterior(tone=tone, low=np.maximum(tone - half, -1.0), high=np.minimum(tone + half, 1.0), share=share)
