"""Saved newspaper pages: how well their articles are found, and how fast an archive of them is ingested."""

from __future__ import annotations

import gzip
import json
import re
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import fmean, median
from typing import Any

from ingest.articles.dates import parse_date
from ingest.pages import extracted
from ingest.records import RawArticle
from ingest.sources.html import page_at
from tests.bench.corpus import HERE
from tests.sources.archives import record, write_archive

PAGES = HERE.parent / "shared" / "corpora" / "html"
TIMES = 12
"""Editions of each page in the archive, each under its own address."""
_NOW = datetime(2100, 1, 1, tzinfo=UTC)
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, kw_only=True)
class Saved:
    """A saved page, and what a reader finds in it."""

    name: str
    page: bytes
    title: str
    text: str
    published: datetime | None
    authors: frozenset[str]


def report(run: Callable[[list[str]], tuple[float, float]]) -> Iterator[str]:
    """Yield lines for people; `run` runs a detente command and returns its seconds and peak memory in MB."""
    saved = list(saved_pages())
    if not saved:
        yield f"NO PAGES measured: no saved pages in {PAGES}"
        return
    yield from quality(saved)
    yield from speed(saved, run)


def saved_pages() -> Iterator[Saved]:
    """Yield the saved pages in order of name; none where the corpus does not lie beside the project."""
    for told in sorted(PAGES.rglob("*.json")):
        versions = json.loads(told.read_text(encoding="utf-8"))
        files = sorted(told.parent.glob(f"{told.stem}_2*.html.gz"))
        for version, file in zip(sorted(versions), files, strict=True):
            yield _saved(versions[version], file)


def quality(saved: list[Saved]) -> Iterator[str]:
    """Compare what is found with what is expected."""
    begun = time.process_time()
    found = [extracted(page_at(one.page, one.name)) for one in saved]
    taken = time.process_time() - begun
    articles = [one if isinstance(one, RawArticle) else RawArticle(text="", where=one.where) for one in found]
    pairs = list(zip(saved, articles, strict=True))
    f1 = [_f1(Counter(_words(one.text)), Counter(_words(got.text))) for one, got in pairs]
    dates = [(one.published, parse_date(got.published, _NOW).when) for one, got in pairs]
    same_day = [bool(want and got and want.date() == got.date()) for want, got in dates]
    same_minute = [bool(want and got and abs(want - got) <= timedelta(minutes=1)) for want, got in dates]
    titles = [_plain(one.title) == _plain(got.title or "") for one, got in pairs]
    authors = [
        _f1(Counter(one.authors), Counter({_plain(name) for name in got.authors}))
        for one, got in pairs
        if one.authors or got.authors
    ]
    size = fmean(len(one.page) for one in saved)
    yield (
        f"pages to articles: {len(saved)} newspaper pages, mean {size / 1000:.0f} KB: "
        f"text F1 {fmean(f1):.3f} (median {median(f1):.3f}), title {fmean(titles):.1%}, day {fmean(same_day):.1%}, "
        f"minute {fmean(same_minute):.1%}, authors F1 {fmean(authors):.3f}; "
        f"{len(saved) / taken:,.0f} pages/s of one core"
    )


def speed(saved: list[Saved], run: Callable[[list[str]], tuple[float, float]]) -> Iterator[str]:
    """Ingest an archive of the pages through to the store, as the user's command does, start-up included."""
    with tempfile.TemporaryDirectory() as folder:
        archive = write_archive(Path(folder) / "pages.warc.gz", _records(saved))
        count = len(saved) * TIMES
        for workers, scorer in ((1, "detente"), (2, "detente"), (2, "detente-fast")):
            store = str(Path(folder) / f"store-{workers}-{scorer}")
            words = ["ingest", str(archive), "--store", store, "--scorer", scorer, "--workers", str(workers)]
            for again in ("", ", all known") if (workers, scorer) == (2, "detente") else ("",):
                taken, peak = run(words)
                yield (
                    f"ingest {count:,} pages of WARC ({archive.stat().st_size / 1e6:.0f} MB packed), {scorer}{again}, "
                    f"{workers} worker{'s' if workers > 1 else ''}: {count / taken:,.0f} pages/s, {peak:,.0f} MB peak"
                )


def _records(saved: list[Saved]) -> Iterator[bytes]:
    """Give each edition an address and a sentence of its own: no page is a copy of another."""
    for edition in range(TIMES):
        for one in saved:
            place = f"https://edition-{edition}.example/{one.name}"
            body = re.sub(rb"<link\b[^>]*\brel\s*=\s*[\"']?canonical\b[^>]*>|og:url", b"", one.page)
            yield record(place, body.replace(b"</p>", f" Edition {edition}.</p>".encode(), 1))


def _saved(told: dict[str, Any], file: Path) -> Saved:
    parts = list(told["body"].get("summary") or [])
    for section in told["body"]["sections"]:
        parts += section["headline"] + section["paragraphs"]
    when = datetime.fromisoformat(told["publishing_date"]) if told.get("publishing_date") else None
    return Saved(
        name=file.name.removesuffix(".html.gz"),
        page=gzip.decompress(file.read_bytes()),
        title=told["title"],
        text="\n".join(parts),
        published=when and (when if when.tzinfo else when.replace(tzinfo=UTC)).astimezone(UTC),
        authors=frozenset(map(_plain, told.get("authors") or [])),
    )


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _plain(text: str) -> str:
    return " ".join(_words(text))


def _f1(want: Counter[str], got: Counter[str]) -> float:
    both = (want & got).total()
    return 2 * both / max(want.total() + got.total(), 1)
