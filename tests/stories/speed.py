"""What linking costs where a million articles are stored."""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import polars as pl
import pyarrow as pa
from deltalake import write_deltalake

from ingest.store import Store
from ingest.stories.sketch import SKETCHES, sketch_all
from tests.bench.corpus import articles

STORED = 1_000_000
DAYS = 1_000
BATCH = 4_000
FILE = 16
"""Batches in a file, in order of time: what compacting leaves."""


def report(stored: int = STORED) -> Iterator[str]:
    """Yield lines for people: one batch of the latest day, and one of all times."""
    _, rows = articles()
    texts = [str(row["text"]) for row in rows][:BATCH]
    begun = time.process_time()
    real = _sketched(texts)
    taken = (time.process_time() - begun) / len(texts)
    yield f"sketching (in the workers)                 {taken * 1000:6.2f} ms an article"
    with tempfile.TemporaryDirectory() as folder:
        store = Store(str(Path(folder) / "store"))
        store.create()
        _fill(store, real, stored)
        size = sum(part["size_bytes"] for part in store.parts("sketches"))
        yield f"{stored:,} stored over {DAYS} days          {size / stored:6,.0f} bytes an article on disk"
        for what, days in (("of one day", 1), ("of a month", 30), ("of all times", DAYS)):
            batch = _at(real, days, random.Random(1))  # noqa: S311 - no secret
            begun, cpu = time.perf_counter(), time.process_time()
            links = store.link(f"batch {what}", batch)
            wall, used = time.perf_counter() - begun, time.process_time() - cpu
            each = wall / batch.num_rows * 1000
            yield (
                f"linking a batch of {batch.num_rows:,} {what:14} {each:6.2f} ms an article"
                f"  ({used / batch.num_rows * 1000:.2f} ms of processor, {links.height} links)"
            )
        begun = time.perf_counter()
        named = store.stories()
        count = 0 if named is None else named.height
        yield f"naming {count:,} linked articles           {(time.perf_counter() - begun) * 1000:6.0f} ms"


def _sketched(texts: list[str]) -> pa.Table:
    when = datetime(2024, 1, 1, tzinfo=UTC)
    return sketch_all(
        pa.table(
            {
                "article_id": pa.array([f"{number:016x}" for number in range(len(texts))], pa.string()),
                "published": pa.array([when] * len(texts), pa.timestamp("us", tz="UTC")),
                "text": pa.array(texts, pa.string()),
            }
        )
    )


def _at(sketches: pa.Table, days: int, chance: random.Random) -> pa.Table:
    """Publish sketches at times of the last days."""
    end = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(days=DAYS)
    when = [end - timedelta(seconds=chance.randrange(days * 86_400)) for _ in range(sketches.num_rows)]
    return sketches.set_column(1, "published", pa.array(when, pa.timestamp("us", tz="UTC")))


def _fill(store: Store, real: pa.Table, stored: int) -> None:
    """Store variants of real sketches: other keys and hashes, of the same number and in the same sharing."""
    frame = pl.DataFrame(real)
    end = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(days=DAYS)
    editions = -(-stored // frame.height)
    span = DAYS * 86_400 // editions
    chance = np.random.default_rng(1)
    waiting: list[pl.DataFrame] = []
    for edition in range(editions):
        seconds = chance.integers(edition * span, (edition + 1) * span, frame.height)
        shift = int(chance.integers(1, 2**62))
        rows = frame.with_columns(
            pl.Series("article_id", [f"{edition + 1:08x}{number:08x}" for number in range(frame.height)]),
            pl.Series("published", [end - timedelta(seconds=int(one)) for one in seconds], pl.Datetime("us", "UTC")),
            pl.col("form") ^ shift,
            pl.col("copy_keys").list.eval(pl.element() ^ shift),
            pl.col("rewrite_keys").list.eval(pl.element() ^ shift),
        ).sort("published")
        waiting.append(rows)
        if len(waiting) == FILE or edition == editions - 1:
            whole = pl.concat(waiting).sort("published").to_arrow().cast(SKETCHES)
            write_deltalake(store.table("sketches"), whole, mode="append")
            waiting.clear()
