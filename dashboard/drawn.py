"""What a view draws of a pair: the curve, smoothed or not, what lies over it, and how all that is said. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import polars as pl

from dashboard import theme
from dashboard.address import View
from dashboard.evidence import country_name
from dashboard.figures.layers import Line, Look, colour_of
from dashboard.filters import Filter, filter_words
from dashboard.periods import ADJECTIVE
from dashboard.summary import WEIGHT_WORDS
from ingest.index.rolling import smoothed
from ingest.index.series import Period
from ingest.index.sides import Directed

NOUNS: dict[Period, str] = {"day": "days", "week": "weeks", "month": "months", "quarter": "quarters", "year": "years"}


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """What a chart shows."""

    series: pl.DataFrame
    """The curve, in the columns of `ingest.index.series.COLUMNS`."""
    lines: tuple[Line, ...] = ()
    changes: pl.DataFrame | None = None
    """Change points of the curve before smoothing: `number, period` and what tells of them."""
    says: str = ""
    """What is to be said beneath the chart of what lies over it."""


def press_lines(sides: pl.DataFrame, pair: tuple[str, str], smooth: int) -> tuple[Line, ...]:
    """Return the tone in the press of either country, where it has any; takes `ingest.index.sides.SIDE_COLUMNS`."""
    looks: tuple[Look, Look] = ("one", "other")
    return tuple(
        Line(
            name=f"press of {country_name(code)}", label=code, column=f"press_{code}", look=look,
            series=smoothed(sides.filter(pl.col("side") == side).drop("side"), smooth),
        )
        for side, code, look in zip(("a", "b"), pair, looks, strict=True)
        if (sides["side"] == side).any()
    )  # fmt: skip


def press_words(sides: pl.DataFrame, pair: tuple[str, str]) -> str:
    """Say how much each press told, and that one told nothing."""
    names = {
        "a": f"press of {country_name(pair[0])}", "b": f"press of {country_name(pair[1])}",
        "third": "of third countries", "unknown": "of outlets whose country no list tells",
    }  # fmt: skip
    stories = dict(sides.group_by("side").agg(pl.col("stories").sum()).iter_rows())
    told = [f"{name} {theme.count(stories.get(side, 0))}" for side, name in names.items()]
    return f"Stories: {', '.join(told)}"


def way_lines(ways: Directed, pair: tuple[str, str], smooth: int) -> tuple[Line, ...]:
    """Return the tone of each toward the other, where there is any."""
    looks: tuple[Look, Look] = ("one", "other")
    return tuple(
        Line(
            name=f"{country_name(one)} toward {country_name(other)}", label=one,
            column=f"{one}_to_{other}", look=look, series=smoothed(series, smooth),
        )
        for series, (one, other), look in zip((ways.ab, ways.ba), (pair, pair[::-1]), looks, strict=True)
        if series.height
    )  # fmt: skip


def adjusted_line(adjusted: pl.DataFrame) -> Line:
    """Return the tone adjusted for the mix of outlets (`period, adjusted, low, high`)."""
    series = adjusted.select("period", pl.col("adjusted").alias("tone"), "low", "high")
    return Line(name="adjusted for the mix of outlets", label="adj.", column="adjusted", look="other", series=series)


def table(drawn: Drawn) -> pl.DataFrame:
    """Return all that is drawn, one row a period: the series, and `NAME_tone, NAME_low, NAME_high` of each line."""
    rows = drawn.series
    for line in drawn.lines:
        named = [pl.col(name).alias(f"{line.column}_{name}") for name in ("tone", "low", "high")]
        rows = rows.join(line.series.select("period", *named), on="period", how="left", maintain_order="left")
    return rows


def subtitle(by: Period, view: View, wanted: Filter, pair: tuple[str, str]) -> str:
    """Say exactly what is drawn: periods, smoothing, interval, weights, what is left out, what the lines are."""
    smoothing = f"trailing mean of {view.smooth} {NOUNS[by]}" if view.smooth > 1 else ""
    lines = {
        "all": "",
        "adjusted": "as it is and adjusted for the mix of outlets",
        "press": f"by the press of {country_name(pair[0])} and of {country_name(pair[1])}",
        "ways": "by who acts or speaks toward whom",
    }[view.lines]
    parts = [
        "tone", ADJECTIVE[by], smoothing, f"95{theme.THIN}% interval", WEIGHT_WORDS[view.weight], lines,
        filter_words(wanted, pair),
    ]  # fmt: skip
    return ", ".join(part for part in parts if part)


def key_of(lines: Sequence[Line], palette: theme.Palette) -> str:
    """Return the key of a chart with several curves as HTML; empty if there is one."""
    if not lines:
        return ""
    marks = [
        f"<span>{_swatch(line.look, colour_of(line.look, palette))} {escape(line.name)} ({escape(line.label)})</span>"
        for line in lines
    ]
    if all(line.look == "other" for line in lines):
        marks.insert(0, f"<span>{_swatch('one', palette.line)} as it is</span>")
    else:
        thin = f'<i class="dt-line dt-thin" style="border-top-color:{palette.muted}" aria-hidden="true"></i>'
        marks.append(f"<span>{thin} all together</span>")
    return f'<p class="dt-key">{"".join(marks)}</p>'


def key_words(lines: Sequence[Line]) -> str:
    """Return the key in words, for readers of the screen."""
    return "; ".join(f"{'solid' if line.look == 'one' else 'dashed'}: {line.name}" for line in lines)


def _swatch(look: Look, colour: str) -> str:
    """Draw a piece of the line by style sheet: Streamlit takes SVG out of what a page sends."""
    dashes, mark = ("solid", "●") if look == "one" else ("dashed", "◆")
    style = f"border-top-color:{colour};border-top-style:{dashes};color:{colour}"
    return f'<i class="dt-line" style="{style}" aria-hidden="true">{mark}</i>'
