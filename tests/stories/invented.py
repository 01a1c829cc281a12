"""Sketches of short invented articles, some of them copies of each other, for tests of what is done with sketches."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import NamedTuple

import polars as pl
import pyarrow as pa
from hypothesis import strategies as st

from ingest.stories.sketch import sketch_all
from tests.stories.labelled import copies, groups

FIRST_DAY = datetime(2024, 1, 1, tzinfo=UTC)


class Put(NamedTuple):
    """An article: which of `texts()`, and how many hours after `FIRST_DAY` it was published (None: undated)."""

    number: int
    text: int
    hours: int | None

    @property
    def identifier(self) -> str:
        """Name it; not in order of time, as ids are hashes."""
        return f"{self.number * 7919 % 10007:016x}"


@cache
def texts() -> list[str]:
    """Return texts of three events, in copies, rewrites and follow-ups."""
    found = []
    for group in groups("first")[:3]:
        found += [group.base, group.light, group.rewrite, group.followup, group.template, group.edit]
        found += [text for _, text in copies(group.base)]
    return [*found, "Watch live.", "", "One short line about the harbour masters of Oslo and the weather there."]


def sketched(put: Sequence[Put]) -> pl.DataFrame:
    """Sketch these articles."""
    when = [None if one.hours is None else FIRST_DAY + timedelta(hours=one.hours) for one in put]
    table = pa.table(
        {
            "article_id": pa.array([one.identifier for one in put], pa.string()),
            "published": pa.array(when, pa.timestamp("us", tz="UTC")),
            "text": pa.array([texts()[one.text] for one in put], pa.string()),
        }
    )
    frame = pl.from_arrow(sketch_all(table))
    assert isinstance(frame, pl.DataFrame)
    return frame


def puts(*, most: int = 24, hours: int = 24 * 40) -> st.SearchStrategy[list[Put]]:
    """Draw articles; many share a text and a time."""
    text = st.integers(0, len(texts()) - 1)
    hour = st.none() | st.integers(0, hours) | st.sampled_from([0, 12, 20, 24, 72, 14 * 24, 28 * 24])
    return st.lists(st.tuples(text, hour), max_size=most).map(
        lambda drawn: [Put(number, text, hour) for number, (text, hour) in enumerate(drawn)]
    )
