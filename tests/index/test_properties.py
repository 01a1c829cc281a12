"""What holds of every function of the index: order, copies, coding and the future change nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from ingest.index.alerts import alerts
from ingest.index.baseline import baseline
from ingest.index.changes import change_points
from ingest.index.mix import adjusted
from ingest.index.outlets import with_country
from ingest.index.rolling import rolling
from ingest.index.series import Period, tone_over_time
from ingest.index.sides import by_side, directed
from ingest.index.stories import WEIGHTS, Weight, by_story, coded, weighed
from ingest.index.volume import volume
from tests.index.invented import DAY_ONE, told

FACTS = pl.DataFrame(
    {
        "outlet": [*(f"outlet{number}.example" for number in range(6)), "echo.example"],
        "country": ["PAK", "RUS", "FRA", None, "PAK", "RUS", "DEU"],
        "kind": ["state"] * 7,
    }
)
TOTALS = pl.DataFrame({"day": pl.date_range(date(2015, 1, 1), date(2018, 1, 1), eager=True)}).join(
    pl.DataFrame({"outlet": FACTS["outlet"], "stories": range(20, 27)}), how="cross"
)

Work = Callable[[pl.DataFrame, Period, Weight], pl.DataFrame]
WORKS: dict[str, Work] = {
    "tone_over_time": tone_over_time,
    "rolling": lambda rows, by, weight: rolling(tone_over_time(rows, by, weight), 4),
    "baseline": lambda rows, by, weight: baseline(tone_over_time(rows, by, weight)),
    "adjusted": adjusted,
    "by_side": lambda rows, by, weight: by_side(with_country(rows, FACTS), by, weight),
    "ab": lambda rows, by, weight: directed(rows, by, weight).ab,
    "difference": lambda rows, by, weight: directed(rows, by, weight).difference,
    "volume": lambda rows, by, weight: volume(rows, TOTALS, by, weight),
    "change_points": lambda rows, by, weight: change_points(tone_over_time(rows, by, weight)),
    "alerts": lambda rows, _, weight: alerts(rows, weight),
}
BLIND_TO_THE_FUTURE = ["tone_over_time", "rolling", "baseline", "by_side", "ab", "difference", "volume"]


def _rows(seed: int, size: int, days: int) -> pl.DataFrame:
    chance = np.random.default_rng(seed)
    at = np.sort(chance.integers(0, days, size))
    tone = chance.normal(0, 0.3, size) + np.where(at > days * 0.8, -0.6, 0.2)
    return told(at, tone, copies=0.3, seed=seed)


def _same(left: pl.DataFrame, right: pl.DataFrame) -> None:
    assert_frame_equal(left, right, check_exact=False, abs_tol=1e-9)


choices = (
    st.integers(0, 9),
    st.sampled_from([30, 400, 2_000]),
    st.sampled_from(["day", "week", "month"]),
    st.sampled_from(WEIGHTS),
)


@pytest.mark.parametrize("name", list(WORKS))
@settings(max_examples=6)
@given(*choices)
def test_the_order_of_articles_and_how_they_are_coded_change_nothing(
    name: str, seed: int, size: int, by: Period, weight: Weight
) -> None:
    rows = _rows(seed, size, 900)
    before = WORKS[name](rows, by, weight)
    _same(before, WORKS[name](rows.sample(fraction=1.0, shuffle=True, seed=seed), by, weight))
    _same(before, WORKS[name](coded(rows), by, weight))


@pytest.mark.parametrize("name", [name for name in WORKS if name != "alerts"])
@settings(max_examples=6)
@given(st.tuples(*choices), st.sampled_from(FACTS["outlet"].to_list()))
def test_every_article_of_an_outlet_twice_leaves_unique_weights_unchanged(
    name: str, choice: tuple[int, int, Period, Weight], outlet: str
) -> None:
    seed, size, by, weight = choice
    rows = _rows(seed, size, 900)
    doubled = pl.concat([rows, rows.filter(pl.col("outlet") == outlet)])
    drop = {"articles"}
    if weight == "raw":
        weight = "unique"
    before, after = (
        found.drop(drop & set(found.columns)) for found in (WORKS[name](told_, by, weight) for told_ in (rows, doubled))
    )
    if name == "adjusted":  # the words of a story are shared by article: an echo's share grows
        assert_frame_equal(before.select("period"), after.select("period"))
        return
    _same(before, after)


@pytest.mark.parametrize("name", BLIND_TO_THE_FUTURE)
@settings(max_examples=6)
@given(st.tuples(*choices), st.integers(2, 29))
def test_cutting_off_the_future_changes_no_earlier_value(
    name: str, choice: tuple[int, int, Period, Weight], months: int
) -> None:
    seed, size, by, weight = choice
    rows = _rows(seed, size, 900)
    first = rows["published"].min()
    assert first is not None
    # The first day of a period of any length, after which nothing is known. Copies come within an hour.
    end = pl.Series([date(2015, 1, 1)]).dt.offset_by(f"{months}mo").item()
    end += timedelta(days=-end.weekday() % 7) if by == "week" else timedelta(0)
    known = WORKS[name](rows.filter(pl.col("published").dt.date() < end), by, weight)
    later = WORKS[name](rows, by, weight).filter(pl.col("period") < end)
    if name == "volume":
        known = known.filter(pl.col("period") < end)
    if known.is_empty():
        return
    keys = [key for key in ("side", "a", "b", "period") if key in known.columns]
    both = known.join(later, on=keys, how="left", suffix="_later").sort(keys)
    for column in set(known.columns) - set(keys):
        _same(both.select(column), both.select(pl.col(f"{column}_later").alias(column)))
    assert DAY_ONE.date() <= end


@pytest.mark.parametrize("weight", WEIGHTS)
def test_stories_weighed_anew_are_those_weighed_at_first(weight: Weight) -> None:
    rows = _rows(1, 400, 300)
    stories = weighed(by_story(rows), weight).collect()
    assert_frame_equal(stories.sort("story_id"), by_story(rows, weight).sort("story_id").collect())
    for work in (tone_over_time, adjusted):
        _same(work(rows, "month", weight), work(rows, "month", weight, stories=stories))


@pytest.mark.parametrize("name", list(WORKS))
def test_nothing_gives_nothing(name: str) -> None:
    rows = _rows(1, 30, 30)
    some, none = WORKS[name](rows, "day", "unique"), WORKS[name](rows.clear(), "day", "unique")
    assert none.is_empty()
    assert none.schema == some.schema
