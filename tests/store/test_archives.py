"""Archives and pages into a store: the page is looked into once, in workers too, and a kill costs nothing."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import polars as pl
import pytest

from ingest.records import RawArticle
from ingest.sources import read_source
from ingest.store import Store
from tests.invented import NOW, article, articles, rows, same, whole
from tests.quick import ingest
from tests.running import detente, until
from tests.sources.archives import record, write_archive

_KILLED = """
import sys
from ingest import pipeline
from ingest.sources import read_source
from ingest.store import Store
pipeline.COMMIT = 1  # every batch, so that there is a middle
pipeline.ingest(read_source(sys.argv[1]), Store(sys.argv[2]), scorer="vader")
"""


def page_of(raw: RawArticle) -> bytes:
    """Print an invented article as a site would."""
    paragraphs = "".join(f"<p>{sentence}.</p>" for sentence in raw.text.split(". "))
    date = f'<meta property="article:published_time" content="{raw.published}T06:30:00+02:00">' if raw.published else ""
    filler = "<p>Readers wrote to the paper about the matter, and the paper printed what they had to say of it.</p>" * 3
    return (
        f'<html lang="en"><head><title>{raw.title}</title>{date}</head><body><nav><a href="/">Front page</a></nav>'
        f"<article><h1>{raw.title}</h1>{paragraphs}{filler}</article></body></html>"
    ).encode()


def archive(path: Path, numbers: range, *, dated: bool = True) -> Path:
    return write_archive(path, (record(str(raw.url), page_of(raw)) for raw in articles(numbers, dated=dated)))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(str(tmp_path / "store"))


def test_archive_through_to_the_store(tmp_path: Path, store: Store) -> None:
    report = ingest(read_source(str(archive(tmp_path / "a.warc.gz", range(30)))), store, now=NOW)
    assert (report.new, report.failed, report.undated) == (30, 0, 0)
    stored = store.scan("articles").filter(pl.col("url") == article(3).url).collect().row(0, named=True)
    assert (stored["title"], stored["outlet"], stored["language"]) == ("Notes on matter 3", "paper3.example", "en")
    assert stored["published"] == datetime(2016, 1, 4, 4, 30, tzinfo=UTC)
    assert stored["fetched"] == datetime(2019, 3, 1, 10, tzinfo=UTC)
    assert rows(store, "readings").height > 20


def test_what_is_stored_is_not_looked_into_again(tmp_path: Path, store: Store) -> None:
    ingest(read_source(str(archive(tmp_path / "a.warc.gz", range(20)))), store, now=NOW)
    before = whole(store)
    # The same addresses, and nothing behind them that could be read: it is not even tried.
    empty = [record(str(raw.url) + "?utm_source=feed", b"<html></html>") for raw in articles(range(21))]
    report = ingest(read_source(str(write_archive(tmp_path / "b.warc.gz", empty))), store, now=NOW)
    assert (report.known, report.failed, report.new) == (20, 1, 0)
    assert same(whole(store), before)


def test_address_of_a_store_from_before_is_known_still(tmp_path: Path, store: Store) -> None:
    from ingest.articles.addresses import canonical_url, former_url
    from ingest.articles.identity import article_id, digest, former_id

    url = "https://paper.example/2016/01/harbour/index.html"
    raw = RawArticle(text="", where="x", url=url)
    assert former_id(raw) == digest("url " + former_url(url)) != article_id(raw)
    assert former_id(article(1)) is None
    assert canonical_url(url) != former_url(url)
    settled = {former_id(raw)}

    class Before(Store):
        def is_settled(self, article_id: str) -> bool:
            return article_id in settled

    path = write_archive(tmp_path / "a.warc", [record(url, page_of(article(1)))])
    assert ingest(read_source(str(path)), Before(store.uri), now=NOW).known == 1


def test_page_without_address_is_one_article_however_often_it_is_read(tmp_path: Path, store: Store) -> None:
    (tmp_path / "pages").mkdir()
    for number in range(4):
        (tmp_path / "pages" / f"{number}.html").write_bytes(page_of(article(number % 2)))
    report = ingest(read_source(str(tmp_path / "pages")), store, now=NOW)
    assert (report.new, report.known, report.read) == (2, 2, 4)
    again = ingest(read_source(str(tmp_path / "pages")), store, now=NOW)
    assert (again.new, again.known) == (0, 4)


def test_defaults_fill_what_a_page_does_not_tell(tmp_path: Path, store: Store) -> None:
    (tmp_path / "a.html").write_bytes(page_of(article(1, dated=False)))
    (tmp_path / "b.html").write_bytes(page_of(article(2)))
    found = [*read_source(str(tmp_path / "a.html")), *read_source(str(tmp_path / "b.html"))]
    ingest(found, store, now=NOW, date="2001-02-03", outlet="Default Times")
    assert rows(store, "articles").select("title", "outlet", "published").sort("title").rows() == [
        ("Notes on matter 1", "Default Times", datetime(2001, 2, 3, tzinfo=UTC)),
        ("Notes on matter 2", "Default Times", datetime(2016, 1, 3, 4, 30, tzinfo=UTC)),
    ]


def test_workers_give_the_same_store(tmp_path: Path) -> None:
    path = str(archive(tmp_path / "a.warc.gz", range(510)))
    with Path(path).open("ab") as file:
        file.write(b"\x1f\x8b\x08\x00 and no more")
    stores = [Store(str(tmp_path / str(workers))) for workers in (1, 2)]
    reports = [ingest(read_source(path), store, now=NOW, workers=number) for number, store in enumerate(stores, 1)]
    assert reports[0] == reports[1]
    assert (reports[0].new, reports[0].failed) == (510, 1)
    assert same(whole(stores[0]), whole(stores[1]))


def test_killed_in_the_middle_of_an_archive_and_run_again_each_page_is_there_once(tmp_path: Path, store: Store) -> None:
    path = archive(tmp_path / "a.warc.gz", range(600))
    for part in (1, 2):
        process = subprocess.Popen([sys.executable, "-c", _KILLED, str(path), store.uri], cwd=Path(__file__).parents[2])
        until(partial(_committed_or_ended, store, part, process))
        process.kill()
        process.wait()
    kept = rows(store, "articles").height
    assert 0 < kept < 600
    last = detente("ingest", path, "--store", store.uri, "--json")
    assert last.returncode == 0, last.stderr
    assert f'"known": {kept}'.encode() in last.stdout
    undisturbed = Store(str(tmp_path / "undisturbed"))
    ingest(read_source(str(path)), undisturbed)
    assert same(whole(store), whole(undisturbed))


def _committed_or_ended(store: Store, part: int, process: subprocess.Popen[bytes]) -> bool:
    log = Path(store.uri) / "articles" / "_delta_log" / f"{part:020}.json"
    return log.exists() or process.poll() is not None


def test_little_is_committed_when_it_took_long(store: Store) -> None:
    times = iter(range(0, 10_000, 30))
    report = ingest(articles(range(600)), store, now=NOW, clock=lambda: float(next(times)))
    assert report.new == 600
    assert store.table("articles").version() > 2
