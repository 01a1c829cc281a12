"""What World, Country and Compare show, as plain query parameters, and back; validates everything. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from dashboard.address import LONGEST
from ingest.countries.gazetteer import countries
from ingest.index.series import PERIODS, Period

MOVE_DAYS = (7, 30, 90)
"""Days of a move (World)."""

SPANS = (90, 365, 1825, 36_500)
"""Days that maps, lists and comparisons look back; the last is all time."""

USUAL = 0
"""Stands for the span that suits the store."""

ENOUGH = 200
"""Stories of pairs from which a span is the usual one: fewer leave most of a map empty."""

MOST_PAIRS = 6
"""Pairs compared: more curves than that cannot be told apart by people with any kind of colour sight."""

Sort = Literal["stories", "tone", "change", "name"]
SORTS: tuple[Sort, ...] = get_args(Sort)
Scale = Literal["tone", "z"]
Layout = Literal["overlay", "multiples"]


@dataclass(frozen=True, kw_only=True)
class WorldView:
    """What World shows."""

    country: str | None = None
    """ISO 3166-1 alpha-3; None: every country toward all others."""
    days: int = 30
    """Days of the moves, of MOVE_DAYS."""
    span: int = USUAL
    """Days that the map looks back, of SPANS; or the usual ones."""


@dataclass(frozen=True, kw_only=True)
class CountryView:
    """What Country shows."""

    country: str | None = None
    sort: Sort = "stories"
    span: int = USUAL


@dataclass(frozen=True, kw_only=True)
class CompareView:
    """What Compare shows."""

    pairs: tuple[str, ...] = ()
    """`PAK-RUS`, six at most, in the order chosen."""
    by: Period = "month"
    scale: Scale = "tone"
    layout: Layout = "overlay"
    span: int = SPANS[-1]


def read_world(params: Mapping[str, str]) -> tuple[WorldView, tuple[str, ...]]:
    """Read World's view; what is not understood is left out and named in a note."""
    read = _Reader(params)
    return (
        WorldView(country=read.country(), days=read.one_of("days", MOVE_DAYS, 30), span=read.span(USUAL)),
        tuple(read.notes),
    )


def write_world(view: WorldView) -> dict[str, str]:
    """Write World's view, without what has its default."""
    words = {"c": view.country or "", "days": str(view.days), "span": str(view.span)}
    return _written(words, {"days": "30", "span": str(USUAL)})


def read_country(params: Mapping[str, str]) -> tuple[CountryView, tuple[str, ...]]:
    """Read Country's view."""
    read = _Reader(params)
    sort = read.word("sort", SORTS, "stories")
    return CountryView(country=read.country(), sort=sort, span=read.span(USUAL)), tuple(read.notes)  # type: ignore[arg-type]


def write_country(view: CountryView) -> dict[str, str]:
    """Write Country's view."""
    words = {"c": view.country or "", "sort": view.sort, "span": str(view.span)}
    return _written(words, {"sort": "stories", "span": str(USUAL)})


def read_compare(params: Mapping[str, str]) -> tuple[CompareView, tuple[str, ...]]:
    """Read Compare's view."""
    read = _Reader(params)
    view = CompareView(
        pairs=read.pairs(),
        by=read.word("by", PERIODS, "month"),  # type: ignore[arg-type]
        scale=read.word("scale", get_args(Scale), "tone"),  # type: ignore[arg-type]
        layout=read.word("layout", get_args(Layout), "overlay"),  # type: ignore[arg-type]
        span=read.span(SPANS[-1]),
    )
    return view, tuple(read.notes)


def write_compare(view: CompareView) -> dict[str, str]:
    """Write Compare's view."""
    words = {"pairs": ",".join(view.pairs), "by": view.by, "scale": view.scale, "layout": view.layout}
    defaults = {"by": "month", "scale": "tone", "layout": "overlay", "span": str(SPANS[-1])}
    return _written(words | {"span": str(view.span)}, defaults)


class _Reader:
    """Reads one parameter after the other and keeps notes of what was not understood."""

    def __init__(self, params: Mapping[str, str]) -> None:
        self.params = params
        self.notes: list[str] = []

    def _text(self, name: str) -> str:
        return self.params.get(name, "").strip()

    def _note(self, name: str, text: str, expected: str) -> None:
        self.notes.append(f"{name}={text[:LONGEST]} is not {expected} and is ignored.")

    def country(self) -> str | None:
        text = self._text("c").upper()
        if text and text not in countries():
            self._note("c", text, "the three-letter code of a country")
            return None
        return text or None

    def one_of(self, name: str, allowed: tuple[int, ...], default: int) -> int:
        text = self._text(name)
        if text and text not in {str(one) for one in allowed}:
            self._note(name, text, " or ".join(str(one) for one in allowed))
            return default
        return int(text) if text else default

    def span(self, default: int) -> int:
        return self.one_of("span", SPANS, default)

    def word(self, name: str, allowed: tuple[str, ...], default: str) -> str:
        text = self._text(name)
        if text and text not in allowed:
            self._note(name, text, " or ".join(allowed))
            return default
        return text or default

    def pairs(self) -> tuple[str, ...]:
        found: list[str] = []
        for text in filter(None, self._text("pairs").upper().split(",")):
            a, _, b = text.partition("-")
            pair = f"{min(a, b)}-{max(a, b)}"
            if a not in countries() or b not in countries() or a == b:
                self._note("pairs", text, "two codes of countries such as PAK-RUS")
            elif pair not in found:
                found.append(pair)
        if len(found) > MOST_PAIRS:
            self.notes.append(f"Only {MOST_PAIRS} pairs are compared; {', '.join(found[MOST_PAIRS:])} left out.")
        return tuple(found[:MOST_PAIRS])


def _written(words: dict[str, str], defaults: dict[str, str]) -> dict[str, str]:
    return {name: text for name, text in words.items() if text and text != defaults.get(name)}


def span_words(days: int) -> str:
    """Say how far back something looks."""
    return {90: "last 90 days", 365: "last 12 months", 1825: "last 5 years"}.get(days, "all time")
