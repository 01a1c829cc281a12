"""One request of a watch: a feed, or the page of an item. Runs in the threads of a crew; touches the web only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from ingest.errors import LaterError, SourceError
from ingest.feeds.feed_list import Feed
from ingest.feeds.items import digest_without_clock, is_front, own_item
from ingest.feeds.state import Entry
from ingest.records import Failure, RawArticle
from ingest.sources.feed import feed_items
from ingest.sources.found import Found
from ingest.sources.page import page_article
from ingest.sources.web import Fetched, Web

MAX_ITEMS = 5_000
"""Items that are read of one feed; the longest that we know has 500."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Polled:
    """What a feed answered."""

    feed: Feed
    found: tuple[Found, ...] = ()
    unchanged: bool = False
    """Nothing is new since the entry's last poll; then `found` is empty."""
    error: str = ""
    """Why it gave nothing, or not all; empty if it did."""
    retry_after_s: float | None = None
    etag: str | None = None
    last_modified: str | None = None
    digest: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Paged:
    """What the page of an item answered."""

    feed: Feed
    key: str
    """Article id of the item."""
    page: RawArticle | None = None
    error: str = ""
    later: bool = False
    """It may have it another time."""


def host_of(url: str) -> str:
    """Return the host that is asked; empty for what is no address, which the web will refuse."""
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


def poll(feed: Feed, entry: Entry, web: Web) -> Polled:
    """Ask a feed for what is new since the entry's last poll."""
    try:
        fetched = web.get(feed.url, etag=entry.etag, last_modified=entry.last_modified)
        if fetched.status == 304:
            return Polled(feed=feed, unchanged=True)
        digest = digest_without_clock(fetched.body)
        if digest == entry.digest:
            return Polled(
                feed=feed,
                unchanged=True,
                etag=fetched.etag,
                last_modified=fetched.last_modified,
                digest=digest,
            )
        found = tuple(_items(fetched, feed))
    except LaterError as error:
        return Polled(feed=feed, error=str(error), retry_after_s=error.retry_after_s)
    except SourceError as error:
        return Polled(feed=feed, error=str(error))
    except Exception as error:  # noqa: BLE001 - edge: whatever a stranger's feed does, the others go on
        return Polled(feed=feed, error=f"{feed.url} cannot be read ({type(error).__name__}: {str(error)[:100]})")
    wrong = [one for one in found if isinstance(one, Failure) and one.where == feed.url]
    kept = tuple(one for one in found if one not in wrong)
    return Polled(
        feed=feed,
        found=kept,
        error=wrong[0].reason if wrong else "",
        etag=fetched.etag,
        last_modified=fetched.last_modified,
        digest=digest,
    )


def _items(fetched: Fetched, feed: Feed) -> Iterator[Found]:
    for number, one in enumerate(feed_items(fetched.body, feed.url, charset=fetched.charset)):
        if number == MAX_ITEMS:
            yield Failure(
                where=f"{feed.url}: rest", reason=f"a feed of more than {MAX_ITEMS:,} items; the rest is not read"
            )
            return
        yield own_item(one, feed.name) if isinstance(one, RawArticle) else one


def read_page(feed: Feed, key: str, item: RawArticle, web: Web) -> Paged:
    """Ask for the page of an item."""
    url = item.url or ""
    try:
        fetched = web.get(url)
        if is_front(fetched.url) and not is_front(url):
            return Paged(feed=feed, key=key, error=f"{url} leads to the front page; its article is gone")
        page = page_article(fetched, url)
    except LaterError as error:
        return Paged(feed=feed, key=key, error=str(error), later=True)
    except SourceError as error:
        return Paged(feed=feed, key=key, error=str(error))
    except Exception as error:  # noqa: BLE001 - edge, as above
        return Paged(feed=feed, key=key, error=f"{url} cannot be read ({type(error).__name__}: {str(error)[:100]})")
    if isinstance(page, Failure):
        return Paged(feed=feed, key=key, error=page.reason)
    return Paged(feed=feed, key=key, page=page)
