"""Published series as tables, with the dates and columns that people use."""

from __future__ import annotations

import gzip
import json
import zipfile
from datetime import date
from pathlib import Path

import pytest

from ingest.errors import SourceError
from ingest.outside import files
from ingest.outside.files import digest_of, read_outside
from ingest.outside.records import Read
from tests.invented import NOW
from tests.outside.rows import gkg_row


def read(path: Path, content: str | bytes, column: str | None = None) -> Read:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_outside(path, None, column, NOW)


def values(found: Read) -> list[tuple[object, object]]:
    return found.days.select("day", "value").rows()


@pytest.mark.parametrize(
    ("content", "column"),
    [
        ("date,value\n2017-09-26,1.5\n2017-09-27,-2\n", None),
        ("\ufeffDay;Index\n26.09.2017;1,5\n27.09.2017;-2\n", None),
        ("day\tGPRD\tGPRD_ACT\n20170926\t1.5\t9\n20170927\t-2\t9\n", "GPRD"),
        ("Date,Series,Value\n20170926T000000Z,Average Tone,1.5\n20170927T000000Z,Average Tone,-2\n", None),
        (json.dumps([{"date": "2017-09-26", "value": 1.5}, {"date": "2017-09-27", "value": -2}]), None),
        (
            json.dumps(
                {
                    "query_details": {"title": "x"},
                    "timeline": [
                        {
                            "series": "Average Tone",
                            "data": [
                                {"date": "20170926T000000Z", "value": 1},
                                {"date": "20170926T120000Z", "value": 2},
                                {"date": "20170927T000000Z", "value": -2},
                            ],
                        }
                    ],
                }
            ),
            None,
        ),
    ],
    ids=["plain", "semicolons", "column", "timeline-csv", "json", "timeline-json"],
)
def test_a_date_and_a_value_a_row(tmp_path: Path, content: str, column: str | None) -> None:
    found = read(tmp_path / "a", content, column)
    assert values(found) == [(date(2017, 9, 26), 1.5), (date(2017, 9, 27), -2.0)]
    assert (found.kind, found.failures.count) == ("value", 0)
    assert found.days["n"].null_count() == 2


@pytest.mark.parametrize(
    ("told", "day"),
    [
        ("2017", date(2017, 1, 1)),
        ("2017-09", date(2017, 9, 1)),
        ("201709", date(2017, 9, 1)),
        ("2017M9", date(2017, 9, 1)),
        ("1985m1", date(1985, 1, 1)),
        ("2017Q3", date(2017, 7, 1)),
        ("26 Sep 2017", date(2017, 9, 26)),
    ],
)
def test_months_quarters_and_years_stand_for_their_first_day(tmp_path: Path, told: str, day: date) -> None:
    assert values(read(tmp_path / "a", f"period,value\n{told},3\n")) == [(day, 3.0)]


BROKEN = """05/11/2018,1|0000-01-01,1|9999,1|2017-13,1|,1|2018-01-02,|2018-01-02,x|2018-01-02,nan"""


@pytest.mark.parametrize("row", BROKEN.split("|"))
def test_broken_rows_are_failures(tmp_path: Path, row: str) -> None:
    found = read(tmp_path / "a", f"date,value\n2017-09-26,1\n{row}\n")
    assert (values(found), found.rows, found.failures.count) == ([(date(2017, 9, 26), 1.0)], 2, 1)
    assert found.failures.first[0].where == f"{tmp_path / 'a'}:3"


def test_articles_without_text_are_counted_by_day_each_once(tmp_path: Path) -> None:
    rows = [{"url": f"https://a.example/{at % 3}", "seendate": "20240105T101500Z", "domain": "d"} for at in range(5)]
    found = read(tmp_path / "a.json", json.dumps({"articles": rows}))
    assert found.days.select("day", "value", "n").rows() == [(date(2024, 1, 5), 3.0, 3)]
    assert found.kind == "count"
    as_csv = read(tmp_path / "a.csv", "URL,MobileURL,Date,Title\nhttps://a.example/1,,2024-01-05 10:15:00,Ferry\n")
    assert as_csv.days.select("day", "value", "n").rows() == [(date(2024, 1, 5), 1.0, 1)]


def test_several_series_in_one_file_keep_their_names(tmp_path: Path) -> None:
    timeline = [{"series": name, "data": [{"date": "20240105", "value": 1}]} for name in ("English", "French")]
    assert read(tmp_path / "a", json.dumps({"timeline": timeline})).days["name"].to_list() == ["English", "French"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "is empty"),
        ("value,index\n1,2\n", "no column of dates; found 'value', 'index'"),
        ("date,one,two\n2017,1,2\n", "Say it with --column; found 'date', 'one', 'two'"),
        ("{", "is not valid JSON"),
        ("{}", "no list of values"),
        ("[1, 2]", "no list of values"),
        (b"\x00\x01\x02\x03" * 100, "looks binary"),
        (gzip.compress(b"date,value\n2017,1\n" * 5_000)[:-30], "damaged or cut short"),
        (b"PK\x03\x04 no archive", "damaged or cut short"),
    ],
)
def test_a_file_that_is_none_says_why(tmp_path: Path, content: str | bytes, reason: str) -> None:
    with pytest.raises(SourceError, match=reason):
        read(tmp_path / "a", content)


def test_a_column_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no column 'GPR'; found 'date', 'value'"):
        read(tmp_path / "a", "date,value\n2017,1\n", "GPR")
    with pytest.raises(SourceError, match="cannot be read: No such file"):
        read_outside(tmp_path / "missing", None, None, NOW)


def test_a_bomb_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MAX_BYTES", 1_000_000)
    path = tmp_path / "bomb.csv.gz"
    path.write_bytes(gzip.compress(b"\n" * 5_000_000))
    with pytest.raises(SourceError, match="unpacks to more than 1 MB"):
        digest_of(path)


def test_packed_files_hold_the_same(tmp_path: Path) -> None:
    content = (gkg_row(1, ("PK", "IN"), -3.0) + "\n").encode()
    plain = tmp_path / "a.gkg.csv"
    found = read(plain, content)
    packed = tmp_path / "a.gkg.csv.gz"
    assert read(packed, gzip.compress(content)).days.equals(found.days)
    archive = tmp_path / "a.gkg.csv.zip"
    with zipfile.ZipFile(archive, "w") as into:
        into.writestr("../../escape.csv", content)
    assert read_outside(archive, None, None, NOW).days.equals(found.days)
    assert digest_of(plain) == digest_of(packed) == digest_of(archive)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.gkg.csv", "a.gkg.csv.gz", "a.gkg.csv.zip"]
    with zipfile.ZipFile(archive, "a") as into:
        into.writestr("more.csv", content)
    with pytest.raises(SourceError, match="holds 2 files; expected one"):
        read_outside(archive, None, None, NOW)
