"""Input made to do harm: every reader ends soon, in bounded memory, says what was wrong, and reads the rest."""

from __future__ import annotations

import gzip
import io
import json
import time
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ingest.articles.clean import clean
from ingest.articles.dates import parse_date
from ingest.pages import extracted
from ingest.records import Failure, RawArticle
from ingest.sources import Found
from ingest.sources.frames import frames
from ingest.sources.html import page_at
from ingest.sources.members import BombError, Members
from ingest.sources.streams import buffered, lines
from tests.sources.archives import record, write_archive
from tests.sources.reading import BODY, PAGE, only_failure, read, write

NOW = datetime(2024, 5, 1, tzinfo=UTC)
SECONDS = 20.0
"""Of processor time: far more than any of these takes."""


def within_bounds(work: Callable[[], object], megabytes: float) -> None:
    """Run it; it must end in time and hold no more memory than that."""
    tracemalloc.start()
    begun = time.process_time()
    try:
        work()
        assert time.process_time() - begun < SECONDS
        assert tracemalloc.get_traced_memory()[1] < megabytes * 1_000_000
    finally:
        tracemalloc.stop()


def endless(beginning: bytes, piece: bytes, size: int) -> io.BufferedReader:
    """Return a stream of so many bytes that exists nowhere."""

    class Endless(io.RawIOBase):
        left = size

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
            first = beginning if self.left == size else b""
            data = (first + piece * (len(buffer) // len(piece) + 1))[: min(len(buffer), self.left)]
            buffer[: len(data)] = data
            self.left -= len(data)
            return len(data)

    return buffered(Endless())


def test_a_line_of_a_gigabyte_is_passed_over_in_the_memory_of_one() -> None:
    stream = endless(b'{"text": "', b"x" * 4096, 1_000_000_000)
    within_bounds(lambda: list(lines(stream, 1_000_000)), megabytes=20)


def test_what_comes_after_a_line_too_long_is_read() -> None:
    stream = buffered(io.BytesIO(b"x" * 5_000 + b"\nrest\n"))
    assert list(lines(stream, 1_000)) == [(1, None), (2, b"rest\n")]


def test_a_warc_header_of_a_gigabyte_is_passed_over() -> None:
    stream = endless(b"WARC/1.0\r\nX: ", b"x" * 4096, 1_000_000_000)
    found: list[object] = []
    within_bounds(lambda: found.extend(frames(stream, lambda _: True)), megabytes=20)
    assert len(found) == 1


def test_a_record_of_a_gigabyte_is_passed_over() -> None:
    head = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 2000000000\r\n\r\nHTTP/1.1 200 OK\r\n"
    found: list[object] = []
    within_bounds(lambda: found.extend(frames(endless(head, b"x" * 4096, 1_000_000_000), lambda _: True)), megabytes=20)
    assert len(found) == 1


def test_a_bomb_among_members_is_unpacked_only_as_far_as_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.sources.members.FREE_BYTES", 10_000_000)
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    bomb = b"".join([packer.compress(bytes(1_000_000)) for _ in range(300)]) + packer.flush()

    def unpack() -> None:
        members = Members(buffered(io.BytesIO(bomb)))
        with pytest.raises(BombError):
            all(iter(members.read, b""))

    within_bounds(unpack, megabytes=10)


def test_a_bomb_in_a_record_is_refused_and_the_next_record_read(tmp_path: Path) -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    bomb = b"".join([packer.compress(bytes(1_000_000)) for _ in range(100)]) + packer.flush()
    hostile = record("https://a.example/", bomb, http="Content-Encoding: gzip\r\n")
    path = write_archive(tmp_path / "a.warc.gz", [hostile, record("https://b.example/", PAGE.encode())])
    bad, good = read(path)
    assert isinstance(bad, Failure)
    assert "more than 20 MB" in bad.reason
    assert isinstance(good, RawArticle)


def test_many_records_that_lie_take_no_longer_than_honest_ones() -> None:
    liar = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 19000000\r\n\r\n"
    within_bounds(lambda: list(frames(buffered(io.BytesIO(liar * 30_000)), lambda _: True)), megabytes=60)


@pytest.mark.parametrize("suffix", [".zip", ".tar", ".tgz", ".7z", ".warc.zst", ".csv.zip"])
def test_archives_with_members_are_refused_and_told_what_to_do(tmp_path: Path, suffix: str) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as packed:
        packed.writestr("../../etc/evil.txt", "Norland and Sudland will run a ferry.")
    assert "unpack it into a folder" in only_failure(write(tmp_path / f"a{suffix}", data.getvalue())).reason


@pytest.mark.parametrize("suffix", [".txt", ".html", ".jsonl", ".csv", ".warc", ".xml", ".parquet", ".json", ".md"])
def test_a_zip_under_another_name_is_a_failure(tmp_path: Path, suffix: str) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("../evil.html", PAGE * 100)
    assert all(isinstance(one, Failure) for one in read(write(tmp_path / f"a{suffix}", data.getvalue())))


DEEP = 29_000
"""Tags just below the limit: more are refused unread."""


@pytest.mark.parametrize(
    "page",
    [
        b"<div>" * 100_000 + b"text",
        b"<div>" * DEEP + b"text",
        b"<p><div>" * (DEEP // 2) + BODY.encode(),
        BODY.encode() + b"<b>" * DEEP,
        b"<table><tr><td>" * (DEEP // 3) + BODY.encode(),
        b"<a href=x>" * DEEP,
        b"<ul><li>" * (DEEP // 2) + BODY.encode(),
        b"<p>" + b"word " * 2_000_000 + b"</p>",
        b"<!--" * DEEP + BODY.encode(),
        b"<script>" * DEEP + BODY.encode(),
        b"<svg" * DEEP + BODY.encode(),
        b"<link " * DEEP + BODY.encode(),
        b"<html " + b"lang " * 500_000 + b">" + BODY.encode(),
        b"<p " + b"a=b " * 1_000_000 + b">" + BODY.encode(),
        BODY.encode() + b"&amp;" * 200_000,
        BODY.encode() + b"<time datetime=2018>" * (DEEP // 2),
        b'<meta name="date" content="' + b"9" * 5_000_000 + b'">' + BODY.encode(),
        b"<title>" + b" - x" * 500_000 + b"</title>" + BODY.encode(),
        b'<script type="application/ld+json">' + b'{"a":' * 300_000 + b"</script>" + BODY.encode(),
        b'<script type="application/ld+json">' + b"[{}" + b",{}" * 600_000 + b"]</script>" + BODY.encode(),
        b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><html><p>&b;</p>' + BODY.encode(),
        b"\xff\xfe" + "<p>\ud800\udc00 lone \x00 </p>".encode("utf-16-le", "surrogatepass") * 1_000,
        b'<meta charset="utf-16">' + BODY.encode(),
        b'<meta charset="idna">' + BODY.encode() + b"\xe9\xff" * 1_000,
        b'<meta charset="zlib_codec">' + BODY.encode() + b"\xe9\xff" * 1_000,
    ],
    ids=lambda page: page[:20].decode("latin-1").encode("unicode_escape").decode(),
)
def test_page_made_to_do_harm_ends_soon(page: bytes) -> None:
    def look() -> Found:
        return extracted(page_at(page, "here", url="https://a.example/"))

    begun = time.process_time()
    found = look()
    assert time.process_time() - begun < SECONDS
    assert found.reason if isinstance(found, Failure) else found.text.strip()


@pytest.mark.parametrize(
    "date",
    [
        "0000-01-01",
        "0000-00-00T00:00:00Z",
        "9999-12-31T23:59:59-14:00",
        "9999-12-31",
        "0001-01-01T00:00:00+14:00",
        "-9999-01-01",
        "10000-01-01",
        "2018-11-05T25:61:61Z",
        "99999999999999999999",
        "NaN",
    ],
    ids=lambda date: date[:30],
)
def test_impossible_dates_are_no_dates(date: str) -> None:
    assert parse_date(date, NOW).when is None
    page = PAGE.replace("2018-11-05T08:00:00Z", date)
    found = extracted(page_at(page.encode(), "here"))
    assert isinstance(found, RawArticle)
    cleaned = clean(found, NOW)
    assert cleaned.article.published is None or cleaned.article.published <= NOW


def test_bad_rows_among_good_ones_cost_themselves_only(tmp_path: Path) -> None:
    good = json.dumps({"text": "Norland and Sudland will run a ferry."}).encode()
    bad = [
        b"\x00" * 50,
        b'{"text": "\\ud800"}',
        b"[" * 100_000,
        b'{"text": ' + b"9" * 5_000 + b"}",
        b"\xff\xfe{}",
        b'{"a": NaN}',
    ]

    def rows() -> Iterator[bytes]:
        for one in bad:
            yield one
            yield good

    found = read(write(tmp_path / "a.jsonl", b"\n".join(rows())))
    text = "Norland and Sudland will run a ferry."
    assert sum(isinstance(one, RawArticle) and one.text == text for one in found) == len(bad)
    assert len(found) == 2 * len(bad)


def test_packed_line_without_end_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl.gz", gzip.compress(b'{"text": "' + b"x" * 60_000_000, 1))
    assert "a line of more than 50 MB" in only_failure(path).reason
