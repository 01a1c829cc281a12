"""Process batches in this process or in several; touches processes and signals, decides nothing."""

from __future__ import annotations

import gc
import os
import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from datetime import datetime
from itertools import chain, islice
from multiprocessing import get_all_start_methods, get_context, parent_process, resource_tracker
from multiprocessing.context import BaseContext, ForkServerContext
from multiprocessing.forkserver import ensure_running
from threading import Thread

from ingest.errors import DetenteError
from ingest.processing import Processed, process
from ingest.records import RawArticle

BATCH = 250
"""Articles scored at once: 3 KB each, so about a megabyte; smaller costs speed, larger delays progress."""

BATCH_BYTES = 10_000_000
"""Bytes of pages or texts after which a batch is full too: about 30 newspaper pages, half a second of work."""

AHEAD = 3
"""Batches a worker may have waiting."""

POOL_FROM = 2
"""Full batches beyond which starting worker processes (about half a second) is worth it."""


def process_all(raws: Iterator[RawArticle], scorer: str, workers: int, now: datetime) -> Iterator[Processed]:
    """Process in this process while the input is short, in a pool once it is long."""
    batches = _batches(raws)
    first = list(islice(batches, POOL_FROM + 1))
    if workers < 2 or len(first) <= POOL_FROM:
        for number, batch in enumerate(chain(first, batches)):
            yield process(batch, scorer, now)
            if number == 0:
                gc.freeze()  # what is loaded now stays: not to be looked through again and again
        return
    with (
        ThreadPoolExecutor(1) as thread,
        ProcessPoolExecutor(workers, mp_context=_context(), initializer=_start_worker) as pool,
    ):
        # Starting workers takes about a second: meanwhile this process scores.
        started = thread.submit(lambda: pool.submit(int).result())
        running: deque[Future[Processed]] = deque()
        try:
            for batch in chain(first, batches):
                if not started.done():
                    yield process(batch, scorer, now)
                    gc.freeze()  # what is loaded now stays: not to be looked through again and again
                    continue
                running.append(pool.submit(process, batch, scorer, now))
                while len(running) > AHEAD * workers or (running and running[0].done()):
                    yield running.popleft().result()
            while running:
                yield running.popleft().result()
            started.result()
        except BrokenProcessPool as error:
            raise DetenteError(
                "a worker process died (out of memory?); what was committed stays: run the same command again, "
                "with DETENTE_WORKERS=1 if it happens again"
            ) from error
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def start_loading() -> None:
    """Let the workers' parent load while this process opens the store."""
    if isinstance(_context(), ForkServerContext):
        # It and its workers inherit the blocked signal: a Ctrl-C at a terminal goes to all of them, and while they
        # load each would print a traceback. The tracker first, since starting it unblocks the signal.
        resource_tracker.ensure_running()
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            ensure_running()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _context() -> BaseContext:
    """Choose how workers start: from a clean parent that has loaded what they need, where there is such a thing."""
    if "forkserver" not in get_all_start_methods():
        return get_context("spawn")
    context = get_context("forkserver")
    context.set_forkserver_preload(["ingest.processing", "ingest.warm"])
    return context


def _start_worker() -> None:
    """Leave Ctrl-C to the parent, which decides what is still committed; keep what is loaded out of the garbage."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.freeze()
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End this worker when the process that gives it work was killed: its queue would never tell."""
    if parent := parent_process():
        parent.join()
        os._exit(1)


def _batches(raws: Iterable[RawArticle]) -> Iterator[list[RawArticle]]:
    """Gather articles until a batch is full by number or by bytes: memory is bounded whatever their size."""
    batch: list[RawArticle] = []
    held = 0
    for raw in raws:
        batch.append(raw)
        held += len(raw.text) + len(raw.page or b"")
        if len(batch) == BATCH or held >= BATCH_BYTES:
            yield batch
            batch, held = [], 0
    if batch:
        yield batch
