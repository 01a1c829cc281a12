from __future__ import annotations

import plotly.graph_objects as go
import pytest

from dashboard import theme
from dashboard.figures.tone_over_time import tone_over_time
from dashboard.periods import Slice
from tests.dashboard.series import month, series

FRAME = series(
    (month(1), 0.2, 4), (month(2), 0.3, 5), (month(3), None, 1), (month(4), None, 0), (month(5), -0.6, 2),
    (month(6), None, 0), (month(7), 0.1, 3), (month(8), 0.0, 3),
)  # fmt: skip


def trace(figure: go.Figure, name: str) -> go.Scatter:
    (found,) = [one for one in figure.data if one.name == name]
    return found


def texts(figure: go.Figure) -> list[str]:
    return [one.text for one in figure.layout.annotations]


def test_gaps_stay_gaps() -> None:
    line = trace(tone_over_time(FRAME, "month"), "tone")
    assert list(line.y) == [0.2, 0.3, None, None, -0.6, None, 0.1, 0.0]
    assert line.connectgaps is False
    assert line.mode == "lines+markers"


def test_band_is_the_interval_run_by_run() -> None:
    band = trace(tone_over_time(FRAME, "month"), "interval")
    assert list(band.x) == [month(1), month(2), month(2), month(1), None, month(7), month(8), month(8), month(7)]
    assert list(band.y) == pytest.approx([0.1, 0.2, 0.4, 0.3, None, 0.0, -0.1, 0.1, 0.2])
    assert band.fillcolor.endswith("0.2)")


def test_point_with_gaps_on_both_sides_has_its_interval() -> None:
    alone = trace(tone_over_time(FRAME, "month"), "alone")
    assert (list(alone.x), list(alone.y)) == ([month(5)], [-0.6])
    assert list(alone.error_y.array) == pytest.approx([0.1])
    assert list(alone.error_y.arrayminus) == pytest.approx([0.1])


def test_volume_is_beneath_on_the_same_time_axis() -> None:
    figure = tone_over_time(FRAME, "month")
    bars = trace(figure, "stories")
    assert list(bars.y) == [4, 5, 1, 0, 2, 0, 3, 3]
    assert list(bars.x) == list(trace(figure, "tone").x)
    assert bars.yaxis == "y2"
    assert bars.xaxis in (None, "x")


def test_scale_is_fixed() -> None:
    for frame in (FRAME, series((month(1), 0.01, 9))):
        axis = tone_over_time(frame, "month").layout.yaxis
        assert tuple(axis.range) == (-1.04, 1.04)
        assert axis.fixedrange is True
        assert axis.title.text == "tone"


def test_words_at_the_edges_and_zero_line() -> None:
    figure = tone_over_time(FRAME, "month")
    assert {"cooperative", "hostile"} <= set(texts(figure))
    assert [(one.y0, one.y1) for one in figure.layout.shapes if one.type == "line"] == [(0, 0)]


def test_time_ends_at_the_last_data() -> None:
    first, last = tone_over_time(FRAME, "month").layout.xaxis.range
    assert first == "2016-12-16 18:00"
    assert last == "2017-08-16 05:00"


def test_hover_says_date_tone_interval_and_counts() -> None:
    line = trace(tone_over_time(FRAME, "month"), "tone")
    assert tuple(line.customdata[4]) == (
        "2017-05-01",
        "<b>May 2017</b><br>−0.60 hostile<br>95\u202f%: −0.70 to −0.50<br>2 stories, 2 outlets",
    )
    assert line.customdata[2][1] == "<b>Mar 2017</b><br>not enough stories to say<br>1 story, 1 outlet"


def test_last_tone_is_written_at_its_point() -> None:
    (label,) = [one for one in tone_over_time(FRAME, "month").layout.annotations if one.text == "<b>0.00</b>"]
    assert (label.x, label.y) == (month(8), 0.0)


def test_selected_days_are_shown() -> None:
    figure = tone_over_time(FRAME, "month", at=Slice(month(5), month(6)))
    (rectangle,) = [one for one in figure.layout.shapes if one.name == "selected"]
    assert (rectangle.x0[:10], rectangle.x1[:10]) == ("2017-04-15", "2017-06-16")
    outside = tone_over_time(FRAME, "month", at=Slice(month(5, 2020), month(6, 2020)))
    assert [one for one in outside.layout.shapes if one.name == "selected"] == []


def test_empty_series_gives_a_figure_that_says_why() -> None:
    figure = tone_over_time(series(), "month", why_empty="No dated article relates A and B")
    assert len(figure.data) == 0
    assert "No dated article relates A and B" in texts(figure)


def test_stories_without_a_point_say_why_and_keep_their_bars() -> None:
    figure = tone_over_time(series((month(1), None, 1)), "month")
    assert "Not enough stories to say" in texts(figure)
    assert list(trace(figure, "stories").y) == [1]


@pytest.mark.parametrize("kind", ["light", "dark"])
def test_theme_and_titles(kind: theme.Kind) -> None:
    figure = tone_over_time(FRAME, "month", kind=kind, title="What is seen", subtitle="what is drawn")
    assert figure.layout.template.layout.paper_bgcolor == theme.PALETTES[kind].paper
    assert (figure.layout.title.text, figure.layout.title.subtitle.text) == ("What is seen", "what is drawn")


def test_same_series_same_figure() -> None:
    assert tone_over_time(FRAME, "month").to_json() == tone_over_time(FRAME, "month").to_json()
