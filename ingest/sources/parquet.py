"""Articles as rows of a Parquet file; only the columns that matter are read, a batch at a time."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from ingest.records import Failure
from ingest.sources.columns import Columns, no_article_columns, plan
from ingest.sources.found import Found

BATCH_ROWS = 512
"""Rows held at once: 1.5 MB of usual articles."""


def read_parquet(stream: io.BufferedReader, where: str) -> Iterator[Found]:
    """Yield one article or failure per row, counted from 1."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    number = 0
    try:
        with pq.ParquetFile(stream) as file:
            names = file.schema_arrow.names
            if reason := no_article_columns(names):
                yield Failure(where=where, reason=reason)
                return
            wanted = sorted({name for held in plan(names).values() for name in held})
            columns = Columns()
            for batch in file.iter_batches(batch_size=BATCH_ROWS, columns=wanted, use_threads=False):
                for row in _rows(batch):
                    number += 1
                    place = f"{where}:{number}"
                    yield (Failure(where=place, reason=row) if isinstance(row, str) else columns.article(row, place))
    except (pa.ArrowException, OSError, ValueError, MemoryError, OverflowError) as error:
        told = " ".join(str(error).split())[:150]
        after = f" after row {number}" if number else ""
        yield Failure(where=where, reason=f"not readable as Parquet{after}: {told}")


def _rows(batch: Any) -> Iterator[dict[str, object] | str]:
    """Yield rows as plain values, times as text; a row that has none is told why."""
    import pyarrow as pa
    import pyarrow.compute as pc

    for index, field in enumerate(batch.schema):
        if pa.types.is_timestamp(field.type):
            # In Arrow, because a time outside Python's years would raise; UTC where the file knows the zone.
            plain = pc.cast(batch.column(index), pa.timestamp("us"), safe=False)
            batch = batch.set_column(index, field.name, pc.strftime(plain, "%Y-%m-%dT%H:%M:%S"))
    try:
        yield from batch.to_pylist()
    except (ValueError, OverflowError):
        for index in range(batch.num_rows):
            try:
                yield batch.slice(index, 1).to_pylist()[0]
            except (ValueError, OverflowError) as error:
                yield f"a value of this row cannot be read: {str(error)[:100]}"
