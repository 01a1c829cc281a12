"""The order of an ingestion, and nothing else.

source → (known? stop) → clean → mentions → evidence → readings → story → store, in batches; cleaning and
scoring run in worker processes, reading and writing here. Memory holds a few batches, however long the input.
"""

from __future__ import annotations

import gc
import os
import signal
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import chain, islice
from multiprocessing import get_all_start_methods, get_context, parent_process
from multiprocessing.context import BaseContext, ForkServerContext
from multiprocessing.forkserver import ensure_running
from threading import Thread

import pyarrow as pa

from ingest.articles.clean import Cleaned, clean
from ingest.articles.identity import article_id
from ingest.articles.pasted import read_pasted
from ingest.errors import DetenteError
from ingest.records import Failure, RawArticle, Reading
from ingest.schemas import ARTICLES
from ingest.scoring import score, score_batch
from ingest.store import Added, Batch, Store
from ingest.store.batch import joined, without_repeats
from ingest.stories.exact import story_id
from ingest.tone.scorer import DEFAULT, Scorer, get_scorer

BATCH = 250
"""Articles scored at once: 3 KB each, so about a megabyte; smaller costs speed, larger delays progress."""

COMMIT = 4_000
"""Articles committed at once: a commit of three tables takes about 60 ms, whatever its size."""

AHEAD = 3
"""Batches a worker may have waiting."""

POOL_FROM = 2 * BATCH
"""Articles from which starting worker processes (about half a second) is worth it."""

SHOWN = 100
"""Failures that a report names; the store has them all."""

Found = RawArticle | Failure


@dataclass(kw_only=True)
class Report:
    """The counts of an ingestion: read = new + known + unscored + failed."""

    new: int = 0
    known: int = 0
    unscored: int = 0
    failed: int = 0
    copies: int = 0
    undated: int = 0
    readings: int = 0
    why_failed: list[Failure] = field(default_factory=list)
    """The first few, see `SHOWN`."""
    why_unscored: Counter[str] = field(default_factory=Counter)
    date_problems: list[str] = field(default_factory=list)
    """The first ten dates that were given and not understood."""
    in_progress: int = 0
    """Scored and not yet committed."""
    interrupted: bool = False

    @property
    def read(self) -> int:
        """All inputs that came to an end, one way or another."""
        return self.new + self.known + self.unscored + self.failed

    def add(self, added: Added) -> None:
        """Count a committed batch."""
        for name in ("new", "known", "unscored", "copies", "undated", "readings"):
            setattr(self, name, getattr(self, name) + getattr(added, name))


@dataclass(frozen=True, kw_only=True)
class Processed:
    """A batch that comes back from a worker."""

    batch: Batch
    why_unscored: Counter[str]
    date_problems: list[str]


def ingest(
    found: Iterable[Found],
    store: Store,
    *,
    scorer: str = DEFAULT,
    workers: int = 1,
    date: str | None = None,
    outlet: str | None = None,
    now: datetime | None = None,
    on_progress: Callable[[Report], None] = lambda _: None,
) -> Report:
    """Bring everything that sources found into the store, each article once.

    `date` and `outlet` are for articles that have none. Ctrl-C ends it after what is scored has been
    committed; running the same again does the rest.
    """
    if workers > 1:
        _start_loading()
    store.create()
    _finish_what_others_left(store, scorer)
    store.refresh()
    report = Report()
    now = now or datetime.now(UTC)
    waiting: list[Batch] = []

    failures: list[Failure] = []

    def commit() -> None:
        if waiting:
            report.add(store.add(joined(waiting)))
            waiting.clear()
            report.in_progress = 0
        store.add_failures(failures, now)
        failures.clear()

    try:
        fresh = _fresh(_filled(found, date, outlet), store, report, failures)
        for processed in _process(fresh, scorer, workers, now):
            waiting.append(processed.batch)
            report.in_progress += processed.batch.articles.num_rows
            report.why_unscored += processed.why_unscored
            report.date_problems = (report.date_problems + processed.date_problems)[:10]
            if sum(batch.articles.num_rows for batch in waiting) >= COMMIT:
                with _uninterrupted():
                    commit()
            on_progress(report)
    except KeyboardInterrupt:
        report.interrupted = True
    try:
        with _uninterrupted():
            commit()
            store.compact()
    except KeyboardInterrupt:
        report.interrupted = True
    on_progress(report)
    return report


def read_one(
    raw: RawArticle, scorer: str | Scorer = DEFAULT, now: datetime | None = None
) -> tuple[Cleaned, list[Reading]]:
    """Clean and score one article for somebody who looks at it, without a store."""
    cleaned = clean(read_pasted(raw), now or datetime.now(UTC))
    return cleaned, [] if cleaned.unscored else score(cleaned.article, scorer)


def process(raws: list[RawArticle], scorer: str, now: datetime) -> Processed:
    """Clean and score a batch; pure but for the clock it is given. Runs in a worker."""
    cleaned = [clean(raw, now) for raw in raws]
    articles = pa.Table.from_pylist(
        [
            {
                "article_id": one.article.article_id,
                "story_id": story_id(one.article.text),
                "url": one.article.url,
                "outlet": one.article.outlet,
                "title": one.article.title,
                "text": one.article.text,
                "published": one.article.published,
                "language": one.article.language,
                "authors": list(one.article.authors),
                "fetched": one.article.fetched,
                "unscored": one.unscored or None,
            }
            for one in cleaned
        ],
        ARTICLES,
    )
    articles = without_repeats(articles)
    return Processed(
        batch=Batch(
            articles=articles,
            scored=score_batch(articles, get_scorer(scorer)),
            repeats=len(cleaned) - articles.num_rows,
        ),
        why_unscored=Counter(one.unscored for one in cleaned if one.unscored),
        date_problems=[one.date_problem for one in cleaned if one.date_problem],
    )


def _filled(found: Iterable[Found], date: str | None, outlet: str | None) -> Iterator[Found]:
    """Read pasted texts, and give a date and an outlet to those that have none."""
    for one in found:
        if isinstance(one, Failure):
            yield one
            continue
        raw = read_pasted(one)
        if (date and not raw.published) or (outlet and not (raw.outlet or raw.url)):
            raw = replace(raw, published=raw.published or date, outlet=raw.outlet or (None if raw.url else outlet))
        yield raw


def _fresh(found: Iterable[Found], store: Store, report: Report, failures: list[Failure]) -> Iterator[RawArticle]:
    """Pass on what the store does not have yet; count the rest."""
    for one in found:
        if isinstance(one, Failure):
            report.failed += 1
            failures.append(one)
            if len(report.why_failed) < SHOWN:
                report.why_failed.append(one)
        elif store.is_settled(article_id(one)):
            report.known += 1
        else:
            yield one


def _process(raws: Iterator[RawArticle], scorer: str, workers: int, now: datetime) -> Iterator[Processed]:
    """Process in this process while the input is short, in a pool once it is long."""
    first = list(islice(raws, POOL_FROM))
    if workers < 2 or len(first) < POOL_FROM:
        for batch in _batches(chain(first, raws)):
            yield process(batch, scorer, now)
        return
    with (
        ThreadPoolExecutor(1) as thread,
        ProcessPoolExecutor(workers, mp_context=_context(), initializer=_start_worker) as pool,
    ):
        # Starting workers takes about a second: meanwhile this process scores.
        started = thread.submit(lambda: pool.submit(int).result())
        running: deque[Future[Processed]] = deque()
        try:
            for batch in _batches(chain(first, raws)):
                if not started.done():
                    yield process(batch, scorer, now)
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


def _context() -> BaseContext:
    """Choose how workers start: from a clean parent that has loaded what they need, where there is such a thing."""
    if "forkserver" not in get_all_start_methods():
        return get_context("spawn")
    context = get_context("forkserver")
    context.set_forkserver_preload(["ingest.pipeline", "ingest.warm"])
    return context


def _start_loading() -> None:
    """Let the workers' parent load while this process opens the store."""
    if isinstance(_context(), ForkServerContext):
        ensure_running()


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
    rest = iter(raws)
    while batch := list(islice(rest, BATCH)):
        yield batch


def _finish_what_others_left(store: Store, scorer: str) -> None:
    """Score and write the batches of a process that was killed between its commits."""
    for name, articles in store.unfinished():
        store.finish(name, score_batch(articles, get_scorer(scorer)))


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Hold Ctrl-C back while a batch is written (half a second), and raise it then."""
    held: list[int] = []
    try:
        before = signal.signal(signal.SIGINT, lambda number, _: held.append(number))
    except ValueError:  # not the main thread: nobody sends Ctrl-C here
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if held:
        raise KeyboardInterrupt
