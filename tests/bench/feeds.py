"""Measure feeds once they are fetched: parse → pipeline → store. Alone: `python -m tests.bench.feeds`."""

from __future__ import annotations

import time
from collections.abc import Iterator
from email.utils import format_datetime
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ingest import pipeline
from ingest.config import settings_from_environment
from ingest.feeds.items import digest_without_clock, needs_page, own_item
from ingest.records import RawArticle
from ingest.sources.feed import feed_items
from ingest.sources.found import Found
from ingest.store import Store
from tests.bench.corpus import articles
from tests.invented import NOW

FEEDS, ITEMS = 200, 60
"""More feeds than the shipped list, each as long as a front page."""
SIZES = {"summaries": 300, "half articles": 1_200}
"""Characters of an item's text; 3,600 have a whole article."""


def measure() -> Iterator[str]:
    """Yield a line for each size of item."""
    _, rows = articles()
    for name, size in SIZES.items():
        feeds = list(_feeds(rows, size))
        with TemporaryDirectory() as folder:
            begun = time.perf_counter()
            report = pipeline.ingest(
                _items(feeds),
                Store(str(Path(folder) / "store")),
                scorer="vader",
                workers=settings_from_environment().workers,
            )
            taken = time.perf_counter() - begun
        assert report.read == FEEDS * ITEMS
        begun = time.perf_counter()
        parsed = sum(1 for _ in _items(feeds))
        parsing = parsed / (time.perf_counter() - begun)
        yield (
            f"feeds  {report.read:6,} items ({name}, {size} characters), parse → store, vader   "
            f"{report.read / taken:8,.0f} items/s; parsing alone {parsing:,.0f}/s"
        )


def _items(feeds: list[bytes]) -> Iterator[Found]:
    for number, body in enumerate(feeds):
        digest_without_clock(body)
        for one in feed_items(body, f"https://paper{number}.example/rss"):
            if isinstance(one, RawArticle):
                item = own_item(one, f"Paper {number}")
                needs_page(item)
                yield item
            else:
                yield one


def _feeds(rows: list[dict[str, Any]], size: int) -> Iterator[bytes]:
    for feed in range(FEEDS):
        items = []
        for place in range(ITEMS):
            number = feed * ITEMS + place
            row = rows[number % len(rows)]
            text = f"{str(row['text'])[number % 7 :][:size]} Edition {number}."
            items.append(
                f"<item><title>{escape(str(row.get('title') or 'Untitled'))}</title>"
                f"<link>https://paper{feed}.example/{number}</link><pubDate>{format_datetime(NOW)}</pubDate>"
                f"<description>{escape(f'<p>{text}</p>')}</description></item>"
            )
        head = f"<title>Paper {feed}</title><language>en</language>"
        yield f'<?xml version="1.0"?><rss version="2.0"><channel>{head}{"".join(items)}</channel></rss>'.encode()


if __name__ == "__main__":
    for line in measure():
        print(line, flush=True)
