"""The state of the pair page as plain query parameters, and back; validates everything. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args
from urllib.parse import unquote

from dashboard.filters import ALL_KINDS, DIRECTIONS, UNKNOWN, Direction
from dashboard.periods import Slice, code_of, parse_code
from ingest.countries.gazetteer import countries
from ingest.index.series import PERIODS, Period
from ingest.index.stories import WEIGHTS, Weight

By = Period | Literal["auto"]
Sign = Literal["all", "hostile", "neutral", "cooperative"]
SIGNS: tuple[Sign, ...] = get_args(Sign)

Lines = Literal["all", "adjusted", "press", "ways"]
"""What the chart draws: one curve, that and the one adjusted for the mix of outlets, the press of either country,
each toward the other."""
LINES: tuple[Lines, ...] = get_args(Lines)

Panel = Literal["negative", "pressure", "outside"]
"""Charts beneath the curve."""
PANELS: tuple[Panel, ...] = get_args(Panel)

SMOOTH = (1, 3, 6, 12)
"""Periods that a trailing mean takes in; 1 is none."""

MOST_NAMED = 50
"""Outlets that an address may name."""

BETWEEN = "|"
"""Stands between the parts of a list; `%` and `|` inside a part are written as %25 and %7C."""

EARLIEST, LATEST = date(1800, 1, 1), date(2199, 12, 31)
"""Days a control accepts."""

LONGEST = 40
"""Characters of a parameter that are repeated to the reader in a note."""

LONGEST_NAME = 200
"""Characters of the name of an outlet or an outside series in an address."""


@dataclass(frozen=True, kw_only=True)
class View:
    """What the pair page shows."""

    a: str | None = None
    """ISO 3166-1 alpha-3, as chosen: the order of the sentence, not of the alphabet."""
    b: str | None = None
    by: By = "auto"
    since: date | None = None
    until: date | None = None
    weight: Weight = "unique"
    sign: Sign = "all"
    at: Slice | None = None
    """The selected period."""
    smooth: int = 1
    """Periods that the trailing mean takes in, of SMOOTH."""
    direction: Direction = "all"
    """`ab`: only what `a` does or says toward `b`, these as chosen."""
    places: tuple[str, ...] = ()
    """Countries of outlets, ISO 3166-1 alpha-3 or `unknown`."""
    kinds: tuple[str, ...] = ()
    """Kinds of outlets, of ALL_KINDS."""
    outlets: tuple[str, ...] = ()
    """Names of outlets."""
    lines: Lines = "all"
    panels: tuple[Panel, ...] = ()
    outside: str = ""
    """Name of an outside series in the store."""
    flip: bool = False
    """Whether the outside series is turned upside down: for one where more is worse."""


def read_address(params: Mapping[str, str]) -> tuple[View, tuple[str, ...]]:
    """Read a view from query parameters; what is not understood is left out and named in a note."""
    notes: list[str] = []
    found: dict[str, object] = {}
    for name, (field, read, expected) in _READ.items():
        if (text := params.get(name, "").strip()) == "":
            continue
        value = read(text)
        if value is None:
            notes.append(f"{name}={text[:LONGEST]} is not {expected} and is ignored.")
        else:
            found[field] = value
    if found.get("a") is not None and found.get("a") == found.get("b"):
        del found["b"]
        notes.append("a and b name the same country; the second is ignored.")
    view = View(**found)  # type: ignore[arg-type]  # each reader gives the type of its field
    if view.since and view.until and view.since > view.until:
        notes.append("from is later than to; both are ignored.")
        view = View(**(found | {"since": None, "until": None}))  # type: ignore[arg-type]
    return view, tuple(notes)


def write_address(view: View) -> dict[str, str]:
    """Write a view as query parameters, without those that have their default."""
    written = {
        "a": view.a or "",
        "b": view.b or "",
        "by": "" if view.by == "auto" else view.by,
        "from": view.since.isoformat() if view.since else "",
        "to": view.until.isoformat() if view.until else "",
        "weight": "" if view.weight == "unique" else view.weight,
        "sign": "" if view.sign == "all" else view.sign,
        "at": code_of(view.at) if view.at else "",
        "smooth": "" if view.smooth == 1 else str(view.smooth),
        "toward": "" if view.direction == "all" else view.direction,
        "place": _written(view.places),
        "kind": _written(view.kinds),
        "outlet": _written(view.outlets),
        "lines": "" if view.lines == "all" else view.lines,
        "panel": _written(view.panels),
        "outside": view.outside if _is_name(view.outside) else "",  # a file of the reader has no name there
        "flip": "yes" if view.flip else "",
    }
    return {name: text for name, text in written.items() if text}


def _country(text: str) -> str | None:
    return text.upper() if text.upper() in countries() else None


def _day(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if EARLIEST <= found <= LATEST else None


def _slice(text: str) -> Slice | None:
    found = parse_code(text)
    return found if found and found.first >= EARLIEST and found.last <= LATEST else None


def _one_of(*allowed: str) -> Callable[[str], str | None]:
    return lambda text: text if text in allowed else None


def _written(parts: tuple[str, ...]) -> str:
    return BETWEEN.join(part.replace("%", "%25").replace(BETWEEN, "%7C") for part in parts)


def _list_of(is_one: Callable[[str], bool]) -> Callable[[str], tuple[str, ...] | None]:
    def read(text: str) -> tuple[str, ...] | None:
        parts = tuple(dict.fromkeys(part.strip() for part in map(unquote, text.split(BETWEEN)) if part.strip()))
        return parts if len(parts) <= MOST_NAMED and all(map(is_one, parts)) else None

    return read


def _is_name(text: str) -> bool:
    return len(text) <= LONGEST_NAME and text.isprintable()


_COUNTRY = "the three-letter code of a country"
_READ: dict[str, tuple[str, Callable[[str], object], str]] = {
    "a": ("a", _country, _COUNTRY),
    "b": ("b", _country, _COUNTRY),
    "by": ("by", _one_of("auto", *PERIODS), "day, week, month, quarter, year or auto"),
    "from": ("since", _day, "a day such as 2014-01-31"),
    "to": ("until", _day, "a day such as 2014-01-31"),
    "weight": ("weight", _one_of(*WEIGHTS), "unique, reach or raw"),
    "sign": ("sign", _one_of(*SIGNS), "all, hostile, neutral or cooperative"),
    "at": ("at", _slice, "a period such as 2017-09, 2017-Q3 or 2017"),
    "smooth": ("smooth", lambda text: int(text) if text in map(str, SMOOTH) else None, "1, 3, 6 or 12 periods"),
    "toward": ("direction", _one_of(*DIRECTIONS), "all, ab (the first country toward the second) or ba"),
    "place": (
        "places",
        _list_of(lambda one: one == UNKNOWN or one in countries()),
        "a list of three-letter codes of countries, with | between",
    ),
    "kind": ("kinds", _list_of(ALL_KINDS.__contains__), "public, private, state or unknown, with | between"),
    "outlet": ("outlets", _list_of(_is_name), f"a list of at most {MOST_NAMED} names of outlets, with | between"),
    "lines": ("lines", _one_of(*LINES), "all, adjusted, press or ways"),
    "panel": ("panels", _list_of(PANELS.__contains__), "negative, pressure or outside, with | between"),
    "outside": ("outside", lambda text: text if _is_name(text) else None, "the name of a series"),
    "flip": ("flip", {"yes": True, "no": False}.get, "yes or no"),
}
