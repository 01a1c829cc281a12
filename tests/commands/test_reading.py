"""`detente series`, `evidence` and `status` as other programs call them, and what all commands share."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from ingest import __version__
from ingest.records import RawArticle
from tests.invented import write_lines
from tests.running import COMMAND, detente, detente_process

_SERIES = ["a", "b", "period", "tone", "low", "high", "n_eff", "stories", "articles", "outlets", "negative_share"]
_PRAISE = "Russia praised Pakistan for the lighthouse of the two harbours."
_BLAME = "China condemned India over the kites of the mountain town."


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("read")
    days = ("2016-12-31", "2017-01-01", "2017-01-31", "2017-02-01", "2017-12-31", "2018-01-01")
    raws = [
        RawArticle(
            text=f"{sentence} Day {day}.",
            where="",
            title=f"On {day}",
            url=f"https://{sentence[:5]}.example/{day}",
            published=day,
        )
        for day in days
        for sentence in (_PRAISE, _BLAME)
    ]
    undated = replace(raws[0], published=None, url="https://x.example/", text=f"{_PRAISE} Some day.")
    ran = detente(
        "ingest", write_lines(folder / "in.jsonl", [*raws, undated]), folder / "missing", "--store", folder / "store"
    )
    assert ran.returncode == 0, ran.stderr
    return folder / "store"


def _periods(out: bytes) -> list[str]:
    return [row["period"] for row in csv.DictReader(io.StringIO(out.decode()))]


def _days(out: bytes) -> list[str]:
    return sorted(row["published"][:10] for row in csv.DictReader(io.StringIO(out.decode())))


def test_series_is_the_same_in_every_format(store: Path) -> None:
    words = ("series", "Pakistan", "RUS", "--by", "year", "--store", store, "--format")
    as_csv, as_json, as_parquet = (detente(*words, kind) for kind in ("csv", "json", "parquet"))
    assert [ran.stderr for ran in (as_csv, as_json, as_parquet)] == [b"", b"", b""]
    parquet = pl.read_parquet(io.BytesIO(as_parquet.stdout))
    assert parquet.columns[: len(_SERIES)] == _SERIES
    assert parquet.schema["period"] == pl.Date()
    assert as_csv.stdout.decode() == parquet.write_csv()
    rows = json.loads(as_json.stdout)
    assert rows == json.loads(parquet.write_json())
    assert [(row["a"], row["b"], row["period"], row["stories"]) for row in rows] == [
        ("PAK", "RUS", "2016-01-01", 1),
        ("PAK", "RUS", "2017-01-01", 4),
        ("PAK", "RUS", "2018-01-01", 1),
    ]
    assert [row["tone"] is None for row in rows] == [True, False, True]


def test_all_pairs_are_those_pairs_one_after_the_other(store: Path) -> None:
    together = detente("series", "--all-pairs", "--by", "quarter", "--store", store).stdout.splitlines()
    one = detente("series", "India", "China", "--by", "quarter", "--store", store).stdout.splitlines()
    other = detente("series", "Russia", "Pakistan", "--by", "quarter", "--store", store).stdout.splitlines()
    assert together == [*one, *other[1:]]


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        ("2017", "2017", ["2017-01-01", "2017-01-31", "2017-02-01", "2017-12-31"]),
        ("2017-01", "2017-01", ["2017-01-01", "2017-01-31"]),
        ("2017-1-31", "2017-02-01", ["2017-01-31", "2017-02-01"]),
        ("2017-02", None, ["2017-02-01", "2017-12-31", "2018-01-01"]),
        (None, "2016", ["2016-12-31"]),
        (None, "2017-12", ["2016-12-31", "2017-01-01", "2017-01-31", "2017-02-01", "2017-12-31"]),
        ("2018-01-01", "9999", ["2018-01-01"]),
        ("2018-01-01", "9999-12-31", ["2018-01-01"]),
        ("2017-02", "2017-03", ["2017-02-01"]),
    ],
)
def test_days_months_and_years_are_limits_both_included(
    since: str | None, until: str | None, expected: list[str], store: Path
) -> None:
    words = [*(["--from", since] if since else []), *(["--to", until] if until else [])]
    ran = detente("evidence", "PAK", "RUS", *words, "--format", "csv", "--store", store)
    assert _days(ran.stdout) == expected


@pytest.mark.parametrize(("by", "count"), [("day", 367), ("week", 54), ("month", 14), ("quarter", 6), ("year", 3)])
def test_no_period_is_missing_in_between(by: str, count: int, store: Path) -> None:
    assert len(_periods(detente("series", "PAK", "RUS", "--by", by, "--store", store).stdout)) == count


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["Russa", "Pakistan"], "perhaps Russia (RUS)"),
        (["RUS", "Russia"], "are the same country"),
        (["RUS", "PAK", "--from", "soon"], "'soon' is not a day; write it as 2017-09-26, 2017-09 or 2017"),
        (["RUS", "PAK", "--to", "2017-13"], "'2017-13' is not a day of the calendar"),
        (["RUS", "PAK", "--to", "0000"], "'0000' is not a day of the calendar"),
        (["RUS"], ""),
        (["RUS", "PAK", "--format", "xml"], "xml"),
    ],
)
def test_wrong_use_exits_with_2_and_says_what_to_do(words: list[str], message: str, store: Path) -> None:
    for command in ("series", "evidence"):
        ran = detente(command, *words, "--store", store)
        assert (ran.returncode, ran.stdout) == (2, b"")
        assert message in ran.stderr.decode()


def test_series_wants_two_countries_or_all_pairs(store: Path) -> None:
    for words in ([], ["RUS", "--all-pairs"], ["RUS", "PAK", "--all-pairs"]):
        ran = detente("series", *words, "--store", store)
        assert (ran.returncode, ran.stdout) == (2, b"")
        assert b"--all-pairs in their place" in b" ".join(ran.stderr.replace("│".encode(), b"").split())


@pytest.mark.parametrize("command", ["series", "evidence"])
def test_a_pair_without_articles_is_an_empty_answer_and_a_hint(command: str, store: Path) -> None:
    ran = detente(command, "France", "Japan", "--format", "csv", "--store", store)
    assert ran.returncode == 0
    assert len(ran.stdout.splitlines()) == 1  # the names of the columns
    assert b"detente status" in ran.stderr


@pytest.mark.parametrize(
    "words", [["series", "RUS", "PAK"], ["evidence", "RUS", "PAK"], ["status"], ["status", "--json"]]
)
def test_a_missing_store_says_how_to_fill_one(words: list[str], tmp_path: Path) -> None:
    ran = detente(*words, "--store", tmp_path / "nowhere")
    assert (ran.returncode, ran.stdout) == (1, b"")
    assert ran.stderr.decode().startswith(
        f"detente: there is no store at {tmp_path / 'nowhere'}; fill one with: detente ingest "
    )
    assert list(tmp_path.iterdir()) == []


def test_evidence_formats(store: Path) -> None:
    words = ("evidence", "Pakistan", "Russia", "--store", store)
    text = detente(*words, "--to", "2016").stdout.decode().splitlines()
    assert text[0].startswith("2016-12-31  +0.")
    assert text[0].endswith(" · On 2016-12-31")
    assert text[1].strip() == _PRAISE
    assert text[2].strip().startswith("[praised +0.")
    assert len(text) == 3
    parquet = pl.read_parquet(io.BytesIO(detente(*words, "--format", "parquet").stdout))
    assert parquet.height == 7
    assert {"pair", "article_id", "published", "outlet", "sentence", "start", "end", "tone", "direction"} < set(
        parquet.columns
    )
    assert {"title", "url", "story_id", "a_spans", "b_spans", "words"} < set(parquet.columns)
    assert parquet["published"].to_list() == [*sorted(parquet["published"].drop_nulls()), None]
    as_json = json.loads(detente(*words, "--format", "json").stdout)
    assert [row["sentence"] for row in as_json] == [_PRAISE] * 7
    word = as_json[0]["words"][0]
    assert _PRAISE[word["start"] : word["end"]] == "praised"
    as_csv = list(csv.DictReader(io.StringIO(detente(*words, "--format", "csv").stdout.decode())))
    assert [row["article_id"] for row in as_csv] == parquet["article_id"].to_list()
    assert not {"a_spans", "b_spans", "words"} & set(as_csv[0])
    assert len(json.loads(detente(*words, "--format", "json", "--limit", "2").stdout)) == 2


def test_status_tells_what_there_is(store: Path) -> None:
    told = json.loads(detente("status", "--json", "--store", store).stdout)
    counts = {
        name: told[name] for name in ("articles", "unscored", "undated", "stories", "readings", "pairs", "failed")
    }
    assert counts == {
        "articles": 13,
        "unscored": 0,
        "undated": 1,
        "stories": 13,
        "readings": 13,
        "pairs": 2,
        "failed": 1,
    }
    assert [row["pair"] for row in told["busiest"]] == ["PAK-RUS", "CHN-IND"]
    people = detente("status", "--store", store).stdout.decode()
    for expected in (
        str(store),
        "31 Dec 2016 to 01 Jan 2018 (UTC)",
        "Pakistan – Russia",
        "1 without a date",
        "--failures",
    ):
        assert expected in people
    failures = detente("status", "--failures", "--store", store).stdout.decode().splitlines()
    assert len(failures) == 1
    assert "no such file" in failures[0]


@pytest.mark.parametrize("command", ["ingest", "score", "series", "evidence", "status", "retry", "dashboard"])
def test_help_has_an_example(command: str) -> None:
    ran = detente(command, "--help")
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert f"detente {command}" in ran.stdout.decode().partition("Example")[2]


def test_help_names_the_commands_and_no_word_at_all_is_wrong_use() -> None:
    ran = detente("--help")
    assert ran.returncode == 0
    assert all(name in ran.stdout.decode() for name in ("ingest", "score", "series", "evidence", "status", "dashboard"))
    assert detente().returncode == 2
    assert detente("ingset").returncode == 2


def test_version() -> None:
    ran = detente("--version")
    assert (ran.returncode, ran.stdout.decode(), ran.stderr) == (0, f"detente {__version__}\n", b"")


@pytest.mark.parametrize(
    "words", [["series", "--all-pairs", "--by", "day"], ["evidence", "RUS", "PAK"], ["status"], ["--help"]]
)
def test_a_reader_that_goes_away_is_no_error(words: list[str], store: Path) -> None:
    told = [*COMMAND, *words] + ([] if words == ["--help"] else ["--store", str(store)])
    out, into = os.pipe()
    os.close(out)  # nobody reads: every write fails
    ran = subprocess.run(told, stdout=into, stderr=subprocess.PIPE, check=False, timeout=30)
    os.close(into)
    assert ran.stderr == b""


@pytest.mark.parametrize(
    "words",
    [
        ["series", "Pakistan", "Russia", "--by", "quarter"],
        ["series", "--all-pairs", "--format", "parquet"],
        ["evidence", "Pakistan", "Russia"],
        ["evidence", "Pakistan", "Russia", "--format", "json"],
        ["status"],
        ["series", "Russa", "Pakistan"],
    ],
)
def test_a_process_of_its_own_says_the_same(words: list[str], store: Path) -> None:
    assert detente_process(*words, "--store", store) == detente(*words, "--store", store)
