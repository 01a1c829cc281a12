"""The order of an ingestion: everything comes to one of four ends, whoever works and whenever it is stopped."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.looking import read_one
from ingest.pipeline import Found, Report
from ingest.records import Failure, RawArticle
from ingest.store import Store, queries
from tests.invented import NOW, article, articles, copy_of, rows, same, whole
from tests.quick import ingest

_ENGLISH = st.integers(0, 30).map(article)
_UNDATED = st.integers(0, 5).map(lambda number: article(number, dated=False))
_COPIES = st.integers(0, 5).map(lambda number: copy_of(article(number), "echo.example"))
_ODD = st.sampled_from(
    [
        RawArticle(text="Die Regierung hat den Vertrag mit Frankreich gestern unterzeichnet.", where="de"),
        RawArticle(text="Москва и Пекин подписали новый договор о дружбе.", where="ru"),
        RawArticle(text="!!! ??? 1234 5678", where="no letters"),
        RawArticle(text="\ud800\x00\x01", where="no characters"),
        RawArticle(text="zz", where="too short to tell"),
        RawArticle(
            text="Russia praised Pakistan\ud83d.\x00", where="torn", title="\udfff", outlet="o\ud800", url="http://["
        ),
        RawArticle(
            text="x" * 5_000 + " Russia praised Pakistan.", where="long word", published="not a date", language="EN-gb"
        ),
        RawArticle(
            text="Russia praised Pakistan.", where="odd", published="0000-00-00", authors=("", "\ud800"), given_id="7"
        ),
    ]
)
_FAILED = st.integers(0, 5).map(lambda number: Failure(where=f"file {number}", reason="the file is empty"))
_ANY = st.text(min_size=1, max_size=80).filter(lambda text: not text.isspace())
_ANYTHING = st.builds(
    RawArticle,
    text=_ANY,
    where=st.just("any"),
    title=st.none() | _ANY,
    outlet=st.none() | _ANY,
    published=st.none() | _ANY,
    pasted=st.booleans(),
)

found = st.lists(st.one_of(_ENGLISH, _UNDATED, _COPIES, _ODD, _FAILED, _ANYTHING), max_size=20)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(str(tmp_path / "store"))


@settings(deadline=None, max_examples=25)
@given(found)
def test_every_input_comes_to_one_end_and_the_counts_add_up(told: list[Found]) -> None:
    with TemporaryDirectory() as folder:
        store = Store(folder)
        report = ingest(told, store, now=NOW)
        assert report.read == len(told) == report.new + report.known + report.unscored + report.failed
        assert report.failed == sum(isinstance(one, Failure) for one in told)
        stored = rows(store, "articles")
        assert stored["article_id"].is_unique().all()
        assert stored.height == report.new + report.unscored
        assert stored["unscored"].is_not_null().sum() == report.unscored
        scored = stored.filter(pl.col("unscored").is_null())
        assert report.undated == scored["published"].null_count()
        told_once = queries.articles(store, scored["article_id"].to_list())["story_id"].n_unique()
        assert report.copies == report.new - told_once
        assert report.readings == rows(store, "readings").height
        assert queries.failures(store).height == len({one for one in told if isinstance(one, Failure)})
        before = whole(store)
        again = ingest(told, store, now=NOW.replace(year=2025))
        assert (again.new, again.unscored, again.known) == (0, 0, report.read - report.failed)
        assert same(whole(store), before)


def test_defaults_fill_only_what_is_missing(store: Store) -> None:
    bare = replace(article(1), url=None, published=None)
    told = [
        bare,
        replace(article(2), url=None, published=None, outlet="Named Post"),
        replace(article(3), url=None),
        replace(article(4), published=None),
        replace(article(5), published="no date at all"),
        article(6),
    ]
    ingest(told, store, now=NOW, date="2001-02-03", outlet="Default Times")
    filled = datetime(2001, 2, 3, tzinfo=UTC)
    assert rows(store, "articles").select("title", "outlet", "published").sort("title").rows() == [
        ("Notes on matter 1", "Default Times", filled),
        ("Notes on matter 2", "Named Post", filled),
        ("Notes on matter 3", "Default Times", datetime(2016, 1, 4, tzinfo=UTC)),
        ("Notes on matter 4", "paper4.example", filled),
        ("Notes on matter 5", "paper5.example", None),
        ("Notes on matter 6", "paper6.example", datetime(2016, 1, 7, tzinfo=UTC)),
    ]


@pytest.mark.parametrize(("date", "outlet"), [(None, None), ("2001-02-03", None), (None, "Default Times")])
def test_one_default_does_not_bring_the_other(date: str | None, outlet: str | None, store: Store) -> None:
    ingest([replace(article(1), url=None, published=None)], store, now=NOW, date=date, outlet=outlet)
    stored = rows(store, "articles").row(0, named=True)
    assert (stored["published"] is None, stored["outlet"]) == (date is None, outlet)


def test_any_number_of_workers_gives_the_same_store(tmp_path: Path) -> None:
    told = [*articles(range(1_000)), *articles(range(200)), *articles(range(1_000, 1_050), dated=False)]
    stores = [Store(str(tmp_path / str(workers))) for workers in (1, 2)]
    reports = [ingest(told, store, now=NOW, workers=workers) for workers, store in enumerate(stores, start=1)]
    assert reports[0] == reports[1]
    assert (reports[0].new, reports[0].known, reports[0].undated) == (1_050, 200, 50)
    assert same(whole(stores[0]), whole(stores[1]))


@pytest.mark.parametrize("read", [0, 30, 600])
def test_stopped_in_the_middle_what_was_read_is_stored(read: int, store: Store) -> None:
    def told() -> Iterator[Found]:
        yield Failure(where="first", reason="the file is empty")
        yield from articles(range(read))
        raise KeyboardInterrupt

    report = ingest(told(), store, now=NOW)
    assert report.interrupted
    assert (report.new, report.failed) == (read, 1)
    assert rows(store, "articles").height == read
    assert queries.failures(store).height == 1
    rest = ingest(articles(range(read + 10)), store, now=NOW)
    assert (rest.new, rest.known, rest.interrupted) == (10, read, False)


def test_progress_is_told_and_ends_with_the_report(store: Store) -> None:
    told: list[tuple[int, int]] = []
    report = ingest(
        articles(range(600)), store, now=NOW, on_progress=lambda one: told.append((one.read, one.in_progress))
    )
    assert told == [(0, 250), (0, 500), (0, 600), (600, 0)]
    assert report == Report(new=600, readings=report.readings)


def test_only_the_first_hundred_failures_are_in_the_report_and_all_in_the_store(store: Store) -> None:
    report = ingest([Failure(where=str(number), reason="bad") for number in range(150)], store, now=NOW)
    assert (report.failed, len(report.why_failed), queries.failures(store).height) == (150, 100, 150)


def test_one_article_is_read_without_a_store() -> None:
    cleaned, readings = read_one(RawArticle(text="Russia praised Pakistan for the lighthouse.", where="x"), now=NOW)
    assert (cleaned.unscored, [(one.a, one.b) for one in readings]) == ("", [("PAK", "RUS")])
    cleaned, readings = read_one(RawArticle(text="?!", where="x"), now=NOW)
    assert (cleaned.unscored, readings) == ("no text", [])


_MEASURE = """
import json, resource, sys
from tests.quick import ingest
from ingest.store import Store
from tests.invented import NOW, article
count = int(sys.argv[2])
report = ingest((article(number) for number in range(count)), Store(sys.argv[1]), now=NOW)
print(json.dumps([report.new, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss]))
"""


def _peak_megabytes(folder: Path, count: int) -> float:
    ran = subprocess.run(
        [sys.executable, "-c", _MEASURE, str(folder / str(count)), str(count)],
        capture_output=True,
        check=True,
        cwd=Path(__file__).parent.parent,
        timeout=90,
    )
    new, kilobytes = json.loads(ran.stdout)
    assert new == count
    return float(kilobytes) / 1024


def test_memory_does_not_grow_with_the_input(tmp_path: Path) -> None:
    # Two commits against one: what is scored and not committed is at most one commit's worth in both.
    short, long = (_peak_megabytes(tmp_path, count) for count in (4_000, 8_000))
    sys.stdout.write(f"peak memory: {short:.0f} MB for 4,000 articles, {long:.0f} MB for 8,000\n")
    assert long - short < 60
