"""`detente bundle` and `detente verify`, as people call them."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from tests.invented import write_lines
from tests.running import Ran, detente
from tests.store.test_corrected import BLAME, PRAISE, THIRD, raw

WHO = ("--by", "A. Analyst", "--reason", "read it again")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("bundled")
    lines = write_lines(place / "in.jsonl", [raw(1, f"{PRAISE} {BLAME}"), raw(2, PRAISE), raw(3, THIRD)])
    assert detente("ingest", lines, "--store", place / "store").returncode == 0
    return place / "store"


def said(ran: Ran) -> str:
    return (ran.stdout + ran.stderr).decode()


def test_a_bundle_is_written_and_holds(store: Path, tmp_path: Path) -> None:
    out = tmp_path / "pair.zip"
    ran = detente("bundle", "Russia", "PAK", "--by", "year", "--from", "2017", "--out", out, "--store", store)
    assert (ran.returncode, "check it with: detente verify" in said(ran)) == (0, True)
    again = tmp_path / "again.zip"
    detente("bundle", "PAK", "RUS", "--by", "year", "--from", "2017", "--out", again, "--store", store)
    assert out.read_bytes() == again.read_bytes()
    checked = detente("verify", out, "--rescore")
    assert checked.returncode == 0
    assert said(checked).splitlines() == [
        f"{out}: PAK-RUS, by year, weight unique, scorer vader",
        "the same, bit for bit: 3 readings, 3 stories, 1 plotted values, 4 sentences",
    ]


def test_corrections_are_in_and_told(store: Path, tmp_path: Path) -> None:
    ours, out = tmp_path / "ours.jsonl", tmp_path / "pair.zip"
    rows = detente("evidence", "PAK", "RUS", "--format", "csv", "--store", store).stdout.decode().splitlines()
    article = rows[1].split(",")[1]
    added = detente("corrections", "add", "strike", article, "RUS", *WHO, "--store", store, "--corrections", ours)
    assert added.returncode == 0, said(added)
    ran = detente("bundle", "PAK", "RUS", "--out", out, "--store", store, "--corrections", ours)
    assert "1 correction of an analyst is in these numbers" in said(ran)
    with zipfile.ZipFile(out) as archive:
        assert archive.read("corrections.jsonl") == ours.read_bytes()
    checked = detente("verify", out)
    assert (checked.returncode, "2 readings" in said(checked)) == (0, True)


def test_what_differs_is_named_and_ends_with_1(store: Path, tmp_path: Path) -> None:
    out = tmp_path / "pair.zip"
    detente("bundle", "PAK", "RUS", "--out", out, "--store", store)
    with zipfile.ZipFile(out) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    head, _, rows = files["readings.csv"].partition(b"\n")
    files["readings.csv"] = head + b"\n" + rows.replace(b",cooperative,", b",hostile,")
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    ran = detente("verify", out)
    assert ran.returncode == 1
    assert "label: the bundle has 'hostile', recomputed 'cooperative'" in said(ran)
    assert "NOT the same" in said(ran)


def test_wrong_use_is_said(store: Path, tmp_path: Path) -> None:
    same = detente("bundle", "PAK", "Pakistan", "--out", tmp_path / "x.zip", "--store", store)
    assert (same.returncode, "same country" in said(same)) == (2, True)
    nowhere = detente("bundle", "PAK", "RUS", "--out", tmp_path / "no" / "x.zip", "--store", store)
    assert (nowhere.returncode, "give another --out" in said(nowhere)) == (1, True)
