"""`detente ingest`: bring articles into the store."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated

import typer

from ingest.commands.options import JudgeOption, PrivateOption, StoreOption, open_store
from ingest.tone.scorer import DEFAULT

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.progress import TaskID

    from ingest.pipeline import Report
    from ingest.sources import Found


SMALL = 200_000
"""Bytes of input under which starting workers costs more than it saves."""


def ingest(
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="SOURCE...",
            help="Files, web archives, folders, globs, feed or page URLs; `-` is JSONL on standard input.",
        ),
    ],
    store: StoreOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the counts as one JSON object.")] = False,
    date: Annotated[
        str | None,
        typer.Option(
            "--date", metavar="D", help="Date of publication for articles that have none.", show_default=False
        ),
    ] = None,
    outlet: Annotated[
        str | None,
        typer.Option("--outlet", metavar="NAME", help="Outlet for articles that name none.", show_default=False),
    ] = None,
    scorer: JudgeOption = DEFAULT,
    workers: Annotated[
        int, typer.Option("--workers", min=0, help="Processes that score; 0: one for each processor.")
    ] = 0,
    allow_private: PrivateOption = False,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 3 if any input failed.")] = False,
) -> None:
    """Read articles, find the countries they relate, score the tone of each pair, and store it.

    The same article again changes nothing. Ctrl-C keeps what is done; run the same command again for the rest.

    Examples:
        detente ingest article.txt --date 2017-09-26

        detente ingest news.jsonl archive/ 'more/*.html'

        detente ingest https://example.org/world/rss.xml

        detente ingest CC-NEWS-20240501000000-00001.warc.gz

        zcat news.jsonl.gz | detente ingest - --json

    Exit codes: 0 done, 1 nothing could be read, 2 wrong use, 3 some inputs failed (with --strict), 130 stopped.

    """
    from ingest.commands.options import first_day
    from ingest.config import settings_from_environment
    from ingest.pipeline import ingest as run
    from ingest.sources import Web, count_hint, read_source
    from ingest.tone.scorer import get_scorer

    settings = settings_from_environment()
    get_scorer(scorer)  # a wrong name is told before anything is read
    day = first_day(date)
    began = time.monotonic()
    hints = [count_hint(source) for source in sources]
    total = None if None in hints else sum(hint or 0 for hint in hints)
    with (
        Web(allow_private=allow_private or settings.allow_private) as web,
        _progress(total, quiet=as_json) as (on_bytes, on_report),
    ):

        def found() -> Iterator[Found]:
            for source in sources:
                yield from read_source(source, web=web, on_bytes=on_bytes)

        report = run(
            found(),
            open_store(store),
            scorer=scorer,
            workers=workers or (1 if total is not None and total < SMALL else settings.workers),
            date=day.isoformat() if day else None,
            outlet=outlet,
            on_progress=on_report,
        )
    if as_json:
        print_json(report)
    else:
        print_summary(report, time.monotonic() - began)
    if report.interrupted:
        raise typer.Exit(130)
    if report.failed and (strict or report.failed == report.read):
        raise typer.Exit(3 if strict and report.failed < report.read else 1)


@contextmanager
def _progress(total: int | None, *, quiet: bool) -> Iterator[tuple[Callable[[int], None], Callable[[Report], None]]]:
    """Show a bar with the count, the rate and the time left, on a terminal only."""
    if quiet or not sys.stderr.isatty():
        yield (lambda _: None), (lambda _: None)
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        Progress,
        SpinnerColumn,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    began = time.monotonic()
    with Progress(
        SpinnerColumn(),
        TextColumn("{task.fields[articles]:>9,} articles"),
        BarColumn(),
        TextColumn("{task.fields[rate]:>6,.0f}/s"),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    ) as bar:
        task: TaskID = bar.add_task("", total=total, articles=0, rate=0.0)

        def on_report(report: Report) -> None:
            done = report.read + report.in_progress
            bar.update(task, articles=done, rate=done / max(time.monotonic() - began, 0.1))

        yield (lambda size: bar.advance(task, size)), on_report


def print_json(report: Report, more: Mapping[str, int] = MappingProxyType({})) -> None:
    """Print the counts as one JSON object, with `more` of them."""
    import json

    names = ("read", "new", "known", "unscored", "failed", "copies", "undated", "cut", "readings", "interrupted")
    told = json.dumps(
        dict(more)
        | {name: getattr(report, name) for name in names}
        | {"failures": [{"where": one.where, "reason": one.reason} for one in report.why_failed]},
        ensure_ascii=False,
    )
    # A file name that is no UTF-8 has lone surrogates, which only an escape can write: `\\udce9` is JSON too.
    print(told.encode("utf-8", "backslashreplace").decode())


def print_summary(report: Report, seconds: float) -> None:
    """Print the counts and what went wrong, for people."""
    rate = f", {report.read / seconds:,.0f} articles/s" if report.read > 100 else ""
    print(
        f"{report.read:,} read = {report.new:,} new + {report.known:,} known + {report.unscored:,} unscored"
        f" + {report.failed:,} failed"
    )
    if report.new:
        copies = f"{_count(report.copies, 'is a copy', 'are copies')} of a story already there"
        undated = _count(report.undated, "has no date", "have no date")
        readings = _count(report.readings, "reading", "readings")
        print(f"of the new, {copies}, {undated}; {readings} ({seconds:.1f} s{rate})")
    for reason, count in report.why_unscored.most_common(5):
        print(f"not scored: {count:,} × {reason}")
    if report.undated:
        print(
            "Articles without a date are scored and readable but not plotted. Give the date with "
            "--date 2017-09-26, or as a line `Date: 2017-09-26` at the top of the text, and ingest again."
        )
    if report.cut:
        says = _count(report.cut, "article is only a beginning", "articles are only beginnings")
        print(f"note: {says}, cut by the source; what is missing is not scored", file=sys.stderr)
    for problem in report.date_problems:
        print(f"note: {problem}", file=sys.stderr)
    for failure in report.why_failed[:10]:
        print(f"failed: {failure.where}: {failure.reason}", file=sys.stderr)
    if report.failed > 10:
        print(
            f"… and {report.failed - 10:,} more; see them all with: detente status --failures",
            file=sys.stderr,
        )
    if report.interrupted:
        print("stopped; what was read is stored. Run the same command again for the rest.", file=sys.stderr)


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"
