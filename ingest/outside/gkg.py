"""GKG 2.1 of GDELT: the mean tone, a day, of documents that name both countries of a pair. Knows no store.

The tone is that of the whole document as GDELT counts it, −100 … +100, whatever the document says of the two.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date

import polars as pl

from ingest.countries.fips import fips_to_iso3
from ingest.outside.records import DAYS, Failures, Read
from ingest.sources.found import megabytes
from ingest.sources.shapes import GKG_COLUMNS
from ingest.sources.streams import lines

BATCH_BYTES = 16_000_000
"""Bytes of rows that are held at once; a row has some 8 KB."""
MAX_ROW_BYTES = 5_000_000
"""Bytes of one row; the longest of a day has less than one million."""
MOST_COUNTRIES = 30
"""Countries that a document names at most: one with more is a table or a list, and would count for 465 pairs."""
EARLIEST = date(1979, 1, 1)
"""GDELT's own first day."""

_WHEN, _PLACES, _PLACES_2, _TONE = 1, 9, 10, 15
_COUNTRY_OF_PLACE = 2
"""Field of a place, between `#`, in V1Locations and V2EnhancedLocations alike."""
_SUMS = {"pair": pl.String, "day": pl.Date, "total": pl.Float64, "n": pl.Int64}


def read_gkg(stream: io.BufferedReader, where: str, pair: str | None, today: date) -> Read:
    """Read the daily mean tone of one pair, or of all; a row that is broken is a failure."""
    failures = Failures()
    sums = pl.DataFrame(schema=_SUMS)
    rows = left_out = 0
    for batch in _batches(stream):
        rows += batch.height
        told = _told(batch, where, today, failures)
        many = told.filter(pl.col("countries").list.len() > MOST_COUNTRIES).height
        left_out += many
        sums = _added(sums, _sums(told.filter(pl.col("countries").list.len().is_between(2, MOST_COUNTRIES)), pair))
    days = sums.select(
        pl.lit("").alias("name"), "pair", "day", (pl.col("total") / pl.col("n")).alias("value"), "n"
    ).sort("pair", "day")
    return Read(
        days=days.cast(DAYS),  # type: ignore[arg-type]  # a schema of names to types is one
        kind="mean",
        rows=rows,
        failures=failures,
        left_out=left_out,
    )


def _batches(stream: io.BufferedReader) -> Iterator[pl.DataFrame]:
    """Yield rows as `number, line`, some megabytes at a time; the line of one that is too long is null."""
    schema = {"number": pl.Int64, "line": pl.String}
    rows: list[tuple[int, str | None]] = []
    size = 0
    for number, line in lines(stream, MAX_ROW_BYTES):
        if line is not None and line.isspace():
            continue
        rows.append((number, None if line is None else line.decode("utf-8", "replace").rstrip("\r\n")))
        size += len(line or b"")
        if size >= BATCH_BYTES:
            yield pl.DataFrame(rows, schema=schema, orient="row")
            rows, size = [], 0
    if rows:
        yield pl.DataFrame(rows, schema=schema, orient="row")


def _told(batch: pl.DataFrame, where: str, today: date, failures: Failures) -> pl.DataFrame:
    """Return day, tone and countries of the rows that have them; `number, day, tone, countries`."""
    columns = pl.col("line").str.count_matches("\t", literal=True) + 1
    whole = pl.when(columns == GKG_COLUMNS).then(pl.col("line"))  # else a hostile row would become a million fields
    cut = batch.select("number", columns.alias("columns"), whole.str.split("\t").alias("fields"))
    place = pl.col("fields").list.get(_PLACES_2, null_on_oob=True)
    place = (
        pl.when(place.str.len_bytes() > 0).then(place).otherwise(pl.col("fields").list.get(_PLACES, null_on_oob=True))
    )
    when = pl.col("fields").list.get(_WHEN, null_on_oob=True)
    tone = pl.col("fields").list.get(_TONE, null_on_oob=True).str.split(",").list.first()
    read = cut.select(
        "number",
        "columns",
        pl.when(when.str.contains(r"^\d{14}$"))
        .then(when.str.slice(0, 8))
        .str.to_date("%Y%m%d", strict=False)
        .alias("day"),
        tone.cast(pl.Float64, strict=False).alias("tone"),
        place.alias("places"),
    ).with_columns(
        pl.when(pl.col("columns").is_null())
        .then(pl.lit(f"a row of more than {megabytes(MAX_ROW_BYTES)}; skipped"))
        .when(pl.col("columns") != GKG_COLUMNS)
        .then(pl.format("{} columns, a row of GKG 2.1 has {}", "columns", pl.lit(GKG_COLUMNS)))
        .when(pl.col("day").is_null() | ~pl.col("day").is_between(EARLIEST, today))
        .then(pl.lit("its date is none of GDELT's; expected YYYYMMDDHHMMSS"))
        .when(pl.col("tone").is_null() | ~pl.col("tone").is_between(-100, 100))
        .then(pl.lit("its tone is no number between −100 and 100"))
        .alias("bad")
    )
    for number, reason in read.filter(pl.col("bad").is_not_null()).select("number", "bad").iter_rows():
        failures.add(f"{where}:{number}", reason)
    country = pl.element().str.split("#").list.get(_COUNTRY_OF_PLACE, null_on_oob=True)
    iso3 = country.replace_strict(fips_to_iso3(), default=None, return_dtype=pl.String)
    return read.filter(pl.col("bad").is_null()).select(
        "number",
        "day",
        "tone",
        pl.col("places").fill_null("").str.split(";").list.eval(iso3.drop_nulls().unique().sort()).alias("countries"),
    )


def _sums(told: pl.DataFrame, pair: str | None) -> pl.DataFrame:
    """Add up the tone of documents that name both; columns of `_SUMS`."""
    if pair:
        both = pl.col("countries").list.contains(pair[:3]) & pl.col("countries").list.contains(pair[4:])
        pairs = told.filter(both).with_columns(pl.lit(pair).alias("pair"))
    else:
        named = told.select("number", "day", "tone", pl.col("countries").alias("a")).explode("a")
        others = told.select("number", pl.col("countries").alias("b")).explode("b")
        pairs = (
            named.join(others, on="number")
            .filter(pl.col("a") < pl.col("b"))
            .with_columns((pl.col("a") + "-" + pl.col("b")).alias("pair"))
        )
    return pairs.group_by("pair", "day").agg(pl.col("tone").sum().alias("total"), pl.len().cast(pl.Int64).alias("n"))


def _added(one: pl.DataFrame, other: pl.DataFrame) -> pl.DataFrame:
    return pl.concat([one, other]).group_by("pair", "day").agg(pl.col("total").sum(), pl.col("n").sum())
