"""Look at a feed once: does it answer, with how many articles, how fresh and how whole? Stores nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from ingest.articles.dates import parse_date
from ingest.errors import SourceError
from ingest.feeds.crew import Crew
from ingest.feeds.feed_list import Feed
from ingest.feeds.items import needs_page
from ingest.feeds.poll import host_of
from ingest.records import Failure, RawArticle
from ingest.sources.feed import feed_items
from ingest.sources.web import Web


@dataclass(frozen=True, kw_only=True, slots=True)
class Checked:
    """What a feed answered."""

    url: str
    title: str = ""
    """What it calls itself."""
    articles: int = 0
    summaries: int = 0
    """Of the articles: only a summary, their pages would be read."""
    dated: int = 0
    """Of the articles: have a date that is understood."""
    newest: datetime | None = None
    error: str = ""
    """Why there is no article, or not all; empty if there is nothing wrong."""


def check(url: str, web: Web) -> Checked:
    """Fetch a feed and tell what is in it."""
    try:
        fetched = web.get(url)
        found = list(feed_items(fetched.body, url, charset=fetched.charset))
    except SourceError as error:
        return Checked(url=url, error=str(error))
    except Exception as error:  # noqa: BLE001 - edge: whatever a stranger's feed does, the others are looked at
        return Checked(url=url, error=f"it cannot be read ({type(error).__name__}: {str(error)[:100]})")
    articles = [one for one in found if isinstance(one, RawArticle)]
    now = datetime.now(UTC)
    dates = [when for one in articles if (when := parse_date(one.published, now).when)]
    return Checked(
        url=url,
        title=next((one.outlet for one in articles if one.outlet), ""),
        articles=len(articles),
        summaries=sum(needs_page(one) for one in articles),
        dated=len(dates),
        newest=max(dates, default=None),
        error=next((one.reason for one in found if isinstance(one, Failure)), ""),
    )


def check_all(feeds: Iterable[Feed], crew: Crew[Checked]) -> Iterator[Checked]:
    """Look at many feeds at once; yield each as it answers."""
    for feed in feeds:
        crew.add(host_of(feed.url), partial(check, feed.url))
    while crew.pending:
        if (result := crew.next(1.0)) is not None:
            yield result
