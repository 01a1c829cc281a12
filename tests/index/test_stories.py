"""One row per story."""

from __future__ import annotations

from datetime import date
from math import log

import pytest

from ingest.index.stories import WEIGHTS, Weight, by_story
from tests.index.frames import Row, readings

_ROWS: list[Row] = [
    ("PAK-RUS", "s1", "2017-03-02T10:00", "a.example", 0.5),
    ("PAK-RUS", "s1", "2017-03-01T23:59", "b.example", 0.0),
    ("PAK-RUS", "s1", "2017-03-03T00:00", "b.example", 0.25),
    ("PAK-RUS", "s1", "2017-03-04T00:00", None, 0.25),
    ("PAK-RUS", "s2", "2017-03-01T00:00", None, -1.0),
    ("PAK-RUS", "s3", None, "a.example", 1.0),
    ("CHN-IND", "s1", "2017-03-02T10:00", "a.example", -0.5),
]


@pytest.mark.parametrize(
    ("weight", "expected"),
    [("unique", [1.0, 1.0, 1.0]), ("reach", [1.0, 1.0 + log(2), 1.0]), ("raw", [1.0, 4.0, 1.0])],
)
def test_a_story_is_the_mean_of_its_dated_readings_on_its_first_day(weight: Weight, expected: list[float]) -> None:
    found = by_story(readings(_ROWS), weight).sort("pair", "story_id").collect()
    assert found.columns == ["pair", "story_id", "day", "tone", "articles", "outlets", "weight"]
    assert found.drop("weight").rows() == [
        ("CHN-IND", "s1", date(2017, 3, 2), -0.5, 1, 1),
        ("PAK-RUS", "s1", date(2017, 3, 1), 0.25, 4, 2),
        ("PAK-RUS", "s2", date(2017, 3, 1), -1.0, 1, 0),
    ]
    assert found["weight"].to_list() == pytest.approx(expected)


def test_all_weights_are_named() -> None:
    assert WEIGHTS == ("unique", "reach", "raw")
