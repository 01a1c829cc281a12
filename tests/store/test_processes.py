"""Real processes that write one store at once, are killed in the middle, or are told to stop."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import polars as pl
import pytest

from ingest.pipeline import ingest
from ingest.store import Store
from tests.invented import NOW, articles, rows, same, whole, write_lines
from tests.running import alive_in_group, detente, start, until

Racer = subprocess.Popen[str]


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, pl.DataFrame]:
    """Return what a store holds of the articles 0 to 5,000 that one process took in undisturbed."""
    store = Store(str(tmp_path_factory.mktemp("expected") / "store"))
    ingest(articles(range(5_000)), store, now=NOW, scorer="vader")
    return whole(store)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(str(tmp_path / "store"))


def _first(expected: dict[str, pl.DataFrame], count: int) -> dict[str, pl.DataFrame]:
    urls = {raw.url for raw in articles(range(count))}
    ids = expected["articles"].filter(pl.col("url").is_in(urls))["article_id"]
    return {table: frame.filter(pl.col("article_id").is_in(ids.implode())) for table, frame in expected.items()}


def _is_whole(store: Store) -> bool:
    """Tell whether the store, as a reader sees it now, has nothing twice and nothing that belongs to no article."""
    ids = rows(store, "articles")["article_id"]
    readings, evidence = rows(store, "readings"), rows(store, "evidence")
    return (
        ids.is_unique().all()
        and not readings.select("article_id", "pair").is_duplicated().any()
        and not evidence.select("article_id", "pair", "start").is_duplicated().any()
        and readings["article_id"].is_in(ids.implode()).all()
        and evidence["article_id"].is_in(ids.implode()).all()
    )


@contextmanager
def _racers(store: Store, *words: tuple[int, int, int, str]) -> Iterator[list[Racer]]:
    """Start processes that wait for each other before they begin."""
    racers = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.store.racing", store.uri, *map(str, told)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[2],
        )
        for told in words
    ]
    try:
        for racer in racers:
            assert racer.stdout is not None
            assert racer.stdin is not None
            assert racer.stdout.readline() == "ready\n"
        for racer in racers:
            assert racer.stdin is not None
            racer.stdin.write("go\n")
            racer.stdin.flush()
        yield racers
    finally:
        for racer in racers:
            racer.kill()
            racer.communicate()


def _ends(racers: list[Racer]) -> list[tuple[int, int]]:
    """Wait for each; return the new and known it counted."""
    counts = []
    for racer in racers:
        out, err = racer.communicate(timeout=60)
        assert racer.returncode == 0, err
        new, known = map(int, out.split())
        counts.append((new, known))
    return counts


@pytest.mark.parametrize("_round", range(2))
def test_two_commands_that_ingest_the_same_articles_leave_each_once(
    _round: int, tmp_path: Path, store: Store, expected: dict[str, pl.DataFrame]
) -> None:
    source = write_lines(tmp_path / "news.jsonl", articles(range(600)))
    both = [
        start("ingest", source, "--scorer", "vader", "--store", store.uri, "--json", "--workers", "1") for _ in range(2)
    ]
    reports = [json.loads(process.communicate(timeout=60)[0]) for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert sum(report["new"] for report in reports) == 600
    assert [report["new"] + report["known"] for report in reports] == [600, 600]
    assert same(whole(store), _first(expected, 600))


@pytest.mark.parametrize(
    "words",
    [
        [(0, 120, 20, "dated"), (0, 120, 20, "dated")],
        [(0, 120, 20, "dated"), (119, -1, 15, "dated")],
        [(0, 80, 20, "dated"), (40, 120, 20, "dated"), (119, 39, 16, "dated")],
    ],
    ids=["in step", "from both ends", "three with overlapping halves"],
)
def test_many_small_runs_at_once_leave_each_article_once(
    words: list[tuple[int, int, int, str]], store: Store, expected: dict[str, pl.DataFrame]
) -> None:
    with _racers(store, *words) as racers:
        counts = _ends(racers)
    assert sum(new for new, _ in counts) == 120
    assert [new + known for new, known in counts] == [abs(after - first) for first, after, *_ in words]
    assert same(whole(store), _first(expected, 120))
    assert not rows(store, "failures").is_duplicated().any()
    assert list(store.unfinished()) == []


@pytest.mark.parametrize(
    "words",
    [
        [(0, 60, 10, "undated"), (0, 60, 10, "dated")],
        [(0, 60, 10, "undated"), (0, 60, 10, "dated"), (59, -1, 10, "dated")],
    ],
    ids=["one dates", "two date"],
)
def test_articles_that_come_dated_and_undated_at_once_are_there_once_and_dated(
    words: list[tuple[int, int, int, str]], store: Store, expected: dict[str, pl.DataFrame]
) -> None:
    with _racers(store, *words) as racers:
        _ends(racers)
    assert _is_whole(store)
    ingest(articles(range(60)), store, now=NOW, scorer="vader")  # those that came undated last
    assert same(whole(store), _first(expected, 60))


def test_readers_are_never_disturbed_by_a_writer(store: Store, expected: dict[str, pl.DataFrame]) -> None:
    ingest(articles(range(5)), store, now=NOW, scorer="vader")
    held = store.scan("readings")
    before = held.collect()
    looks = 0
    with _racers(store, (5, 120, 10, "dated")) as racers:
        while racers[0].poll() is None:
            # Evidence follows its articles: between the commits a reader may see an article without readings,
            # never a reading without its article.
            evidence, articles_then = rows(store, "evidence"), rows(store, "articles")
            assert evidence["article_id"].is_in(articles_then["article_id"].implode()).all()
            looks += 1
        _ends(racers)
    assert looks > 3
    assert held.collect().equals(before)
    assert same(whole(store), _first(expected, 120))


def test_killed_at_any_moment_and_run_again_the_store_is_that_of_an_undisturbed_run(
    tmp_path: Path, store: Store, expected: dict[str, pl.DataFrame]
) -> None:
    source = write_lines(tmp_path / "news.jsonl", articles(range(2_000)))
    words = ("ingest", source, "--scorer", "vader", "--store", store.uri, "--json", "--workers", "1")
    killed = 0
    for delay_s in (0.3, 0.6, 0.9, 1.1, 1.2, 1.3, 1.4, 1.5):
        process = start(*words)
        try:
            process.communicate(timeout=delay_s)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            killed += 1
        if store.exists():
            assert _is_whole(store)
    assert killed > 2
    last = detente(*words)
    assert last.returncode == 0, last.stderr
    assert same(whole(store), _first(expected, 2_000))
    assert list(store.unfinished()) == []


@pytest.mark.parametrize("table", ["articles", "evidence"])
def test_killed_between_two_commits_and_run_again_the_store_is_complete(
    table: str, tmp_path: Path, store: Store, expected: dict[str, pl.DataFrame]
) -> None:
    source = write_lines(tmp_path / "news.jsonl", articles(range(600)))
    words = ("ingest", source, "--scorer", "vader", "--store", store.uri, "--json", "--workers", "1")
    process = start(*words)
    committed = Path(store.uri) / table / "_delta_log" / "00000000000000000001.json"
    until(committed.exists)
    process.kill()
    process.communicate()
    assert rows(store, "articles").height == 600
    last = detente(*words)
    assert json.loads(last.stdout)["known"] == 600
    assert same(whole(store), _first(expected, 600))


def test_many_kills_in_the_middle_of_many_commits_lose_and_double_nothing(
    store: Store, expected: dict[str, pl.DataFrame]
) -> None:
    chance = random.Random(20_170_926)  # noqa: S311 - no secret
    for _ in range(6):
        with _racers(store, (0, 200, 8, "dated")) as racers:
            try:
                racers[0].wait(timeout=chance.uniform(0.1, 0.9))
            except subprocess.TimeoutExpired:
                racers[0].kill()
        if store.exists():
            assert _is_whole(store)
    ingest(articles(range(200)), store, now=NOW, scorer="vader")
    assert same(whole(store), _first(expected, 200))
    assert not rows(store, "failures").is_duplicated().any()


def test_kills_while_undated_articles_are_replaced_lose_and_double_nothing(
    store: Store, expected: dict[str, pl.DataFrame]
) -> None:
    chance = random.Random(20_170_926)  # noqa: S311 - no secret
    ingest(articles(range(60), dated=False), store, now=NOW, scorer="vader")
    for _ in range(4):
        with _racers(store, (0, 60, 6, "dated")) as racers:
            try:
                racers[0].wait(timeout=chance.uniform(0.1, 0.9))
            except subprocess.TimeoutExpired:
                racers[0].kill()
        assert _is_whole(store)
    ingest(articles(range(60)), store, now=NOW, scorer="vader")
    assert same(whole(store), _first(expected, 60))


def test_ctrl_c_while_a_batch_is_written_stops_after_it(
    tmp_path: Path, store: Store, expected: dict[str, pl.DataFrame]
) -> None:
    source = write_lines(tmp_path / "news.jsonl", articles(range(5_000)))
    words = ("ingest", source, "--scorer", "vader", "--store", store.uri, "--json", "--workers", "1")
    process = start(*words)
    committed = Path(store.uri) / "articles" / "_delta_log" / "00000000000000000001.json"
    until(committed.exists)
    process.send_signal(signal.SIGINT)
    out, _ = process.communicate(timeout=60)
    report = json.loads(out)
    assert process.returncode == 130
    assert (report["interrupted"], report["new"]) == (True, rows(store, "articles").height)
    assert report["new"] < 5_000
    assert _is_whole(store)
    assert list(store.unfinished()) == []
    last = json.loads(detente(*words).stdout)
    assert (last["new"], last["known"], last["interrupted"]) == (5_000 - report["new"], report["new"], False)
    assert same(whole(store), expected)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks for processes in /proc")
@pytest.mark.parametrize("delay_s", [0.0, 0.2, 0.6, 1.2])
def test_ctrl_c_at_a_terminal_reaches_the_workers_too_and_leaves_none(
    delay_s: float, tmp_path: Path, store: Store
) -> None:
    source = write_lines(tmp_path / "news.jsonl", articles(range(5_000)))
    words = ("ingest", source, "--scorer", "vader", "--store", store.uri, "--json", "--workers", "2")
    process = start(*words)
    until(lambda: store.exists() or process.poll() is not None)
    try:
        process.wait(timeout=delay_s)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode in {130, 0}, err
    until(lambda: not alive_in_group(process.pid))
    assert b"Traceback" not in err
    if out:  # stopped so early that there is nothing to count
        assert json.loads(out)["interrupted"] == (process.returncode == 130)
    assert _is_whole(store)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks for processes in /proc")
def test_workers_end_when_the_command_is_killed(tmp_path: Path, store: Store) -> None:
    source = write_lines(tmp_path / "news.jsonl", articles(range(5_000)))
    process = start("ingest", source, "--scorer", "vader", "--store", store.uri, "--json", "--workers", "2")
    until(lambda: len(alive_in_group(process.pid)) >= 5 or process.poll() is not None)  # with two workers
    process.kill()
    process.wait(timeout=30)
    try:
        until(lambda: not alive_in_group(process.pid))
    finally:
        if alive_in_group(process.pid):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
