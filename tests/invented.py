"""Articles made of invented sentences, and what a store holds of them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import polars as pl

from ingest.records import RawArticle
from ingest.store import Store

NOW: Final = datetime(2024, 5, 1, 12, tzinfo=UTC)
"""The time of every ingestion that a test starts in its own process."""

_COUNTRIES = ("Russia", "Pakistan", "China", "India", "France", "Japan", "Turkey", "Iran", "Brazil", "Egypt")
_SENTENCES = (
    "{a} and {b} signed a treaty on lighthouse number {n} and praised the friendship of the harbour masters.",
    "{a} condemned {b} over the {n} stolen kites and recalled the envoy of the museum.",
    "The minister said the talks between {a} and {b} on cheese number {n} were long and the weather was mild.",
    "{a} thanked {b} for the {n} umbrellas that it sent after the storm of the century.",
    "{a} threatened {b} with {n} new duties on the buttons of winter coats.",
)
_KEYS: Final = {
    "articles": ["article_id"],
    "evidence": ["article_id", "pair", "start"],
    "readings": ["article_id", "pair"],
    "failures": ["where", "reason"],
}
TABLES: Final = ("articles", "evidence", "readings")


def article(number: int, *, dated: bool = True) -> RawArticle:
    """Invent the article of this number: always the same, and unlike that of any other number."""
    first = _COUNTRIES[number % 10]
    second = _COUNTRIES[(number + 1 + number // 10 % 9) % 10]
    sentences = [_SENTENCES[(number + step) % 5].format(a=first, b=second, n=number) for step in range(1 + number % 3)]
    return RawArticle(
        text=" ".join(sentences),
        where=f"invented:{number}",
        title=f"Notes on matter {number}",
        url=f"https://paper{number % 7}.example/{number}",
        published=f"{datetime(2016, 1, 1, tzinfo=UTC) + timedelta(days=number % 900):%Y-%m-%d}" if dated else None,
    )


def articles(numbers: Iterable[int], *, dated: bool = True) -> list[RawArticle]:
    """Invent the articles of these numbers."""
    return [article(number, dated=dated) for number in numbers]


def copy_of(raw: RawArticle, outlet: str) -> RawArticle:
    """Let another outlet run the same words."""
    return replace(raw, url=f"https://{outlet}/{raw.where.removeprefix('invented:')}")


def line(raw: RawArticle) -> str:
    """Write an article as a line of JSONL."""
    told = {"title": raw.title, "text": raw.text, "url": raw.url, "published": raw.published, "outlet": raw.outlet}
    return json.dumps({name: value for name, value in told.items() if value is not None}, ensure_ascii=False) + "\n"


def write_lines(path: Path, raws: Iterable[RawArticle]) -> Path:
    """Write articles as JSONL."""
    path.write_text("".join(line(raw) for raw in raws), encoding="utf-8")
    return path


def rows(store: Store, table: str) -> pl.DataFrame:
    """Return all rows of a table in a fixed order, without what names the run that wrote them."""
    found = store.scan(table).collect()
    return found.drop("fetched", "batch", "at", strict=False).sort(_KEYS[table])


def whole(store: Store) -> dict[str, pl.DataFrame]:
    """Return all rows of the tables that articles end up in."""
    return {table: rows(store, table) for table in TABLES}


def same(one: dict[str, pl.DataFrame], other: dict[str, pl.DataFrame]) -> bool:
    """Tell whether two stores hold the same rows."""
    return all(one[table].equals(other[table]) for table in TABLES)


def versions(store: Store) -> dict[str, int]:
    """Return how often each table was committed to."""
    return {table: store.table(table).version() for table in (*TABLES, "failures")}
