"""Small curves as a picture in the text: a band, a line, the zero; no axes, no words. Pure: rows in, SVG out.

Streamlit takes SVG out of what a page sends, so it goes as the source of an image.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from datetime import date
from html import escape
from itertools import groupby

from dashboard import theme

Point = tuple[date, float | None, float | None, float | None]
"""First day of the period; tone, low and high, None in a gap."""

PAD = 4
"""Pixels free on every side, for the last point."""


def spark(points: Sequence[Point], *, kind: theme.Kind, width: int = 160, height: int = 36, says: str = "") -> str:
    """Return an image of tone over time, −1 … +1 from bottom to top, gaps left open; `says` is its text for readers."""
    palette = theme.PALETTES[kind]
    body = [f'<line x1="0" x2="{width}" y1="{height / 2}" y2="{height / 2}" stroke="{palette.rule}"/>']
    if points:
        first, last = points[0][0].toordinal(), points[-1][0].toordinal()
        place = _Place(first, max(last - first, 1), width, height)
        for known, group in groupby(points, key=lambda one: one[1] is not None):
            run = list(group)
            if known:
                body += _run(run, place, palette)
        drawn = [one for one in points if one[1] is not None]
        if drawn:
            day, tone = drawn[-1][0], float(drawn[-1][1] or 0.0)
            body.append(
                f'<circle cx="{place.x(day):.1f}" cy="{place.y(tone):.1f}" r="3.2" fill="{theme.tone_colour(tone)}" '
                f'stroke="{palette.line}" stroke-width="1"/>'
            )
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
        f"{''.join(body)}</svg>"
    )
    source = b64encode(svg.encode()).decode()
    return f'<img src="data:image/svg+xml;base64,{source}" width="{width}" height="{height}" alt="{escape(says)}">'


class _Place:
    """Where a day and a tone lie."""

    def __init__(self, first: int, days: int, width: int, height: int) -> None:
        self.first, self.days, self.width, self.height = first, days, width, height

    def x(self, day: date) -> float:
        return PAD + (day.toordinal() - self.first) / self.days * (self.width - 2 * PAD)

    def y(self, tone: float) -> float:
        return PAD + (1 - tone) / 2 * (self.height - 2 * PAD)


def _run(run: Sequence[Point], place: _Place, palette: theme.Palette) -> list[str]:
    line = " ".join(f"{place.x(day):.1f},{place.y(tone or 0.0):.1f}" for day, tone, _, _ in run)
    if len(run) == 1:
        day, tone, low, high = run[0]
        x = place.x(day)
        return [
            f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{place.y(low or 0.0):.1f}" y2="{place.y(high or 0.0):.1f}" '
            f'stroke="{palette.bar}" stroke-width="3"/>',
            f'<circle cx="{x:.1f}" cy="{place.y(tone or 0.0):.1f}" r="1.6" fill="{palette.line}"/>',
        ]
    upper = [f"{place.x(day):.1f},{place.y(high or 0.0):.1f}" for day, _, _, high in run]
    lower = [f"{place.x(day):.1f},{place.y(low or 0.0):.1f}" for day, _, low, _ in reversed(run)]
    return [
        f'<polygon points="{" ".join(upper + lower)}" fill="{palette.bar}" opacity="0.45"/>',
        f'<polyline points="{line}" fill="none" stroke="{palette.line}" stroke-width="1.6"/>',
    ]
