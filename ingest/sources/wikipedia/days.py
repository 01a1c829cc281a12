"""Days to articles: asks for the pages, reads their items, and tells of each day what became of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from ingest.articles.identity import article_id
from ingest.errors import SourceError
from ingest.records import Failure, RawArticle
from ingest.sources.found import Found
from ingest.sources.wikipedia.client import Api
from ingest.sources.wikipedia.item import Item, article_of, page_title
from ingest.sources.wikipedia.pages import pages_of
from ingest.sources.wikipedia.wikitext import items_of


@dataclass(frozen=True, kw_only=True, slots=True)
class Day:
    """What was read of a day."""

    day: date
    ids: tuple[str, ...]
    """Of its articles."""
    found: bool
    """False where there is no page, or none that can be read: it will be asked for again."""


def read_days(days: Sequence[date], api: Api, *, today: date, on_day: Callable[[Day], None]) -> Iterator[Found]:
    """Yield the items of these days; `on_day` is told of each day before its items come.

    A day of the past that has no page is a failure; today and tomorrow may not have one yet. Where the service
    cannot be used any more, one failure says so and the days left are not asked for.
    """
    left = list(days)
    try:
        for page in pages_of(days, api):
            found = _read(page.day, page.wikitext, page.problem, today)
            ids = tuple(article_id(one) for one in found if isinstance(one, RawArticle))
            on_day(Day(day=page.day, ids=ids, found=bool(ids)))
            left.remove(page.day)
            yield from found
    except SourceError as error:
        span = f"{len(left):,} {'day' if len(left) == 1 else 'days'} from {left[0]} to {left[-1]}"
        yield Failure(
            where=page_title(left[0]), reason=f"{error}. Not read: {span}; run the same command again for them"
        )


def articles_of(wikitext: str, day: date) -> list[Found]:
    """Return the items of a day's page as articles; one failure for each part that cannot be read."""
    return [
        article_of(one, day, where) if isinstance(one, Item) else Failure(where=where, reason=one.reason)
        for number, one in enumerate(items_of(wikitext), start=1)
        if (where := f"{page_title(day)}, item {number}")
    ]


def _read(day: date, wikitext: str | None, problem: str, today: date) -> list[Found]:
    if wikitext is not None and (found := articles_of(wikitext, day)):
        return found
    if wikitext is not None:
        problem = problem or ("the page holds no news items; expected bullets (* …)" if day < today else "")
    elif not problem and day < today:
        problem = "there is no page for this day"
    return [Failure(where=page_title(day), reason=problem)] if problem else []
