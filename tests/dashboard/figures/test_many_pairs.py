from __future__ import annotations

import re
from base64 import b64decode
from datetime import date
from itertools import pairwise

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import theme
from dashboard.figures.compare import compare
from dashboard.figures.layers import spread
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
    figure = compare([("PAK–RUS", CURVE), ("IND–PAK", CURVE)], "month", layout=layout)
    lines = {trace.name: trace for trace in figure.data if not trace.name.startswith(("interval", "alone"))}
    assert set(lines) == {"PAK–RUS", "IND–PAK"}
    assert lines["PAK–RUS"].y == (0.1, 0.2, None, -0.3)
    axes = [axis for name, axis in figure.layout.to_plotly_json().items() if name.startswith("yaxis")]
    assert len(axes) == (2 if layout == "multiples" else 1)
    assert all(axis["range"] == [-1.04, 1.04] for axis in axes)
    if layout == "overlay":
        assert {lines[name].line.color for name in lines} == set(theme.PALETTES["light"].many[:2])
        ends = [one.y for one in figure.layout.annotations]
        assert abs(ends[0] - ends[1]) >= 0.09  # labels of lines that end together stand apart


def test_comparison_of_nothing_draws_nothing() -> None:
    empty = CURVE.with_columns(pl.lit(None, pl.Float64).alias("value"))
    figure = compare([("PAK–RUS", empty)], "month", scale="z")
    assert figure.data[0].y == (None, None, None, None)


def test_comparison_shows_how_sure_each_point_is_also_alone() -> None:
    traces = {trace.name: trace for trace in compare([("PAK–RUS", CURVE)], "month").data}
    assert {"interval PAK–RUS", "alone PAK–RUS"} <= set(traces)  # two points in a run; the last stands alone


def test_comparison_marks_points_alone_among_many() -> None:
    days = [date(2010 + month // 12, month % 12 + 1, 1) for month in range(72)]
    values = [None if month in {69, 71} else 0.1 for month in range(72)]
    many = pl.DataFrame({"period": days, "value": values, "low": values, "high": values, "n": 5})
    line = next(trace for trace in compare([("PAK–RUS", many)], "month").data if trace.name == "PAK–RUS")
    assert [at for at, size in enumerate(line.marker.size) if size and values[at] is not None] == [70]


def test_ticks_of_z_are_whole_with_a_true_minus() -> None:
    figure = compare([("PAK–RUS", CURVE.with_columns(value=pl.Series([1.0, -5.2, None, 0.2])))], "month", scale="z")
    assert figure.layout.yaxis.ticktext[:2] == (f"{theme.MINUS}5", f"{theme.MINUS}4")
    assert figure.layout.yaxis.ticktext[5:7] == ("0", "+1")
    assert figure.layout.yaxis.range[0] < -5.2


@given(st.lists(st.floats(-1, 1), min_size=1, max_size=6))
def test_labels_stand_apart_in_their_order_and_in_bounds(values: list[float]) -> None:
    places = spread(sorted(values), 0.09, -1, 1)
    assert all(later - earlier >= 0.09 - 1e-9 for earlier, later in pairwise(places))
    assert places[0] >= -1
    assert places[-1] <= 1
