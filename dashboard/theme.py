"""Colours, number formats, words for ranges, the plotly template: the place that decides how a value looks."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Literal

import plotly.graph_objects as go

Kind = Literal["light", "dark"]

HOSTILE, STRAINED, NEUTRAL, FRIENDLY, CLOSE = "#B35806", "#F1A340", "#BDBDBD", "#74ADD1", "#2166AC"
"""The one diverging scale, safe for colour-blind readers: the same on light and dark paper."""

SCALE = [(0.0, HOSTILE), (0.25, STRAINED), (0.5, NEUTRAL), (0.75, FRIENDLY), (1.0, CLOSE)]
"""The scale for plotly: 0 is tone −1, 1 is tone +1."""

WEAK, STRONG = 0.15, 0.5
"""Tones at which the word changes (LOOK.md); `ingest.index.series.NEGATIVE` is the first of them."""

FONT = '"Source Sans", "Source Sans 3", "Source Sans Pro", "Helvetica Neue", Arial, sans-serif'
"""Source Sans comes with Streamlit's own files: nothing is fetched from outside."""

THIN = "\u202f"
MINUS = "\u2212"


@dataclass(frozen=True, kw_only=True)
class Palette:
    """The colours around the data; each text colour has a contrast of at least 4.5 to its paper (WCAG AA)."""

    paper: str
    ink: str
    muted: str
    rule: str
    bar: str
    line: str
    band: str
    other: str
    """A second line beside the first; dashed too."""
    other_band: str
    many: tuple[str, ...]
    """Of several curves together; each has a contrast of at least 3 to its paper (WCAG 1.4.11), marks differ too."""
    accent: str
    negative: str
    """Tint of words that pull the tone down."""
    positive: str


PALETTES: dict[Kind, Palette] = {
    "light": Palette(
        paper="#FFFFFF",
        ink="#1D2329",
        muted="#59636E",
        rule="#E4E7EA",
        bar="#C3CAD1",
        line="#4A5560",
        band="rgba(74,85,96,0.2)",
        other="#7B3FA0",
        other_band="rgba(123,63,160,0.2)",
        many=("#0072B2", "#B36B00", "#A64D8A", "#26808F", "#8C3B1F", "#6B7280"),
        accent="#2166AC",
        negative="#F1A340",
        positive="#74ADD1",
    ),
    "dark": Palette(
        paper="#14181C",
        ink="#E7EAED",
        muted="#9EA8B2",
        rule="#2B3239",
        bar="#46505A",
        line="#B9C2CB",
        band="rgba(185,194,203,0.2)",
        other="#C99BE3",
        other_band="rgba(201,155,227,0.2)",
        many=("#4BA3E3", "#E69F00", "#DD8FBF", "#5CC4D3", "#E0764A", "#A7B0BA"),
        accent="#74ADD1",
        negative="#D07A20",
        positive="#3F86C4",
    ),
}


def tone_word(tone: float, middle: str = "neutral") -> str:
    """Say a tone in one word; `middle` is "mixed" where many stories are averaged."""
    if abs(tone) < WEAK:
        return middle
    if tone < 0:
        return "hostile" if tone <= -STRONG else "strained"
    return "close" if tone >= STRONG else "friendly"


def tone_colour(tone: float) -> str:
    """Return the colour of the range a tone lies in."""
    return {
        "hostile": HOSTILE,
        "strained": STRAINED,
        "neutral": NEUTRAL,
        "friendly": FRIENDLY,
        "close": CLOSE,
    }[tone_word(tone)]


def blend(tone: float) -> str:
    """Return the colour of a tone on the continuous scale of a map."""
    at = (min(max(tone, -1.0), 1.0) + 1) / 2
    for (low, one), (high, other) in pairwise(SCALE):
        if at <= high:
            share = (at - low) / (high - low)
            parts = [
                round(int(one[i : i + 2], 16) * (1 - share) + int(other[i : i + 2], 16) * share) for i in (1, 3, 5)
            ]
            return "#" + "".join(f"{part:02X}" for part in parts)
    return CLOSE


def signed(value: float) -> str:
    """Write a tone with its sign and two decimals: +0.41, −0.42, 0.00."""
    text = f"{abs(value):.2f}"
    if not math.isfinite(value):
        return "–"
    return text if text == "0.00" else ("+" if value > 0 else MINUS) + text


def interval(low: float, high: float) -> str:
    """Write a 95 % interval of a tone: +0.32 to +0.50."""
    return f"{signed(low)} to {signed(high)}"


def count(number: int) -> str:
    """Write a count with thin spaces between thousands."""
    return f"{number:,}".replace(",", THIN)


def counted(number: int, noun: str, plural: str | None = None) -> str:
    """Write a count with its noun: 1 story, 12 stories."""
    return f"{count(number)} {noun if number == 1 else plural or noun + 's'}"


def percent(share: float) -> str:
    """Write a share of 0 … 1 in whole percent."""
    return f"{100 * share:.0f}{THIN}%"


def day(when: date | datetime) -> str:
    """Write a UTC day: 26 Sep 2017."""
    return f"{when.day} {when:%b} {when.year}"


def template(palette: Palette) -> go.layout.Template:
    """Return the one plotly template: light horizontal grid, no frame, the data the only loud thing."""
    axis = {
        "gridcolor": palette.rule,
        "linecolor": palette.rule,
        "zerolinecolor": palette.muted,
        "tickfont": {"color": palette.muted, "size": 12},
        "title": {"font": {"color": palette.muted, "size": 12}},
        "automargin": True,
    }
    return go.layout.Template(
        layout={
            "font": {"family": FONT, "size": 13, "color": palette.ink},
            "paper_bgcolor": palette.paper,
            "plot_bgcolor": palette.paper,
            "title": {"font": {"size": 18, "color": palette.ink}, "x": 0, "xanchor": "left"},
            "xaxis": axis | {"showgrid": False, "ticks": "outside", "ticklen": 4, "tickcolor": palette.rule},
            "yaxis": axis | {"zeroline": False},
            "hoverlabel": {
                "bgcolor": palette.paper,
                "bordercolor": palette.muted,
                "font": {"family": FONT, "size": 13, "color": palette.ink},
                "align": "left",
            },
            "showlegend": False,
            "separators": f".{THIN}",
            "modebar": {"bgcolor": "rgba(0,0,0,0)", "color": palette.muted, "activecolor": palette.accent},
        }
    )


def css_variables(kind: Kind) -> str:
    """Return the palette as CSS custom properties, for `style.css`."""
    palette = PALETTES[kind]
    names = ("paper", "ink", "muted", "rule", "accent", "negative", "positive")
    return ":root{" + "".join(f"--dt-{name}:{getattr(palette, name)};" for name in names) + "}"
