from __future__ import annotations

import re
from base64 import b64decode
from datetime import date

import polars as pl
import pytest

from dashboard import theme
from dashboard.figures.compare import COLOURS, compare
from dashboard.figures.spark import spark
from dashboard.figures.world_map import world_map
from ingest.countries.gazetteer import countries
from ingest.countries.points import points

LEVELS = pl.DataFrame(
    {
        "country": ["PAK", "RUS", "XKX", "SGP", "USA"],
        "tone": [0.4, -0.6, 0.2, None, 0.1],
        "low": [0.3, -0.7, 0.0, None, 0.0],
        "high": [0.5, -0.5, 0.4, None, 0.2],
        "n": [12, 30, 5, 1, 3],
    }
)
CURVE = pl.DataFrame(
    {
        "period": [date(2017, month, 1) for month in (1, 2, 3, 4)],
        "value": [0.1, 0.2, None, -0.3],
        "low": [0.0, 0.1, None, -0.5],
        "high": [0.2, 0.3, None, -0.1],
        "n": [5, 8, 0, 6],
    }
)


def test_the_map_has_the_tones_on_the_fixed_scale() -> None:
    traces = {trace.name: trace for trace in world_map(LEVELS, chosen="USA").data}
    assert dict(zip(traces["countries"].locations, traces["countries"].z, strict=True)) == {"PAK": 0.4, "RUS": -0.6}
    assert (traces["countries"].zmin, traces["countries"].zmax) == (-1, 1)
    assert traces["chosen"].locations == ("USA",)
    assert "30 stories" in traces["countries"].customdata[1][1]


def test_what_the_outlines_lack_is_a_point() -> None:
    traces = {trace.name: trace for trace in world_map(LEVELS, chosen="XKX").data}
    assert [one[0] for one in traces["small"].customdata] == []  # the chosen one is its own mark, Singapore is thin
    assert len(traces["chosen"].lat) == 1
    again = {trace.name: trace for trace in world_map(LEVELS).data}
    assert [one[0] for one in again["small"].customdata] == ["XKX"]


def test_points_are_known_countries_on_the_globe() -> None:
    for code, (latitude, longitude) in points().items():
        assert code in countries()
        assert -90 <= latitude <= 90
        assert -180 <= longitude <= 180


@pytest.mark.parametrize(
    ("tone", "colour"), [(-1, theme.HOSTILE), (0, theme.NEUTRAL), (1, theme.CLOSE), (0.5, theme.FRIENDLY)]
)
def test_blend_meets_the_scale_at_its_stops(tone: float, colour: str) -> None:
    assert theme.blend(tone) == colour.upper()


def svg_of(image: str) -> str:
    found = re.search(r"base64,([^\"]+)", image)
    assert found
    return b64decode(found[1]).decode()


def test_a_small_curve_leaves_gaps_open_and_says_itself() -> None:
    points_ = [tuple(row) for row in CURVE.select("period", "value", "low", "high").iter_rows()]
    image = spark(points_, kind="light", says='A "curve"')
    assert 'alt="A &quot;curve&quot;"' in image
    assert svg_of(image).count("<polyline") == 1  # two points in a run; the last stands alone
    assert svg_of(image).count("<circle") == 2


def test_a_small_curve_of_nothing_is_a_zero_line() -> None:
    assert svg_of(spark([], kind="dark")).count("<line") == 1


@pytest.mark.parametrize("layout", ["overlay", "multiples"])
def test_comparison_draws_each_pair_on_one_scale(layout: str) -> None:
    figure = compare([("PAK–RUS", CURVE), ("IND–PAK", CURVE)], layout=layout)
    lines = {trace.name: trace for trace in figure.data if not trace.name.startswith("interval")}
    assert set(lines) == {"PAK–RUS", "IND–PAK"}
    assert lines["PAK–RUS"].y == (0.1, 0.2, None, -0.3)
    axes = [axis for name, axis in figure.layout.to_plotly_json().items() if name.startswith("yaxis")]
    assert len(axes) == (2 if layout == "multiples" else 1)
    assert all(axis["range"] == [-1.04, 1.04] for axis in axes)
    if layout == "overlay":
        assert {lines[name].line.color for name in lines} == set(COLOURS[:2])
        ends = [one.y for one in figure.layout.annotations]
        assert abs(ends[0] - ends[1]) >= 0.09  # labels of lines that end together stand apart


def test_comparison_of_nothing_draws_nothing() -> None:
    empty = CURVE.with_columns(pl.lit(None, pl.Float64).alias("value"))
    figure = compare([("PAK–RUS", empty)], scale="z")
    assert figure.data[0].y == (None, None, None, None)
