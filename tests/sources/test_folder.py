from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from ingest.records import Failure, RawArticle
from ingest.sources import count_hint, read_source
from tests.sources.reading import FEED, PAGE, SENTENCE, only_article, only_failure, read, write


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    top = tmp_path / "news"
    write(top / "b" / "two.jsonl", f'{{"text": "{SENTENCE}"}}\n' * 2)
    write(top / "a.txt", SENTENCE)
    write(top / "c.html", PAGE)
    write(top / "d.rss", FEED)
    write(top / ".hidden.txt", SENTENCE)
    write(top / ".git" / "x.txt", SENTENCE)
    write(top / "e.pdf", b"%PDF-1.4")
    return top


def test_folder_is_read_in_order_without_hidden_files(folder: Path) -> None:
    found = read(folder)
    assert [item.where.removeprefix(f"{folder}/") for item in found] == [
        "a.txt",
        "b/two.jsonl:1",
        "b/two.jsonl:2",
        "c.html",
        "https://norlandpost.example/ferry",
        "https://norlandpost.example/quay",
        "e.pdf",
    ]
    assert [item.reason[:39] for item in found if isinstance(item, Failure)] == [
        "unknown kind of file .pdf; known: .atom"
    ]


def test_folder_linked_into_itself_is_read_once(folder: Path) -> None:
    (folder / "b" / "loop").symlink_to(folder)
    (folder / "dead").symlink_to(folder / "nowhere")
    found = read(folder)
    assert sum(isinstance(item, RawArticle) for item in found) == 6
    assert Failure(where=str(folder / "dead"), reason="cannot be read: No such file or directory") in found


def test_pipe_in_a_folder_does_not_block(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert only_failure(tmp_path).reason == "neither a file nor a folder"


def test_pipe_named_as_source_is_read_as_lines(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_text, args=[f'{{"text": "{SENTENCE}"}}\n'])
    writer.start()
    assert only_article(pipe).text == SENTENCE
    writer.join()


@pytest.mark.parametrize(
    ("pattern", "count"),
    [("*.txt", 1), ("*/*.jsonl", 2), ("**/*.jsonl", 2), ("[ab]*", 3), ("**", 7), ("*.docx", 1)],
)
def test_glob_names_files_and_folders(folder: Path, pattern: str, count: int) -> None:
    assert len(read(folder / pattern)) == count


def test_name_with_magic_characters_is_a_name_first(tmp_path: Path) -> None:
    assert only_article(write(tmp_path / "[1].txt", SENTENCE)).text == SENTENCE


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("/nowhere/a.txt", "no such file: /nowhere/a.txt"),
        ("www.norlandpost.example/feed", "for a web address write https:// in front"),
        ("norlandpost.com/feed.xml", "for a web address write https:// in front"),
        ("https:/norlandpost.example", "for a web address write https:// in front"),
        ("/nowhere/*.txt", "no file matches this pattern"),
        ("", "the name of a source is empty"),
        ("a\x00b", "not the name of a file"),
        ("a" * 5_000, "cannot be read: File name too long"),
        ("~nosuchuser/x", "not the name of a file"),
        ("/dev/null", "neither a file nor a folder"),
    ],
)
def test_what_is_not_there_is_a_failure(source: str, reason: str) -> None:
    assert reason in only_failure(source).reason


def test_empty_folder_is_a_failure(tmp_path: Path) -> None:
    assert only_failure(tmp_path).reason == "the folder is empty"


def test_file_without_permission_is_a_failure(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", SENTENCE)
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("the superuser may read everything")
    assert only_failure(path).reason == "cannot be read: Permission denied"


def test_progress_counts_the_bytes_that_the_hint_announced(folder: Path) -> None:
    read_so_far: list[int] = []
    assert list(read_source(str(folder), on_bytes=read_so_far.append))
    assert sum(read_so_far) == count_hint(str(folder))


@pytest.mark.parametrize(("source", "hint"), [("-", None), ("https://a.example/", None), ("", None), ("/nowhere", 0)])
def test_hint_where_there_is_nothing_to_measure(source: str, hint: int | None) -> None:
    assert count_hint(source) == hint


def test_reading_is_lazy_and_may_be_left(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", f'{{"text": "{SENTENCE}"}}\n' * 100_000)
    read_so_far: list[int] = []
    reading = read_source(str(path), on_bytes=read_so_far.append)
    assert isinstance(next(reading), RawArticle)
    assert sum(read_so_far) < path.stat().st_size / 10
    del reading
