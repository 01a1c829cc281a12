from __future__ import annotations

import codecs
import gzip
import io
import json
from pathlib import Path

import pytest

from ingest.records import Failure, RawArticle
from ingest.sources import read_source
from tests.sources.reading import SENTENCE, only_article, only_failure, read, write


def test_lines_are_articles(tmp_path: Path) -> None:
    rows = [
        {
            "id": "a1",
            "title": "Ferry",
            "text": SENTENCE,
            "published": "2018-11-05",
            "outlet": "Post",
            "language": "en",
        },
        {"text": SENTENCE, "url": "https://norlandpost.example/1", "authors": ["Ann Lee"]},
    ]
    path = write(tmp_path / "a.jsonl", "\n".join(map(json.dumps, rows)))
    assert read(path) == [
        RawArticle(
            text=SENTENCE,
            where=f"{path}:1",
            title="Ferry",
            published="2018-11-05",
            outlet="Post",
            language="en",
            given_id="a1",
        ),
        RawArticle(text=SENTENCE, where=f"{path}:2", url="https://norlandpost.example/1", authors=("Ann Lee",)),
    ]


def test_broken_lines_keep_the_rest(tmp_path: Path) -> None:
    good = json.dumps({"text": SENTENCE})
    path = write(tmp_path / "a.ndjson", f'{good}\n{{"text": \n\n[1, 2]\n{{"title": ""}}\n{{"x": 1}}\nnull\n{good}')
    found = read(path)
    assert [type(item) for item in found] == [RawArticle, *[Failure] * 5, RawArticle]
    assert [item.where.rpartition(":")[2] for item in found] == ["1", "2", "4", "5", "6", "7", "8"]
    reasons = [item.reason for item in found if isinstance(item, Failure)]
    assert reasons[0].startswith("not valid JSON: Expecting value at column 9; found '{\"text\":'")
    assert reasons[1] == "expected an object {…}, found a list"
    assert reasons[2] == "no text: title is empty"
    assert reasons[3].startswith("no column of text; found 'x', expected one called text, body, content")
    assert reasons[4] == "expected an object {…}, found null"


@pytest.mark.parametrize(
    ("line", "text"),
    [
        (b'{"text": "caf\xe9 news", "n": 1}', "café news"),
        (b'{"text": "Z\xc3\xbcrich and \xc5\x81\xc3\xb3d\xc5\xba \xff"}', "Zürich and Łódź �"),
        (b'{"text": "half \\ud83d pair"}', "half \ud83d pair"),
        (b'{"text": "not a number", "score": NaN}', "not a number"),
        (b'{"text": "a\ttab"}', "a\ttab"),
        (codecs.BOM_UTF8 + b'{"text": "marked"}', "marked"),
        ('{"text": "Ünïcode"}\n'.encode("utf-16"), "Ünïcode"),
    ],
    ids=["windows-1252", "broken-utf-8", "lone-surrogate", "nan", "control", "mark", "utf-16"],
)
def test_odd_lines_are_read_all_the_same(tmp_path: Path, line: bytes, text: str) -> None:
    assert only_article(write(tmp_path / "a.jsonl", line)).text == text


def test_deep_nesting_is_a_failure(tmp_path: Path) -> None:
    assert "JSON" in only_failure(write(tmp_path / "a.jsonl", b'{"text":' + b"[" * 200_000)).reason


def test_huge_line_is_skipped(tmp_path: Path) -> None:
    good = json.dumps({"text": SENTENCE}).encode()
    path = tmp_path / "a.jsonl"
    with path.open("wb") as file:
        file.write(good + b"\n" + b'{"text": "')
        for _ in range(51):
            file.write(b"a" * 1_000_000)
        file.write(b'"}\n' + good)
    first, huge, last = read(path)
    assert huge == Failure(where=f"{path}:2", reason="a line of more than 50 MB; skipped")
    assert (first.where, last.where) == (f"{path}:1", f"{path}:3")
    assert isinstance(last, RawArticle)


def test_huge_text_in_a_line_is_a_failure(tmp_path: Path) -> None:
    line = b'{"text": "' + b"a" * 5_000_001 + b'"}'
    assert only_failure(write(tmp_path / "a.jsonl", line)).reason == "text of 5 MB; an article has at most 5 MB"


def test_packed_lines_and_what_was_readable_of_a_cut_file(tmp_path: Path) -> None:
    lines = b"".join(json.dumps({"text": f"{number} {SENTENCE}"}).encode() + b"\n" for number in range(20_000))
    packed = gzip.compress(lines)
    assert len(read(write(tmp_path / "a.jsonl.gz", packed))) == 20_000
    *some, last = read(write(tmp_path / "b.jsonl.gz", packed[: len(packed) // 2]))
    assert len(some) > 1_000
    assert isinstance(last, Failure)
    assert last.reason.startswith("the packed file is damaged or cut short")


@pytest.mark.parametrize(
    ("document", "count"),
    [
        ({"text": SENTENCE}, 1),
        ([{"text": SENTENCE}, {"text": SENTENCE}], 2),
        ({"status": "ok", "articles": [{"title": "Ferry", "content": SENTENCE}]}, 1),
        ({"articles": {"results": [{"body": SENTENCE}, {"body": SENTENCE}]}}, 2),
    ],
    ids=["object", "list", "newsapi", "event-registry"],
)
def test_json_document_holds_one_or_many(tmp_path: Path, document: object, count: int) -> None:
    found = read(write(tmp_path / "a.json", json.dumps(document, indent=2)))
    assert [item.text for item in found if isinstance(item, RawArticle)] == [SENTENCE] * count
    assert len(found) == count


def test_json_file_that_holds_lines_is_read_as_lines(tmp_path: Path) -> None:
    line = json.dumps({"text": SENTENCE})
    assert len(read(write(tmp_path / "a.json", f"{line}\n{line}\n"))) == 2


@pytest.mark.parametrize(
    ("data", "reason"),
    [("", "the file is empty"), ("{", "not valid JSON"), ("3", "found a number"), ('{"a": 1}', "no column")],
)
def test_json_file_that_holds_none_is_one_failure(tmp_path: Path, data: str, reason: str) -> None:
    assert reason in only_failure(write(tmp_path / "a.json", data)).reason


def test_standard_input_is_lines_and_stays_open() -> None:
    stdin = io.BytesIO(f"{json.dumps({'text': SENTENCE})}\nrubbish\n".encode())
    article, failure = read_source("-", stdin=stdin)
    assert article == RawArticle(text=SENTENCE, where="standard input:1")
    assert failure.where == "standard input:2"
    assert not stdin.closed


def test_standard_input_may_be_packed() -> None:
    stdin = io.BytesIO(gzip.compress(json.dumps({"text": SENTENCE}).encode()))
    assert [type(found) for found in read_source("-", stdin=stdin)] == [RawArticle]
