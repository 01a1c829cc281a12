from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.index.moves import curves, level, moves
from ingest.index.series import NEGATIVE, tone_over_time

LAST = date(2024, 6, 30)

stories = st.lists(
    st.tuples(
        st.sampled_from(["PAK-RUS", "IND-PAK"]), st.integers(0, 200), st.floats(-1, 1).map(lambda tone: round(tone, 3))
    ),
    min_size=1,
    max_size=60,
)
Told = list[tuple[str, int, float]]


def sums(told: Told) -> pl.DataFrame:
    """Add stories up by pair and day, as the store does."""
    rows = pl.DataFrame(
        [(pair, LAST - timedelta(days=ago), tone) for pair, ago, tone in told], ("pair", "day", "tone"), orient="row"
    )
    tone = pl.col("tone")
    return rows.group_by("pair", "day").agg(
        pl.len().cast(pl.Int64).alias("stories"),
        tone.sum().alias("pull"),
        (tone**2).sum().alias("squares"),
        (tone <= NEGATIVE).sum().cast(pl.Int64).alias("negative"),
        pl.len().cast(pl.Int64).alias("articles"),
    )


@given(stories)
def test_level_is_the_mean_of_the_stories(told: Told) -> None:
    for row in level(sums(told), LAST - timedelta(days=400), LAST).to_dicts():
        tones = [tone for pair, _, tone in told if pair == row["pair"]]
        assert row["n"] == len(tones)
        if len(tones) < 2:
            assert row["tone"] is None
        else:
            assert row["tone"] == pytest.approx(np.mean(tones), abs=1e-9)
            assert -1 <= row["low"] <= row["tone"] + 1e-9
            assert row["tone"] - 1e-9 <= row["high"] <= 1


@given(stories)
def test_curve_has_the_mean_that_the_series_has(told: Told) -> None:
    readings = pl.DataFrame(
        [
            (pair, str(number), datetime.combine(LAST - timedelta(days=ago), datetime.min.time(), UTC), "x", tone)
            for number, (pair, ago, tone) in enumerate(told)
        ],
        ("pair", "story_id", "published", "outlet", "tone"),
        orient="row",
    )
    series = tone_over_time(readings.lazy(), "month").filter(pl.col("stories") > 0)
    small = curves(sums(told), "1mo")
    both = small.join(
        series.select(pl.concat_str("a", pl.lit("-"), "b").alias("pair"), "period", "stories", "raw"),
        on=["pair", "period"],
    )
    assert both.height == small.height == series.height
    assert both["n"].to_list() == both["stories"].to_list()
    drawn = both.filter(pl.col("n") >= 2)
    assert drawn["tone"].to_list() == pytest.approx(drawn["raw"].to_list(), abs=1e-9)


def planted(before: float, now: float, n: int = 12) -> Told:
    rng = np.random.default_rng(1)
    late = [
        ("PAK-RUS", int(day), float(now + noise)) for day, noise in zip(range(n), rng.normal(0, 0.1, n), strict=True)
    ]
    early = [
        ("PAK-RUS", 31 + int(day), float(before + noise))
        for day, noise in zip(range(n), rng.normal(0, 0.1, n), strict=True)
    ]
    return late + early


def test_a_planted_move_is_clear_and_has_its_sign() -> None:
    (row,) = moves(sums(planted(-0.4, 0.3)), 30, LAST).to_dicts()
    assert row["clear"]
    assert row["change"] == pytest.approx(0.7, abs=0.1)
    assert (row["n_before"], row["n_now"]) == (12, 12)
    assert row["low"] <= row["change"] <= row["high"]


def test_the_same_level_is_no_clear_move() -> None:
    (row,) = moves(sums(planted(0.1, 0.1)), 30, LAST).to_dicts()
    assert not row["clear"]


@pytest.mark.parametrize("ago", [3, 45])
def test_pairs_with_few_stories_on_a_side_are_left_out(ago: int) -> None:
    told = [one for one in planted(-0.4, 0.3) if (one[1] > 30) == (ago == 3)] + [("PAK-RUS", ago, 0.3)] * 4
    assert moves(sums(told), 30, LAST).is_empty()


def test_a_week_is_held_against_four_weeks() -> None:
    told = [("PAK-RUS", day, 0.5) for day in range(6)] + [("PAK-RUS", day, -0.5) for day in range(7, 35)]
    told += [("PAK-RUS", 36, 1.0)] * 50
    (row,) = moves(sums(told), 7, LAST).to_dicts()
    assert row["n_before"] == 28


@given(stories)
def test_moves_do_not_look_ahead(told: Told) -> None:
    earlier = LAST - timedelta(days=60)
    seen = [one for one in told if one[1] >= 60]
    if seen:
        assert moves(sums(told), 30, earlier).equals(moves(sums(seen), 30, earlier))
