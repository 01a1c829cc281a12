"""Published series as tables: CSV with a date and a value, timelines and lists of GDELT's DOC API. Knows no store."""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime

import orjson
import polars as pl

from ingest.articles.dates import parse_date
from ingest.errors import SourceError
from ingest.outside.records import DAYS, Failures, Kind, Read
from ingest.text.decoding import decode, decode_line

_DAY = "date day datetime period month time timestamp seendate year".split()
_VALUE = "value tone score index averagetone mean".split()
"""Names of columns, the preferred one first, without case, spaces and `_`."""
_PERIOD = re.compile(r"(\d{4})(?:[-/ ]?[mM](\d{1,2})|[-/ ]?[qQ]([1-4])|[-/](\d{1,2})|(\d{2}))?")
"""A year, month or quarter: 2017, 2017M9, 2017Q3, 2017-09, 201709. It stands for its first day."""
_DELIMITERS = ",;\t|"

Row = tuple[int, Mapping[str, object]]


def read_csv(lines: Iterable[tuple[int, bytes | None]], where: str, column: str | None, now: datetime) -> Read:
    """Read a table with a header line; `column` names the value where that is not plain."""
    decoded = ((number, decode_line(line).replace("\x00", "")) for number, line in lines if line is not None)
    header_line = next((line for _, line in decoded if line.strip()), "")
    delimiter = max(_DELIMITERS, key=header_line.count)
    header = next(csv.reader([header_line], delimiter=delimiter), [])
    return _read(_rows(decoded, header, delimiter), header, where, column, now)


def read_json(data: bytes, where: str, column: str | None, now: datetime) -> Read:
    """Read a timeline or a list of articles as the DOC API gives it, or any list of objects."""
    try:
        told = orjson.loads(decode(data))
    except (orjson.JSONDecodeError, UnicodeEncodeError) as error:
        raise SourceError(f"{where} is not valid JSON: {error}") from error
    if isinstance(told, dict) and isinstance(told.get("timeline"), list):
        listed: list[object] = [
            {"series": one.get("series"), **row}
            for one in told["timeline"]
            if isinstance(one, dict) and isinstance(one.get("data"), list)
            for row in one["data"]
            if isinstance(row, dict)
        ]
    elif isinstance(told, dict):
        listed = next((one for one in told.values() if isinstance(one, list)), [])
    else:
        listed = told if isinstance(told, list) else []
    rows = [(number, row) for number, row in enumerate(listed, start=1) if isinstance(row, dict)]
    if not rows:
        raise SourceError(f"{where} holds no list of values; expected a timeline, or a list of {{date, value}}")
    header = list(dict.fromkeys(name for _, row in rows for name in row))
    return _read(iter(rows), header, where, column, now)


def _rows(lines: Iterator[tuple[int, str]], header: list[str], delimiter: str) -> Iterator[Row]:
    at = 1

    def told() -> Iterator[str]:
        nonlocal at
        for number, line in lines:
            at = number
            yield line

    reader = csv.reader(told(), delimiter=delimiter)
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            yield at, {header[0]: f"not CSV: {error}"}
            continue
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            yield at, dict(zip(header, cells, strict=False))


def _read(rows: Iterator[Row], header: list[str], where: str, column: str | None, now: datetime) -> Read:
    plain = {re.sub(r"[\s_\ufeff]", "", name).lower(): name for name in header}
    day = next((plain[name] for name in _DAY if name in plain), None)
    if day is None:
        raise SourceError(f"{where} has no column of dates; found {_listed(header)}, expected one called date or day")
    counted = "seendate" in plain or "mobileurl" in plain
    value = None if counted else _value_column(plain, header, day, where, column)
    failures, count = Failures(), 0
    found: list[tuple[str, date, float]] = []
    seen: set[object] = set()
    for number, row in rows:
        count += 1
        when = _day(row.get(day), now)
        worth = 1.0 if value is None else _number(row.get(value))
        if isinstance(when, str) or worth is None:
            reason = when if isinstance(when, str) else f"{str(row.get(value or ''))[:40]!r} is no number"
            failures.add(f"{where}:{number}", reason)
            continue
        url = row.get(plain.get("url", "")) if counted else number
        if url not in seen:
            seen.add(url)
            found.append((str(row.get(plain.get("series", ""), "") or ""), when, worth))
    kind: Kind = "count" if counted else "value"
    return Read(days=_by_day(found, kind), kind=kind, rows=count, failures=failures)


def _by_day(found: list[tuple[str, date, float]], kind: Kind) -> pl.DataFrame:
    rows = pl.DataFrame(found, schema={"name": pl.String, "day": pl.Date, "value": pl.Float64}, orient="row")
    if rows["name"].n_unique() < 2:
        rows = rows.with_columns(pl.lit("").alias("name"))
    counted = kind == "count"
    return (
        rows.group_by("name", "day")
        .agg(
            (pl.col("value").sum() if counted else pl.col("value").mean()).alias("value"),
            (pl.len().cast(pl.Int64) if counted else pl.lit(None, pl.Int64)).alias("n"),
        )
        .select("name", pl.lit(None, pl.String).alias("pair"), "day", "value", "n")
        .sort("name", "day")
        .cast(DAYS)  # type: ignore[arg-type]  # a schema of names to types is one
    )


def _value_column(plain: dict[str, str], header: list[str], day: str, where: str, column: str | None) -> str:
    if column is not None:
        if column not in header:
            raise SourceError(f"{where} has no column {column!r}; found {_listed(header)}")
        return column
    named = next((plain[name] for name in _VALUE if name in plain), None)
    others = [name for name in header if name not in {day, plain.get("series")}]
    if named is None and len(others) != 1:
        raise SourceError(f"which column of {where} is the value? Say it with --column; found {_listed(header)}")
    return named or others[0]


def _day(told: object, now: datetime) -> date | str:
    """Return the UTC day of a date as sources write it, or why it is none."""
    text = str(told).strip() if isinstance(told, str | int) and not isinstance(told, bool) else ""
    if period := _PERIOD.fullmatch(text):
        year, month, quarter = int(period[1]), period[2] or period[4] or period[5], period[3]
        try:
            when = date(year, int(month) if month else 3 * int(quarter) - 2 if quarter else 1, 1)
        except ValueError:
            return f"{text!r} is no month"
        return when if 1800 <= year <= now.year + 1 else f"{text!r} is not between 1800 and today"
    parsed = parse_date(text, now)
    return parsed.when.date() if parsed.when else parsed.problem or "no date"


def _number(told: object) -> float | None:
    if isinstance(told, str):
        told = told.strip()
        try:
            told = float(told if "." in told else told.replace(",", "."))
        except ValueError:
            return None
    return float(told) if isinstance(told, int | float) and not isinstance(told, bool) and math.isfinite(told) else None


def _listed(header: list[str]) -> str:
    return ", ".join(repr(name[:40]) for name in header[:20]) + (" …" if len(header) > 20 else "")
