"""The rule of alerts: planted turns are found, each bound of the rule holds, an event keeps its name."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest

from ingest.index.alerts import EVENTS, alerts, event_id, untold
from ingest.index.baseline import baseline
from ingest.index.rolling import rolling
from ingest.index.series import tone_over_time
from tests.index.invented import DAY_ONE, told

TURN = 600
TURNS = DAY_ONE.date() + timedelta(days=TURN)


def turning(
    by: float = -0.6, *, rate: float = 2.0, outlets: int = 6, pair: str = "PAK-RUS", until: int = 660
) -> pl.DataFrame:
    """Return readings of a pair whose tone moves by so much on one day."""
    chance = np.random.default_rng(4)
    days = np.sort(chance.integers(0, until, int(until * rate)))
    return told(
        days, 0.2 + np.where(days >= TURN, by, 0) + chance.normal(0, 0.2, len(days)), pair=pair, outlets=outlets
    )


def test_a_turn_is_one_event_that_begins_soon_after_it() -> None:
    found = alerts(pl.concat([turning(), turning(0.5, pair="CHN-IND"), turning(0.0, pair="FRA-USA")]), since=TURNS)
    assert dict(found.schema) == EVENTS
    told_ = {row["pair"]: row for row in found.iter_rows(named=True)}
    assert set(told_) >= {"PAK-RUS", "CHN-IND"}
    colder = told_["PAK-RUS"]
    assert (colder["way"], told_["CHN-IND"]["way"]) == ("colder", "warmer")
    assert TURNS <= colder["first"] <= TURNS + timedelta(days=14)
    assert colder["last"] == DAY_ONE.date() + timedelta(days=659)
    assert colder["change"] == pytest.approx(-0.6, abs=0.08)
    assert colder["tone"] == pytest.approx(colder["usual"] + colder["change"])
    assert colder["low"] < colder["change"] < colder["high"] < 0
    assert colder["id"] == event_id("PAK-RUS", "colder", colder["first"])


def test_the_numbers_are_those_of_the_series() -> None:
    rows = turning()
    event = alerts(rows, since=TURNS).row(0, named=True)
    series = tone_over_time(rows, "day")
    smooth = rolling(series, 28).filter(pl.col("period") == event["day"])
    assert event["tone"] == pytest.approx(smooth["tone"].item())
    assert event["n_eff"] == pytest.approx(smooth["n_eff"].item())
    assert event["z"] == pytest.approx(baseline(series).filter(pl.col("period") == event["day"])["z"].item())
    within = (pl.col("published").dt.date() > event["day"] - timedelta(days=28)) & (
        pl.col("published").dt.date() <= event["day"]
    )
    assert event["outlets"] == rows.filter(within)["outlet"].n_unique()


def test_two_outlets_are_no_alert() -> None:
    assert alerts(turning(outlets=2), since=TURNS).is_empty()
    assert not alerts(turning(outlets=3), since=TURNS).is_empty()


def test_nine_stories_in_28_days_are_no_alert() -> None:
    rows = turning()
    day = pl.col("published").dt.date()
    few = pl.concat([rows.filter(day < TURNS - timedelta(days=28)), rows.filter(day >= TURNS).head(9)])
    assert alerts(few, since=TURNS).is_empty()
    ten = pl.concat([rows.filter(day < TURNS - timedelta(days=28)), rows.filter(day >= TURNS).head(10)])
    assert alerts(ten, since=TURNS)["n_eff"].to_list() == [10.0]


def test_a_pair_that_is_new_has_no_usual_to_differ_from() -> None:
    assert alerts(turning().filter(pl.col("published").dt.date() >= TURNS - timedelta(days=20)), since=TURNS).is_empty()


def test_what_comes_later_changes_no_event_but_its_end() -> None:
    whole, cut = (
        alerts(turning(), since=TURNS),
        alerts(turning().filter(pl.col("published").dt.date() <= TURNS + timedelta(20)), since=TURNS),
    )
    assert cut["id"].to_list() == whole["id"].to_list()
    assert cut["first"].to_list() == whole["first"].to_list()
    assert cut["last"][0] < whole["last"][0]


def test_the_days_before_that_it_says_it_needs_suffice() -> None:
    rows = pl.concat([turning(until=1_700).with_columns(pl.col("story_id") + "x"), turning()])
    since = date(2019, 6, 1)
    from_all = alerts(rows, since=since)
    enough = rows.filter(pl.col("published").dt.date() >= since - timedelta(days=365 + 28 + 28 + 730))
    assert alerts(enough, since=since).equals(from_all)


def _event(first: date, last: date, pair: str = "PAK-RUS", way: str = "colder") -> dict[str, object]:
    return {"id": event_id(pair, way, first), "pair": pair, "way": way, "first": first, "last": last}


@pytest.mark.parametrize(
    ("event", "known"),
    [
        (_event(date(2017, 3, 1), date(2017, 3, 9)), True),
        (_event(date(2017, 3, 1), date(2017, 5, 9)), True),  # it went on
        (_event(date(2017, 2, 26), date(2017, 3, 9)), True),  # a late article moved its first day
        (_event(date(2017, 3, 30), date(2017, 4, 2)), True),  # 21 days on: the same
        (_event(date(2017, 5, 1), date(2017, 5, 2)), False),
        (_event(date(2017, 3, 1), date(2017, 3, 9), way="warmer"), False),
        (_event(date(2017, 3, 1), date(2017, 3, 9), pair="CHN-IND"), False),
    ],
)
def test_an_event_is_told_once(event: dict[str, object], known: bool) -> None:
    before = pl.DataFrame([_event(date(2017, 3, 1), date(2017, 3, 9))])
    assert untold(pl.DataFrame([event]), before).is_empty() == known
    assert untold(pl.DataFrame([event]), before.clear()).height == 1
