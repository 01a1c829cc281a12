"""Frames as CSV files that give the same bits again: numbers in their shortest exact form, times in UTC. Pure."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from ingest.errors import BundleError
from ingest.records import Span

TIME = "%Y-%m-%dT%H:%M:%S%.6fZ"


def write_table(frame: pl.DataFrame) -> bytes:
    """Write a frame of plain columns as CSV: null is empty, an empty text is quoted."""
    return frame.write_csv(line_terminator="\n").encode()


def read_table(data: bytes, columns: Mapping[str, Any], name: str) -> pl.DataFrame:
    """Read a table with the columns expected; a `BundleError` says what is wrong with any other."""
    try:
        frame = pl.read_csv(io.BytesIO(data), infer_schema=False, truncate_ragged_lines=False)
    except (pl.exceptions.PolarsError, UnicodeDecodeError) as error:
        raise BundleError(f"{name} is no table: {str(error).splitlines()[0]:.200}") from error
    if frame.columns != list(columns):
        raise BundleError(f"{name}: expected the columns {', '.join(columns)}; found {', '.join(frame.columns):.300}")
    found = []
    for column, kind in columns.items():
        series = frame[column]
        try:
            if kind == pl.Boolean:
                found.append(series.replace_strict({"true": True, "false": False}, return_dtype=pl.Boolean))
            else:
                found.append(series.str.to_date("%Y-%m-%d") if kind == pl.Date else series.cast(kind, strict=True))
        except pl.exceptions.PolarsError as error:
            raise BundleError(f"{name}, column {column}: a value is no {kind}: {_first(error)}") from error
    return pl.DataFrame(found)


def written_time(column: str) -> pl.Expr:
    """Write a column of times."""
    return pl.col(column).dt.strftime(TIME).alias(column)


def read_time(frame: pl.DataFrame, column: str, name: str) -> pl.DataFrame:
    """Read a column of times that `written_time` wrote."""
    try:
        times = frame[column].str.to_datetime(TIME, time_unit="us").dt.replace_time_zone("UTC")
    except pl.exceptions.PolarsError as error:
        raise BundleError(f"{name}, column {column}: a value is no time: {_first(error)}") from error
    return frame.with_columns(times.alias(column))


def written_spans(column: str) -> pl.Expr:
    """Write a column of lists of {start, end}: 0-6 12-20."""
    one = pl.element().struct.field("start").cast(pl.String) + "-" + pl.element().struct.field("end").cast(pl.String)
    return pl.col(column).list.eval(one).list.join(" ").alias(column)


def spans_text(spans: Sequence[tuple[int, int]]) -> str:
    """Write spans: 0-6 12-20."""
    return " ".join(f"{start}-{end}" for start, end in spans)


def read_spans(text: str) -> tuple[Span, ...]:
    """Read what `spans_text` wrote; none of anything else."""
    parts = [one.partition("-") for one in text.split(" ") if one]
    if not all(start.isdecimal() and end.isdecimal() and len(start + end) < 16 for start, _, end in parts):
        raise BundleError(f"evidence.csv: {text!r:.60} are no places in a sentence, such as 0-6 12-20")
    return tuple(Span(int(start), int(end)) for start, _, end in parts)


def _first(error: Exception) -> str:
    return f"{str(error).splitlines()[0]:.200}"
