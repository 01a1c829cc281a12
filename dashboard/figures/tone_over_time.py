"""Tone of a pair over time, the number of stories beneath: a series in, a figure out; knows no store, no page."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import groupby

import plotly.graph_objects as go
import polars as pl

from dashboard import theme
from dashboard.periods import DAYS, Slice, period_name
from ingest.index.series import Period

HEIGHT = 440
"""Pixels."""

EDGE = 0.015
"""Part of the time axis left free on both sides, so that the first and the last marker are whole."""

WIDEST = 0.06
"""Part of the time axis that a bar may take at most."""

MS_A_DAY = 86_400_000
"""Plotly measures widths on a time axis in milliseconds."""

LABELLED = 6
"""Periods up to which each has its name on the axis."""

YEAR_STEPS = ((8, 1), (16, 2), (40, 5), (80, 10))
"""Years from first to last, up to which every n-th has a label: about eight, as fit on 390 px."""

SHOWN_ALONE = 30
"""Points up to which each has a large marker; more would hide the line."""


def tone_over_time(
    series: pl.DataFrame,
    by: Period,
    *,
    kind: theme.Kind = "light",
    at: Slice | None = None,
    title: str = "",
    subtitle: str = "",
    why_empty: str = "Not enough stories to say",
) -> go.Figure:
    """Draw a series (columns of `ingest.index.series.COLUMNS`).

    Traces by name: `interval` (polygons of low and high, one for each run of periods), `alone` (intervals of
    points with a gap on both sides), `tone` and `stories`. `customdata` of the last two begins with the first
    day of the period. `at` are days to be shown as selected. Titles are for figures that leave the page.
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
    runs = _runs(series)
    figure.add_trace(_band([run for run in runs if run.height > 1], palette))
    figure.add_trace(_alone([run for run in runs if run.height == 1], palette))
    figure.add_trace(_tone(series, by, palette))
    figure.add_trace(_stories(series, by, palette))
    half = timedelta(days=DAYS[by] / 2)
    edge = max(half, EDGE * (periods[-1] - periods[0]))
    figure.update_xaxes(range=[_iso(periods[0], -edge), _iso(periods[-1], edge)], **_ticks(periods, by))
    _label_end(figure, runs, palette)
    if runs == []:
        figure.add_annotation(
            text=why_empty, xref="paper", yref="y", x=0.5, y=0.4, showarrow=False, font_color=palette.muted
        )
    if at and at.last >= periods[0] and at.first <= periods[-1]:
        starts = [start for start in periods if at.first <= start <= at.last] or [at.first]
        figure.add_shape(
            type="rect", xref="x", x0=_iso(starts[0], -half), x1=_iso(starts[-1], half), yref="paper", y0=0, y1=1,
            fillcolor=palette.accent, opacity=0.12, line_width=0, layer="below", name="selected",
        )  # fmt: skip
    return figure


def _layout(palette: theme.Palette, title: str, subtitle: str) -> go.Layout:
    words = [(1, "cooperative", "bottom"), (-1, "hostile", "top")]
    layout = go.Layout(
        template=theme.template(palette),
        height=HEIGHT + (50 if title else 0),
        margin={"l": 8, "r": 52, "t": 80 if title else 24, "b": 8},
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
        },
        yaxis2={
            "domain": [0, 0.19],
            "fixedrange": True,
            "rangemode": "tozero",
            "nticks": 3,
            "tickformat": ",d",
            "title": {"text": "stories", "standoff": 4},
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


def _ticks(periods: list[date], by: Period) -> dict[str, object]:
    """Label few periods one by one, many years by the year, and leave what lies between to plotly."""
    if len(periods) <= LABELLED:
        names = [period_name(start, "day" if by == "week" else by).rpartition(" ") for start in periods]
        return {"tickvals": periods, "ticktext": [f"{rest}<br>{year}" if rest else year for rest, _, year in names]}
    years = (periods[-1] - periods[0]).days / DAYS["year"]
    if years > 3 or by == "year":
        step = next((step for most, step in YEAR_STEPS if years <= most), 20)
        return {"tick0": "2000-01-01", "dtick": f"M{12 * step}", "tickformat": "%Y"}
    return {"tickformat": "%b<br>%Y" if by in {"month", "quarter"} else "%-d %b<br>%Y"}


def _runs(series: pl.DataFrame) -> list[pl.DataFrame]:
    """Return the drawn periods, cut at every gap."""
    known = series["tone"].is_not_null().to_list()
    found, start = [], 0
    for is_known, group in groupby(known):
        length = len(list(group))
        if is_known:
            found.append(series.slice(start, length))
        start += length
    return found


def _band(runs: list[pl.DataFrame], palette: theme.Palette) -> go.Scatter:
    x: list[date | None] = []
    y: list[float | None] = []
    for run in runs:
        if x:
            x.append(None)
            y.append(None)
        x += [*run["period"], *run["period"].reverse()]
        y += [*run["low"], *run["high"].reverse()]
    return go.Scatter(
        x=x,
        y=y,
        name="interval",
        mode="lines",
        fill="toself",
        fillcolor=palette.band,
        line={"width": 0},
        hoverinfo="skip",
    )


def _alone(runs: list[pl.DataFrame], palette: theme.Palette) -> go.Scatter:
    x = [run["period"][0] for run in runs]
    tones = [run["tone"][0] for run in runs]
    return go.Scatter(
        x=x,
        y=tones,
        name="alone",
        mode="markers",
        marker={"size": 1, "color": palette.band},
        error_y={
            "type": "data", "symmetric": False, "width": 0, "thickness": 7, "color": palette.band,
            "array": [run["high"][0] - run["tone"][0] for run in runs],
            "arrayminus": [run["tone"][0] - run["low"][0] for run in runs],
        },
        hoverinfo="skip",
    )  # fmt: skip


def _tone(series: pl.DataFrame, by: Period, palette: theme.Palette) -> go.Scatter:
    drawn = series["tone"].is_not_null().sum()
    tones = series["tone"].to_list()
    return go.Scatter(
        x=series["period"].to_list(),
        y=tones,
        name="tone",
        mode="lines+markers",
        connectgaps=False,
        line={"color": palette.line, "width": 2},
        marker={
            "size": 10 if drawn <= SHOWN_ALONE else 7,
            "color": [theme.tone_colour(tone) if tone is not None else palette.paper for tone in tones],
            "line": {"color": palette.line, "width": 1.5},
        },
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
        customdata=[(row["period"].isoformat(), _hover(row, by)) for row in series.to_dicts()],
        hovertemplate="%{customdata[1]}<extra></extra>",
    )


def _stories(series: pl.DataFrame, by: Period, palette: theme.Palette) -> go.Bar:
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
        customdata=[(row["period"].isoformat(), _hover(row, by)) for row in series.to_dicts()],
        hovertemplate="%{customdata[1]}<extra></extra>",
    )


def _hover(row: dict[str, object], by: Period) -> str:
    period, tone, low, high = row["period"], row["tone"], row["low"], row["high"]
    assert isinstance(period, date)  # noqa: S101 - a column of the series
    lines = [f"<b>{period_name(period, by)}</b>"]
    if isinstance(tone, float) and isinstance(low, float) and isinstance(high, float):
        lines += [
            f"{theme.signed(tone)} {theme.tone_word(tone, 'mixed')}",
            f"95{theme.THIN}%: {theme.interval(low, high)}",
        ]
    else:
        lines.append("not enough stories to say")
    stories = theme.counted(int(str(row["stories"])), "story", "stories")
    return "<br>".join([*lines, f"{stories}, {theme.counted(int(str(row['outlets'])), 'outlet')}"])


def _label_end(figure: go.Figure, runs: list[pl.DataFrame], palette: theme.Palette) -> None:
    """Write the last tone beside the last point."""
    if runs:
        last = runs[-1]
        figure.add_annotation(
            x=last["period"][-1], y=last["tone"][-1], text=f"<b>{theme.signed(last['tone'][-1])}</b>",
            xanchor="left", xshift=9, showarrow=False, font={"color": palette.ink, "size": 13},
        )  # fmt: skip


def _iso(start: date, shift: timedelta) -> str:
    """Return a moment as plotly writes it: dates alone cannot be shifted by half a day."""
    days = shift / timedelta(days=1)
    moment = timedelta(days=start.toordinal() - 1 + days)
    whole = date.fromordinal(moment.days + 1)
    hours = moment.seconds // 3600
    return f"{whole.isoformat()} {hours:02d}:00"
