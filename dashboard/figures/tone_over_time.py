"""Tone of a pair over time, the number of stories beneath: a series in, a figure out; knows no store, no page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import numpy.typing as npt
import plotly.graph_objects as go
import polars as pl

from dashboard import theme
from dashboard.figures import curve, layers
from dashboard.figures.layers import Line
from dashboard.figures.time_axis import LEFT, LETTERS, MS_A_DAY, RIGHT, ticks, time_range
from dashboard.periods import DAYS, Slice
from ingest.index.series import Period

HEIGHT = 440
"""Pixels."""

WIDEST = 0.06
"""Part of the time axis that a bar may take at most."""

SHOWN_ALONE = 30
"""Points up to which each has a large marker; more would hide the line."""

Hovers = npt.NDArray[np.object_]


def tone_over_time(
    series: pl.DataFrame,
    by: Period,
    *,
    kind: theme.Kind = "light",
    at: Slice | None = None,
    title: str = "",
    subtitle: str = "",
    why_empty: str = "Not enough stories to say",
    lines: Sequence[Line] = (),
    changes: pl.DataFrame | None = None,
) -> go.Figure:
    """Draw a series (columns of `ingest.index.series.COLUMNS`).

    Traces by name: `interval` (polygons of low and high, one for each run of periods), `alone` (intervals of
    points with a gap on both sides), `tone` and `stories`; then those of `layers`, where `lines` are given (the tone is
    thin and without its band behind a line with the look `one`, which takes its place). `customdata` begins with the
    first day of the period. `at` are days to be shown as selected; `changes` (`number, period`) are thin rules.
    Titles are for figures that leave the page.
    """
    palette = theme.PALETTES[kind]
    figure = go.Figure(layout=_layout(palette, title, subtitle))
    if series["stories"].sum() == 0:
        figure.add_annotation(
            text=why_empty,
            xref="paper",
            yref="paper",
            x=0.5,
            y=0.6,
            showarrow=False,
            font_color=palette.muted,
        )
        figure.update_xaxes(visible=False)
        figure.update_yaxes(visible=False)
        return figure
    periods: list[date] = series["period"].to_list()
    figure.update_xaxes(range=time_range(periods, by), **ticks(periods, by))
    runs = curve.runs(series)
    behind = any(line.look == "one" for line in lines)
    if not behind:
        figure.add_trace(curve.band([run for run in runs if run.height > 1], palette.band))
        figure.add_trace(curve.alone([run for run in runs if run.height == 1], palette.band))
    hovers = curve.hovers(series, lambda row: layers.hover(row, by))
    figure.add_trace(_tone(series, hovers, palette, behind=behind))
    figure.add_trace(_stories(series, hovers, by, palette))
    for line in lines:
        layers.add_line(figure, line, by, palette)
    layers.add_end_labels(figure, _ends(runs, lines, palette), palette)
    if lines:
        figure.update_layout(margin_r=RIGHT + LETTERS)
    if runs == []:
        figure.add_annotation(
            text=why_empty, xref="paper", yref="y", x=0.5, y=0.4, showarrow=False, font_color=palette.muted
        )
    if at:
        layers.add_selected(figure, at, periods, by, palette)
    if changes is not None:
        layers.add_changes(figure, changes, by, palette)
    return figure


def _layout(palette: theme.Palette, title: str, subtitle: str) -> go.Layout:
    words = [(1, "cooperative", "bottom"), (-1, "hostile", "top")]
    layout = go.Layout(
        template=theme.template(palette),
        height=HEIGHT + (50 if title else 0),
        margin={"l": LEFT, "r": RIGHT, "t": 80 if title else 24, "b": 8},
        hovermode="closest",
        hoverdistance=30,
        dragmode="pan",  # with fixed ranges a drag does nothing; "select" would take the click away in Streamlit
        selectdirection="h",
        clickmode="event+select",
        newselection={"line": {"color": palette.accent, "width": 1, "dash": "solid"}},
        bargap=0.25,
        xaxis={"domain": [0, 1], "anchor": "y2", "type": "date", "fixedrange": True, "nticks": 8, "tickangle": 0},
        yaxis={
            "domain": [0.27, 1],
            "range": [-1.04, 1.04],
            "fixedrange": True,
            "tickvals": [-1, -0.5, 0, 0.5, 1],
            "ticktext": [f"{theme.MINUS}1", f"{theme.MINUS}0.5", "0", "+0.5", "+1"],
            "title": {"text": "tone", "standoff": 4},
            "automargin": False,
        },
        yaxis2={
            "domain": [0, 0.19],
            "fixedrange": True,
            "rangemode": "tozero",
            "nticks": 3,
            "tickformat": ",d",
            "title": {"text": "stories", "standoff": 4},
            "automargin": False,
        },
        shapes=[
            {
                "type": "line", "xref": "paper", "x0": 0, "x1": 1, "yref": "y", "y0": 0, "y1": 0,
                "line": {"color": palette.muted, "width": 1}, "layer": "below",
            }
        ],
        annotations=[
            {
                "text": word, "xref": "paper", "x": 0, "xanchor": "left", "xshift": 4, "yref": "y", "y": y,
                "yanchor": anchor, "showarrow": False, "font": {"color": palette.muted, "size": 12},
            }
            for y, word, anchor in words
        ],
    )  # fmt: skip
    if title:
        layout.title = {"text": title, "subtitle": {"text": subtitle, "font": {"color": palette.muted}}}
    return layout


def _tone(series: pl.DataFrame, hovers: Hovers, palette: theme.Palette, *, behind: bool) -> go.Scatter:
    drawn = series["tone"].is_not_null().sum()
    tones = series["tone"].to_list()
    return go.Scatter(
        x=series["period"].to_list(),
        y=tones,
        name="tone",
        mode="lines" if behind else "lines+markers",
        connectgaps=False,
        line={"color": palette.muted if behind else palette.line, "width": 1 if behind else 2},
        marker={
            "size": 10 if drawn <= SHOWN_ALONE else 7,
            "color": [theme.tone_colour(tone) if tone is not None else palette.paper for tone in tones],
            "line": {"color": palette.line, "width": 1.5},
        },
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
        customdata=hovers,
        hovertemplate="%{customdata[1]}<extra></extra>",
    )


def _stories(series: pl.DataFrame, hovers: Hovers, by: Period, palette: theme.Palette) -> go.Bar:
    counts = series["stories"].to_list()
    span = DAYS[by] * len(counts)
    return go.Bar(
        x=series["period"].to_list(),
        y=counts,
        yaxis="y2",
        name="stories",
        width=min(0.75 * DAYS[by], WIDEST * span) * MS_A_DAY,
        marker={"color": palette.bar, "line": {"width": 0}},
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
        customdata=hovers,
        hovertemplate="%{customdata[1]}<extra></extra>",
    )


def _ends(
    runs: list[pl.DataFrame], lines: Sequence[Line], palette: theme.Palette
) -> list[tuple[date, float, str, str]]:
    """Return where each line ends; of the tone behind others nothing is said."""
    drawn = [(line, curve.runs(line.series)) for line in lines]
    own = [(runs[-1]["period"][-1], runs[-1]["tone"][-1], "", palette.ink)] if runs else []
    return ([] if any(line.look == "one" for line in lines) else own) + [
        (found[-1]["period"][-1], found[-1]["tone"][-1], line.label, layers.colour_of(line.look, palette))
        for line, found in drawn
        if found
    ]
