"""`detente feeds` and `detente watch` as people and programs call them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ingest.data_files import data_dir
from ingest.store import Store
from tests.feeds.press import Press, press
from tests.feeds.test_processes import write_list
from tests.invented import rows
from tests.running import detente


@pytest.fixture
def paper() -> Iterator[Press]:
    with press() as one:
        one.put_feed("/a.rss", range(3), full=True)
        one.put("/broken.rss", b"", status=404)
        yield one


@pytest.fixture
def opml(paper: Press, tmp_path: Path) -> Path:
    return write_list(tmp_path / "my.opml", [paper.listed("/a.rss"), paper.listed("/broken.rss", "Sudland Times")])


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "store"


def today() -> str:
    return datetime.now(UTC).date().isoformat()


@pytest.mark.parametrize("words", [("feeds",), ("feeds", "list")])
def test_the_list_is_shown(words: tuple[str, ...], opml: Path, paper: Press) -> None:
    told = detente(*words, "--feeds", opml)
    assert (told.returncode, told.stdout.decode().splitlines()) == (
        0,
        [
            f"The Norland Post  NOR  public   not checked  {paper.base}/a.rss",
            f"Sudland Times     NOR  public   not checked  {paper.base}/broken.rss",
        ],
    )
    plain = json.loads(detente(*words, "--feeds", opml, "--json").stdout)
    assert plain[0] == {
        "name": "The Norland Post",
        "url": f"{paper.base}/a.rss",
        "site": "",
        "country": "NOR",
        "kind": "public",
        "checked": None,
    }


def test_the_list_is_that_of_the_option_the_environment_or_the_one_shipped(opml: Path, store: Path) -> None:
    shipped = json.loads(detente("feeds", "--json", "--store", store).stdout)
    assert len(shipped) >= 80
    assert len(json.loads(detente("feeds", "--json", DETENTE_FEEDS=str(opml)).stdout)) == 2
    before = detente("feeds", "--feeds", opml, "list", "--json", DETENTE_FEEDS="/nowhere")
    assert len(json.loads(before.stdout)) == 2


def test_check_says_what_each_feed_answers_and_notes_the_day(opml: Path) -> None:
    words = ("feeds", "check", "--feeds", opml, "--allow-private")
    told = detente(*words)
    lines = told.stdout.decode()
    assert told.returncode == 3
    assert "The Norland Post: 3 articles, 3 with a date, 0 only a summary, newest 2024-05-01 12:00" in lines
    assert "Sudland Times: no articles; " in lines
    assert "404 Not Found" in lines
    assert [one["checked"] for one in json.loads(detente("feeds", "--feeds", opml, "--json").stdout)] == [None, None]
    told = detente(*words, "--write", "--json", "the norland post")
    (one,) = json.loads(told.stdout)
    assert (told.returncode, one["articles"], one["error"]) == (0, 3, "")
    checked = json.loads(detente("feeds", "--feeds", opml, "--json").stdout)
    assert [one["checked"] for one in checked] == [today(), None]


def test_check_of_nothing_that_answers_fails(opml: Path) -> None:
    assert detente("feeds", "check", "Sudland Times", "--feeds", opml, "--allow-private").returncode == 1
    assert b"--allow-private" in detente("feeds", "check", "The Norland Post", "--feeds", opml).stdout


def test_a_feed_is_added_with_its_own_title_and_removed_by_it(paper: Press, store: Path) -> None:
    shipped = (data_dir() / "feeds.opml").read_bytes()
    url = f"{paper.base}/a.rss"
    words = ("--country", "nor", "--kind", "private", "--store", store)
    told = detente("feeds", "add", url, *words, "--allow-private")
    assert (told.returncode, told.stderr) == (0, b"")
    found = json.loads(detente("feeds", "--json", "--store", store).stdout)
    assert found[-1] == {
        "name": "A title of its own",
        "url": url,
        "site": "",
        "country": "NOR",
        "kind": "private",
        "checked": today(),
    }
    assert len(found) > 80
    assert detente("feeds", "remove", "A title of its own", "BBC News", "--store", store).returncode == 0
    left = json.loads(detente("feeds", "--json", "--store", store).stdout)
    assert len(left) == len(found) - 2
    assert (data_dir() / "feeds.opml").read_bytes() == shipped


def test_a_new_list_begins_with_the_first_feed(tmp_path: Path) -> None:
    mine = tmp_path / "new" / "mine.opml"
    words = ("feeds", "add", "https://a.example/rss", "--no-check", "--name", "Post", "--feeds", mine)
    assert detente(*words).returncode == 0
    assert [one["name"] for one in json.loads(detente("feeds", "--feeds", mine, "--json").stdout)] == ["Post"]


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("add", "/broken.rss"), "not added: "),
        (("add", "/a.rss", "--country", "Norland"), "country is a code of three letters"),
        (("add", "/a.rss", "--kind", "good"), "kind is one of public, private, state"),
        (("add", "/a.rss", "--no-check"), "name the outlet with --name"),
        (("remove", "No Such Post"), "no feed is called 'No Such Post'"),
        (("check", "No Such Post"), "no feed is called 'No Such Post'"),
    ],
)
def test_what_cannot_be_done_is_told(words: tuple[str, ...], reason: str, opml: Path, paper: Press) -> None:
    before = opml.read_bytes()
    full = [paper.base + word if word.startswith("/") else word for word in words]
    told = detente("feeds", *full, "--feeds", opml, DETENTE_ALLOW_PRIVATE="1")
    assert told.returncode == 1
    assert reason in told.stderr.decode()
    assert opml.read_bytes() == before


def test_an_address_that_is_none_is_not_added(opml: Path) -> None:
    told = detente("feeds", "add", "a.example/rss", "--feeds", opml)
    assert "begins with https:// or http://" in told.stderr.decode()


def test_a_watch_tells_each_round_in_a_line(opml: Path, store: Path) -> None:
    words = ("watch", "--once", "--feeds", opml, "--store", store, "--allow-private")
    told = detente(*words, "--json")
    (line,) = told.stdout.decode().splitlines()
    counts = json.loads(line)
    assert told.returncode == 0
    assert counts["read"] == counts["new"] + counts["known"] + counts["unscored"] + counts["failed"]
    assert {name: counts[name] for name in ("feeds", "answered", "unchanged", "broken", "new", "failed", "pages")} == {
        "feeds": 2,
        "answered": 1,
        "unchanged": 0,
        "broken": 1,
        "new": 3,
        "failed": 1,
        "pages": 0,
    }
    assert [one["outlet"] for one in counts["problems"]] == ["Sudland Times"]
    assert rows(Store(str(store)), "articles").height == 3
    again = detente(*words)
    assert (again.returncode, len(again.stdout.splitlines())) == (0, 1)
    assert b"1 feeds: 0 new, 1 unchanged, 0 failed" in again.stdout  # the other is not asked again so soon


def test_a_watch_that_no_feed_answers_fails(paper: Press, tmp_path: Path, store: Path) -> None:
    opml = write_list(tmp_path / "my.opml", [paper.listed("/broken.rss")])
    assert detente("watch", "--once", "--feeds", opml, "--store", store, "--allow-private").returncode == 1


@pytest.mark.parametrize(
    ("words", "code", "reason"),
    [
        (("--every", "soon"), 2, "--every 'soon' is no time between polls"),
        (("--every", "0m"), 2, "--every '0m'"),
        (("--scorer", "tarot"), 2, "tarot"),
        (("--feeds", "/nowhere/x.opml"), 1, "cannot be read at /nowhere/x.opml"),
    ],
)
def test_what_is_wrong_is_told_before_anything_is_fetched(
    words: tuple[str, ...], code: int, reason: str, store: Path
) -> None:
    told = detente("watch", "--once", "--store", store, *words)
    assert (told.returncode, reason in told.stderr.decode()) == (code, True)
    assert not store.exists()
