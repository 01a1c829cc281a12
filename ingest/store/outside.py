"""Outside series in the store: added once per content of a file, asked by name and pair, never part of our tone."""

from __future__ import annotations

from datetime import datetime

import polars as pl

from ingest.articles.identity import digest
from ingest.errors import StoreError
from ingest.outside.records import Kind
from ingest.store.store import OUTSIDE, Store


def key_of(content: str, name: str, pair: str | None, column: str | None) -> str:
    """Name what is added: the same content under another name, pair or column is something else."""
    return f"outside {content} {digest(f'{name}|{pair}|{column}')}"


def add(store: Store, days: pl.DataFrame, *, name: str, kind: Kind, file: str, at: datetime, key: str) -> bool:
    """Add the days of a file to a series, once; tell whether they were not there."""
    held = store.scan("outside").filter(pl.col("name").is_in(_names(days, name))).select("kind").unique().collect()
    if others := set(held["kind"]) - {kind}:
        raise StoreError(f"the series {name!r} holds {others.pop()}s, this file has {kind}s; choose another --name")
    own = pl.when(pl.col("name") == "").then(pl.lit(name)).otherwise(pl.format("{}: {}", pl.lit(name), "name"))
    rows = days.with_columns(own.alias("name")).select(
        "name",
        "pair",
        "day",
        "value",
        "n",
        pl.lit(kind).alias("kind"),
        pl.lit(file).alias("file"),
        pl.lit(at).alias("at"),
    )
    return store.add_once("outside", rows.to_arrow().cast(OUTSIDE), key)


def series(store: Store, name: str | None = None, pair: str | None = None) -> pl.DataFrame:
    """Return `name, pair, day, value, n, kind`, one row a day.

    Days that came in several files are put together as the kind of series has it.
    """
    rows = store.scan("outside")
    if name is not None:
        rows = rows.filter(pl.col("name") == name)
    if pair is not None:
        rows = rows.filter(pl.col("pair") == pair)
    n = pl.col("n").sum()
    weighted = (pl.col("value") * pl.col("n")).sum() / n
    return (
        rows.sort("at")
        .group_by("name", "pair", "day", "kind", maintain_order=True)
        .agg(
            weighted.alias("mean"),
            pl.col("value").sum().alias("count"),
            pl.col("value").last().alias("value"),
            pl.when(pl.col("n").is_not_null().any()).then(n).alias("n"),
        )
        .with_columns(
            pl.when(pl.col("kind") == "mean")
            .then("mean")
            .when(pl.col("kind") == "count")
            .then("count")
            .otherwise("value")
            .alias("value")
        )
        .select("name", "pair", "day", "value", "n", "kind")
        .sort("name", "pair", "day", nulls_last=True)
        .collect()
    )


def listed(store: Store) -> pl.DataFrame:
    """Return what there is: `name, kind, pairs, days, n, first, last, files, added`."""
    return (
        store.scan("outside")
        .group_by("name", "kind")
        .agg(
            pl.col("pair").drop_nulls().n_unique().alias("pairs"),
            pl.col("day").n_unique().alias("days"),
            pl.col("n").sum().alias("n"),
            pl.col("day").min().alias("first"),
            pl.col("day").max().alias("last"),
            pl.col("file").n_unique().alias("files"),
            pl.col("at").max().alias("added"),
        )
        .sort("name", "kind")
        .collect()
    )


def _names(days: pl.DataFrame, name: str) -> list[str]:
    return [f"{name}: {one}" if one else name for one in days["name"].unique()]
