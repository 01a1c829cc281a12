"""Press by side and tone each way: by hand, and against known truth."""

from __future__ import annotations

import sys

import numpy as np
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from ingest.data_files import data_dir
from ingest.feeds.feed_list import Feed, read_list
from ingest.index.outlets import FACTS, outlet_facts, with_country
from ingest.index.series import tone_over_time
from ingest.index.sides import SIDE_COLUMNS, by_side, directed
from tests.index.invented import told

SHIPPED = read_list((data_dir() / "feeds.opml").read_bytes(), "feeds.opml")


def test_each_side_is_the_series_of_its_own_press() -> None:
    chance = np.random.default_rng(1)
    rows = told(np.sort(chance.integers(0, 200, 500)), chance.normal(0, 0.3, 500), copies=0.3)
    home = {"outlet0.example": "PAK", "outlet1.example": "RUS", "outlet2.example": "FRA", "outlet3.example": "USA"}
    facts = pl.DataFrame({"outlet": list(home), "country": list(home.values())})
    found = by_side(with_country(rows, facts), "month")
    assert dict(found.schema) == SIDE_COLUMNS
    asked = {
        "a": ["outlet0.example"],
        "b": ["outlet1.example"],
        "third": ["outlet2.example", "outlet3.example"],
        "unknown": ["outlet4.example", "outlet5.example", "echo.example"],
    }
    for side, outlets in asked.items():
        own = found.filter(pl.col("side") == side).drop("side")
        assert_frame_equal(own, tone_over_time(rows.filter(pl.col("outlet").is_in(outlets)), "month"))


def test_readings_both_ways_count_in_each_and_those_without_direction_in_none() -> None:
    rows = told(np.zeros(6, int), np.array([0.5, 0.3, -0.2, -0.4, 0.1, 0.9])).with_columns(
        pl.Series("direction", ["ab", "ab", "ba", "ba", "both", "none"])
    )
    found = directed(rows, "day")
    assert found.ab["raw"].item() == pytest.approx((0.5 + 0.3 + 0.1) / 3)
    assert found.ba["raw"].item() == pytest.approx((-0.2 - 0.4 + 0.1) / 3)
    (a, b, _, difference, low, high) = found.difference.row(0)
    assert (a, b) == ("PAK", "RUS")
    assert difference == pytest.approx(0.9 / 3 + 0.5 / 3)
    # Few: the spread of both ways, each around its own mean, and of three usual stories; the story of both ways is one.
    scatter = sum((y - 0.3) ** 2 for y in (0.5, 0.3, 0.1)) + sum((y + 0.5 / 3) ** 2 for y in (-0.2, -0.4, 0.1))
    half = 1.959964 * ((scatter + 3 * 0.16) / (4 + 3) * 4 / 9) ** 0.5
    assert (low, high) == pytest.approx((difference - half, difference + half))


def test_stories_of_both_ways_alone_differ_by_nothing() -> None:
    rows = told(np.zeros(12, int), np.linspace(-0.5, 0.5, 12)).with_columns(pl.lit("both").alias("direction"))
    assert directed(rows, "day").difference.row(0)[3:] == pytest.approx((0, 0, 0))


@pytest.mark.parametrize("size", [3, 8, 15, 60, 300])
def test_the_interval_of_the_difference_holds_the_truth_95_times_in_100(size: int) -> None:
    """Stories are drawn of either way or of both; ab is above ba where a story tells of one way."""
    chance = np.random.default_rng(size)
    periods = 900 if size < 100 else 300
    days = np.repeat(np.arange(periods), 3 * size)
    way = chance.choice(["ab", "ba", "both"], len(days))
    tone = np.select([way == "ab", way == "ba"], [0.1, -0.2], -0.05) + chance.uniform(-0.6, 0.6, len(days))
    found = directed(told(days, tone).with_columns(pl.Series("direction", way)), "day").difference.drop_nulls()
    truth = (0.1 - 0.05) / 2 - (-0.2 - 0.05) / 2
    low, high = found["low"].to_numpy(), found["high"].to_numpy()
    coverage = float(np.mean((low <= truth) & (truth <= high)))
    sys.stdout.write(f"{size} each: {coverage:.3f}\n")
    assert coverage == pytest.approx(0.95, abs=0.025)


def test_where_a_way_is_too_thin_the_difference_is_a_gap() -> None:
    rows = told(np.zeros(4, int), np.full(4, 0.1)).with_columns(pl.Series("direction", ["ab", "ab", "ab", "ba"]))
    assert directed(rows, "day").difference.row(0)[3:] == (None, None, None)


@pytest.mark.parametrize(
    ("outlet", "country", "kind"),
    [
        ("Deutsche Welle", "DEU", "public"),
        ("deutsche welle", "DEU", "public"),
        ("dw.com", "DEU", "public"),
        ("amp.dw.com", "DEU", "public"),
        ("elpais.com", "ESP", "private"),
        ("eng.belta.by", "BLR", "state"),
        ("news.unheard-of.ru", "RUS", None),
        ("unheard-of.com.pk", "PAK", None),
        ("unheard-of.cn", "CHN", None),
        ("unheard-of.co.uk", "GBR", None),
        ("unheard-of.tv", None, None),
        ("unheard-of.io", None, None),
        ("unheard-of.co", None, None),
        ("unheard-of.me", None, None),
        ("unheard-of.com", None, None),
        ("The Daily Unheard-of", None, None),
        ("Sample Co. in", None, None),
        ("", None, None),
    ],
)
def test_an_outlet_is_at_home_where_the_list_or_its_domain_says(
    outlet: str, country: str | None, kind: str | None
) -> None:
    assert outlet_facts([outlet], SHIPPED).row(0) == (outlet, country, kind)


def test_the_list_comes_before_the_domain_and_every_outlet_is_told_once() -> None:
    feeds = [
        Feed(
            name="Far Post",
            url="https://feeds.host.example/x",
            site="https://far.post.ru/",
            country="LVA",
            kind="private",
        )
    ]
    found = outlet_facts(["post.ru", "Far Post", "post.ru", "other.ru"], feeds)
    assert dict(found.schema) == FACTS
    assert found.rows() == [("post.ru", "LVA", "private"), ("Far Post", "LVA", "private"), ("other.ru", "RUS", None)]


def test_readings_keep_their_order_and_number_when_they_are_told_their_country() -> None:
    rows = told(np.arange(5), np.zeros(5))
    facts = outlet_facts(rows["outlet"].to_list(), SHIPPED)
    found = with_country(rows, facts).collect()
    assert found.drop("country", "kind").equals(rows)
    assert found["country"].null_count() == 5
