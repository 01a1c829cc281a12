"""What may be laid over the tone: further curves, change points, the selected days. Pure: frames in, marks out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import plotly.graph_objects as go
import polars as pl

from dashboard import theme
from dashboard.figures import curve
from dashboard.figures.time_axis import half, iso
from dashboard.periods import Slice, period_name
from ingest.index.series import Period

APART = 0.11
"""Tone that two labels at the end of lines keep between them: 15 px on a chart of 320 px."""

CLOSE_BY = 0.03
"""Part of the time axis within which two numbers of change points would touch: 12 px on a phone."""

LINE_PX = 19
"""Pixels from the number of a change point to that of the next above it, where they would touch."""

Look = Literal["one", "other"]


@dataclass(frozen=True, kw_only=True)
class Line:
    """One more curve."""

    name: str
    """What it is, for its hover and the key: press of Pakistan."""
    label: str
    """At its end, a few letters: PAK."""
    column: str
    """What its columns begin with in a download: press_PAK."""
    series: pl.DataFrame
    """`period, tone, low, high` in −1 … +1, null where there is too little; `stories` and `outlets` where known."""
    look: Look = "one"
    """`one` is solid with circles, `other` is dashed with diamonds: colour never stands alone."""


def colour_of(look: Look, palette: theme.Palette) -> str:
    """Return the colour of a line."""
    return palette.line if look == "one" else palette.other


def add_line(figure: go.Figure, line: Line, by: Period, palette: theme.Palette) -> None:
    """Draw a curve with its band and its lone intervals; traces `NAME` and `interval of NAME`."""
    pieces = curve.runs(line.series)
    tint = palette.band if line.look == "one" else palette.other_band
    longer, single = [run for run in pieces if run.height > 1], [run for run in pieces if run.height == 1]
    figure.add_trace(curve.band(longer, tint, name=f"interval of {line.name}"))
    figure.add_trace(curve.alone(single, tint, name=f"alone of {line.name}"))
    colour = colour_of(line.look, palette)
    figure.add_trace(
        go.Scatter(
            x=line.series["period"].to_list(),
            y=line.series["tone"].to_list(),
            name=line.name,
            mode="lines+markers",
            connectgaps=False,
            line={"color": colour, "width": 2, "dash": "solid" if line.look == "one" else "5px,3px"},
            marker={"size": 6, "color": colour, "symbol": "circle" if line.look == "one" else "diamond"},
            selected={"marker": {"opacity": 1}},
            unselected={"marker": {"opacity": 1}},
            customdata=curve.hovers(line.series, lambda row: f"{line.name}<br>{hover(row, by)}"),
            hovertemplate="%{customdata[1]}<extra></extra>",
        )
    )


def hover(row: Mapping[str, object], by: Period) -> str:
    """Say a period of a series: date, tone with interval, stories and outlets where they are known."""
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
    raw = row.get("raw") if row.get("window") is None else None
    if isinstance(raw, float) and isinstance(tone, float) and theme.signed(raw) != theme.signed(tone):
        lines.append(f"few stories, so it leans on the past; these alone: {theme.signed(raw)}")
    known = [
        theme.counted(int(str(row[name])), one, many)
        for name, one, many in (("stories", "story", "stories"), ("outlets", "outlet", "outlets"))
        if row.get(name) is not None
    ]
    if row.get("window") is not None:
        lines.append(f"{theme.counted(int(str(row['window'])), 'story', 'stories')} in the trailing mean")
        known = [f"{words} here" for words in known[:1]]
    return "<br>".join([*lines, ", ".join(known)] if known else lines)


def add_end_labels(
    figure: go.Figure,
    ends: Sequence[tuple[date, float, str, str]],
    palette: theme.Palette,
    *,
    low: float = -1.0,
    high: float = 1.0,
) -> None:
    """Write at the end of each line its value and a few letters: `ends` has day, value, letters, colour.

    Labels that would touch are moved apart in the order of their values, none of them out of `low … high`.
    """
    ordered = sorted(ends, key=lambda one: one[1])
    places = spread([value for _, value, _, _ in ordered], APART * (high - low) / 2, low, high)
    for (day, value, letters, colour), at in zip(ordered, places, strict=True):
        text = f"<b>{theme.signed(value)}</b>" + (f" {letters}" if letters else "")
        figure.add_annotation(
            x=day, y=at, text=text, xanchor="left", xshift=9, showarrow=False,
            font={"color": colour, "size": 13}, bgcolor=palette.paper if len(ends) > 1 else None, borderpad=0,
        )  # fmt: skip


def spread(values: Sequence[float], apart: float, low: float, high: float) -> list[float]:
    """Move rising values at least `apart` from each other, up first, then down again from `high`; not below `low`."""
    places: list[float] = []
    for value in values:
        places.append(max(value, places[-1] + apart) if places else max(value, low))
    for at in range(len(places) - 1, -1, -1):
        places[at] = min(places[at], places[at + 1] - apart if at + 1 < len(places) else high)
    return places


def add_changes(figure: go.Figure, changes: pl.DataFrame, by: Period, palette: theme.Palette) -> None:
    """Draw a thin rule where a new level begins, with the number under which the list explains it.

    Takes `number, period`; shapes are named `change`. Numbers that would touch stand above each other.
    """
    first, last = (date.fromisoformat(end[:10]) for end in figure.layout.xaxis.range)
    near = CLOSE_BY * (last - first)
    before, level, highest = None, 0, 0
    for number, period in changes.sort("period").select("number", "period").iter_rows():
        level = level + 1 if before is not None and period - before < near else 0
        before, highest = period, max(highest, level)
        at = iso(period, -half(by))
        figure.add_shape(
            type="line", xref="x", x0=at, x1=at, yref="paper", y0=0, y1=1,
            line={"color": palette.muted, "width": 1}, layer="below", name="change",
        )  # fmt: skip
        figure.add_annotation(
            x=at, yref="paper", y=1, yanchor="bottom", yshift=2 + LINE_PX * level, text=f"<b>{number}</b>",
            showarrow=False, font={"color": palette.paper, "size": 12}, bgcolor=palette.ink, borderpad=2,
            hovertext=f"Change {number}: see What changed", name="change",
        )  # fmt: skip
    figure.update_layout(margin_t=figure.layout.margin.t + LINE_PX * highest)


def add_selected(figure: go.Figure, at: Slice, periods: list[date], by: Period, palette: theme.Palette) -> None:
    """Shade the selected days, if they are on the axis; the shape is named `selected`."""
    if at.last < periods[0] or at.first > periods[-1]:
        return
    starts = [start for start in periods if at.first <= start <= at.last] or [at.first]
    figure.add_shape(
        type="rect", xref="x", x0=iso(starts[0], -half(by)), x1=iso(starts[-1], half(by)), yref="paper", y0=0, y1=1,
        fillcolor=palette.accent, opacity=0.12, line_width=0, layer="below", name="selected",
    )  # fmt: skip
