"""Several pairs together: over one another, or each in a field of its own. Frames in, figure out; knows no store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import plotly.graph_objects as go
import polars as pl

from dashboard import theme
from dashboard.figures import curve, layers
from dashboard.periods import period_name
from ingest.index.series import Period

MARKS = ("circle", "diamond", "square", "triangle-up", "triangle-down", "x")
"""Of the curves in order: colour never stands alone."""

HEIGHT, FIELD_HEIGHT = 460, 190
"""Pixels: of all together, or of each field."""

MARK, MOST_MARKED = 7, 60
"""Pixels of a mark, and points of a curve that all have one."""

LEAST_Z = 3.0
"""Ends of the axis of z, at least: what is beyond is rare."""

Series = Sequence[tuple[str, pl.DataFrame]]
"""Names, and `period, value, low, high, n` of each."""


def compare(
    series: Series, by: Period, *, scale: str = "tone", layout: str = "overlay", kind: theme.Kind = "light"
) -> go.Figure:
    """Draw named series on one scale: tone −1 … +1, or z.

    Traces by name: that of the series, `interval NAME` and `alone NAME` where it has intervals. Names stand at the
    ends of the lines (overlay) or over the fields.
    """
    palette = theme.PALETTES[kind]
    together = layout == "overlay"
    figure = go.Figure(layout=_layout(palette, series, scale, 1 if together else len(series)))
    ends: list[tuple[date, float, str, str]] = []
    for number, (name, frame) in enumerate(series):
        axis = "y" if together or not number else f"y{number + 1}"
        colour = palette.many[number % len(palette.many)] if together else palette.line
        runs = curve.runs(frame, "value")
        for trace in [*_intervals(runs, name, colour), _line(frame, name, by, scale, colour)]:
            figure.add_trace(trace.update(yaxis=axis))
        figure.data[-1].marker.symbol = MARKS[number % len(MARKS)] if together else "circle"
        if runs:
            ends.append((runs[-1]["period"][-1], runs[-1]["value"][-1], name, colour))
    if together:
        low, high = figure.layout.yaxis.range
        layers.add_end_labels(figure, ends, palette, low=low, high=high)
    return figure


def _intervals(runs: list[pl.DataFrame], name: str, colour: str) -> list[go.Scatter]:
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    tint = f"rgba({red},{green},{blue},0.12)"
    known = [run for run in runs if run["low"].null_count() == 0]
    longer, single = [run for run in known if run.height > 1], [run for run in known if run.height == 1]
    return [
        *([curve.band(longer, tint, name=f"interval {name}")] if longer else []),
        *([curve.alone(single, tint, name=f"alone {name}", value="value")] if single else []),
    ]


def _line(frame: pl.DataFrame, name: str, by: Period, scale: str, colour: str) -> go.Scatter:
    return go.Scatter(
        x=frame["period"].to_list(),
        y=frame["value"].to_list(),
        name=name,
        mode="lines+markers",
        connectgaps=False,
        line={"color": colour, "width": 2},
        marker={"size": _marks(frame["value"]), "color": colour, "opacity": 1, "line": {"width": 0}},
        customdata=curve.hovers(frame, lambda row: f"<b>{name}</b><br>{_hover(row, by, scale)}"),
        hovertemplate="%{customdata[1]}<extra></extra>",
    )


def _marks(values: pl.Series) -> list[int]:
    """Return the sizes of the marks: of many points in a row none, of a point alone always."""
    alone = values.shift(1).is_null() & values.shift(-1).is_null()
    few = values.is_not_null().sum() <= MOST_MARKED
    return [MARK if few or single else 0 for single in alone]


def _hover(row: Mapping[str, object], by: Period, scale: str) -> str:
    value, low, high, period = row["value"], row["low"], row["high"], row["period"]
    assert isinstance(period, date)  # noqa: S101 - a column of the series
    lines = [period_name(period, by)]
    if isinstance(value, float):
        word = f" {theme.tone_word(value, 'mixed')}" if scale == "tone" else ""
        lines.append(f"{'' if scale == 'tone' else 'z '}{theme.signed(value)}{word}")
        if isinstance(low, float) and isinstance(high, float):
            lines.append(f"95{theme.THIN}%: {theme.interval(low, high)}")
    else:
        lines.append("not enough stories to say")
    return "<br>".join([*lines, theme.counted(int(str(row["n"] or 0)), "story", "stories")])


def _layout(palette: theme.Palette, series: Series, scale: str, fields: int) -> go.Layout:
    layout = go.Layout(
        template=theme.template(palette),
        height=HEIGHT if fields == 1 else FIELD_HEIGHT * fields + 40,
        hovermode="closest",
        dragmode=False,
        margin={"l": 8, "r": 24, "t": 16 if fields == 1 else 28, "b": 8},
        xaxis={"type": "date", "fixedrange": True, "anchor": "y" if fields == 1 else f"y{fields}"},
    )
    gap = 0.06 if fields > 1 else 0.0
    tall = (1 - gap * (fields - 1)) / fields
    for number in range(fields):
        top = 1 - number * (tall + gap)
        axis = {"domain": [max(top - tall, 0.0), top], "fixedrange": True, "zeroline": True, "zerolinewidth": 1}
        layout[f"yaxis{number + 1}" if number else "yaxis"] = axis | _scale(series, scale)
        if fields > 1:
            layout.annotations += (
                go.layout.Annotation(
                    text=f"<b>{series[number][0]}</b>", xref="paper", x=0, yref="paper", y=top, yanchor="bottom",
                    xanchor="left", showarrow=False, font={"size": 13, "color": palette.ink},
                ),
            )  # fmt: skip
    return layout


def _scale(series: Series, scale: str) -> dict[str, object]:
    if scale == "tone":
        ends = (f"{theme.MINUS}1", f"{theme.MINUS}0.5", "0", "+0.5", "+1")
        return {
            "range": [-1.04, 1.04], "tickvals": [-1, -0.5, 0, 0.5, 1], "ticktext": ends,
            "title": {"text": "tone", "standoff": 4},
        }  # fmt: skip
    values = [abs(one) for _, frame in series for one in frame["value"].drop_nulls()]
    most = max(LEAST_Z, *values) * 1.08 if values else LEAST_Z
    step = max(round(most / 4), 1)
    ticks = range(-int(most / step) * step, int(most) + 1, step)
    return {
        "range": [-most, most], "tickvals": list(ticks), "title": {"text": "z", "standoff": 4},
        "ticktext": [f"{one:+d}".replace("-", theme.MINUS) if one else "0" for one in ticks],
    }  # fmt: skip
