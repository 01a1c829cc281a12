"""How much of the news a pair is: by hand."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from ingest.index.volume import COLUMNS, volume
from tests.index.frames import Row, readings

ROWS: list[Row] = [
    ("PAK-RUS", "s1", "2017-03-01", "a.example", -0.5),
    ("PAK-RUS", "s1", "2017-03-02", "a.example", -0.5),  # again in the same outlet: one story
    ("PAK-RUS", "s1", "2017-03-02", "b.example", -0.5),
    ("PAK-RUS", "s2", "2017-03-09", "a.example", 0.5),
    ("PAK-RUS", "s3", "2017-04-09", None, 0.5),
    ("PAK-RUS", "s4", None, "a.example", -1.0),
]
TOTALS = pl.DataFrame(
    [
        ("a.example", date(2017, 3, 1), 6),
        ("a.example", date(2017, 3, 9), 4),
        ("b.example", date(2017, 3, 2), 5),
        ("c.example", date(2017, 3, 2), 7),  # tells nothing of the pair
        ("d.example", date(2017, 3, 2), 0),  # tells nothing at all
        ("a.example", date(2017, 4, 2), 3),
    ],
    schema=["outlet", "day", "stories"],
    orient="row",
)


def test_volume_is_the_mean_share_over_outlets_that_told_anything() -> None:
    found = volume(readings(ROWS), TOTALS, "month")
    assert dict(found.schema) == COLUMNS
    march = (2 / 10 + 1 / 5 + 0) / 3
    assert found.rows() == [
        ("PAK", "RUS", date(2017, 3, 1), pytest.approx(march), pytest.approx(march / 2), 3),
        ("PAK", "RUS", date(2017, 4, 1), 0.0, 0.0, 1),
    ]


def test_totals_may_be_of_periods() -> None:
    months = TOTALS.group_by("outlet", pl.col("day").dt.truncate("1mo").alias("period")).agg(pl.col("stories").sum())
    assert volume(readings(ROWS), months, "month").equals(volume(readings(ROWS), TOTALS, "month"))


def test_pressure_weighs_negative_stories_as_the_series_does() -> None:
    march = (2 / 10 + 1 / 5 + 0) / 3
    assert volume(readings(ROWS), TOTALS, "month", "raw")["pressure"][0] == pytest.approx(march * 3 / 4)


def test_an_outlet_never_gives_a_pair_more_than_all() -> None:
    few = TOTALS.with_columns(pl.lit(1).alias("stories"))
    assert volume(readings(ROWS), few, "year")["volume"].max() <= 1  # type: ignore[operator]
