"""The order of an ingestion, and nothing else.

source → (known? stop) → out of its page → clean → mentions → evidence → readings → story → store, in batches;
all but the ends runs in worker processes, reading and writing here. Memory holds a few batches, however long the input.
"""

from __future__ import annotations

import signal
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from ingest.articles.identity import article_id, former_id
from ingest.articles.pasted import read_pasted
from ingest.batch import Batch, joined
from ingest.processing import Processed
from ingest.records import Failure, RawArticle
from ingest.scoring import score_batch
from ingest.store import Added, Store
from ingest.stories.sketch import sketch_dated
from ingest.tone.scorer import DEFAULT, get_scorer
from ingest.workers import process_all, start_loading

COMMIT = 4_000
"""Articles committed at once: a commit of three tables takes about 60 ms, whatever its size."""

COMMIT_S = 20.0
"""Seconds after which what is scored is committed however little it is: pages take long, and a kill shall cost few."""

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
    cut: int = 0
    """Of those that were cleaned: the source gave only the beginning."""
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


def ingest(
    found: Iterable[Found],
    store: Store,
    *,
    scorer: str = DEFAULT,
    workers: int = 1,
    date: str | None = None,
    outlet: str | None = None,
    now: datetime | None = None,
    clock: Callable[[], float] = time.monotonic,
    on_progress: Callable[[Report], None] = lambda _: None,
) -> Report:
    """Bring everything that sources found into the store, each article once.

    `date` and `outlet` are for articles that have none. Ctrl-C ends it after what is scored has been
    committed; running the same again does the rest.
    """
    if workers > 1:
        start_loading()
    store.create()
    _finish_what_others_left(store, scorer)
    store.refresh()
    report = Report()
    now = now or datetime.now(UTC)
    waiting: list[Batch] = []

    failures: list[Failure] = []
    committed = clock()

    def keep_failures() -> None:
        store.add_failures(failures, now)
        failures.clear()

    def commit() -> None:
        if waiting:
            report.add(store.add(joined(waiting)))
            waiting.clear()
            report.in_progress = 0
        keep_failures()

    def told() -> Iterator[Found]:
        """Keep failures now and then also where nothing but failures comes."""
        for one in found:
            if len(failures) >= COMMIT:
                with _uninterrupted():
                    keep_failures()
            yield one

    try:
        fresh = _fresh(_filled(_until_stopped(told(), report), date, outlet), store, report, failures)
        for processed in process_all(fresh, scorer, workers, now):
            waiting.append(processed.batch)
            _count(processed, report, failures)
            if report.in_progress >= COMMIT or clock() - committed >= COMMIT_S:
                with _uninterrupted():
                    commit()
                committed = clock()
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


def _filled(found: Iterable[Found], date: str | None, outlet: str | None) -> Iterator[Found]:
    """Read pasted texts, and give a date and an outlet to those that have none."""
    for one in found:
        if isinstance(one, Failure):
            yield one
            continue
        raw = read_pasted(one) if one.page is None else one
        if (date and not raw.published) or (outlet and not (raw.outlet or raw.url)):
            raw = replace(raw, published=raw.published or date, outlet=raw.outlet or (None if raw.url else outlet))
        yield raw


def _until_stopped(found: Iterable[Found], report: Report) -> Iterator[Found]:
    """End at a Ctrl-C as if that were all, so that what was read (slowly, from the web) is scored and stored."""
    try:
        yield from found
    except KeyboardInterrupt:
        report.interrupted = True


def _fresh(found: Iterable[Found], store: Store, report: Report, failures: list[Failure]) -> Iterator[RawArticle]:
    """Pass on what the store does not have yet; count the rest."""
    for one in found:
        if isinstance(one, Failure):
            _count_failure(one, report, failures)
        elif _is_known(one, store):
            report.known += 1
        else:
            yield one


def _is_known(raw: RawArticle, store: Store) -> bool:
    """Tell before any work is done on it; a page without an address is known only by its text, once that is found."""
    if raw.page is not None and not raw.url:
        return False
    former = former_id(raw)
    return store.is_settled(article_id(raw)) or (former is not None and store.is_settled(former))


def _count(processed: Processed, report: Report, failures: list[Failure]) -> None:
    report.in_progress += processed.batch.articles.num_rows
    report.why_unscored += processed.why_unscored
    report.cut += processed.cut
    for failure in processed.failures:
        _count_failure(failure, report, failures)
    report.date_problems = (report.date_problems + processed.date_problems)[:10]


def _count_failure(failure: Failure, report: Report, failures: list[Failure]) -> None:
    report.failed += 1
    failures.append(failure)
    if len(report.why_failed) < SHOWN:
        report.why_failed.append(failure)


def _finish_what_others_left(store: Store, scorer: str) -> None:
    """Score, write and link the batches of a process that was killed between its commits, or did not know links."""
    for name, articles in store.unfinished():
        store.finish(name, score_batch(articles, get_scorer(scorer)))
    for name, articles in store.unlinked():
        store.link(name, sketch_dated(articles))


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
