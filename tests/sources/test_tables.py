from __future__ import annotations

import csv
import gzip
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from ingest.records import Failure, RawArticle
from tests.sources.reading import SENTENCE, only_article, only_failure, read, write

MANY_LINES = f'{SENTENCE}\n\nHe said: "We agree", and left; so did she.'


def test_csv_rows_are_articles(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerows([["Headline", "publish_date", "Source", "Body"], ["Ferry", "2018-11-05", "Post", MANY_LINES]])
        writer.writerow(["Quay", "2018-11-06", "", SENTENCE])
    assert read(path) == [
        RawArticle(text=MANY_LINES, where=f"{path}:2", title="Ferry", published="2018-11-05", outlet="Post"),
        RawArticle(text=SENTENCE, where=f"{path}:5", title="Quay", published="2018-11-06"),
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiter_is_found(tmp_path: Path, delimiter: str) -> None:
    path = write(tmp_path / "a.csv", f'title{delimiter}"text"\r\nFerry{delimiter}"One, two; three | four"\r\n\r\n')
    assert only_article(path).text == "One, two; three | four"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_charset_of_a_table(tmp_path: Path, encoding: str) -> None:
    path = write(tmp_path / "a.tsv", "text\tid\nCafé “Zürich”\t7\n".encode(encoding))
    assert (only_article(path).text, only_article(path).given_id) == ("Café “Zürich”", "7")


def test_table_of_one_column_packed_with_stray_zeros(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv.gz", gzip.compress(b"text\nThe fer\x00ry returns\n"))
    assert only_article(path).text == "The ferry returns"


def test_long_field_is_read(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", 'title,text\nFerry,"' + "word " * 100_000 + '"\n')
    assert len(only_article(path).text) == 500_000


def test_bad_rows_keep_the_rest(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", f"title,text\nFerry,One, two\n,\nQuay,{SENTENCE}\n")
    found = read(path)
    assert found[:2] == [
        Failure(where=f"{path}:2", reason="3 fields, the header has 2; quote fields that hold ','"),
        Failure(where=f"{path}:3", reason="no text: text and title are empty"),
    ]
    assert [item.where for item in found[2:] if isinstance(item, RawArticle)] == [f"{path}:4"]


def test_quotation_mark_that_is_never_closed_is_told(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", f'title,text\n5" pipe,{SENTENCE}\nQuay,"{SENTENCE}\nFerry,{SENTENCE}\n')
    first, swallowed = read(path)
    assert isinstance(first, RawArticle)
    assert swallowed == Failure(
        where=f"{path}:3", reason="a quotation mark is opened here and never closed; it swallowed 2 lines"
    )


def test_table_without_text_is_one_failure_that_lists_columns(tmp_path: Path) -> None:
    failure = only_failure(write(tmp_path / "a.csv", "day,tone\n1,2\n3,4\n"))
    assert failure.reason.startswith("no column of text; found 'day', 'tone', expected one called text, body, content")
    pq.write_table(pa.table({"day": [1, 2]}), tmp_path / "a.parquet")
    assert only_failure(tmp_path / "a.parquet").reason.startswith("no column of text; found 'day', expected")


def test_empty_table_is_a_failure(tmp_path: Path) -> None:
    assert only_failure(write(tmp_path / "a.csv", "\n\n")).reason == "the file is empty"


def test_parquet_rows_are_articles(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    table = pa.table(
        {
            "text": pa.array([SENTENCE, None, SENTENCE]).dictionary_encode(),
            "date": pa.array([date(2018, 11, 5), None, None]),
            "source": pa.array([{"name": "Post"}, None, None]),
            "authors": pa.array([["Ann Lee"], [], None]),
            "_id": [1, 2, 3],
            "embedding": [[0.1] * 8] * 3,
        }
    )
    pq.write_table(table, path)
    assert read(path) == [
        RawArticle(
            text=SENTENCE,
            where=f"{path}:1",
            published="2018-11-05",
            outlet="Post",
            authors=("Ann Lee",),
            given_id="1",
        ),
        Failure(where=f"{path}:2", reason="no text: text is empty"),
        RawArticle(text=SENTENCE, where=f"{path}:3", given_id="3"),
    ]


@pytest.mark.parametrize(
    ("kind", "when"),
    [
        (pa.timestamp("ns"), datetime(2018, 11, 5, 9, 35)),  # noqa: DTZ001 - Arrow's naive kind
        (pa.timestamp("s"), datetime(2018, 11, 5, 9, 35)),  # noqa: DTZ001
        (
            pa.timestamp("us", "America/New_York"),
            datetime(2018, 11, 5, 4, 35, tzinfo=ZoneInfo("America/New_York")),
        ),
    ],
)
def test_times_in_parquet_are_utc(tmp_path: Path, kind: pa.DataType, when: datetime) -> None:
    table = pa.table({"text": [SENTENCE], "published_at": pa.array([when], kind)})
    pq.write_table(table, tmp_path / "a.parquet")
    published = only_article(tmp_path / "a.parquet").published
    assert published is not None
    assert datetime.fromisoformat(published).replace(tzinfo=None) == datetime(2018, 11, 5, 9, 35)  # noqa: DTZ001


def test_text_in_parquet_that_is_not_utf8_costs_only_its_row(tmp_path: Path) -> None:
    texts = pa.Array.from_buffers(pa.string(), 2, pa.array([b"fine text", b"\xff\xfebad text"], pa.binary()).buffers())
    pq.write_table(pa.table({"text": texts}), tmp_path / "a.parquet")
    good, failed = read(tmp_path / "a.parquet")
    assert isinstance(good, RawArticle)
    assert isinstance(failed, Failure)
    assert failed.where.endswith(":2")


@pytest.mark.parametrize("data", [b"", b"PAR1", b"PAR1 rubbish PAR1", b"text"])
def test_broken_parquet_is_a_failure(tmp_path: Path, data: bytes) -> None:
    assert only_failure(write(tmp_path / "a.parquet", data)).reason.startswith("not readable as Parquet")
