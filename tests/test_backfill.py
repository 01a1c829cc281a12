"""Years of Wikipedia's portal into a store: each item once, whatever stops it, and each day asked for once."""

from __future__ import annotations

import json
import signal
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Event

import polars as pl
import pytest

from ingest.articles.identity import article_id
from ingest.backfill import Backfill, backfill, days_to_ask
from ingest.pipeline import Report
from ingest.records import RawArticle
from ingest.sources import Web
from ingest.sources.wikipedia.client import Api
from ingest.sources.wikipedia.days import articles_of
from ingest.sources.wikipedia.item import page_title
from ingest.store import Store
from ingest.store.days import DaysDone
from tests.invented import rows
from tests.quick import SCORER
from tests.running import detente, start, until
from tests.sources.conftest import FakeClock
from tests.sources.wikipedia.wiki import Wiki, days_from, news_of, serving

FIRST = date(2010, 1, 1)
NOW = datetime(2020, 1, 10, 12, tzinfo=UTC)
MANY = 100
"""Items a day, so that a first commit (4,000 articles) comes while the first fifty days are read."""


@pytest.fixture
def wiki() -> Iterator[Wiki]:
    with serving(Wiki()) as wiki:
        yield wiki


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(str(tmp_path / "store"))


def run(wiki: Wiki, store: Store, first: date, last: date, now: datetime = NOW) -> tuple[Backfill, Report]:
    clock = FakeClock()
    with Web(allow_private=True, clock=clock, sleep=clock.sleep) as web:
        return backfill(Api(web, wiki.api), store, first, last, scorer=SCORER, now=now)


def put(wiki: Wiki, days: list[date], count: int = 3) -> list[date]:
    for day in days:
        wiki.put(day, news_of(day, count))
    return days


def test_each_item_comes_with_its_day_topic_outlet_and_whose_words_it_is(wiki: Wiki, store: Store) -> None:
    put(wiki, days_from(FIRST, 2), 1)
    done, report = run(wiki, store, FIRST, FIRST + timedelta(days=1))
    assert done == Backfill(days=2, done_before=0, read=2, missing=0)
    assert (report.new, report.failed, report.undated, report.readings) == (2, 0, 0, 2)
    articles = rows(store, "articles").sort("published")
    assert articles["published"].dt.date().to_list() == days_from(FIRST, 2)
    assert articles["outlet"].to_list() == ["Dawn", "Dawn"]
    assert articles["title"].to_list() == ["India–Pakistan relations"] * 2
    assert articles["authors"][0].to_list() == [
        "Wikipedia contributors, Portal:Current events/2010 January 1 (CC BY-SA 4.0)",
        "citing Dawn: https://dawn.example/2010-01-01/0",
    ]
    assert articles["url"][0].startswith("https://en.wikipedia.org/wiki/Portal:Current_events/2010_January_1?item=")
    assert rows(store, "readings")["pair"].unique().to_list() == ["IND-PAK"]


def test_days_that_are_done_are_not_asked_for_again(wiki: Wiki, store: Store) -> None:
    days = put(wiki, days_from(FIRST, 60))
    run(wiki, store, FIRST, days[29])
    wiki.asked.clear()
    done, report = run(wiki, store, FIRST, days[-1])
    assert wiki.days_asked() == days[30:]
    assert (done.done_before, done.read, report.new, report.known) == (30, 30, 90, 0)
    wiki.asked.clear()
    done, report = run(wiki, store, FIRST, days[-1])
    assert (wiki.asked, done.done_before, report.read) == ([], 60, 0)


def test_the_last_seven_days_are_always_asked_for_as_they_still_change(wiki: Wiki, store: Store) -> None:
    today = NOW.date()
    days = put(wiki, days_from(today - timedelta(days=9), 10), 2)
    run(wiki, store, days[0], today)
    wiki.asked.clear()
    wiki.put(today, news_of(today, 3))
    _, report = run(wiki, store, days[0], today + timedelta(days=3))
    assert wiki.days_asked() == days[3:]
    assert (report.new, report.known) == (1, 14)


def test_edit_of_one_item_leaves_the_others_known(wiki: Wiki, store: Store) -> None:
    today = NOW.date()
    put(wiki, [today], 4)
    run(wiki, store, today, today)
    wiki.put(
        today, news_of(today, 4).replace("praise", "condemn", 1).replace("'''International relations'''", ";Politics")
    )
    _, report = run(wiki, store, today, today)
    assert (report.new, report.known) == (1, 3)


def test_missing_days_are_counted_told_and_asked_for_again(wiki: Wiki, store: Store) -> None:
    days = days_from(FIRST, 4)
    put(wiki, days[::2])
    done, report = run(wiki, store, FIRST, days[-1])
    assert (done.read, done.missing, done.left, report.new, report.failed) == (2, 2, 0, 6, 2)
    assert [failure.reason for failure in report.why_failed] == ["there is no page for this day"] * 2
    wiki.asked.clear()
    put(wiki, days[1::2])
    done, report = run(wiki, store, FIRST, days[-1])
    assert wiki.days_asked() == days[1::2]
    assert (done.missing, report.new, report.failed) == (0, 6, 0)
    assert rows(store, "failures").height == 2


def test_service_that_breaks_down_leaves_days_for_the_next_time(wiki: Wiki, store: Store) -> None:
    days = put(wiki, days_from(FIRST, 120), 1)

    def break_down() -> None:
        if len(wiki.asked) == 2:
            wiki.error("readapidenied", "not now")

    wiki.on_question = break_down
    done, report = run(wiki, store, FIRST, days[-1])
    assert (done.read, done.left, report.new, report.failed) == (50, 70, 50, 1)
    assert "70 days from 2010-02-20 to 2010-04-30" in report.why_failed[0].reason
    wiki.asked.clear()
    wiki.on_question = lambda: None
    done, report = run(wiki, store, FIRST, days[-1])
    assert wiki.days_asked() == days[50:]
    assert (done.left, report.new) == (0, 70)


def test_a_bad_bullet_is_a_failure_and_its_day_is_done(wiki: Wiki, store: Store) -> None:
    wiki.put(FIRST, news_of(FIRST, 2).replace("\n*", "\n* " + "[" * 500 + "\n*", 1))
    _, report = run(wiki, store, FIRST, FIRST)
    assert (report.new, report.failed) == (2, 1)
    assert run(wiki, store, FIRST, FIRST)[0].done_before == 1


def test_progress_is_told_in_days_that_add_up(wiki: Wiki, store: Store) -> None:
    days = put(wiki, days_from(FIRST, 20), 50)
    told: list[tuple[int, int, int]] = []
    clock = FakeClock()
    with Web(allow_private=True, clock=clock, sleep=clock.sleep) as web:
        backfill(
            Api(web, wiki.api),
            store,
            FIRST,
            days[-1],
            scorer=SCORER,
            now=NOW,
            on_progress=lambda done, report: told.append((done.read, done.left, report.read + report.in_progress)),
        )
    assert [read + left for read, left, _ in told] == [20] * len(told)
    assert told == sorted(told, key=lambda one: one[2])
    assert told[-1] == (20, 0, 1_000)


def test_days_to_ask_are_those_up_to_today_that_are_not_done() -> None:
    first, last, today = date(2020, 1, 1), date(2020, 1, 31), date(2020, 1, 20)
    done = set(days_from(first, 31))
    assert days_to_ask(first, last, today, set()) == days_from(first, 20)
    assert days_to_ask(first, last, today, done) == days_from(date(2020, 1, 14), 7)


def test_days_done_of_one_source_are_not_those_of_another(store: Store) -> None:
    days = set(days_from(FIRST, 3))
    for day in days:
        DaysDone(store, "wikipedia").add([day], NOW)
    assert DaysDone(store, "wikipedia").read() == days
    assert DaysDone(store, "other").read() == set()
    DaysDone(store, "wikipedia").compact(at_least=2)
    assert DaysDone(store, "wikipedia").read() == days


def _words(wiki: Wiki, store: Store, last: date) -> list[str]:
    span = ["--from", FIRST.isoformat(), "--to", last.isoformat()]
    return ["backfill", "wikipedia", *span, "--api", wiki.api, "--allow-private", "--store", store.uri, "--json"]


@pytest.fixture
def held(wiki: Wiki) -> Iterator[Event]:
    """Hold the second answer back until told; by then the first is being scored and committed."""
    go = Event()

    def hold() -> None:
        if len(wiki.asked) == 2:
            go.wait(timeout=60)

    wiki.on_question = hold
    yield go
    go.set()


def test_killed_in_the_middle_and_run_again_nothing_is_lost_and_nothing_twice(
    wiki: Wiki, held: Event, store: Store
) -> None:
    days = put(wiki, days_from(FIRST, 60), MANY)
    process = start(*_words(wiki, store, days[-1]))
    try:
        until(lambda: bool(DaysDone(store, "wikipedia").read()))
    finally:
        process.kill()
        process.communicate()
    held.set()
    wiki.on_question = lambda: None
    done = DaysDone(store, "wikipedia").read()
    assert rows(store, "articles").height == 4_000
    assert done == set(days[:40])
    wiki.asked.clear()
    again = json.loads(detente(*_words(wiki, store, days[-1])).stdout)
    assert wiki.days_asked() == days[40:]
    assert (again["days_done_before"], again["days_read"], again["days_left"]) == (40, 20, 0)
    assert (again["new"], again["known"], again["failed"]) == (2_000, 0, 0)
    found = [one for day in days for one in articles_of(wiki.pages[page_title(day)], day)]
    ids = [article_id(one) for one in found if isinstance(one, RawArticle)]
    assert rows(store, "articles")["article_id"].to_list() == sorted(ids)
    assert len(ids) == len(set(ids)) == 6_000
    readings = rows(store, "readings")
    assert (readings.height, readings["article_id"].n_unique()) == (60, 60)


def test_ctrl_c_keeps_what_was_read(wiki: Wiki, held: Event, store: Store) -> None:
    days = put(wiki, days_from(FIRST, 60), 20)
    process = start(*_words(wiki, store, days[-1]))
    try:
        until(lambda: len(wiki.asked) == 2)  # the first answer is read; it is less than one commit
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    finally:
        process.kill()
        process.communicate()
    held.set()
    wiki.on_question = lambda: None
    assert process.returncode == 130, err
    told = json.loads(out)
    assert (told["interrupted"], told["new"], told["days_read"], told["days_left"]) == (True, 1_000, 50, 10)
    assert DaysDone(store, "wikipedia").read() == set(days[:50])
    wiki.asked.clear()
    again = json.loads(detente(*_words(wiki, store, days[-1])).stdout)
    assert (wiki.days_asked(), again["new"], again["known"]) == (days[50:], 200, 0)


def test_days_written_down_before_their_items_would_be_lost_so_they_are_not(wiki: Wiki, store: Store) -> None:
    """Fewer items than one commit: nothing is in the store while they are read, so no day may be done yet."""
    days = put(wiki, days_from(FIRST, 60), 1)
    seen: list[tuple[int, int]] = []

    def look() -> None:
        articles = rows(store, "articles").height if store.exists() else 0
        seen.append((len(DaysDone(store, "wikipedia").read()), articles))

    wiki.on_question = look
    run(wiki, store, FIRST, days[-1])
    assert seen == [(0, 0), (0, 0)]
    assert len(DaysDone(store, "wikipedia").read()) == 60


@pytest.mark.parametrize(
    ("span", "reason"),
    [
        (["--from", "2010-02-01", "--to", "2010-01-01"], "is after --to 2010-01-01; expected the earlier day first"),
        (["--from", "1999"], "Wikipedia began on 2001-01-15"),
        (["--from", "9000"], "is after --to"),
        (["--from", "soon"], "'soon' is not a day; write it as"),
    ],
)
def test_days_that_cannot_be_are_wrong_use(store: Store, span: list[str], reason: str) -> None:
    ran = detente("backfill", "wikipedia", *span, "--store", store.uri)
    assert ran.returncode == 2
    assert reason in ran.stderr.decode()


def test_summary_for_people_names_days_and_failures(wiki: Wiki, store: Store) -> None:
    put(wiki, days_from(FIRST, 2), 1)
    words = [word for word in _words(wiki, store, FIRST + timedelta(days=2)) if word != "--json"]
    ran = detente(*words)
    assert ran.returncode == 0
    assert ran.stdout.decode().startswith(
        "3 days = 2 read + 0 done before + 1 without items + 0 left\n3 read = 2 new + "
    )
    assert "failed: Portal:Current events/2010 January 3: there is no page for this day" in ran.stderr.decode()


def test_exit_code_tells_that_days_are_left(wiki: Wiki, store: Store) -> None:
    wiki.error("readapidenied", "not now")
    ran = detente(*_words(wiki, store, FIRST))
    assert (ran.returncode, json.loads(ran.stdout)["days_left"]) == (1, 1)


def test_two_at_once_leave_each_item_once(wiki: Wiki, store: Store) -> None:
    days = put(wiki, days_from(FIRST, 30), 10)
    both = [start(*_words(wiki, store, days[-1])) for _ in range(2)]
    told = [json.loads(process.communicate(timeout=60)[0]) for process in both]
    assert sum(one["new"] for one in told) == 300
    assert [one["new"] + one["known"] for one in told] == [300, 300]
    assert rows(store, "articles").select(pl.col("article_id").n_unique()).item() == 300
    assert DaysDone(store, "wikipedia").read() == set(days)
