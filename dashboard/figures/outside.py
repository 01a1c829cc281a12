"""Our tone and an outside series on one scale, standard deviations from the own mean: never two axes. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import plotly.graph_objects as go

from dashboard import theme
from dashboard.figures import curve
from dashboard.figures.panel import panel, says
from dashboard.outside import Beside
from dashboard.periods import period_name
from ingest.index.series import Period


def outside(found: Beside, by: Period, name: str, *, kind: theme.Kind = "light", right: int = 0) -> go.Figure:
    """Draw both; traces `tone` and `outside`, the latter dashed with diamonds. Hovers give the unscaled values."""
    palette = theme.PALETTES[kind]
    rows = found.rows
    figure = panel(palette, rows["period"].to_list(), by, "standard deviations", right)
    if found.r is None:
        return says(figure, "Too few periods that both have", palette)
    figure.add_hline(y=0, line={"color": palette.muted, "width": 1}, layer="below")
    for column, trace, colour, dash, symbol in (
        ("ours", "tone", palette.line, "solid", "circle"),
        ("theirs", "outside", palette.other, "5px,3px", "diamond"),
    ):
        figure.add_trace(
            go.Scatter(
                x=rows["period"].to_list(),
                y=rows[column].to_list(),
                name=trace,
                mode="lines+markers",
                connectgaps=False,
                line={"color": colour, "width": 2, "dash": dash},
                marker={"size": 5, "color": colour, "symbol": symbol},
                customdata=curve.hovers(rows, lambda row: _hover(row, by, name)),
                hovertemplate="%{customdata[1]}<extra></extra>",
            )
        )
    _label_ends(figure, found, palette)
    most = max(2.5, *(abs(one) for column in ("ours", "theirs") for one in rows[column].drop_nulls())) * 1.08
    figure.update_yaxes(range=[-most, most], tickformat="+.0f")
    return figure


def _label_ends(figure: go.Figure, found: Beside, palette: theme.Palette) -> None:
    ends = []
    for column, words, colour in (("ours", "tone", palette.line), ("theirs", "theirs", palette.other)):
        drawn = found.rows.drop_nulls(column)
        if drawn.height:
            ends.append((drawn["period"][-1], drawn[column][-1], words, colour))
    ends.sort(key=lambda one: one[1])
    close = len(ends) == 2 and ends[1][1] - ends[0][1] < 0.5
    for number, (day, value, words, colour) in enumerate(ends):
        figure.add_annotation(
            x=day, y=value, text=f"<b>{words}</b>", xanchor="left", xshift=9, showarrow=False,
            yshift=(-9, 9)[number] if close else 0, font={"color": colour, "size": 13},
        )  # fmt: skip


def _hover(row: Mapping[str, object], by: Period, name: str) -> str:
    period, tone, value = row["period"], row["tone"], row["value"]
    assert isinstance(period, date)  # noqa: S101 - a column of the series
    safe = name.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    ours = f"tone {theme.signed(tone)}" if isinstance(tone, float) else "tone: not enough stories to say"
    theirs = f"{safe} {value:,.4g}" if isinstance(value, float) else f"{safe}: nothing here"
    return f"<b>{period_name(period, by)}</b><br>{ours}<br>{theirs}"
