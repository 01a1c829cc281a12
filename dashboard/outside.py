"""An outside series beside ours: a file that a reader gives, periods as ours, both in their own deviations. Pure."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from datetime import datetime

import polars as pl

from dashboard import theme
from dashboard.periods import EVERY
from ingest.errors import SourceError
from ingest.index.series import Period
from ingest.outside.records import Kind
from ingest.outside.tables import read_csv
from ingest.sources.streams import lines
from ingest.text.decoding import decode, looks_binary

MOST_MB = 10
"""Megabytes of a file: sixty years of days with a dozen columns have three."""

MOST_LINES = 200_000
"""Lines of a file; a day each, 500 years."""

LEAST_SHARED = 6
"""Periods that both must have: two lines of fewer points look alike or unlike by chance."""

_DELIMITERS = ",;\t|"
_DATES = {"date", "day", "datetime", "period", "month", "time", "timestamp", "year"}
"""Names of columns that are no values, without case, spaces and `_`."""


@dataclass(frozen=True, kw_only=True)
class Outside:
    """A series that others have measured."""

    name: str
    days: pl.DataFrame
    """`day, value`, in the unit of its source, one row a day."""
    kind: Kind
    """How days go together: counts add up, the rest is averaged."""
    left_out: str = ""
    """What could not be read, in words; empty if all could."""


@dataclass(frozen=True, kw_only=True)
class Beside:
    """Our tone and an outside series in the same periods."""

    rows: pl.DataFrame
    """`period, ours, theirs, tone, value`: deviations from the own mean over the periods that both have, in standard
    deviations; null where one has none."""
    shared: int
    """Periods that both have."""
    r: float | None
    """Pearson's correlation over these, −1 … +1; None if there are fewer than `LEAST_SHARED`."""


def value_columns(name: str, data: bytes) -> list[str]:
    """Return the columns of a file that may hold the value, the likeliest first; SourceError if it is no table."""
    text = _text(name, data)
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(_DELIMITERS, key=first.count)
    header = [cell.strip() for cell in next(csv.reader([first], delimiter=delimiter), [])]
    sample = [row for row in csv.reader(text.splitlines()[1:200], delimiter=delimiter) if row]
    found = [
        (sum(_is_number(row[at]) for row in sample if at < len(row)), -at, cell)
        for at, cell in enumerate(header)
        if _plain(cell) not in _DATES
    ]
    usual = {"value", "tone", "score", "index"}
    found = [one for one in found if one[0] or not sample]
    return [
        cell for _, _, cell in sorted(found, key=lambda one: (_plain(one[2]) in usual, one[0], one[1]), reverse=True)
    ]


def read_file(name: str, data: bytes, column: str | None, now: datetime) -> Outside:
    """Read a CSV with dates and values that a reader gives; raise SourceError, with what to do, if it is none.

    Bytes of any encoding; commas, semicolons, tabs or bars between cells. Lines that cannot be read are told.
    """
    text = _text(name, data)
    count = text.count("\n")
    if count > MOST_LINES:
        raise SourceError(
            f"{name} has {theme.count(count)} lines; expected at most {theme.count(MOST_LINES)}, one a day. "
            "Keep the columns and years that you need"
        )
    try:
        read = read_csv(lines(io.BufferedReader(io.BytesIO(text.encode("utf-8", "replace")))), name, column, now)
    except SourceError as error:
        raise SourceError(str(error).replace("Say it with --column; found", "Choose it; found")) from error
    days = read.days.group_by("day").agg(pl.col("value").mean()).sort("day")
    told = next((f"{one.where.removeprefix(f'{name}:')}: {one.reason}" for one in read.failures.first), "")
    if days.is_empty():
        raise SourceError(
            f"no line of {name} has a date and a value{f' (line {told})' if told else ''}; "
            "expected dates such as 2017-09-26 or 2017-09 and numbers such as 104.5"
        )
    left_out = (
        f"{theme.counted(read.failures.count, 'line')} of {theme.count(read.rows)} could not be read, line {told}"
        if read.failures.count
        else ""
    )
    return Outside(name=re.sub(r"\.\w{2,4}$", "", name), days=days, kind=read.kind, left_out=left_out)


def beside(series: pl.DataFrame, outside: Outside, by: Period, *, flip: bool) -> Beside:
    """Put an outside series beside the tone of ours (`period, tone`), in the periods of ours."""
    value = pl.col("value").sum() if outside.kind == "count" else pl.col("value").mean()
    theirs = (
        outside.days.with_columns(pl.col("day").dt.truncate(EVERY[by]).alias("period"))
        .group_by("period")
        .agg(value.alias("value"))
    )
    rows = series.select("period", "tone").join(theirs, on="period", how="left").sort("period")
    both = rows.drop_nulls(["tone", "value"])
    spread = both.select(pl.col("tone", "value").std()).row(0) if both.height > 1 else (None, None)
    enough = both.height >= LEAST_SHARED and all(one for one in spread)
    r = float(both.select(pl.corr("tone", "value")).item()) if enough else None
    sign = -1.0 if flip else 1.0
    scaled = [
        (factor * (pl.col(name) - _number(both[name].mean())) / _number(one) if enough else pl.lit(None, pl.Float64))
        .cast(pl.Float64)
        .alias(alias)
        for name, alias, one, factor in (("tone", "ours", spread[0], 1.0), ("value", "theirs", spread[1], sign))
    ]
    return Beside(
        rows=rows.with_columns(scaled).select("period", "ours", "theirs", "tone", "value"),
        shared=both.height,
        r=None if r is None else sign * r,
    )


def together(found: Beside, by_word: str, name: str) -> str:
    """Say how much two series move together, and no more."""
    if found.r is None:
        return (
            f"{name} and the tone share {theme.counted(found.shared, 'period')}; "
            f"{LEAST_SHARED} that differ are needed to set them side by side."
        )
    return (
        f"Correlation {theme.signed(found.r)} over {theme.count(found.shared)} {by_word} values that both have. "
        "Two lines may move together without one moving the other."
    )


def _text(name: str, data: bytes) -> str:
    if len(data) > MOST_MB * 1_000_000:
        raise SourceError(f"{name} has {len(data) / 1e6:.0f} MB; expected at most {MOST_MB}. Keep the columns you need")
    if not data.strip():
        raise SourceError(f"{name} is empty; expected a header line with date and value, then a line for each day")
    if data[:4] == b"PK\x03\x04" or looks_binary(data):
        raise SourceError(f"{name} looks binary; expected CSV. Save a spreadsheet as CSV and unpack an archive")
    return decode(data).replace("\r\n", "\n").replace("\r", "\n")


def _plain(name: str) -> str:
    return re.sub(r"[\s_\ufeff]", "", name).lower()


def _is_number(cell: str) -> bool:
    try:
        float(cell.strip().replace(",", "."))
    except ValueError:
        return False
    return True


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0
