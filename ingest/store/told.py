"""Which events a store's alerts have told, so that each is told once; a table of its own that is only added to."""

from __future__ import annotations

from datetime import datetime

import polars as pl
import pyarrow as pa
from deltalake import DeltaTable, write_deltalake
from deltalake.exceptions import CommitFailedError, DeltaError, TableNotFoundError

from ingest.errors import StoreError
from ingest.store.files import paths_of
from ingest.store.store import COMPACT_AT, Store

TOLD = pa.schema(
    [
        ("id", pa.string()),
        ("pair", pa.string()),
        ("way", pa.string()),  # warmer, colder
        ("first", pa.date32()),
        ("last", pa.date32()),  # when it was told; an event may go on
        ("to", pa.string()),  # webhook, print
        ("at", pa.timestamp("us", tz="UTC")),
    ]
)
_NAME = "alerts"


class Told:
    """The events that were told."""

    def __init__(self, store: Store) -> None:
        self._uri = f"{store.uri}/{_NAME}"
        self._storage = store.storage

    def read(self) -> pl.DataFrame:
        """Return what was told; columns of `TOLD`."""
        if (table := self._table()) is None or not (files := table.file_uris()):
            return pl.DataFrame(TOLD.empty_table())
        return pl.scan_parquet(paths_of(files), storage_options=self._storage or None, glob=False).collect()

    def add(self, events: pl.DataFrame, to: str, at: datetime) -> None:
        """Write down events, with the columns of `index.alerts.EVENTS`, that have been told."""
        if events.is_empty():
            return
        rows = [
            row | {"to": to, "at": at}
            for row in events.select("id", "pair", "way", "first", "last").iter_rows(named=True)
        ]
        try:
            if self._table() is None:
                DeltaTable.create(self._uri, schema=TOLD, mode="ignore", storage_options=self._storage)
            write_deltalake(self._uri, pa.Table.from_pylist(rows, TOLD), mode="append", storage_options=self._storage)
        except (DeltaError, OSError) as error:
            raise StoreError(f"what was told cannot be written down in {self._uri}: {error}") from error

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
            raise StoreError(f"what was told cannot be read from {self._uri}: {error}") from error
