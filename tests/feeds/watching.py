"""A watch for tests: quick, on loopback, its time an argument; also a process: `python -m tests.feeds.watching`."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from ingest.feeds.crew import Crew
from ingest.feeds.feed_list import Feed, read_list
from ingest.feeds.place import state_file
from ingest.feeds.poll import Paged, Polled
from ingest.feeds.round import Round
from ingest.feeds.watch import Watch
from ingest.sources.manners import Manners
from ingest.sources.web import Web
from ingest.store import Store
from tests.quick import SCORER

EVERY_S = 900.0


class FakeTime:
    """Passes when somebody waits."""

    def __init__(self) -> None:
        self.now = 1_700_000_000.0

    def __call__(self) -> float:
        return self.now

    def wait(self, seconds: float) -> None:
        self.now += seconds


@contextmanager
def watching(
    store: Path | str,
    feeds: list[Feed],
    *,
    time: FakeTime | None = None,
    stop: threading.Event | None = None,
    chance: Callable[[], float] = lambda: 0.0,
    min_delay_s: float = 0.0,
    timeout_s: float = 5.0,
    total_s: float = 20.0,
    troubles: int | None = None,
    threads: int = 4,
) -> Iterator[Watch]:
    """Make a watch that waits for nobody, unless told."""
    time = time or FakeTime()
    manners = Manners(min_delay_s=min_delay_s, troubles=troubles)
    make_web = partial(Web, allow_private=True, timeout_s=timeout_s, total_s=total_s, manners=manners)
    crew: Crew[Polled | Paged]
    with Crew(make_web, manners, threads) as crew:
        yield Watch(
            feeds=lambda: feeds,
            store=Store(str(store)),
            memory_path=state_file(str(store)),
            crew=crew,
            every_s=EVERY_S,
            scorer=SCORER,
            stop=stop or threading.Event(),
            clock=time,
            chance=chance,
            wait=time.wait,
        )


def once(store: Path | str, feeds: list[Feed], **options: float) -> Round:
    """Go round once, as a process that starts and ends; return what it did."""
    done: list[Round] = []
    with watching(store, feeds, **options) as watch:  # type: ignore[arg-type]  # numbers only
        watch.run(once=True, on_round=done.append)
    return done[0]


def main(store: str, opml: str, rounds: int) -> None:
    """Say `ready`, wait for a line of input, then go round so many times without a pause; print what is new."""
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    feeds = read_list(Path(opml).read_bytes(), opml)
    new = sum(once(store, feeds).new for _ in range(rounds))
    sys.stdout.write(f"{new}\n")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
