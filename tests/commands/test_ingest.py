"""`detente ingest` as other programs call it."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.store import Store
from tests.invented import article, articles, copy_of, line, rows, same, whole, write_lines
from tests.running import detente, detente_process

_KEYS = {"read", "new", "known", "unscored", "failed", "copies", "undated", "readings", "interrupted", "failures"}


@pytest.fixture
def news(tmp_path: Path) -> Path:
    return write_lines(
        tmp_path / "news.jsonl",
        [*articles(range(5)), copy_of(article(1), "echo.example"), article(6, dated=False), article(0)],
    )


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "store"


def test_json_has_the_counts_and_they_add_up(news: Path, store: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    with news.open("a", encoding="utf-8") as file:
        file.write('{"text": "Москва и Пекин подписали новый договор о дружбе.", "language": "ru"}\n\n{bad\n')
    ran = detente("ingest", news, tmp_path / "empty.txt", "--store", store, "--json")
    assert (ran.returncode, ran.stderr) == (0, b"")
    told = json.loads(ran.stdout)
    assert set(told) >= _KEYS
    assert told["read"] == told["new"] + told["known"] + told["unscored"] + told["failed"]
    assert {name: told[name] for name in _KEYS - {"failures", "readings"}} == {
        "read": 11,
        "new": 7,
        "known": 1,
        "unscored": 1,
        "failed": 2,
        "copies": 1,
        "undated": 1,
        "interrupted": False,
    }
    assert told["readings"] == rows(Store(str(store)), "readings").height
    assert [one["where"].rpartition("/")[2] for one in told["failures"]] == ["news.jsonl:11", "empty.txt"]
    assert all(one["reason"] for one in told["failures"])


def test_the_same_again_is_all_known(news: Path, store: Path) -> None:
    detente("ingest", news, "--store", store, "--json")
    told = json.loads(detente("ingest", news, "--store", store, "--json").stdout)
    assert (told["read"], told["new"], told["known"]) == (8, 0, 8)


def test_a_dash_reads_json_lines_from_standard_input(store: Path) -> None:
    ran = detente("ingest", "-", "--store", store, "--json", stdin="".join(map(line, articles(range(4)))).encode())
    told = json.loads(ran.stdout)
    assert (ran.returncode, told["read"], told["new"]) == (0, 4, 4)


def test_for_people_the_counts_are_a_sentence(news: Path, store: Path) -> None:
    ran = detente("ingest", news, "--store", store)
    assert ran.returncode == 0
    assert ran.stdout.decode().startswith("8 read = 7 new + 1 known + 0 unscored + 0 failed\n")
    assert "--date" in ran.stdout.decode()  # for the undated one


def test_date_and_outlet_fill_what_is_missing(store: Path) -> None:
    raw = replace(article(1, dated=False), url=None)
    detente("ingest", "-", "--store", store, "--date", "2017-09", "--outlet", "Post", stdin=line(raw).encode())
    stored = rows(Store(str(store)), "articles").row(0, named=True)
    assert (f"{stored['published']:%Y-%m-%d}", stored["outlet"]) == ("2017-09-01", "Post")


@pytest.mark.parametrize(
    ("sources", "strict", "code"),
    [
        (["news.jsonl"], False, 0),
        (["news.jsonl"], True, 0),
        (["news.jsonl", "missing.txt"], False, 0),
        (["news.jsonl", "missing.txt"], True, 3),
        (["missing.txt"], False, 1),
        (["missing.txt"], True, 1),
        (["nothing*.txt"], False, 1),
    ],
)
def test_exit_code_tells_how_much_could_be_read(
    sources: list[str], strict: bool, code: int, news: Path, store: Path
) -> None:
    words = [news.parent / source for source in sources] + (["--strict"] if strict else [])
    ran = detente("ingest", *words, "--store", store, "--json")
    assert ran.returncode == code
    assert json.loads(ran.stdout)["failed"] == len(sources) - ("news.jsonl" in sources)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ([], "SOURCE"),
        (["-", "--scorer", "nobody"], "no scorer is called 'nobody'; there is: "),
        (["-", "--date", "yesterday"], "'yesterday' is not a day; write it as 2017-09-26, 2017-09 or 2017"),
        (["-", "--date", "2017-02-30"], "not a day of the calendar"),
        (["-", "--workers", "-1"], "--workers"),
        (["-", "--colour", "red"], "--colour"),
    ],
)
def test_wrong_use_exits_with_2_and_touches_nothing(words: list[str], message: str, store: Path) -> None:
    ran = detente("ingest", *words, "--store", store)
    assert (ran.returncode, ran.stdout) == (2, b"")
    assert message in ran.stderr.decode()
    assert not store.exists()


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("long.txt", b"All harbours are closed. " * 1_250_000, "more than 5 MB"),
        ("binary.txt", bytes(range(256)) * 400, "looks binary"),
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\t\n", "empty"),
    ],
)
def test_what_is_no_article_fails_soon_with_a_reason(name: str, content: bytes, reason: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    began = time.monotonic()
    ran = detente("ingest", tmp_path / name, "--store", tmp_path / "store", "--json")
    assert time.monotonic() - began < 10
    assert ran.returncode == 1
    (failure,) = json.loads(ran.stdout)["failures"]
    assert failure["where"].endswith(name)
    assert reason in failure["reason"]


def test_a_file_with_an_impossible_name_is_told(tmp_path: Path, store: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "caf\udce9.txt").touch()  # the byte E9, which is no UTF-8
    ran = detente("ingest", folder, "--store", store, "--json")
    assert (ran.returncode, json.loads(ran.stdout)["failed"]) == (1, 1)
    status = detente("status", "--failures", "--store", store)
    assert (status.returncode, status.stderr) == (0, b"")
    assert b"the file is empty" in status.stdout


@pytest.mark.parametrize("place", ["file", "file/below"])
def test_a_store_that_cannot_be_made_is_told_in_one_line(place: str, news: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a store")
    ran = detente("ingest", news, "--store", tmp_path / place)
    assert (ran.returncode, ran.stdout) == (1, b"")
    (message,) = ran.stderr.decode().splitlines()
    assert message.startswith("detente: the store cannot be made at ")
    assert message.endswith("choose another with --store")


def test_the_store_of_the_environment_is_used(news: Path, tmp_path: Path) -> None:
    detente("ingest", news, DETENTE_STORE=str(tmp_path / "other"))
    assert rows(Store(str(tmp_path / "other")), "articles").height == 7


def test_a_process_of_its_own_with_all_processors_does_the_same(news: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    words = ("ingest", news, tmp_path / "empty.txt", "--json", "--strict", "--store")
    here, there = detente(*words, tmp_path / "here"), detente_process(*words, tmp_path / "there", DETENTE_WORKERS="")
    assert here == there
    assert here.returncode == 3
    assert same(whole(Store(str(tmp_path / "here"))), whole(Store(str(tmp_path / "there"))))
