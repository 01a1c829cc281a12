"""Several pairs together: over one another, or each in a field of its own. Frames in, figure out; knows no store."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import plotly.graph_objects as go
import polars as pl

from dashboard import theme
from dashboard.figures.curve import runs

COLOURS = ("#0072B2", "#E69F00", "#CC79A7", "#56B4E9", "#D55E00", "#7F7F7F")
"""Of Okabe and Ito (2008), told apart with any kind of colour sight; marks and labels differ too."""

MARKS = ("circle", "diamond", "square", "triangle-up", "triangle-down", "x")

OVERLAY_HEIGHT, FIELD_HEIGHT = 460, 190
"""Pixels: of the whole, or of each field."""


def compare(
    series: Sequence[tuple[str, pl.DataFrame]],
    *,
    scale: str = "tone",
    layout: str = "overlay",
    kind: theme.Kind = "light",
) -> go.Figure:
    """Draw named series (`period, value, low, high, n`), all on the same axis: tone −1 … +1, or z.

    Traces by name: that of the pair, and `interval NAME`. Names stand at the lines' ends (overlay) or over the fields.
    """
    palette = theme.PALETTES[kind]
    rows = len(series) if layout == "multiples" else 1
    figure = go.Figure(layout=_layout(palette, series, scale, rows))
    ends: list[tuple[float, str, str, date]] = []
    for number, (name, frame) in enumerate(series):
        axis = f"y{number + 1}" if rows > 1 and number else "y"
        colour = COLOURS[number % len(COLOURS)] if rows == 1 else palette.line
        for run in runs(frame, "value"):
            if run.height > 1:
                figure.add_trace(_band(run, name, colour, axis, shown=rows > 1))
        mark = MARKS[number % len(MARKS)] if rows == 1 else "circle"
        figure.add_trace(_line(frame, name, axis, colour=colour, mark=mark, scale=scale))
        drawn = frame.filter(pl.col("value").is_not_null())
        if drawn.height:
            ends.append((drawn["value"][-1], name, colour, drawn["period"][-1]))
    if rows == 1:
        _label_ends(figure, ends, scale)
    return figure


def _line(frame: pl.DataFrame, name: str, axis: str, *, colour: str, mark: str, scale: str) -> go.Scatter:
    many = frame["value"].is_not_null().sum() > 60
    return go.Scatter(
        x=frame["period"].to_list(), y=frame["value"].to_list(), name=name, mode="lines" if many else "lines+markers",
        connectgaps=False, line={"color": colour, "width": 2}, marker={"size": 7, "symbol": mark, "color": colour},
        yaxis=axis,
        customdata=[_hover(row, name, scale) for row in frame.to_dicts()], hovertemplate="%{customdata}<extra></extra>",
    )  # fmt: skip


def _band(run: pl.DataFrame, name: str, colour: str, axis: str, *, shown: bool) -> go.Scatter:
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return go.Scatter(
        x=[*run["period"], *run["period"].reverse()], y=[*run["low"], *run["high"].reverse()], name=f"interval {name}",
        mode="lines", fill="toself", line={"width": 0}, hoverinfo="skip", yaxis=axis,
        fillcolor=f"rgba({red},{green},{blue},{0.2 if shown else 0.08})",
    )  # fmt: skip


def _hover(row: dict[str, object], name: str, scale: str) -> str:
    value, low, high, period = row["value"], row["low"], row["high"], row["period"]
    assert isinstance(period, date)  # noqa: S101 - a column of the series
    lines = [f"<b>{name}</b>", theme.day(period)]
    if isinstance(value, float):
        lines.append(
            f"{theme.signed(value)} {theme.tone_word(value, 'mixed')}"
            if scale == "tone"
            else f"z {theme.signed(value)}"
        )
        if isinstance(low, float) and isinstance(high, float):
            lines.append(f"95{theme.THIN}%: {theme.interval(low, high)}")
    else:
        lines.append("not enough stories to say")
    return "<br>".join([*lines, theme.counted(round(float(str(row["n"] or 0))), "story", "stories")])


def _label_ends(figure: go.Figure, ends: list[tuple[float, str, str, date]], scale: str) -> None:
    """Write names beside the last points, moved apart where they would meet."""
    least = 0.09 if scale == "tone" else 0.3
    at = -1e9
    for value, name, colour, period in sorted(ends):
        at = max(value, at + least)
        figure.add_annotation(
            x=1, xref="paper", y=at, text=f'<span style="color:{colour}">■</span> {name} {theme.signed(value)}',
            xanchor="left", xshift=8, showarrow=False, align="left", font={"size": 12},
            hovertext=f"last point: {theme.day(period)}",
        )  # fmt: skip


def _layout(palette: theme.Palette, series: Sequence[tuple[str, pl.DataFrame]], scale: str, rows: int) -> go.Layout:
    height = OVERLAY_HEIGHT if rows == 1 else FIELD_HEIGHT * rows + 40
    layout = go.Layout(
        template=theme.template(palette), height=height, hovermode="closest", dragmode=False,
        margin={"l": 8, "r": 128 if rows == 1 else 24, "t": 16 if rows == 1 else 28, "b": 8},
        xaxis={"type": "date", "fixedrange": True, "anchor": "y" if rows == 1 else f"y{rows}" if rows > 1 else "y"},
    )  # fmt: skip
    gap = 0.06 if rows > 1 else 0.0
    for number in range(rows):
        top = 1 - number * (1 + gap) / rows if rows > 1 else 1
        bottom = max(top - (1 - gap * (rows - 1)) / rows, 0.0) if rows > 1 else 0
        axis: dict[str, object] = {"domain": [bottom, top], "fixedrange": True, "zeroline": True, "zerolinewidth": 1}
        if scale == "tone":
            axis |= {
                "range": [-1.04, 1.04], "tickvals": [-1, -0.5, 0, 0.5, 1],
                "ticktext": [f"{theme.MINUS}1", f"{theme.MINUS}0.5", "0", "+0.5", "+1"],
                "title": {"text": "tone", "standoff": 4},
            }  # fmt: skip
        else:
            axis |= {"title": {"text": "z", "standoff": 4}}
        layout[f"yaxis{number + 1}" if number else "yaxis"] = axis
        if rows > 1:
            layout.annotations += (
                go.layout.Annotation(
                    text=f"<b>{series[number][0]}</b>", xref="paper", x=0, yref="paper", y=top, yanchor="bottom",
                    xanchor="left", showarrow=False, font={"size": 13, "color": palette.ink},
                ),
            )  # fmt: skip
    return layout
