"""`detente watch`: bring in what feeds have, as it appears."""

from __future__ import annotations

import re
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from ingest.commands.options import FeedsOption, JudgeOption, PrivateOption, StoreOption, open_store
from ingest.errors import FeedListError, UnknownNameError
from ingest.tone.scorer import DEFAULT

if TYPE_CHECKING:
    from ingest.feeds.feed_list import Feed
    from ingest.feeds.place import FeedsFile
    from ingest.feeds.round import Round

_EVERY = re.compile(r"(\d{1,6})\s*([smhd]?)")
_SECONDS = {"s": 1, "m": 60, "": 60, "h": 3600, "d": 86_400}


def watch(
    feeds: FeedsOption = None,
    every: Annotated[str, typer.Option("--every", metavar="T", help="Time between polls: 30s, 15m, 2h.")] = "15m",
    once: Annotated[bool, typer.Option("--once", help="Poll each feed once, then end; for cron.")] = False,
    store: StoreOption = None,
    scorer: JudgeOption = DEFAULT,
    workers: Annotated[
        int, typer.Option("--workers", min=0, help="Processes that score, if there is much; 0: one for each processor.")
    ] = 0,
    allow_private: PrivateOption = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object a round.")] = False,
) -> None:
    """Poll feeds, read the pages of those that give only summaries, and store what is new, until told to stop.

    Polite: one request a second to a host at most, robots.txt, Retry-After, and nothing is asked twice that has not
    changed. A feed that fails is asked less and less often. Ctrl-C or SIGTERM ends it after what was fetched is stored;
    the next start goes on from there. Several may watch into one store. A changed list of feeds counts from the next
    round on.

    Examples:
        detente watch

        detente watch --every 30m --feeds my.opml

        detente watch --once --json

    Exit codes: 0 done or stopped by SIGTERM, 1 no feed answered (with --once) or the store failed, 2 wrong use,
    130 stopped by Ctrl-C.

    """
    from ingest.config import settings_from_environment
    from ingest.feeds.crew import Crew
    from ingest.feeds.place import feeds_file, state_file
    from ingest.feeds.poll import Paged, Polled
    from ingest.feeds.watch import Watch
    from ingest.sources.manners import TROUBLES, Manners
    from ingest.sources.web import Web
    from ingest.tone.scorer import get_scorer

    every_s = _seconds(every)
    get_scorer(scorer)  # a wrong name is told before anything is fetched
    opened = open_store(store)
    settings = settings_from_environment()
    listed = feeds_file(feeds or settings.feeds, opened.uri)
    listed.feeds()  # so is a list that cannot be read
    manners = Manners(troubles=TROUBLES)
    make_web = partial(Web, allow_private=allow_private or settings.allow_private, manners=manners)
    told: list[Round] = []

    def on_round(done: Round) -> None:
        told[:] = [done]
        _print_round(done, as_json=as_json)

    crew: Crew[Polled | Paged]
    with _signals() as (stop, by), Crew(make_web, manners) as crew, _progress(quiet=as_json) as on_step:
        Watch(
            feeds=partial(_latest, listed, []),
            store=opened,
            memory_path=state_file(opened.uri),
            crew=crew,
            every_s=every_s,
            scorer=scorer,
            workers=workers or settings.workers,
            stop=stop,
            on_step=on_step,
        ).run(once=once, on_round=on_round)
    if signal.SIGINT in by:
        raise typer.Exit(130)
    if once and not by and told and told[0].feeds == told[0].broken > 0:
        raise typer.Exit(1)


def _seconds(told: str) -> float:
    found = _EVERY.fullmatch(told.strip().lower())
    seconds = int(found.group(1)) * _SECONDS[found.group(2)] if found else 0
    if not 1 <= seconds <= 86_400:
        raise UnknownNameError(f"--every {told!r} is no time between polls; write 30s, 15m or 2h, a day at most")
    return float(seconds)


def _latest(listed: FeedsFile, last: list[Feed]) -> list[Feed]:
    """Read the list anew; while it cannot be read, go on with the last one."""
    try:
        last[:] = listed.feeds()
    except FeedListError as error:
        if not last:
            raise
        print(f"detente: {error}; the watch goes on with the list as it was", file=sys.stderr)
    return list(last)


@contextmanager
def _signals() -> Iterator[tuple[threading.Event, list[int]]]:
    """Turn the first Ctrl-C or SIGTERM into an event; a second one ends at once. Tell which came."""
    stop: threading.Event = threading.Event()
    by: list[int] = []

    def heard(number: int, _frame: object) -> None:
        by.append(number)
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()

    before = {number: signal.signal(number, heard) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop, by
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _print_round(done: Round, *, as_json: bool) -> None:
    now = datetime.now(UTC)
    if as_json:
        import json

        line = json.dumps({"at": now.isoformat(timespec="seconds")} | done.plain(), ensure_ascii=False)
        print(line.encode("utf-8", "backslashreplace").decode(), flush=True)
        return
    print(f"{now:%Y-%m-%d %H:%M:%S} {done.line()}", flush=True)
    for outlet, reason in done.problems[:5]:
        print(f"  {outlet}: {reason}", file=sys.stderr, flush=True)
    if (more := len(done.problems) - 5 + done.more_problems) > 0:
        print(f"  … and {more:,} more; see: detente status --failures", file=sys.stderr, flush=True)


@contextmanager
def _progress(*, quiet: bool) -> Iterator[Callable[[Round, int], None]]:
    """Show how far a round is, on a terminal only."""
    if quiet or not sys.stderr.isatty():
        yield lambda _counts, _pending: None
        return
    from rich.console import Console

    with Console(stderr=True).status("") as status:

        def on_step(counts: Round, pending: int) -> None:
            status.update(
                f"{counts.feeds:,} feeds, {counts.pages:,} pages read, {pending:,} to come" if pending else ""
            )

        yield on_step
