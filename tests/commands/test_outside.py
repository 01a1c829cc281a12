"""`detente outside`: series of others are kept once, beside ours."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import polars as pl
import pytest

from ingest.store import Store
from tests.outside.rows import gkg_row
from tests.running import detente, start

TABLE = "date,value\n2017-09-26,1.5\n2017-09-27,-2\n"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "store"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "gpr.csv"
    path.write_text(TABLE)
    return path


def _added(*words: str | Path) -> dict[str, object]:
    ran = detente("outside", "add", *words, "--json")
    told: dict[str, object] = json.loads(ran.stdout)
    return told


def _values(store: Path, *words: str | Path) -> list[tuple[object, ...]]:
    ran = detente("outside", "export", *words, "--format", "json", "--store", store)
    return [(row["name"], row["pair"], row["day"], row["value"], row["n"]) for row in json.loads(ran.stdout)]


def test_added_once_per_content(table: Path, tmp_path: Path, store: Path) -> None:
    told = _added(table, "--name", "GPR", "--store", store)
    assert {name: told[name] for name in ("files", "known", "rows", "days", "failed")} == {
        "files": 1, "known": 0, "rows": 2, "days": 2, "failed": 0,
    }  # fmt: skip
    other = tmp_path / "renamed.csv"
    other.write_text(TABLE)
    told = _added(table, other, "--name", "GPR", "--store", store)
    assert (told["files"], told["known"], told["days"]) == (0, 2, 0)
    assert _values(store) == [("GPR", None, "2017-09-26", 1.5, None), ("GPR", None, "2017-09-27", -2.0, None)]
    assert Store(str(store)).scan("outside").collect().height == 2


def test_the_same_content_for_another_pair_or_name_is_something_else(table: Path, store: Path) -> None:
    for words in (["--name", "A"], ["--name", "B"], ["--name", "A", "--pair", "Pakistan", "IND"]):
        assert _added(table, *words, "--store", store)["files"] == 1
    assert len(_values(store)) == 6
    assert _values(store, "--pair", "India", "Pakistan")[0] == ("A", "IND-PAK", "2017-09-26", 1.5, None)
    assert len(_values(store, "--name", "B")) == 2


def test_of_published_values_the_last_one_counts(table: Path, store: Path) -> None:
    _added(table, "--name", "GPR", "--store", store)
    table.write_text("date,value\n2017-09-27,-1\n2017-09-28,0\n")
    _added(table, "--name", "GPR", "--store", store)
    assert [value for *_, value, _ in _values(store)] == [1.5, -1.0, 0.0]


def test_means_are_put_together_by_their_documents(tmp_path: Path, store: Path) -> None:
    files = []
    for number, tones in enumerate(([-4.0, -2.0], [3.0])):
        path = tmp_path / f"2024010510{number}500.gkg.csv"
        path.write_text("\n".join(gkg_row(at, ("PK", "IN"), tone) for at, tone in enumerate(tones)))
        files.append(path)
    told = _added(*files, "--name", "GKG", "--pair", "PAK", "India", "--store", store)
    assert (told["files"], told["rows"], told["days"]) == (2, 3, 2)
    assert _values(store) == [("GKG", "IND-PAK", "2024-01-05", -1.0, 3)]
    ran = detente("outside", "add", files[0], "--name", "GKG", "--store", store)
    assert b"0 files added, 1 known" not in ran.stdout  # without a pair it is another question: all pairs
    table = tmp_path / "table.csv"
    table.write_text(TABLE)
    refused = detente("outside", "add", table, "--name", "GKG", "--store", store)
    assert refused.returncode == 1
    assert b"the series 'GKG' holds means, this file has values; choose another --name" in refused.stderr


def test_never_mixed_into_our_tone(table: Path, store: Path) -> None:
    _added(table, "--name", "GPR", "--pair", "PAK", "IND", "--store", store)
    assert Store(str(store)).scan("readings").collect().is_empty()
    assert detente("series", "PAK", "IND", "--store", store).stdout.count(b"\n") == 1


def test_broken_rows_and_files_are_told_and_the_rest_is_kept(table: Path, tmp_path: Path, store: Path) -> None:
    table.write_text(TABLE + "soon,3\n")
    ran = detente("outside", "add", table, tmp_path / "missing.csv", "--name", "GPR", "--store", store)
    assert ran.returncode == 0
    assert "1 files added, 0 known, 1 refused: 2 values from 3 rows, 1 rows failed" in ran.stdout.decode()
    told = ran.stderr.decode()
    assert f"failed: {table}:4: date 'soon' is not understood" in told
    assert "missing.csv cannot be read: No such file" in told
    assert detente("outside", "add", tmp_path / "missing.csv", "--name", "X", "--store", store).returncode == 1


def test_list_and_export(table: Path, store: Path) -> None:
    ran = detente("outside", "list", "--store", store)
    assert (ran.returncode, b"there is no store" in ran.stderr) == (1, True)
    _added(table, "--name", "GPR", "--store", store)
    assert (
        "GPR  values, 2 days, 2017-09-26 to 2017-09-27, 1 file"
        in detente("outside", "list", "--store", store).stdout.decode()
    )
    (listed,) = json.loads(detente("outside", "list", "--json", "--store", store).stdout)
    assert (listed["name"], listed["days"], listed["files"], listed["pairs"]) == ("GPR", 2, 1, 0)
    ran = detente("outside", "export", "--name", "nothing", "--store", store)
    assert (ran.stdout, b"detente outside list" in ran.stderr) == (b"name,pair,day,value,n,kind\n", True)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--name", "A", "--pair", "PAK", "Pakistan"], "are the same country"),
        (["--name", "A", "--pair", "PAK", "Pakistann"], "Pakistan"),
        ([], "--name"),
    ],
)
def test_wrong_use_exits_with_2(words: list[str], message: str, table: Path, store: Path) -> None:
    ran = detente("outside", "add", table, *words, "--store", store)
    assert (ran.returncode, ran.stdout) == (2, b"")
    assert message in ran.stderr.decode()


@pytest.mark.parametrize("command", ["add", "list", "export"])
def test_help_has_an_example(command: str) -> None:
    ran = detente("outside", command, "--help")
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert f"detente outside {command}" in ran.stdout.decode().partition("Example")[2]


def _rows(store: Path) -> pl.DataFrame:
    return Store(str(store)).scan("outside").drop("at").collect().sort("pair", "day")


def test_killed_and_run_again_or_run_twice_at_once_it_is_there_once(tmp_path: Path, store: Path) -> None:
    path = tmp_path / "day.gkg.csv"
    with path.open("w") as file:
        file.writelines(gkg_row(at, ("PK", "IN", "CH"), at % 9) + "\n" for at in range(30_000))
    words = ("outside", "add", path, "--name", "GKG", "--json", "--store")
    detente(*words, tmp_path / "undisturbed")
    for delay_s in (0.4, 0.8, 1.2):
        process = start(*words, store)
        try:
            process.communicate(timeout=delay_s)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
    both = [start(*words, store) for _ in range(2)]
    told = [json.loads(process.communicate(timeout=60)[0]) for process in both]
    assert sum(one["files"] for one in told) <= 1
    assert _rows(store).equals(_rows(tmp_path / "undisturbed"))
