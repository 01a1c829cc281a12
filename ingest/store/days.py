"""Which days of a source a store has whole, so that a backfill asks only for the others; a table of its own.

Only a help: without it each day would be asked for again, and the known ids would still keep every item once.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

import polars as pl
import pyarrow as pa
from deltalake import DeltaTable, write_deltalake
from deltalake.exceptions import CommitFailedError, DeltaError, TableNotFoundError

from ingest.errors import StoreError
from ingest.store.files import paths_of
from ingest.store.store import COMPACT_AT, Store

DAYS = pa.schema([("source", pa.string()), ("day", pa.date32()), ("at", pa.timestamp("us", tz="UTC"))])
"""A day of a source whose items are all in the store, and when that was written down."""
_NAME = "days"


class DaysDone:
    """The days of one source."""

    def __init__(self, store: Store, source: str) -> None:
        self._uri = f"{store.uri}/{_NAME}"
        self._storage = store.storage
        self._source = source

    def read(self) -> set[date]:
        """Return the days that are done."""
        if (table := self._table()) is None or not (files := table.file_uris()):
            return set()
        rows = pl.scan_parquet(paths_of(files), storage_options=self._storage or None, glob=False)
        return set(rows.filter(pl.col("source") == self._source).select("day").collect()["day"])

    def add(self, days: Iterable[date], at: datetime) -> None:
        """Write down days whose items have been committed. Others may do so at the same time."""
        rows = [{"source": self._source, "day": day, "at": at} for day in days]
        if not rows:
            return
        try:
            if self._table() is None:
                DeltaTable.create(self._uri, schema=DAYS, mode="ignore", storage_options=self._storage)
            write_deltalake(self._uri, pa.Table.from_pylist(rows, DAYS), mode="append", storage_options=self._storage)
        except (DeltaError, OSError) as error:
            raise StoreError(f"the days done cannot be written down in {self._uri}: {error}") from error

    def compact(self, *, at_least: int = COMPACT_AT) -> None:
        """Rewrite many small files into one."""
        table = self._table()
        if table is not None and len(table.file_uris()) >= at_least:
            try:
                table.optimize.compact()
            except CommitFailedError:
                return  # somebody else writes: next time

    def _table(self) -> DeltaTable | None:
        try:
            return DeltaTable(self._uri, storage_options=self._storage)
        except TableNotFoundError:
            return None
        except (DeltaError, OSError) as error:
            raise StoreError(f"the days done cannot be read from {self._uri}: {error}") from error
