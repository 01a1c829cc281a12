"""How much of the news of a pair is strained or hostile, period by period: a series in, a figure out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import plotly.graph_objects as go
import polars as pl

from dashboard import theme
from dashboard.figures import curve
from dashboard.figures.panel import panel, says
from dashboard.periods import period_name
from ingest.index.series import LEAST, Period

COLUMNS = {"value": "negative_share", "low": "negative_low", "high": "negative_high"}


def negative_share(series: pl.DataFrame, by: Period, *, kind: theme.Kind = "light", right: int = 0) -> go.Figure:
    """Draw `negative_share` with its Wilson interval; periods with fewer than `LEAST` effective stories are gaps.

    Takes `period, n_eff, stories, negative_share, negative_low, negative_high`, shares in 0 … 1, drawn in percent.
    Traces `interval`, `alone`, `share`.
    """
    palette = theme.PALETTES[kind]
    known = pl.col("n_eff") >= LEAST - 1e-9
    shown = series.with_columns(pl.when(known).then(100 * pl.col(name)).alias(name) for name in COLUMNS.values())
    figure = panel(palette, shown["period"].to_list(), by, "% of stories", right)
    runs = curve.runs(shown, COLUMNS["value"])
    if not runs:
        return says(figure, "Not enough stories to say", palette)
    longer, single = [run for run in runs if run.height > 1], [run for run in runs if run.height == 1]
    figure.add_trace(curve.band(longer, palette.band, low=COLUMNS["low"], high=COLUMNS["high"]))
    figure.add_trace(curve.alone(single, palette.band, **COLUMNS))
    figure.add_trace(
        go.Scatter(
            x=shown["period"].to_list(),
            y=shown[COLUMNS["value"]].to_list(),
            name="share",
            mode="lines+markers",
            connectgaps=False,
            line={"color": palette.line, "width": 2},
            marker={"size": 6, "color": palette.line},
            customdata=curve.hovers(shown, lambda row: _hover(row, by)),
            hovertemplate="%{customdata[1]}<extra></extra>",
        )
    )
    last = runs[-1]
    value = last[COLUMNS["value"]][-1]
    figure.add_annotation(
        x=last["period"][-1], y=value, text=f"<b>{value:.0f}{theme.THIN}%</b>",
        xanchor="left", xshift=9, showarrow=False, font={"color": palette.ink, "size": 13},
    )  # fmt: skip
    figure.update_yaxes(range=[-2, 102], tickvals=[0, 25, 50, 75, 100])
    return figure


def _hover(row: Mapping[str, object], by: Period) -> str:
    period, share, low, high = row["period"], *(row[name] for name in COLUMNS.values())
    assert isinstance(period, date)  # noqa: S101 - a column of the series
    stories = theme.counted(int(str(row["stories"])), "story", "stories")
    if not (isinstance(share, float) and isinstance(low, float) and isinstance(high, float)):
        return f"<b>{period_name(period, by)}</b><br>not enough stories to say<br>{stories}"
    ends = f"95{theme.THIN}%: {low:.0f} to {high:.0f}{theme.THIN}%"
    return f"<b>{period_name(period, by)}</b><br>{share:.0f}{theme.THIN}% strained or hostile<br>{ends}<br>{stories}"
