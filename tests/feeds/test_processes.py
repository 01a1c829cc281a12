"""Real watches: told to stop, killed at any moment, two on one store."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from ingest.feeds.feed_list import Feed, with_feed
from ingest.feeds.place import state_file
from ingest.store import Store
from tests.feeds.press import Press, hang, press, text_of
from tests.feeds.watching import once
from tests.invented import rows
from tests.running import detente, start, until

COUNT = 30
"""Articles of the two feeds."""


def write_list(path: Path, feeds: list[Feed]) -> Path:
    data = b'<opml version="2.0"><body/></opml>'
    for feed in feeds:
        data = with_feed(data, feed, "list")
    path.write_bytes(data)
    return path


def texts(store: Path) -> dict[str, str]:
    """Return the text of each article by its title, if there is a store; nothing may be in it twice."""
    if not Store(str(store)).exists():
        return {}
    found = rows(Store(str(store)), "articles")
    assert found["article_id"].is_unique().all()
    readings = rows(Store(str(store)), "readings")
    assert not readings.select("article_id", "pair").is_duplicated().any()
    return dict(zip(found["title"], found["text"], strict=True))


@contextmanager
def watchers(store: Path, opml: Path, count: int, rounds: int) -> Iterator[list[subprocess.Popen[str]]]:
    """Start quick watches that begin together."""
    words = [sys.executable, "-m", "tests.feeds.watching", str(store), str(opml), str(rounds)]
    started = [
        subprocess.Popen(
            words,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[2],
        )
        for _ in range(count)
    ]
    try:
        for one in started:
            assert one.stdout is not None
            assert one.stdout.readline() == "ready\n"
        for one in started:
            assert one.stdin is not None
            one.stdin.write("go\n")
            one.stdin.flush()
        yield started
    finally:
        for one in started:
            one.kill()
            one.communicate()


@pytest.fixture
def opml(paper: Press, tmp_path: Path) -> Path:
    """Put two feeds with half of the articles each, one of summaries and one of full texts."""
    half = COUNT // 2
    paper.put_feed("/short.rss", range(half), etag='"one"')
    paper.put_feed("/long.rss", range(half, COUNT), full=True, etag='"one"')
    feeds = [paper.listed("/short.rss"), paper.listed("/long.rss", "Sudland Times")]
    return write_list(tmp_path / "feeds.opml", feeds)


EXPECTED = {f"Matter {number}": text_of(number) for number in range(COUNT)}


def test_killed_at_any_moment_nothing_is_lost_and_nothing_twice(paper: Press, opml: Path, store: Path) -> None:
    chance = random.Random(20_170_926)  # noqa: S311 - no secret
    killed, longest_s = 0, 1.2
    for _ in range(20):
        with watchers(store, opml, 1, 1) as (one,):
            try:
                one.wait(timeout=chance.uniform(0.05, longest_s))
                longest_s *= 0.8  # a fast machine is done by then
            except subprocess.TimeoutExpired:
                one.kill()
                killed += 1
        assert texts(store).items() <= EXPECTED.items()
        if killed > 5:
            break
    assert killed > 2
    feeds = [paper.listed("/short.rss"), paper.listed("/long.rss", "Sudland Times")]
    once(store, feeds)
    assert texts(store) == EXPECTED
    assert once(store, feeds).unchanged == 2
    assert list(Store(str(store)).unfinished()) == []


def test_killed_after_the_commit_and_before_it_is_remembered(paper: Press, opml: Path, store: Path) -> None:
    with watchers(store, opml, 1, 1) as (one,):
        links = store / "links" / "_delta_log" / "00000000000000000001.json"
        until(links.exists)
        one.kill()
        one.wait()
    state_file(str(store)).unlink(missing_ok=True)
    feeds = [paper.listed("/short.rss"), paper.listed("/long.rss", "Sudland Times")]
    before = paper.times("/1")
    done = once(store, feeds)
    assert (done.new + done.known, paper.times("/1")) == (COUNT, before)
    assert texts(store) == EXPECTED


def test_two_watches_of_one_store_lose_nothing_and_store_nothing_twice(paper: Press, opml: Path, store: Path) -> None:
    with watchers(store, opml, 2, 3) as both:
        counts = []
        for one in both:
            out, err = one.communicate(timeout=60)
            assert one.returncode == 0, err
            counts.append(int(out))
    assert sum(counts) == COUNT
    assert texts(store) == EXPECTED
    done = once(store, [paper.listed("/short.rss"), paper.listed("/long.rss", "Sudland Times")])
    assert (done.unchanged, done.new) == (2, 0)


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 0), (signal.SIGINT, 130)])
def test_told_to_stop_the_command_stores_what_was_fetched_and_the_next_one_does_the_rest(
    number: int, code: int, store: Path, tmp_path: Path
) -> None:
    with ExitStack() as stack:
        papers = [stack.enter_context(press(f"127.0.0.{host}")) for host in range(2, 8)]
        for at, paper in enumerate(papers):
            paper.put_feed("/a.rss", [at], etag='"one"')
        opml = write_list(tmp_path / "feeds.opml", [one.listed("/a.rss", one.base) for one in papers])
        last = papers[-1]
        page = last.answers["/5"]
        last.answers["/5"] = hang
        process = start("watch", "--feeds", opml, "--store", store, "--allow-private", "--json", "--every", "1h")
        until(lambda: all(one.times(f"/{at}") == 1 for at, one in enumerate(papers)))
        process.send_signal(number)
        out, err = process.communicate(timeout=20)
        assert (process.returncode, err) == (code, b"")
        told = json.loads(out)
        stored = texts(store)
        assert told["new"] == len(stored) >= 4
        assert told["feeds"] == 6
        assert stored.items() <= EXPECTED.items()
        last.answers["/5"] = page
        words = ("watch", "--once", "--feeds", opml, "--store", store, "--allow-private", "--json")
        rest = json.loads(detente(*words).stdout)
        assert (rest["unchanged"], rest["new"], rest["waiting"]) == (6, 6 - told["new"], 0)
        assert texts(store) == {f"Matter {at}": text_of(at) for at in range(6)}


_MEMORY = """
import os, resource, sys
from pathlib import Path
from tests.feeds.press import press
from tests.feeds.watching import FakeTime, watching, EVERY_S

def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6

with press() as paper:
    feeds = [paper.listed("/a.rss"), paper.listed("/same.rss"), paper.listed("/broken.rss")]
    paper.put_feed("/same.rss", range(5000, 5050), full=True, etag='"one"')
    sizes = []
    time = FakeTime()
    with watching(sys.argv[1], feeds, time=time) as watch:
        def on_round(done):
            at = len(sizes)
            paper.answers = {path: one for path, one in paper.answers.items() if not path[1:].isdigit()}
            paper.asked.clear(); paper.conditions.clear(); paper.at.clear()
            paper.put_feed("/a.rss", range(at * 3, at * 3 + 20), clock=str(at))
            sizes.append(resident())
            if at == int(sys.argv[2]):
                watch.stop.set()
        watch.run(once=False, on_round=on_round)
print(*sizes)
"""


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="reads its size from /proc")
def test_memory_does_not_grow_with_the_rounds(store: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", _MEMORY, str(store), "24"],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
        timeout=120,
    )
    assert ran.returncode == 0, ran.stderr
    sizes = [float(size) for size in ran.stdout.split()]
    sys.stdout.write(f"resident MB over 24 rounds: {sizes[4]:.0f} … {sizes[12]:.0f} … {sizes[-1]:.0f}\n")
    assert sizes[-1] - sizes[12] < 40
