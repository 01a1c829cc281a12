"""`detente backfill`: bring years of history into the store."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from ingest.commands.ingest import print_json, print_summary
from ingest.commands.options import JudgeOption, StoreOption, first_day, last_day, open_store
from ingest.errors import UnknownNameError
from ingest.tone.scorer import DEFAULT

if TYPE_CHECKING:
    from ingest.backfill import Backfill
    from ingest.pipeline import Report

    OnProgress = Callable[[Backfill, Report], None]

app = typer.Typer(name="backfill", help="Bring years of history into the store.", no_args_is_help=True)

BEGAN = date(2001, 1, 15)
"""Wikipedia's first day; its current events have a page a day since 2002."""


@app.callback()
def _sources() -> None:
    """Bring years of history into the store."""


@app.command("wikipedia")
def wikipedia(
    first: Annotated[str, typer.Option("--from", metavar="D", help="First day: 2010-01-01, 2010-01 or 2010.")],
    last: Annotated[
        str | None,
        typer.Option(
            "--to", metavar="D", help="Last day, included: 2010-12-31, 2010-12 or 2010.", show_default="today"
        ),
    ] = None,
    store: StoreOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the counts as one JSON object.")] = False,
    scorer: JudgeOption = DEFAULT,
    workers: Annotated[
        int, typer.Option("--workers", min=0, help="Processes that score; 0: one for each processor.")
    ] = 0,
    api: Annotated[
        str | None,
        typer.Option("--api", metavar="URL", help="The api.php to ask.", show_default="that of en.wikipedia.org"),
    ] = None,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Fetch from this machine and private networks too.")
    ] = False,
) -> None:
    """Read Wikipedia's Portal:Current events, one page a day, each news item an article.

    The words are by Wikipedia contributors (CC BY-SA); each item keeps the outlet that it cites. Stopped or killed,
    run the same command again: it asks only for the days that are not done, and for the last seven, which still change.

    Examples:
        detente backfill wikipedia --from 2010-01-01 --to 2010-12-31

        detente backfill wikipedia --from 2002-07

    Exit codes: 0 done, 1 days are left because the service could not be used, 2 wrong use, 130 stopped.

    """
    from ingest.backfill import backfill
    from ingest.config import settings_from_environment
    from ingest.sources import Web
    from ingest.sources.wikipedia.client import API, Api
    from ingest.tone.scorer import get_scorer

    settings = settings_from_environment()
    get_scorer(scorer)  # a wrong name is told before anything is read
    now = datetime.now(UTC)
    begin, end = _range(first, last, now.date())
    began = time.monotonic()
    with Web(allow_private=allow_private or settings.allow_private) as web, _progress(quiet=as_json) as on_progress:
        done, report = backfill(
            Api(web, api or API),
            open_store(store),
            begin,
            end,
            scorer=scorer,
            workers=workers or settings.workers,
            now=now,
            on_progress=on_progress,
        )
    if as_json:
        counts = {f"days_{name}": getattr(done, name) for name in ("done_before", "read", "missing", "left")}
        print_json(report, {"days": done.days} | counts)
    else:
        print(
            f"{done.days:,} days = {done.read:,} read + {done.done_before:,} done before"
            f" + {done.missing:,} without items + {done.left:,} left"
        )
        print_summary(report, time.monotonic() - began)
    if report.interrupted:
        raise typer.Exit(130)
    if done.left or (report.failed and report.failed == report.read):
        raise typer.Exit(1)


def _range(first: str, last: str | None, today: date) -> tuple[date, date]:
    begin, end = first_day(first) or today, last_day(last) or today
    if begin < BEGAN:
        raise UnknownNameError(f"--from {begin}: Wikipedia began on {BEGAN}; its days of news in 2002")
    if begin > end:
        raise UnknownNameError(f"--from {begin} is after --to {end}; expected the earlier day first")
    if begin > today:
        raise UnknownNameError(f"--from {begin} is still to come; expected a day up to today, {today}")
    return begin, end


@contextmanager
def _progress(*, quiet: bool) -> Iterator[OnProgress]:
    """Show days, items, rate and time left, on a terminal only."""
    if quiet or not sys.stderr.isatty():
        yield lambda _, __: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    began = time.monotonic()
    with Progress(
        SpinnerColumn(),
        TextColumn("{task.completed:>6,.0f} of {task.total:,.0f} days"),
        BarColumn(),
        TextColumn("{task.fields[items]:>8,} items {task.fields[rate]:>6,.0f}/s"),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    ) as bar:
        task = bar.add_task("", total=1, items=0, rate=0.0)

        def on_progress(done: Backfill, report: Report) -> None:
            items = report.read + report.in_progress
            days = done.read + done.missing
            rate = items / max(time.monotonic() - began, 0.1)
            bar.update(task, total=max(days + done.left, 1), completed=days, items=items, rate=rate)

        yield on_progress
