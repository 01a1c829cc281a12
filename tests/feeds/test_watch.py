"""A watch of feeds on a real server, through to the store."""

from __future__ import annotations

import threading
from pathlib import Path

import polars as pl
import pytest

from ingest.feeds import state as memory
from ingest.feeds.place import state_file
from ingest.feeds.round import Round
from ingest.feeds.watch import MAX_WAITING, TRIES
from ingest.store import Store, queries
from tests.feeds.press import Press, hang, misbehave, press, rss, summary_of, text_of
from tests.feeds.watching import EVERY_S, FakeTime, once, watching
from tests.invented import rows, versions
from tests.running import until


def texts(store: Path) -> dict[str, str]:
    """Return the text of each article by its title."""
    found = rows(Store(str(store)), "articles")
    assert found["article_id"].is_unique().all()
    return dict(zip(found["title"], found["text"], strict=True))


def test_the_page_is_read_where_the_feed_has_only_a_summary(paper: Press, store: Path) -> None:
    paper.put_feed("/short.rss", range(3))
    paper.put_feed("/long.rss", range(10, 12), full=True)
    done = once(store, [paper.listed("/short.rss"), paper.listed("/long.rss", "Sudland Times")])
    assert (done.answered, done.pages, done.new, done.failed) == (2, 3, 5, 0)
    numbers = [0, 1, 2, 10, 11]
    assert texts(store) == {f"Matter {number}": text_of(number) for number in numbers}
    assert sorted(set(paper.asked)) == ["/0", "/1", "/2", "/long.rss", "/robots.txt", "/short.rss"]
    assert paper.times("/robots.txt") == 1


def test_the_outlet_is_that_of_the_list_and_the_date_that_of_the_item(paper: Press, store: Path) -> None:
    paper.put_feed("/a.rss", [1])
    once(store, [paper.listed("/a.rss", "Sudland Times")])
    stored = rows(Store(str(store)), "articles").row(0, named=True)
    assert (stored["outlet"], stored["url"]) == ("Sudland Times", f"{paper.base}/1")
    assert f"{stored['published']:%Y-%m-%d %H:%M}" == "2024-05-01 12:00"


def test_what_the_store_has_is_not_fetched_again(paper: Press, store: Path) -> None:
    paper.put_feed("/a.rss", range(3))
    once(store, [paper.listed("/a.rss")])
    paper.put_feed("/a.rss", range(5))
    state_file(str(store)).unlink()  # not even by a watch that remembers nothing
    done = once(store, [paper.listed("/a.rss")])
    assert (done.new, done.known, done.pages) == (2, 3, 2)
    assert [paper.times(f"/{number}") for number in range(5)] == [1] * 5


def test_an_undated_article_is_not_fetched_again(paper: Press, store: Path) -> None:
    paper.put_page(1)
    for clock in ("first", "second"):
        undated = rss(paper.base, [1]).replace("<pubDate>", "<x>").replace("</pubDate>", "</x>")
        paper.put("/a.rss", undated.replace("Matter", f"Matter, {clock}", 1))
        done = once(store, [paper.listed("/a.rss")])
    assert (done.known, done.new, paper.times("/1")) == (1, 0, 1)


def test_an_article_of_two_feeds_is_fetched_once(paper: Press, store: Path) -> None:
    paper.put_feed("/a.rss", range(3))
    paper.put_feed("/b.rss", range(4))
    done = once(store, [paper.listed("/a.rss"), paper.listed("/b.rss")])
    assert (done.new, done.pages) == (4, 4)
    assert [paper.times(f"/{number}") for number in range(4)] == [1] * 4


@pytest.mark.parametrize(("etag", "modified"), [('"one"', None), (None, "Wed, 01 May 2024 12:00:00 GMT")])
def test_an_unchanged_feed_is_asked_for_on_condition_across_restarts(
    etag: str | None, modified: str | None, paper: Press, store: Path
) -> None:
    paper.put_feed("/a.rss", [1], etag=etag, modified=modified)
    first, second = (once(store, [paper.listed("/a.rss")]) for _ in range(2))
    assert (first.answered, first.unchanged) == (1, 0)
    assert (second.answered, second.unchanged) == (0, 1)
    asked = [told for path, told in zip(paper.asked, paper.conditions, strict=True) if path == "/a.rss"]
    assert asked == [(None, None), (etag, modified)]


def test_a_feed_that_changes_only_its_clock_does_nothing(paper: Press, store: Path) -> None:
    paper.put_feed("/a.rss", range(2), clock="Wed, 01 May 2024 12:00:00 GMT", etag='"one"')
    once(store, [paper.listed("/a.rss")])
    before = versions(Store(str(store)))
    paper.put_feed("/a.rss", range(2), clock="Wed, 01 May 2024 12:15:00 GMT", etag='"two"')
    done = once(store, [paper.listed("/a.rss")])
    assert (done.unchanged, done.answered, done.known) == (1, 0, 0)
    assert versions(Store(str(store))) == before
    assert memory.load(state_file(str(store)))[paper.base + "/a.rss"].etag == '"two"'


def test_feeds_that_misbehave_are_told_and_hold_up_nobody(paper: Press, store: Path) -> None:
    reasons = misbehave(paper)
    paper.put_feed("/good.rss", range(3))
    feeds = [paper.listed(path, path) for path in reasons] + [paper.listed("/good.rss")]
    done = once(store, feeds, timeout_s=0.3, total_s=0.7, threads=12)
    assert (done.feeds, done.broken, done.answered) == (len(feeds), len(reasons), 1)
    assert set(texts(store)) >= {f"Matter {number}" for number in range(3)}
    failed = dict(queries.failures(Store(str(store))).select("where", "reason").iter_rows())
    for path, reason in reasons.items():
        assert reason in failed[paper.base + path], path


def test_whole_items_of_a_feed_that_is_cut_short_are_stored_and_it_is_asked_again(paper: Press, store: Path) -> None:
    body = rss(paper.base, range(3), full=True).encode()
    paper.put("/a.rss", body[: body.rindex(b"</description>") - 50], etag='"cut"')
    done = once(store, [paper.listed("/a.rss")])
    assert (done.broken, done.new) == (1, 2)
    assert texts(store) == {f"Matter {number}": text_of(number) for number in range(2)}
    assert memory.load(state_file(str(store)))[paper.base + "/a.rss"].etag is None


@pytest.mark.parametrize(("declared", "real"), [("utf-8", "cp1252"), ("iso-8859-1", "utf-8"), ("x-none", "utf-8")])
def test_a_lie_about_the_encoding_is_seen_through(declared: str, real: str, paper: Press, store: Path) -> None:
    body = rss(paper.base, [1], full=True).replace("Matter 1<", "Über Matter 1<").encode(real)
    paper.put("/a.rss", body, f"text/xml; charset={declared}")
    once(store, [paper.listed("/a.rss")])
    assert list(texts(store)) == ["Über Matter 1"]


def test_a_page_that_cannot_be_had_for_the_moment_is_tried_in_later_rounds(paper: Press, store: Path) -> None:
    paper.put_feed("/a.rss", range(2), etag='"one"')
    paper.put("/1", b"", status=503)
    rounds = [once(store, [paper.listed("/a.rss")])]
    assert (rounds[0].new, rounds[0].waiting, list(texts(store))) == (1, 1, ["Matter 0"])
    paper.put_page(1)
    rounds.append(once(store, [paper.listed("/a.rss")]))
    assert (rounds[1].unchanged, rounds[1].new, rounds[1].waiting) == (1, 1, 0)
    assert texts(store) == {f"Matter {number}": text_of(number) for number in range(2)}


def test_after_some_tries_the_summary_is_stored(paper: Press, store: Path) -> None:
    paper.put_feed("/a.rss", [1], etag='"one"')
    paper.put("/1", b"", status=503)
    done = [once(store, [paper.listed("/a.rss")]) for _ in range(TRIES + 1)]
    assert [one.new for one in done] == [0, 0, 1, 0]
    assert [one.summaries for one in done] == [0, 0, 1, 0]
    assert texts(store) == {"Matter 1": summary_of(1).strip()}
    assert paper.times("/1") == TRIES


@pytest.mark.parametrize("why", ["robots", "missing", "no text", "front page"])
def test_a_page_that_is_not_to_be_had_leaves_the_summary_at_once(why: str, paper: Press, store: Path) -> None:
    paper.put_feed("/a.rss", [1])
    paper.put("/", "<html><body><p>Welcome to the front page.</p></body></html>", "text/html")
    if why == "robots":
        paper.put("/robots.txt", "User-agent: *\nDisallow: /1\n", "text/plain")
    elif why == "missing":
        del paper.answers["/1"]
    elif why == "no text":
        paper.put("/1", "<html><body></body></html>", "text/html")
    else:
        paper.put("/1", b"", status=302, headers={"Location": "/"})
    done = once(store, [paper.listed("/a.rss")])
    assert (done.new, done.summaries, done.waiting) == (1, 1, 0)
    assert texts(store) == {"Matter 1": summary_of(1).strip()}
    assert paper.times("/1") == (0 if why == "robots" else 1)


def test_a_link_that_leads_to_another_site_has_that_address_and_is_followed_once(paper: Press, store: Path) -> None:
    with press("127.0.0.2") as other:
        other.put_page(1)
        paper.put_feed("/a.rss", [1])
        paper.put("/1", b"", status=302, headers={"Location": f"{other.base}/1"})
        once(store, [paper.listed("/a.rss")])
        assert rows(Store(str(store)), "articles")["url"].to_list() == [f"{other.base}/1"]
        for numbers in ([1, 2], [1, 2, 3]):
            paper.put_feed("/a.rss", [number for number in numbers if number > 1])
            paper.put("/a.rss", rss(paper.base, numbers))
            done = once(store, [paper.listed("/a.rss")])
    assert (done.new, done.known, paper.times("/1"), other.times("/1")) == (1, 2, 1, 1)
    assert len(texts(store)) == 3


def test_no_more_pages_are_waited_for_than_a_feed_may_have(paper: Press, store: Path) -> None:
    count = MAX_WAITING + 5
    paper.put("/a.rss", rss(paper.base, range(count)))
    paper.put_page(0)
    with watching(store, [paper.listed("/a.rss")]) as watch:
        watch.run(once=True, on_round=lambda _: None)
    assert len(texts(store)) == count
    assert sum(path[1:].isdigit() for path in paper.asked) == MAX_WAITING


def end_after(seconds: float, stop: threading.Event) -> FakeTime:
    """Make a time that stops the watch after so many seconds of its own."""

    class Ending(FakeTime):
        def wait(self, seconds: float) -> None:
            super().wait(seconds)
            if self.now > end:
                stop.set()

    time = Ending()
    end = time.now + seconds
    return time


def test_a_feed_that_fails_is_asked_less_and_less_and_is_back_at_once_when_it_answers(
    paper: Press, store: Path
) -> None:
    stop = threading.Event()
    time = end_after(EVERY_S * 40, stop)
    asked: list[float] = []
    paper.put("/a.rss", b"", status=500)
    paper.put_feed("/good.rss", [1])

    def on_round(done: Round) -> None:
        if done.broken or done.answered:
            asked.append((time.now - begun) / EVERY_S)
        if paper.times("/a.rss") == 4:
            paper.put_feed("/a.rss", [2])

    begun = time.now
    with watching(store, [paper.listed("/a.rss"), paper.listed("/good.rss")], time=time, stop=stop) as watch:
        watch.run(once=False, on_round=on_round)
    assert asked == pytest.approx([0, 2, 6, 14, 30], abs=0.2)
    assert paper.times("/good.rss") == pytest.approx(41, abs=1)
    assert paper.times("/a.rss") == pytest.approx(15, abs=1)  # 5, and then every time


def test_without_a_network_no_feed_is_blamed(store: Path) -> None:
    with press() as paper, press("127.0.0.2") as other:
        feeds = [paper.listed("/a.rss"), other.listed("/a.rss")]
    for _ in range(3):  # both are gone now
        done = once(store, feeds)
        assert (done.broken, done.offline) == (2, True)
    with press() as paper:
        paper.put_feed("/a.rss", [1])
        feeds[0] = paper.listed("/a.rss")
        assert not once(store, feeds).offline
    assert once(store, [feeds[1]]).feeds == 0  # another one answered, so this one has failed


@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_is_honoured_and_outlives_a_restart(status: int, paper: Press, store: Path) -> None:
    time = FakeTime()
    paper.put("/a.rss", b"", status=status, headers={"Retry-After": "7200"})
    paper.put_feed("/good.rss", [1])
    feeds = [paper.listed("/a.rss")]
    with watching(store, feeds, time=time) as watch:
        watch.run(once=True, on_round=lambda _: None)
    paper.put_feed("/a.rss", [2])
    for later, times in ((7_000, 1), (300, 2)):
        time.now += later
        with watching(store, feeds, time=time) as watch:
            watch.run(once=True, on_round=lambda _: None)
        assert paper.times("/a.rss") == times


def test_a_host_that_asks_for_peace_is_left_alone_with_its_pages_too(paper: Press, store: Path) -> None:
    paper.put_feed("/a.rss", range(20))
    for number in range(20):
        paper.put(f"/{number}", b"", status=429, headers={"Retry-After": "600"})
    done = once(store, [paper.listed("/a.rss")], threads=1)
    assert (done.new, done.waiting) == (0, 20)
    assert sum(path[1:].isdigit() for path in paper.asked) == 1


def test_a_host_in_trouble_is_not_asked_for_each_of_its_pages(paper: Press, store: Path) -> None:
    paper.put_feed("/a.rss", range(20))
    for number in range(20):
        paper.put(f"/{number}", b"", status=500)
    once(store, [paper.listed("/a.rss")], threads=1, troubles=3)
    assert sum(path[1:].isdigit() for path in paper.asked) == 3


def test_hosts_are_asked_at_once_and_each_at_its_pace(paper: Press, store: Path) -> None:
    with press("127.0.0.2") as other:
        for one in (paper, other):
            one.put_feed("/a.rss", [], full=True)
            one.put("/a.rss", rss(one.base, [1], full=True))
        done = once(store, [paper.listed("/a.rss"), other.listed("/a.rss")], min_delay_s=0.3)
        assert done.new == 2
        (rules, feed), (other_rules, other_feed) = paper.at, other.at
    assert feed - rules > 0.25 < other_feed - other_rules  # as the server sees it
    assert max(rules, other_rules) < min(feed, other_feed)


def test_stopped_in_the_middle_what_was_fetched_is_stored_and_the_rest_is_done_next_time(
    paper: Press, store: Path
) -> None:
    stop = threading.Event()
    paper.put_feed("/a.rss", range(6), etag='"one"')
    open_page = paper.answers["/5"]
    paper.answers["/5"] = hang
    with watching(store, [paper.listed("/a.rss")], stop=stop, threads=2) as watch:
        done: list[Round] = []
        thread = threading.Thread(target=lambda: watch.run(once=True, on_round=done.append))
        thread.start()
        until(lambda: paper.times("/5") == 1)
        stop.set()
        thread.join(10)
    paper.over.set()
    assert (done[0].new, done[0].waiting) == (5, 1)
    assert texts(store) == {f"Matter {number}": text_of(number) for number in range(5)}
    paper.answers["/5"] = open_page
    rest = once(store, [paper.listed("/a.rss")])
    assert (rest.unchanged, rest.new, rest.waiting) == (1, 1, 0)
    assert len(texts(store)) == 6


def test_a_damaged_memory_costs_a_request_and_no_article(paper: Press, store: Path) -> None:
    paper.put_feed("/a.rss", range(2), etag='"one"')
    once(store, [paper.listed("/a.rss")])
    state_file(str(store)).write_text('{"feeds": {"x": 1')
    done = once(store, [paper.listed("/a.rss")])
    assert (done.known, done.new, done.pages) == (2, 0, 0)


def test_items_without_a_link_are_stored_as_they_are(paper: Press, store: Path) -> None:
    linkless = rss(paper.base, [1]).replace("<link>", "<x>").replace("</link>", "</x>")
    paper.put("/a.rss", linkless)
    assert once(store, [paper.listed("/a.rss")]).new == 1
    assert rows(Store(str(store)), "articles").select("outlet", pl.col("url").is_null()).row(0) == (
        "The Norland Post",
        True,
    )
