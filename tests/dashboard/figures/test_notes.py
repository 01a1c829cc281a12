from __future__ import annotations

from datetime import date

import plotly.graph_objects as go

from dashboard.figures.notes import LONGEST, with_notes
from dashboard.figures.tone_over_time import tone_over_time
from tests.dashboard.series import month, series


def figure() -> go.Figure:
    return tone_over_time(series(*[(month(number), 0.1, 3) for number in range(1, 25)]), "month")


def told(found: go.Figure) -> list[tuple[str, str]]:
    return [(str(one.x), one.text) for one in found.layout.annotations if one.name == "note"]


def test_notes_stand_at_their_day_with_their_text() -> None:
    found = with_notes(figure(), [(date(2018, 6, 5), "a bridge opens"), (date(2017, 3, 2), "talks <b>end</b>")])
    assert told(found) == [("2017-03-02", "talks &lt;b&gt;end&lt;/b&gt;"), ("2018-06-05", "a bridge opens")]
    lines = [(one.x0, one.x1) for one in found.layout.shapes if one.name == "note"]
    assert lines == [("2017-03-02", "2017-03-02"), ("2018-06-05", "2018-06-05")]


def test_long_notes_are_cut_and_whole_in_the_hover() -> None:
    text = "a bridge " * 9
    (note,) = [one for one in with_notes(figure(), [(date(2017, 6, 1), text)]).layout.annotations if one.name == "note"]
    assert len(note.text) <= LONGEST
    assert note.hovertext == f"1 Jun 2017: {text}"


def test_notes_of_neighbouring_days_stand_above_each_other() -> None:
    found = with_notes(figure(), [(date(2017, 6, day), "x") for day in (1, 2, 3)])
    assert [one.yshift for one in found.layout.annotations if one.name == "note"] == [0, -14, -28]


def test_notes_outside_the_axis_and_on_an_empty_figure_are_left_out() -> None:
    assert told(with_notes(figure(), [(date(2010, 1, 1), "before"), (date(2030, 1, 1), "after")])) == []
    assert told(with_notes(tone_over_time(series(), "month"), [(date(2017, 6, 1), "x")])) == []
