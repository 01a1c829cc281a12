"""Options that several commands share, and how their values are read."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from ingest.errors import UnknownNameError
from ingest.tone.scorer import SCORERS

if TYPE_CHECKING:
    import polars as pl

    from ingest.corrections.in_force import Corrections
    from ingest.store import Store

StoreOption = Annotated[
    str | None,
    typer.Option(
        "--store",
        metavar="DIR",
        help="Where the store is: a folder or s3://…; default `data/store`.",
        show_default=False,
    ),
]
FeedsOption = Annotated[
    str | None,
    typer.Option(
        "--feeds",
        metavar="FILE",
        help="List of feeds (OPML); default: DETENTE_FEEDS, `feeds.opml` in the store's folder, the list shipped.",
        show_default=False,
    ),
]
CorrectionsOption = Annotated[
    str | None,
    typer.Option(
        "--corrections",
        metavar="FILE",
        help="What analysts corrected; default: DETENTE_CORRECTIONS, `corrections.jsonl` in the store's folder.",
        show_default=False,
    ),
]
PrivateOption = Annotated[
    bool, typer.Option("--allow-private", help="Fetch from this machine and private networks too.")
]
_NAMES = ", ".join(SCORERS)
ScorerOption = Annotated[
    str | None,
    typer.Option("--scorer", metavar="NAME", help=f"Whose readings: {_NAMES}.", show_default="the store's"),
]
JudgeOption = Annotated[
    str,
    typer.Option("--scorer", metavar="NAME", envvar="DETENTE_SCORER", help=f"How tone is judged: {_NAMES}."),
]
FromOption = Annotated[
    str | None,
    typer.Option("--from", metavar="D", help="First day: 2017-09-26, 2017-09 or 2017.", show_default=False),
]
ToOption = Annotated[
    str | None,
    typer.Option("--to", metavar="D", help="Last day, included: 2017-09-26, 2017-09 or 2017.", show_default=False),
]

_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")


def open_store(told: str | None) -> Store:
    """Open the store that was named, or the default one."""
    from ingest.config import settings_from_environment
    from ingest.store import Store

    return Store(told or settings_from_environment().store)


def open_filled_store(told: str | None) -> Store:
    """Open a store to ask it something."""
    from ingest.errors import StoreError

    store = open_store(told)
    if not store.exists():
        raise StoreError(f"there is no store at {store.uri}; fill one with: detente ingest FILE (or: make run)")
    return store


def first_day(told: str | None) -> date | None:
    """Read the first day of a day, month or year."""
    if told is None:
        return None
    year, month, day = _parts(told)
    return _date(told, year, month or 1, day or 1)


def last_day(told: str | None) -> date | None:
    """Read the last day of a day, month or year."""
    if told is None:
        return None
    year, month, day = _parts(told)
    first = _date(told, year, month or 12, day or 1)
    return first if day else first.replace(day=monthrange(first.year, first.month)[1])


def tell_corrections(store: Store, told: str | None, pair: tuple[str, str] | None) -> Corrections:
    """Return the corrections in force, and say on standard error how many are about a pair, or about any."""
    import sys

    from ingest.corrections.words import counted
    from ingest.store.corrected import about_pair, patch_file, told_by

    read = told_by(patch_file(store, told))
    for problem in read.problems:
        print(f"detente: {problem}", file=sys.stderr)
    found = about_pair(store, read.in_force, pair).of("tone", "strike", "merge", "split")
    if found:
        print(f"detente: {counted(len(found))}; see: detente corrections list", file=sys.stderr)
    return read.in_force


def write_frame(frame: pl.DataFrame, file_format: str) -> None:
    """Write a frame to standard output as csv, json or parquet."""
    import sys

    if file_format == "csv":
        sys.stdout.write(frame.write_csv())
    elif file_format == "json":
        sys.stdout.write(frame.write_json() + "\n")
    else:
        if sys.stdout.isatty():
            raise typer.BadParameter(
                "parquet is not for a terminal; send it to a file: … --format parquet > series.parquet"
            )
        frame.write_parquet(sys.stdout.buffer)


def _parts(told: str) -> tuple[int, int | None, int | None]:
    found = _DAY.fullmatch(told.strip())
    if not found:
        raise UnknownNameError(f"{told!r} is not a day; write it as 2017-09-26, 2017-09 or 2017")
    year, month, day = (int(part) if part else None for part in found.groups())
    return year or 0, month, day


def _date(told: str, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise UnknownNameError(f"{told!r} is not a day of the calendar: {error}") from error
