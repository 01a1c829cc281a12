"""The low charts beneath the tone: same time axis, same margins, own unit. Pure."""

from __future__ import annotations

from datetime import date

import plotly.graph_objects as go

from dashboard import theme
from dashboard.figures.time_axis import LEFT, RIGHT, ticks, time_range
from ingest.index.series import Period

HEIGHT = 230
"""Pixels."""


def panel(palette: theme.Palette, periods: list[date], by: Period, unit: str, right: int = 0) -> go.Figure:
    """Return an empty panel over some periods, `unit` beside its axis, `right` more pixels for labels."""
    figure = go.Figure(
        layout=go.Layout(
            template=theme.template(palette),
            height=HEIGHT,
            margin={"l": LEFT, "r": RIGHT + right, "t": 14, "b": 8},
            hovermode="closest",
            hoverdistance=30,
            dragmode=False,
            xaxis={"type": "date", "fixedrange": True, "nticks": 8, "tickangle": 0},
            yaxis={"fixedrange": True, "nticks": 5, "automargin": False, "title": {"text": unit, "standoff": 4}},
        )
    )
    if periods:
        figure.update_xaxes(range=time_range(periods, by), **ticks(periods, by))
    return figure


def says(figure: go.Figure, why: str, palette: theme.Palette) -> go.Figure:
    """Say in an empty panel why it is empty."""
    figure.add_annotation(text=why, xref="paper", yref="paper", x=0.5, y=0.5, showarrow=False, font_color=palette.muted)
    figure.update_xaxes(visible=False)
    figure.update_yaxes(visible=False)
    return figure
