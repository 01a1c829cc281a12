"""Read a date of publication; an ambiguous or impossible one is no date."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from typing import NamedTuple

EARLIEST = datetime(1800, 1, 1, tzinfo=UTC)
TOLERANCE = timedelta(days=2)
"""How far in the future a date may lie: time zones and early editions."""

_COMPACT = {14: "%Y%m%d%H%M%S", 12: "%Y%m%d%H%M", 8: "%Y%m%d"}
_NUMERIC = re.compile(r"\D*(\d{1,2})[/. -](\d{1,2})[/. -](\d{4})(.*)", re.DOTALL)
_HALF_OF_DAY = re.compile(r"[ap]\.?m\b", re.IGNORECASE)
_HOURS_FROM_UTC = {
    "UT": 0, "GMT": 0, "UTC": 0, "Z": 0,
    "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
}  # fmt: skip
"""The zones that RFC 2822 names; others have several meanings."""


class ParsedDate(NamedTuple):
    """A date, or why there is none."""

    when: datetime | None
    """Aware UTC."""
    problem: str
    """Empty if there is a date or nothing was given."""


def parse_date(text: str | None, now: datetime) -> ParsedDate:
    """Parse a date as sources write it: RFC 2822, ISO 8601, compact stamps, then free forms.

    A date without a zone is taken as UTC.
    """
    if text is None or not text.strip():
        return ParsedDate(None, "")
    text = text.strip()[:100]
    when = _iso(text) or _compact(text) or _rfc(text)
    if when is None:
        if (problem := _ambiguous(text)) is not None:
            return ParsedDate(None, problem)
        when = _free(text)
    if when is None:
        return ParsedDate(None, f"date {text!r} is not understood; write it as 2018-11-05")
    when = when.replace(tzinfo=UTC) if when.tzinfo is None else _to_utc(when)
    if not EARLIEST <= when <= now + TOLERANCE:
        return ParsedDate(None, f"date {text!r} is not between 1800 and today")
    return ParsedDate(when, "")


def _to_utc(when: datetime) -> datetime:
    try:
        return when.astimezone(UTC)
    except OverflowError:
        return when.replace(tzinfo=UTC)


def _iso(text: str) -> datetime | None:
    if not (text[:4].isdigit() and text[4:5] == "-"):
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _compact(text: str) -> datetime | None:
    digits = text.replace("T", "").removesuffix("Z")
    if not digits.isdigit() or len(digits) not in _COMPACT:
        return None
    try:
        return datetime.strptime(digits, _COMPACT[len(digits)]).replace(tzinfo=UTC)
    except ValueError:
        return None


def _rfc(text: str) -> datetime | None:
    if _HALF_OF_DAY.search(text):  # the standard library takes "10:15 PM" for a quarter past ten in zone PM
        return None
    try:
        return parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _ambiguous(text: str) -> str | None:
    """Say so if day and month could be swapped."""
    found = _NUMERIC.match(text)
    if not found:
        return None
    first, second = int(found.group(1)), int(found.group(2))
    if first <= 12 and second <= 12 and first != second:
        year = found.group(3)
        return f"date {text!r} is ambiguous; write {year}-{second:02d}-{first:02d} or {year}-{first:02d}-{second:02d}"
    return None


def _free(text: str) -> datetime | None:
    if not re.search(r"\d{4}", text):
        return None
    from dateutil import parser

    found = _NUMERIC.match(text)
    try:
        first, second = (
            parser.parse(text, dayfirst=bool(found and int(found.group(1)) > 12), default=default, tzinfos=_zone)
            for default in (datetime(2000, 1, 1), datetime(2001, 2, 2))  # noqa: DTZ001 - the caller sets the zone
        )
    except (ValueError, OverflowError, TypeError, AttributeError):
        return None
    # Parsed twice over other defaults: if they differ, the text gave no whole date ("March 2017").
    return first if first.date() == second.date() else None


def _zone(name: str | None, seconds: int | None) -> timezone | None:
    """Turn a zone as written into one; without this, `dateutil` would ask the machine for its own."""
    if seconds is None and name in _HOURS_FROM_UTC:
        seconds = 3600 * _HOURS_FROM_UTC[name]
    return None if seconds is None else timezone(timedelta(seconds=seconds))
