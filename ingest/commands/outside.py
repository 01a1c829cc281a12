"""`detente outside`: series that others have measured, to lay over our tone."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from ingest.commands.options import StoreOption, open_filled_store, open_store, write_frame

if TYPE_CHECKING:
    from ingest.outside.records import Read

app = typer.Typer(no_args_is_help=True, help="Series that others have measured, to lay over our tone.")

NameOption = Annotated[str, typer.Option("--name", metavar="NAME", help="What the series is called.")]
PairOption = Annotated[
    tuple[str, str] | None,
    typer.Option("--pair", metavar="A B", help="The two countries it is about.", show_default=False),
]
SHOWN = 10
"""Failed rows that are printed."""


@app.command("add")
def add(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="CSV, JSON or GKG rows; packed ones too.")],
    name: NameOption,
    pair: PairOption = None,
    column: Annotated[
        str | None, typer.Option("--column", metavar="NAME", help="Column of the value.", show_default=False)
    ] = None,
    store: StoreOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the counts as one JSON object.")] = False,
) -> None:
    """Keep a series beside our tone; it is never mixed into it.

    A table with a date and a value a row; a timeline (timelinetone) or a list of articles (counted by day) of GDELT's
    DOC API; or rows of GDELT's GKG 2.1: the mean tone, a day, of documents that name both countries, for the pair given
    or for all. The same content again changes nothing. Means of one day in several files are put together by their
    numbers of documents; of published values the one that was added last counts.

    Examples:
        detente outside add gpr.csv --name GPR --column GPRD

        detente outside add timeline.json --name "GDELT tone" --pair Pakistan India

        detente outside add 20240105*.gkg.csv.zip --name GKG

    """
    from ingest.errors import SourceError
    from ingest.outside.files import digest_of, read_outside
    from ingest.store.outside import add as keep
    from ingest.store.outside import key_of

    about = _pair(pair)
    opened = open_store(store)
    opened.create()
    told: dict[str, Any] = {"rows": 0, "days": 0, "failed": 0, "left_out": 0, "files": 0, "known": 0, "refused": 0}
    failures: list[dict[str, str]] = []
    with _progress(files, quiet=as_json) as on_bytes:
        for path in files:
            try:
                key = key_of(digest_of(path, on_bytes), name, about, column)
                if opened.was_added("outside", key):
                    told["known"] += 1
                    continue
                now = datetime.now(UTC)
                read = read_outside(path, about, column, now, on_bytes)
            except SourceError as error:
                told["refused"] += 1
                failures.append({"where": str(path), "reason": str(error)})
                continue
            failures += [{"where": one.where, "reason": one.reason} for one in read.failures.first]
            days = _about(read, about)
            is_new = keep(opened, days, name=name, kind=read.kind, file=path.name, at=now, key=key)
            _count(told, read, days.height, is_new=is_new)
    opened.compact()
    _print(told, failures, as_json=as_json)
    if told["refused"] == len(files) or (told["rows"] and told["failed"] == told["rows"]):
        raise typer.Exit(1)


@app.command("list")
def show(
    store: StoreOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print a list of JSON objects.")] = False,
) -> None:
    """Show which outside series the store holds.

    Examples:
        detente outside list

    """
    from ingest.store.outside import listed

    found = listed(open_filled_store(store))
    if as_json:
        print(json.dumps(found.to_dicts(), ensure_ascii=False, default=str))
        return
    if found.is_empty():
        print("no outside series; add one with: detente outside add FILE --name NAME")
    for row in found.iter_rows(named=True):
        pairs = f"{row['pairs']:,} pairs, " if row["pairs"] else ""
        files = f"{row['files']:,} {'file' if row['files'] == 1 else 'files'}"
        print(f"{row['name']}  {row['kind']}s, {pairs}{row['days']:,} days, {row['first']} to {row['last']}, {files}")


@app.command("export")
def export(
    name: Annotated[str | None, typer.Option("--name", metavar="NAME", help="One series.", show_default="all")] = None,
    pair: PairOption = None,
    file_format: Annotated[
        Literal["csv", "json", "parquet"], typer.Option("--format", help="What is printed.")
    ] = "csv",
    store: StoreOption = None,
) -> None:
    """Print outside series: name, pair, day, value, n, kind.

    Examples:
        detente outside export --name GKG --pair Pakistan India > gkg.csv

    """
    from ingest.store.outside import series

    found = series(open_filled_store(store), name, _pair(pair))
    if found.is_empty():
        print("detente: no such series; see what there is with: detente outside list", file=sys.stderr)
    write_frame(found, file_format)


def _pair(told: tuple[str, str] | None) -> str | None:
    from ingest.countries.gazetteer import country_code
    from ingest.records import pair_id

    if told is None:
        return None
    one, other = country_code(told[0]), country_code(told[1])
    if one == other:
        raise typer.BadParameter(f"{told[0]} and {told[1]} are the same country; give two")
    return pair_id(one, other)


def _about(read: Read, pair: str | None) -> Any:
    """Say of a published series what pair it is about; rows of GKG say it themselves."""
    import polars as pl

    return read.days.with_columns(pl.col("pair").fill_null(pl.lit(pair, pl.String)))


def _count(told: dict[str, Any], read: Read, days: int, *, is_new: bool) -> None:
    told["files" if is_new else "known"] += 1
    told["rows"] += read.rows
    told["failed"] += read.failures.count
    told["left_out"] += read.left_out
    told["days"] += days if is_new else 0


def _print(told: dict[str, Any], failures: list[dict[str, str]], *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(told | {"failures": failures}, ensure_ascii=False))
        return
    print(
        f"{told['files']:,} files added, {told['known']:,} known, {told['refused']:,} refused: {told['days']:,} values "
        f"from {told['rows']:,} rows, {told['failed']:,} rows failed"
    )
    if told["left_out"]:
        print(f"{told['left_out']:,} documents name more than 30 countries and are left out")
    for one in failures[:SHOWN]:
        print(f"failed: {one['where']}: {one['reason']}", file=sys.stderr)


@contextmanager
def _progress(files: list[Path], *, quiet: bool) -> Iterator[Callable[[int], None]]:
    """Show how much is read, on a terminal only; each file is read twice, to know it and to read it."""
    if quiet or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TimeRemainingColumn, TransferSpeedColumn

    total = 2 * sum(path.stat().st_size for path in files if path.is_file())
    columns = (DownloadColumn(), BarColumn(), TransferSpeedColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=total)
        yield lambda size: bar.advance(task, size)
