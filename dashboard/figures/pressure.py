"""How much of the news a pair takes, and how much of that is bad: volume with pressure inside it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import plotly.graph_objects as go
import polars as pl

from dashboard import theme
from dashboard.figures import curve
from dashboard.figures.panel import panel, says
from dashboard.figures.time_axis import MS_A_DAY
from dashboard.periods import DAYS, period_name
from ingest.index.series import Period

PER = 1_000
"""Stories of an outlet that the shares are told of: shares of one pair are small."""

WIDEST = 0.06
"""Part of the time axis that a bar may take at most."""


def pressure(rows: pl.DataFrame, by: Period, *, kind: theme.Kind = "light", right: int = 0) -> go.Figure:
    """Draw `volume` and `pressure` (0 … 1) in `period` as bars, one inside the other; traces of these names.

    Pressure is volume times negative share, so the brown part of a bar is the strained or hostile part of the news.
    """
    palette = theme.PALETTES[kind]
    figure = panel(palette, rows["period"].to_list(), by, f"per {theme.count(PER)} stories", right)
    if rows.is_empty() or not rows["volume"].sum():
        return says(figure, "Not enough stories to say", palette)
    width = min(0.75 * DAYS[by], WIDEST * DAYS[by] * rows.height) * MS_A_DAY
    for name, colour in (("volume", palette.bar), ("pressure", theme.HOSTILE)):
        figure.add_trace(
            go.Bar(
                x=rows["period"].to_list(),
                y=(PER * rows[name]).to_list(),
                name=name,
                width=width,
                marker={"color": colour, "line": {"width": 0}},
                customdata=curve.hovers(rows, lambda row: _hover(row, by)),
                hovertemplate="%{customdata[1]}<extra></extra>",
            )
        )
    figure.update_layout(barmode="overlay")
    figure.update_yaxes(rangemode="tozero")
    return figure


def _hover(row: Mapping[str, object], by: Period) -> str:
    period, volume, bad = row["period"], row["volume"], row["pressure"]
    assert isinstance(period, date)  # noqa: S101 - a column of the frame
    lines = [f"<b>{period_name(period, by)}</b>"]
    if isinstance(volume, float):
        lines.append(f"{PER * volume:.1f} of {theme.count(PER)} stories are about the pair (volume)")
    if isinstance(bad, float):
        lines.append(f"{PER * bad:.1f} of them strained or hostile (pressure)")
    return "<br>".join(lines) if len(lines) > 1 else f"{lines[0]}<br>no stories"
