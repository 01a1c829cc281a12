"""`detente corrections`, and what other commands say of corrections."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.invented import write_lines
from tests.running import Ran, detente
from tests.store.test_corrected import BLAME, PRAISE, THIRD, raw

WHO = ("--by", "A. Analyst", "--reason", "read it again")


@pytest.fixture
def store(tmp_path: Path) -> Path:
    place = tmp_path / "store"
    lines = write_lines(tmp_path / "in.jsonl", [raw(1, f"{PRAISE} {BLAME}"), raw(2, PRAISE), raw(3, THIRD)])
    assert detente("ingest", lines, "--store", place).returncode == 0
    return place


def out(ran: Ran) -> str:
    assert ran.returncode == 0, ran.stderr.decode()
    return ran.stdout.decode()


def run(store: Path, *words: str | Path) -> Ran:
    return detente("corrections", *words, "--store", store)


def ids(store: Path) -> dict[str, str]:
    rows = json.loads(out(detente("evidence", "PAK", "RUS", "--format", "json", "--store", store)))
    return {row["title"][-1]: row["article_id"] for row in rows}


def series(store: Path) -> tuple[list[dict[str, str]], str]:
    ran = detente("series", "PAK", "RUS", "--by", "year", "--store", store)
    return list(csv.DictReader(io.StringIO(out(ran)))), ran.stderr.decode()


def test_tone_is_set_told_and_withdrawn(store: Path) -> None:
    before, said = series(store)
    assert said == ""
    added = out(run(store, "add", "tone", "Russia", "PAK", ids(store)["1"], "--sentence", "kites", "--value", "0.7", *WHO))  # fmt: skip  # noqa: E501
    assert "tone of PAK-RUS set to +0.70" in added
    after, said = series(store)
    assert float(after[0]["tone"]) > float(before[0]["tone"])
    assert "1 correction of an analyst is in these numbers" in said
    shown = out(detente("evidence", "PAK", "RUS", "--store", store))
    assert f": {added.split()[0]}]" in shown
    listed = out(run(store, "list"))
    assert all(word in listed for word in (added.split()[0], "A. Analyst", BLAME, "because: read it again"))
    out(run(store, "withdraw", added.split()[0], *WHO))
    assert series(store) == (before, "")
    assert "no corrections" in out(run(store, "list"))
    assert "[withdrawn]" in out(run(store, "list", "--all"))


def test_which_sentence_is_meant_must_be_plain(store: Path) -> None:
    one = ids(store)["1"]
    many = run(store, "add", "tone", "PAK", "RUS", one, "--label", "hostile", *WHO)
    assert many.returncode == 1
    assert f"--start 0: {PRAISE}" in many.stderr.decode()
    none = run(store, "add", "tone", "PAK", "RUS", one, "--label", "hostile", "--sentence", "never said", *WHO)
    assert "no such sentence" in none.stderr.decode()
    assert out(run(store, "add", "tone", "PAK", "RUS", one, "--label", "hostile", "--start", "0", *WHO))
    assert run(store, "add", "tone", "PAK", "RUS", one, "--start", "0", *WHO).returncode == 2
    assert not (store / "corrections.jsonl").read_text().count("never said")


def test_every_copy_of_a_sentence_is_corrected_at_once(store: Path) -> None:
    one = ids(store)["2"]
    added = out(run(store, "add", "tone", "PAK", "RUS", one, "--label", "hostile", "--copies", *WHO)).splitlines()
    assert len(added) == 2  # articles 1 and 2 have it
    rows = json.loads(out(detente("evidence", "PAK", "RUS", "--format", "json", "--store", store)))
    assert {row["sentence"] for row in rows if row["corrected"]} == {PRAISE}
    assert {round(row["tone"], 9) for row in rows if row["corrected"]} == {-1.0}


def test_strike_merge_split_and_note(store: Path) -> None:
    told = ids(store)
    out(run(store, "add", "strike", told["3"], "India", *WHO))
    out(run(store, "add", "strike", told["1"], "PAK-RUS", "--sentence", "kites", *WHO))
    out(run(store, "add", "merge", told["1"], told["2"], *WHO))
    out(run(store, "add", "note", "RUS", "PAK", "2017-01-10", "a bridge", "--by", "A"))
    rows, said = series(store)
    assert (rows[0]["stories"], rows[0]["articles"]) == ("2", "3")
    assert "2 corrections of analysts are in these numbers" in said  # India is in no evidence of this pair
    out(run(store, "add", "split", told["1"], *WHO))
    assert series(store)[0][0]["stories"] == "3"
    gone = run(store, "add", "merge", told["1"], "e" * 16, *WHO)
    assert (gone.returncode, "there is no article" in gone.stderr.decode()) == (1, True)
    assert "5 entries, 5 in force, 0 without a target" in out(run(store, "check"))


def test_export_and_import_keep_who_and_when(store: Path, tmp_path: Path) -> None:
    out(run(store, "add", "strike", ids(store)["3"], "PAK", *WHO))
    exported = tmp_path / "ours.jsonl"
    exported.write_text(out(run(store, "export")))
    other = tmp_path / "other.jsonl"
    assert "1 added, 0 known" in out(run(store, "import", exported, "--corrections", other))
    assert "0 added, 1 known" in out(run(store, "import", exported, "--corrections", other))
    assert other.read_text() == exported.read_text() == (store / "corrections.jsonl").read_text()


def test_check_tells_what_is_torn_edited_or_lost(store: Path) -> None:
    out(run(store, "add", "strike", ids(store)["3"], "PAK", *WHO))
    file = store / "corrections.jsonl"
    file.write_text(file.read_text() + file.read_text().replace("A. Analyst", "Nobody") + '{"id": "ab')
    ran = run(store, "check", "--json")
    told = json.loads(ran.stdout)
    assert (ran.returncode, told["entries"], told["in_force"], told["lost"]) == (1, 1, 1, [])
    assert ["edited by hand" in told["problems"][0], "not finished" in told["problems"][1]] == [True, True]
    assert "line 2, is not applied" in series(store)[1]


def test_a_store_elsewhere_needs_a_file() -> None:
    ran = detente("corrections", "add", "note", "PAK", "RUS", "2017-01-01", "x", "--by", "A", "--store", "s3://nowhere/x")  # fmt: skip  # noqa: E501
    assert (ran.returncode, "DETENTE_CORRECTIONS" in ran.stderr.decode()) == (1, True)
