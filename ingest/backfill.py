"""The order of a backfill: which days to ask for → items → the one pipeline → write down the days that are whole.

A day is done when the store has all of its items, so a process killed at any moment has only days to ask again.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from ingest.pipeline import Report, ingest
from ingest.sources.wikipedia.client import Api
from ingest.sources.wikipedia.days import Day, read_days
from ingest.store import Store
from ingest.store.days import DaysDone
from ingest.tone.scorer import DEFAULT

STILL_CHANGING = timedelta(days=7)
"""Time after which a day's page is hardly edited any more; younger days are asked for each time."""


@dataclass(kw_only=True)
class Backfill:
    """How far a backfill has come, in days; days = done_before + read + missing + left."""

    days: int
    """In the range that was asked for."""
    done_before: int = 0
    """Not asked for again."""
    read: int = 0
    missing: int = 0
    """Asked for, and there was no page, or none with items."""

    @property
    def left(self) -> int:
        """Days still to be read: more than 0 at the end if stopped, or if the service could not be used any more."""
        return self.days - self.done_before - self.read - self.missing


def backfill(
    api: Api,
    store: Store,
    first: date,
    last: date,
    *,
    scorer: str = DEFAULT,
    workers: int = 1,
    now: datetime | None = None,
    on_progress: Callable[[Backfill, Report], None] = lambda _, __: None,
) -> tuple[Backfill, Report]:
    """Bring the days from `first` to `last` of Wikipedia's Portal:Current events into the store, each item once."""
    now = now or datetime.now(UTC)
    today = now.date()
    done = DaysDone(store, "wikipedia")
    asked = days_to_ask(first, last, today, done.read())
    days = (min(last, today) - first).days + 1
    progress = Backfill(days=days, done_before=days - len(asked))
    under_way: deque[Day] = deque()
    latest = Report()

    def on_day(day: Day) -> None:
        progress.read += day.found
        progress.missing += not day.found
        under_way.append(day)
        on_progress(progress, latest)

    def on_report(report: Report) -> None:
        nonlocal latest
        latest = report
        done.add(_settled(under_way, store, today), now)
        on_progress(progress, report)

    on_progress(progress, latest)
    found = read_days(asked, api, today=today, on_day=on_day)
    report = ingest(found, store, scorer=scorer, workers=workers, now=now, on_progress=on_report)
    done.compact()
    return progress, report


def days_to_ask(first: date, last: date, today: date, done: set[date]) -> Sequence[date]:
    """Return the days of a range, up to today, that are not done or may still change."""
    days = (first + timedelta(days=number) for number in range((min(last, today) - first).days + 1))
    return [day for day in days if day not in done or _still_changes(day, today)]


def _still_changes(day: date, today: date) -> bool:
    return today - day < STILL_CHANGING


def _settled(under_way: deque[Day], store: Store, today: date) -> list[date]:
    """Take out the days, the oldest first, whose items the store has by now; return those to write down."""
    settled = []
    while under_way and all(map(store.is_settled, under_way[0].ids)):
        day = under_way.popleft()
        if day.found and not _still_changes(day.day, today):
            settled.append(day.day)
    return settled
