from __future__ import annotations

from datetime import date

import plotly.graph_objects as go
import polars as pl
import pytest

from dashboard import theme
from dashboard.drawn import Drawn, adjusted_line, key_of, key_words, table
from dashboard.figures.difference import difference
from dashboard.figures.layers import APART, Line
from dashboard.figures.negative_share import negative_share
from dashboard.figures.outside import outside
from dashboard.figures.pressure import PER, pressure
from dashboard.figures.tone_over_time import tone_over_time
from dashboard.outside import Beside
from ingest.index.rolling import smoothed
from tests.dashboard.series import month, series

BASE = series(*((month(number), 0.1 * number - 0.4, 6) for number in range(1, 9)))
ONE = Line(name="press of Pakistan", label="PAK", column="press_PAK", series=BASE)
OTHER = Line(
    name="press of Russia", label="RUS", column="press_RUS", look="other",
    series=series((month(2), -0.5, 4), (month(3), None, 1), (month(4), 0.41, 4)),
)  # fmt: skip


def trace(figure: go.Figure, name: str) -> go.Scatter:
    (found,) = [one for one in figure.data if one.name == name]
    return found


def changes(*months: int) -> pl.DataFrame:
    return pl.DataFrame({"number": range(1, len(months) + 1), "period": [month(one) for one in months]})


def test_two_presses_take_the_place_of_the_curve() -> None:
    figure = tone_over_time(BASE, "month", lines=(ONE, OTHER))
    assert [one.name for one in figure.data if "interval" in one.name] == [
        "interval of press of Pakistan",
        "interval of press of Russia",
    ]
    assert trace(figure, "tone").mode == "lines"
    one, other = trace(figure, "press of Pakistan"), trace(figure, "press of Russia")
    assert (one.line.dash, one.marker.symbol) == ("solid", "circle")
    assert (other.line.dash, other.marker.symbol) == ("5px,3px", "diamond")
    assert list(other.y) == [-0.5, None, 0.41]
    assert one.line.color != other.line.color


def test_adjusted_line_stands_beside_the_curve_with_its_band() -> None:
    adjusted = BASE.select("period", pl.col("tone").alias("adjusted"), "low", "high")
    figure = tone_over_time(BASE, "month", lines=(adjusted_line(adjusted),))
    assert trace(figure, "tone").mode == "lines+markers"
    assert {"interval", "interval of adjusted for the mix of outlets"} <= {one.name for one in figure.data}


def test_labels_at_the_ends_do_not_touch() -> None:
    near = Line(name="x", label="RUS", column="x", look="other", series=series((month(8), 0.41, 3)))
    figure = tone_over_time(BASE, "month", lines=(ONE, near))
    ends = sorted((one.y, one.text) for one in figure.layout.annotations if one.text.endswith((" PAK", " RUS")))
    assert [text for _, text in ends] == ["<b>+0.40</b> PAK", "<b>+0.41</b> RUS"]
    assert ends[1][0] - ends[0][0] >= APART - 1e-9


def test_hover_of_a_line_says_whose_it_is() -> None:
    data = trace(tone_over_time(BASE, "month", lines=(ONE, OTHER)), "press of Russia").customdata
    assert str(data[0][0]) == "2017-02-01"
    assert data[0][1].startswith("press of Russia<br><b>Feb 2017</b><br>−0.50 hostile")


def test_changes_are_numbered_rules_where_a_level_begins() -> None:
    figure = tone_over_time(BASE, "month", changes=changes(3, 7))
    rules = [one for one in figure.layout.shapes if one.name == "change"]
    assert [one.x0[:10] for one in rules] == ["2017-02-13", "2017-06-15"]
    assert [one.text for one in figure.layout.annotations if one.name == "change"] == ["<b>1</b>", "<b>2</b>"]


def test_numbers_of_crowded_changes_stand_above_each_other() -> None:
    long = series(*((month(number), 0.0, 6) for number in range(1, 101)))
    figure = tone_over_time(long, "month", changes=changes(50, 51, 90))
    heights = [one.yshift for one in figure.layout.annotations if one.name == "change"]
    assert heights[1] > heights[0] == heights[2]
    assert figure.layout.margin.t > tone_over_time(long, "month").layout.margin.t


def test_smoothing_keeps_the_counts_and_tells_the_window() -> None:
    calm = smoothed(BASE, 3)
    assert calm["stories"].to_list() == BASE["stories"].to_list()
    assert calm["tone"][5] == pytest.approx((0.0 + 0.1 + 0.2) / 3)
    hover = trace(tone_over_time(calm, "month"), "tone").customdata[5][1]
    assert "18 stories in the trailing mean" in hover
    assert "6 stories here" in hover
    assert smoothed(BASE, 1) is BASE


def test_thin_period_says_what_its_stories_alone_say() -> None:
    thin = series((month(1), -0.2, 3)).with_columns(pl.lit(-0.6).alias("raw"))
    assert "these alone: −0.60" in trace(tone_over_time(thin, "month"), "tone").customdata[0][1]


def test_table_has_a_column_for_each_line() -> None:
    rows = table(Drawn(series=BASE, lines=(ONE, OTHER)))
    assert rows.height == 8
    assert rows["press_PAK_tone"].to_list() == BASE["tone"].to_list()
    assert rows["press_RUS_tone"].to_list() == [None, -0.5, None, 0.41, None, None, None, None]


def test_key_escapes_and_says_it_in_words() -> None:
    bad = Line(name="<b>x</b>", label="<i>", column="x", series=BASE)
    html = key_of((bad, OTHER), theme.PALETTES["light"])
    assert "<b>" not in html
    assert "&lt;b&gt;x" in html
    assert key_of((), theme.PALETTES["light"]) == ""
    assert key_words((ONE, OTHER)) == "solid: press of Pakistan; dashed: press of Russia"


def test_negative_share_is_in_percent_with_gaps() -> None:
    rows = BASE.with_columns(
        pl.lit(0.25).alias("negative_share"), pl.lit(0.1).alias("negative_low"), pl.lit(0.5).alias("negative_high"),
        pl.when(pl.col("period") == month(3)).then(1.0).otherwise(6.0).alias("n_eff"),
    )  # fmt: skip
    figure = negative_share(rows, "month")
    assert list(trace(figure, "share").y) == [25, 25, None, 25, 25, 25, 25, 25]
    assert max(trace(figure, "interval").y[:2]) == 10
    assert trace(figure, "share").customdata[0][1].endswith("95\u202f%: 10 to 50\u202f%<br>6 stories")
    assert tuple(figure.layout.yaxis.range) == (-2, 102)


def test_pressure_lies_inside_volume() -> None:
    rows = pl.DataFrame({"period": [month(1), month(2)], "volume": [0.02, 0.0], "pressure": [0.005, 0.0]})
    figure = pressure(rows, "month")
    assert list(trace(figure, "volume").y) == [0.02 * PER, 0]
    assert list(trace(figure, "pressure").y) == [0.005 * PER, 0]
    assert figure.layout.barmode == "overlay"
    assert "5.0 of them strained or hostile" in trace(figure, "volume").customdata[0][1]


def test_panels_speak_when_there_is_nothing() -> None:
    nothing = pl.DataFrame(schema={"period": pl.Date, "volume": pl.Float64, "pressure": pl.Float64})
    assert "Not enough" in pressure(nothing, "month").layout.annotations[0].text
    assert "Not enough" in negative_share(series((month(1), None, 1)), "month").layout.annotations[0].text
    rows = pl.DataFrame(schema={"period": pl.Date, "difference": pl.Float64, "low": pl.Float64, "high": pl.Float64})
    assert "Not enough" in difference(rows, [month(1), month(2)], "month").layout.annotations[0].text


def test_difference_is_over_the_periods_of_the_chart() -> None:
    rows = pl.DataFrame(
        {"period": [month(2), month(4)], "difference": [0.3, -0.2], "low": [0.1, -0.4], "high": [0.5, 0.0]}
    )
    figure = difference(rows, [month(number) for number in range(1, 5)], "month")
    assert list(trace(figure, "difference").y) == [None, 0.3, None, -0.2]
    assert tuple(figure.layout.yaxis.range) == (-2.08, 2.08)


def test_outside_shares_one_axis_with_ours() -> None:
    days: list[date] = [month(1), month(2)]
    rows = pl.DataFrame(
        {"period": days, "ours": [-1.0, 1.0], "theirs": [1.0, -1.0], "tone": [0.1, 0.3], "value": [110.0, 90.0]}
    )
    figure = outside(Beside(rows=rows, shared=2, r=-1.0), "month", "G<b>PR")
    assert {one.yaxis for one in figure.data} <= {None, "y"}
    assert list(trace(figure, "outside").y) == [1.0, -1.0]
    assert trace(figure, "tone").customdata[0][1] == "<b>Jan 2017</b><br>tone +0.10<br>G&lt;b&gt;PR 110"


@pytest.mark.parametrize("kind", ["light", "dark"])
def test_second_line_has_its_colour_in_both_themes(kind: theme.Kind) -> None:
    assert trace(tone_over_time(BASE, "month", kind=kind, lines=(ONE, OTHER)), "press of Russia").line.color == (
        theme.PALETTES[kind].other
    )
