"""What is read out of a file of an outside series; knows no file and no store."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import polars as pl

from ingest.records import Failure

Kind = Literal["mean", "count", "value"]
"""How rows of one day from several files go together: means by their numbers of documents, counts as a sum; of
published values the one that was added last."""

SHOWN = 100
"""Failures of a file that are told one by one."""

DAYS = {"name": pl.String, "pair": pl.String, "day": pl.Date, "value": pl.Float64, "n": pl.Int64}
"""Columns of what was read: the series' own name, if the file has several; pair or null; UTC day; value in the unit of
its source; documents behind it, or null."""


@dataclass(kw_only=True)
class Failures:
    """Rows that could not be read: all counted, the first few named."""

    count: int = 0
    first: list[Failure] = field(default_factory=list)

    def add(self, where: str, reason: str) -> None:
        """Count a row."""
        self.count += 1
        if len(self.first) < SHOWN:
            self.first.append(Failure(where=where, reason=reason))


@dataclass(frozen=True, kw_only=True)
class Read:
    """What a file holds."""

    days: pl.DataFrame
    """Columns of `DAYS`, one row for each series, pair and day."""
    kind: Kind
    rows: int
    """Of the file, those that failed included."""
    failures: Failures
    left_out: int = 0
    """Documents that name more countries than a relation has."""
