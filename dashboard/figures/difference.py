"""How far the tone of a toward b and of b toward a are apart, period by period: a frame in, a figure out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import plotly.graph_objects as go
import polars as pl

from dashboard import theme
from dashboard.figures import curve
from dashboard.figures.panel import panel, says
from dashboard.figures.time_axis import LETTERS
from dashboard.periods import period_name
from ingest.index.series import Period


def difference(rows: pl.DataFrame, periods: list[date], by: Period, *, kind: theme.Kind = "light") -> go.Figure:
    """Draw `difference` (−2 … +2) with `low` and `high` in `period`, over the periods of the chart above.

    Traces `interval`, `alone`, `difference`; periods in which either way has too few stories are gaps.
    """
    palette = theme.PALETTES[kind]
    figure = panel(palette, periods, by, "difference", LETTERS)
    whole = pl.DataFrame({"period": periods}, {"period": pl.Date}).join(rows, on="period", how="left")
    whole = whole.sort("period")
    runs = curve.runs(whole, "difference")
    if not runs:
        return says(figure, "Not enough stories of either way to say", palette)
    longer, single = [run for run in runs if run.height > 1], [run for run in runs if run.height == 1]
    figure.add_trace(curve.band(longer, palette.band))
    figure.add_trace(curve.alone(single, palette.band, value="difference"))
    figure.add_hline(y=0, line={"color": palette.muted, "width": 1}, layer="below")
    figure.add_trace(
        go.Scatter(
            x=whole["period"].to_list(),
            y=whole["difference"].to_list(),
            name="difference",
            mode="lines+markers",
            connectgaps=False,
            line={"color": palette.line, "width": 2},
            marker={"size": 6, "color": palette.line},
            customdata=curve.hovers(whole, lambda row: _hover(row, by)),
            hovertemplate="%{customdata[1]}<extra></extra>",
        )
    )
    last = runs[-1]
    figure.add_annotation(
        x=last["period"][-1], y=last["difference"][-1], text=f"<b>{theme.signed(last['difference'][-1])}</b>",
        xanchor="left", xshift=9, showarrow=False, font={"color": palette.ink, "size": 13},
    )  # fmt: skip
    figure.update_yaxes(
        range=[-2.08, 2.08], tickvals=[-2, -1, 0, 1, 2],
        ticktext=[f"{theme.MINUS}2", f"{theme.MINUS}1", "0", "+1", "+2"],
    )  # fmt: skip
    return figure


def _hover(row: Mapping[str, object], by: Period) -> str:
    period, value, low, high = row["period"], row["difference"], row["low"], row["high"]
    assert isinstance(period, date)  # noqa: S101 - a column of the frame
    if not (isinstance(value, float) and isinstance(low, float) and isinstance(high, float)):
        return f"<b>{period_name(period, by)}</b><br>not enough stories of either way to say"
    return f"<b>{period_name(period, by)}</b><br>{theme.signed(value)}<br>95{theme.THIN}%: {theme.interval(low, high)}"
