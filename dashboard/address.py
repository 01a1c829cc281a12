"""The state of the pair page as plain query parameters, and back; validates everything. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from dashboard.periods import Slice, code_of, parse_code
from ingest.countries.gazetteer import countries
from ingest.index.series import PERIODS, Period
from ingest.index.stories import WEIGHTS, Weight

By = Period | Literal["auto"]
Sign = Literal["all", "hostile", "neutral", "cooperative"]
SIGNS: tuple[Sign, ...] = get_args(Sign)

EARLIEST, LATEST = date(1800, 1, 1), date(2199, 12, 31)
"""Days a control accepts."""

LONGEST = 40
"""Characters of a parameter that are repeated to the reader in a note."""


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
}
