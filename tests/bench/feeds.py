"""Measure feeds once they are fetched: parse → pipeline → store. Alone: `python -m tests.bench.feeds`."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import timedelta
from email.utils import format_datetime
from html import escape
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

FEEDS, ITEMS = 180, 30
"""As many feeds as the shipped list has, each as long as most are; no item is another's copy."""
SIZES = {"summaries": 300, "short articles": 1_200}
"""Characters of an item's text; whole articles have 3,600."""


def measure() -> Iterator[str]:
    """Yield a line for each size of item; the processor's time tells more where others use the machine too."""
    _, rows = articles()
    for name, size in SIZES.items():
        feeds = list(_feeds(rows, size))
        with TemporaryDirectory() as folder:
            _ingest(feeds[:5], f"{folder}/first", 1)  # a watch has loaded what is loaded once
            begun, busy = time.perf_counter(), time.process_time()
            report = _ingest(feeds, f"{folder}/one", 1)
            taken, busy = time.perf_counter() - begun, time.process_time() - busy
            begun = time.perf_counter()
            workers = settings_from_environment().workers
            _ingest(feeds, f"{folder}/all", workers)
            shared = time.perf_counter() - begun
        yield (
            f"feeds  {report.read:6,} items, {name + ', parse → store, vader':40} {report.read / shared:8,.0f} items/s"
            f" with {workers} processes; one: {report.read / taken:,.0f}/s, {report.read / busy:,.0f} per CPU second"
        )


def _ingest(feeds: list[bytes], store: str, workers: int) -> pipeline.Report:
    return pipeline.ingest(_items(feeds), Store(store), scorer="vader", workers=workers)


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
            row, part = rows[number % len(rows)], number // len(rows)
            text = f"{str(row['text'])[part * size :][:size]} Edition {number}."
            when = format_datetime(NOW - timedelta(minutes=number * 7 % 4_320))
            items.append(
                f"<item><title>{escape(str(row.get('title') or 'Untitled'))}</title>"
                f"<link>https://paper{feed}.example/{number}</link><pubDate>{when}</pubDate>"
                f"<description>{escape(f'<p>{text}</p>')}</description></item>"
            )
        head = f"<title>Paper {feed}</title><language>en</language>"
        yield f'<?xml version="1.0"?><rss version="2.0"><channel>{head}{"".join(items)}</channel></rss>'.encode()


if __name__ == "__main__":
    for line in measure():
        print(line, flush=True)
