"""Watch feeds: poll those that are due, read pages where there is only a summary, hand all to the pipeline.

One thread owns the store, the memory and every decision; the crew's threads only fetch. The order that loses nothing:
fetch → pipeline → committed → remembered. Killed anywhere, the next start asks again and the store knows what it has.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from itertools import chain
from pathlib import Path

from ingest import pipeline
from ingest.articles.dates import parse_date
from ingest.articles.identity import article_id
from ingest.feeds import state as memory
from ingest.feeds.crew import Crew
from ingest.feeds.feed_list import Feed
from ingest.feeds.items import needs_page, whole
from ingest.feeds.poll import Paged, Polled, host_of, poll, read_page
from ingest.feeds.round import Round
from ingest.feeds.schedule import is_due, next_due
from ingest.feeds.state import Entry, Waiting
from ingest.records import Failure, RawArticle
from ingest.sources.found import Found
from ingest.store import Store
from ingest.tone.scorer import DEFAULT

GATHER_S = 20.0
"""Seconds for which articles are gathered before they are committed: a commit takes a tenth of a second."""
MAX_WAITING = 200
"""Items of one feed whose pages are waited for; further ones are stored as they are."""
TRIES = 3
"""Times that a page is asked for, once a round, before the summary is stored."""
TICK_S = 0.2
"""Seconds after which a signal to stop is noticed at the latest."""
LEAVE_S = 2.0
"""Seconds that pages and feeds have to arrive once the watch is told to stop."""
LOOK_S = 60.0
"""Seconds between looks at the list of feeds while nothing is due."""


@dataclass(kw_only=True)
class Watch:
    """A watch of a list of feeds."""

    feeds: Callable[[], list[Feed]]
    """Asked before each round, so that a changed list counts at once."""
    store: Store
    memory_path: Path
    crew: Crew[Polled | Paged]
    every_s: float
    scorer: str = DEFAULT
    workers: int = 1
    stop: threading.Event = field(default_factory=threading.Event)
    """Set it from anywhere: what was fetched is committed, and the watch ends."""
    clock: Callable[[], float] = time.time
    """Seconds since 1970."""
    chance: Callable[[], float] = random.random
    wait: Callable[[float], object] | None = None
    """Waits that many seconds, or until `stop`."""
    on_step: Callable[[Round, int], None] = lambda _counts, _pending: None
    """Told of each result: the counts so far, and how many are to come."""

    _state: memory.State = field(default_factory=dict, init=False)
    _asked: set[str] = field(default_factory=set, init=False)
    """Addresses of feeds, and ids of items, that the crew has in hand."""
    _told_when: set[str] = field(default_factory=set, init=False)
    """Feeds of the round that said when to come back."""
    _aliases: set[str] = field(default_factory=set, init=False)

    def run(self, *, once: bool, on_round: Callable[[Round], None]) -> None:
        """Go round until told to stop, or once: then a feed is asked even before it is due, unless it failed."""
        self._open()
        first = True
        while not self.stop.is_set():
            feeds = self._due(self.feeds(), early=first)
            if feeds or once:
                on_round(self.round(feeds))
            first = False
            if once:
                return
            if not self.stop.is_set():
                (self.wait or self.stop.wait)(self._pause())

    def round(self, feeds: list[Feed]) -> Round:
        """Poll these feeds and read their waiting pages; return when all is committed, or after `stop`."""
        begun = time.monotonic()
        counts = Round()
        self.store.refresh()
        self._told_when.clear()
        for feed in feeds:
            self._ask(feed)
        while self.crew.pending and not self.stop.is_set():
            self._gather(counts)
        counts.offline = self._excuse_if_offline(feeds, counts)
        counts.waiting = sum(len(self._state[feed.url].waiting) for feed in feeds)
        counts.seconds = time.monotonic() - begun
        return counts

    def _open(self) -> None:
        self.store.create()
        self.store.refresh()
        self._state = memory.load(self.memory_path)

    def _due(self, feeds: list[Feed], *, early: bool) -> list[Feed]:
        """Bring the memory in line with the list, and return the feeds to be polled now."""
        self._state = {feed.url: self._state.get(feed.url, Entry()) for feed in feeds}
        self._aliases = {key for entry in self._state.values() for key in entry.aliases}
        now = self.clock()
        return [
            feed
            for feed in feeds
            if is_due(now, self._state[feed.url].due) or (early and not self._state[feed.url].failures)
        ]

    def _pause(self) -> float:
        now = self.clock()
        return max(TICK_S, min([LOOK_S, *(entry.due - now for entry in self._state.values())]))

    def _ask(self, feed: Feed) -> None:
        entry = self._state[feed.url]
        self.crew.add(host_of(feed.url), partial(poll, feed, entry))
        for key, waiting in entry.waiting.items():
            self._ask_page(feed, key, waiting.item)

    def _ask_page(self, feed: Feed, key: str, item: RawArticle) -> None:
        if key not in self._asked:
            self._asked.add(key)
            self.crew.add(host_of(item.url or ""), partial(read_page, feed, key, item))

    def _gather(self, counts: Round) -> None:
        """Take results for a while, commit what they bring, then remember it."""
        found = self._found(counts)
        first = next(found, None)
        if first is not None:
            report = pipeline.ingest(chain([first], found), self.store, scorer=self.scorer, workers=self.workers)
            counts.add(report)
            if report.interrupted:  # what was in hand may not be in the store: only what was written is true
                self.stop.set()
                written = memory.load(self.memory_path)
                self._state = {url: written.get(url, Entry()) for url in self._state}
                return
        self._state = memory.save(self.memory_path, self._state)

    def _found(self, counts: Round) -> Iterator[Found]:
        """Yield what results bring, each result wholly, until it is time to commit."""
        size, until, leave = 0, time.monotonic() + GATHER_S, 0.0
        while self.crew.pending:
            if self.stop.is_set():
                leave = leave or time.monotonic() + LEAVE_S
                self.crew.stop()
                if not self.crew.busy or time.monotonic() > leave:
                    return
            elif size >= pipeline.COMMIT or time.monotonic() > until:
                return
            result = self.crew.next(TICK_S)
            if result is None:
                continue
            self.on_step(counts, self.crew.pending)
            for found in self._polled(result, counts) if isinstance(result, Polled) else self._paged(result, counts):
                size += 1
                yield found

    def _excuse_if_offline(self, feeds: list[Feed], counts: Round) -> bool:
        """Count no failure against anybody if all of the list fail at once, on several hosts: the fault is here."""
        failing = all(entry.failures for entry in self._state.values())
        if counts.broken < counts.feeds or not failing or len({host_of(url) for url in self._state}) < 2:
            return False
        soon = self.clock() + self.every_s
        for feed in feeds:
            entry = self._state[feed.url]
            if feed.url not in self._told_when:
                self._state[feed.url] = replace(entry, failures=0, due=min(entry.due, soon))
        self._state = memory.save(self.memory_path, self._state)
        return True

    def _polled(self, result: Polled, counts: Round) -> Iterator[Found]:
        feed, now = result.feed, self.clock()
        entry = self._state.get(feed.url, Entry())
        failures = entry.failures + 1 if result.error else 0
        due = next_due(now, self.every_s, failures, result.retry_after_s, self.chance())
        later = replace(entry, polled=now, due=due, failures=failures)
        if result.error:
            if result.retry_after_s is not None:
                self._told_when.add(feed.url)
            counts.broken += 1
            counts.problem(feed.name, result.error)
            yield Failure(where=feed.url, reason=result.error)
        elif result.unchanged:
            counts.unchanged += 1
        else:
            counts.answered += 1
        waiting, aliases = dict(entry.waiting), set()
        for one in result.found:
            key = article_id(one) if isinstance(one, RawArticle) else ""
            if key in self._aliases:
                aliases.add(key)
                counts.known += 1
            elif key in self._asked or key in waiting:
                continue  # its page is on the way, perhaps for another feed
            elif (
                isinstance(one, RawArticle)
                and needs_page(one)
                and len(waiting) < MAX_WAITING
                and not self._is_had(one, key)
            ):
                waiting[key] = Waiting(item=one)
                self._ask_page(feed, key, one)
            else:
                yield one
        if result.digest is None or result.error:  # no body, or one that is cut short and nothing to build on
            self._state[feed.url] = replace(later, waiting=waiting)
        else:
            self._state[feed.url] = replace(
                later,
                etag=result.etag,
                last_modified=result.last_modified,
                digest=result.digest,
                waiting=waiting,
                aliases=entry.aliases if result.unchanged else frozenset(aliases),
            )

    def _is_had(self, one: RawArticle, key: str) -> bool:
        """Tell whether the store has an article, and this one brings no date that it lacks there."""
        if not self.store.is_known(key):
            return False
        return self.store.is_settled(key) or parse_date(one.published, datetime.now(UTC)).when is None

    def _paged(self, result: Paged, counts: Round) -> Iterator[Found]:
        self._asked.discard(result.key)
        entry = self._state.get(result.feed.url, Entry())
        waiting, aliases = dict(entry.waiting), entry.aliases
        held = waiting.pop(result.key, None)
        if held is None:  # another watch of the same store has settled it
            return
        if result.page is not None:
            counts.pages += 1
            article = whole(held.item, result.page)
            if article_id(article) != result.key:
                aliases |= {result.key}
                self._aliases.add(result.key)
            yield article
        elif result.later and held.tries + 1 < TRIES:
            waiting[result.key] = replace(held, tries=held.tries + 1)
            counts.problem(result.feed.name, result.error)
        else:
            counts.summaries += 1
            counts.problem(result.feed.name, result.error)
            yield held.item
        self._state[result.feed.url] = replace(entry, waiting=waiting, aliases=aliases)
