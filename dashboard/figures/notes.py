"""Notes on dates, drawn into a figure of tone over time: quiet dotted rules with their text. Knows no store."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import plotly.graph_objects as go

from dashboard import theme

LONGEST = 28
"""Characters of a note that stand on the chart; hovering shows all, and so does the list beside it."""

LEVELS, APART = 3, 0.16
"""Lines of text above each other, and the part of the axis that one may take."""


def with_notes(figure: go.Figure, notes: Sequence[tuple[date, str]], *, kind: theme.Kind = "light") -> go.Figure:
    """Draw notes (day, text) that lie on the time axis of a figure; the figure is changed and returned.

    Shapes and annotations have the name `note`; those outside the axis are left out.
    """
    limits = figure.layout.xaxis.range
    if not limits or figure.layout.xaxis.visible is False:
        return figure
    first, last = (datetime.fromisoformat(str(one)[:16]) for one in limits)
    span = (last - first).total_seconds()
    palette = theme.PALETTES[kind]
    taken = [-1.0] * LEVELS
    for day, text in sorted(notes):
        part = (datetime(day.year, day.month, day.day) - first).total_seconds() / span  # noqa: DTZ001 - days of an axis
        if not 0 <= part <= 1:
            continue
        level = next((one for one in range(LEVELS) if part - taken[one] >= APART), LEVELS - 1)
        taken[level] = part
        figure.add_shape(
            type="line", xref="x", x0=day.isoformat(), x1=day.isoformat(), yref="y domain", y0=0, y1=1,
            line={"color": palette.muted, "width": 1, "dash": "dot"}, layer="below", name="note",
        )  # fmt: skip
        figure.add_annotation(
            x=day.isoformat(), xref="x", y=1, yref="y domain", yshift=-14 * level, text=_short(text),
            hovertext=f"{theme.day(day)}: {_plain(text)}", showarrow=False, yanchor="top",
            xanchor="right" if part > 0.8 else "left", xshift=-4 if part > 0.8 else 4,
            font={"size": 11, "color": palette.muted}, name="note",
        )  # fmt: skip
    return figure


def _short(text: str) -> str:
    return _plain(text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…")


def _plain(text: str) -> str:
    """Show the characters that plotly would read as markup."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
