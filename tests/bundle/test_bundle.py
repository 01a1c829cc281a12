"""A bundle gives the plotted values again, says what was tampered with, and is the same bytes each time."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from ingest.bundle.archive import pack, unpack
from ingest.bundle.build import bundle
from ingest.bundle.settings import NAMES, Settings
from ingest.bundle.verify import Verdict, verify
from ingest.corrections.in_force import NONE
from ingest.errors import BundleError
from ingest.index.series import PERIODS, Period, tone_over_time
from ingest.index.stories import WEIGHTS, Weight
from ingest.store import Store, queries
from ingest.store.corrected import patch_file
from tests.corrections.making import NOW, merge, note, strike, tone

PAIR = ("PAK", "RUS")


def settings(by: Period = "year", weight: Weight = "unique", **more: Any) -> Settings:
    return Settings(a="PAK", b="RUS", by=by, weight=weight, scorer="detente-fast", **more)


def files_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def correct(store: Store) -> None:
    """Correct one sentence, strike another, merge two stories, note a date."""
    rows = queries.evidence(store, PAIR, corrections=NONE).sort("article_id", "start").collect().to_dicts()
    one, other = rows[0], rows[-1]
    assert one["story_id"] != other["story_id"]
    for entry in (
        tone(one["article_id"], one["sentence"], -0.9, start=one["start"]),
        strike(other["article_id"], "RUS", other["sentence"], start=other["start"]),
        merge(one["article_id"], rows[len(rows) // 2]["article_id"]),
        note(date(2016, 9, 24), "drills begin"),
    ):
        patch_file(store).add(entry, NOW)


@pytest.mark.parametrize("corrected", [False, True])
@pytest.mark.parametrize("weight", WEIGHTS)
@pytest.mark.parametrize("by", PERIODS)
def test_the_plotted_values_come_out_bit_for_bit(patched: Store, by: Period, weight: Weight, corrected: bool) -> None:
    if corrected:
        correct(patched)
    asked = settings(by, weight, since=date(2014, 6, 1), until=date(2017, 8, 31))
    files = files_of(bundle(patched, asked))
    shown = queries.readings(patched, PAIR, since=asked.since, until=asked.until)
    assert files["plotted.csv"].decode() == tone_over_time(shown, by, weight).write_csv()
    verdict = verify(files)
    assert (verdict.differences, verdict.remarks, verdict.settings) == ((), (), asked)
    assert json.loads(files["manifest.json"])["counts"]["corrections"] == (4 if corrected else 0)


def test_tones_come_out_of_the_sentences(patched: Store) -> None:
    verdict = verify(files_of(bundle(patched, settings())), rescore=True)
    assert verdict.differences == ()
    evidence = queries.evidence(patched, PAIR).filter(pl.col("published").is_not_null()).collect()
    assert verdict.compared["sentences"] == evidence.height > 20


def test_the_same_store_and_settings_give_the_same_bytes(patched: Store) -> None:
    correct(patched)
    again = Store(patched.uri)
    assert bundle(patched, settings()) == bundle(again, settings())
    assert bundle(patched, settings()) != bundle(patched, settings("month"))


def test_no_more_text_of_others_than_the_sentences(patched: Store) -> None:
    words = b"\n".join(files_of(bundle(patched, settings())).values()).decode()
    sentences = set(queries.evidence(patched, PAIR).collect()["sentence"])
    ids = queries.readings(patched, PAIR).select("article_id").unique().collect()["article_id"].to_list()
    for title, text in queries.articles(patched, ids).select("title", "text").iter_rows():
        assert title not in words
        for line in text.split("\n"):
            assert not line or line not in words or line in sentences


def test_the_readme_says_what_it_is(patched: Store) -> None:
    words = files_of(bundle(patched, settings(weight="raw")))["README.txt"].decode()
    assert "Tone between Pakistan and Russia, yearly" in words
    assert "every article; n =" in words.replace("\n", " ")
    assert "detente verify BUNDLE.zip" in words
    assert all(name in words for name in NAMES if name != "README.txt")


def changed(data: bytes, column: str, row: int, to: str) -> bytes:
    """Change one value of a table."""
    rows = list(csv.DictReader(io.StringIO(data.decode())))
    assert rows[row][column] != to
    rows[row][column] = to
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def tampered(store: Store, name: str, column: str, to: str, row: int = 1) -> tuple[dict[str, str], Verdict]:
    files = files_of(bundle(store, settings()))
    rows = list(csv.DictReader(io.StringIO(files[name].decode())))
    files[name] = changed(files[name], column, row, to)
    return rows[row], verify(files)


@pytest.mark.parametrize("column", ["tone", "low", "high", "n_eff", "negative_share"])
def test_a_changed_plotted_value_is_named(patched: Store, column: str) -> None:
    row, verdict = tampered(patched, "plotted.csv", column, "0.123")
    named = f"plotted.csv, PAK, RUS, {row['period']}, {column}: the bundle has 0.123, recomputed {float(row[column])!r}"
    assert verdict.differences == ("plotted.csv was changed after the bundle was made", named)


def test_a_change_of_the_last_bit_is_named(patched: Store) -> None:
    files = files_of(bundle(patched, settings()))
    value = next(csv.DictReader(io.StringIO(files["plotted.csv"].decode())))["low"]
    close = repr(float(value) + 2**-53)
    files["plotted.csv"] = files["plotted.csv"].replace(value.encode(), close.encode())
    assert any(f"low: the bundle has {close}, recomputed {value}" in one for one in verify(files).differences)


def test_a_changed_sentence_value_shows_in_all_that_follows(patched: Store) -> None:
    row, verdict = tampered(patched, "evidence.csv", "hostile", "0.77")
    tables = {one.partition(",")[0] for one in verdict.differences}
    assert {"readings.csv", "stories.csv", "plotted.csv"} <= tables
    assert any(one.startswith(f"readings.csv, PAK-RUS, {row['article_id']}, hostile") for one in verdict.differences)


def test_a_changed_sentence_is_found_by_scoring_it_again(patched: Store) -> None:
    files = files_of(bundle(patched, settings()))
    rows = list(csv.DictReader(io.StringIO(files["evidence.csv"].decode())))
    number = max(range(len(rows)), key=lambda one: float(rows[one]["hostile"]))
    spans = [f"{0}-{6}", f"{15}-{23}"]
    files["evidence.csv"] = changed(files["evidence.csv"], "sentence", number, "Russia praised Pakistan for its help.")
    files["evidence.csv"] = changed(files["evidence.csv"], "a_spans", number, spans[1])
    files["evidence.csv"] = changed(files["evidence.csv"], "b_spans", number, spans[0])
    files["manifest.json"] = b'{"format": 1, "settings": ' + json.dumps(settings().told()).encode() + b"}"
    assert not any("tone" in one for one in verify(files).differences)
    found = verify(files, rescore=True).differences
    assert any(f"{rows[number]['article_id']}, {rows[number]['start']}, tone: the bundle has" in one for one in found)


def test_rows_that_are_missing_or_added_are_named(patched: Store) -> None:
    files = files_of(bundle(patched, settings()))
    lines = files["plotted.csv"].splitlines(keepends=True)
    files["plotted.csv"] = b"".join([*lines[:-1], lines[-1].replace(b"20", b"19", 1)])
    found = verify(files).differences
    assert any("is in the bundle and does not come out" in one for one in found)
    assert any("comes out and is not in the bundle" in one for one in found)


def test_a_correction_taken_out_is_noticed(patched: Store) -> None:
    correct(patched)
    files = files_of(bundle(patched, settings()))
    assert verify(files).differences == ()
    lines = files["corrections.jsonl"].splitlines(keepends=True)
    files["corrections.jsonl"] = b"".join(one for one in lines if b'"kind": "tone"' not in one)
    assert any(one.startswith("readings.csv") for one in verify(files).differences)
    files["corrections.jsonl"] = b"".join(lines).replace(b"-0.9", b"0.9")
    assert any("edited by hand" in one for one in verify(files).differences)


@pytest.mark.parametrize(
    ("asked", "fewer"),
    [({"smooth": 3}, False), ({"direction": "ab"}, True), ({"outlets": ("nobody",)}, True), ({"outlets": ()}, True)],
)
def test_a_filtered_and_smoothed_view_comes_out_again(patched: Store, asked: dict[str, Any], fewer: bool) -> None:
    whole, files = files_of(bundle(patched, settings("month"))), files_of(bundle(patched, settings("month", **asked)))
    verdict = verify(files)
    assert verdict.differences == ()
    assert verdict.settings == settings("month", **asked)
    assert files["plotted.csv"] != whole["plotted.csv"]
    assert (files["readings.csv"].count(b"\n") < whole["readings.csv"].count(b"\n")) == fewer


def test_another_scorer_is_said_and_not_passed_over(patched: Store) -> None:
    files = files_of(bundle(patched, settings()))
    version = files["evidence.csv"].decode().rsplit(",", 1)[1].strip()
    files["evidence.csv"] = files["evidence.csv"].replace(version.encode(), b"older+1")
    found = verify(files, rescore=True)
    assert any(f"scorer detente-fast older+1, here it is {version}" in one for one in found.differences)
    assert found.compared["sentences"] == 0


@pytest.mark.parametrize(
    ("name", "old", "new", "expected"),
    [
        ("manifest.json", b'"format": 1', b'"format": 9', "expected format 1, found 9"),
        ("manifest.json", b"{", b"[", "no JSON"),
        ("manifest.json", b'"by": "year"', b'"by": "hour"', "expected countries"),
        ("plotted.csv", b"tone", b"warmth", "expected the columns"),
        ("plotted.csv", b"PAK,RUS,2", b"PAK,RUS,x", "column period"),
        ("evidence.csv", b"PAK-RUS", b"IND-RUS", "expected rows of PAK-RUS only"),
        ("evidence.csv", b",0.", b",zero.", "a value is no"),
        ("readings.csv", b"2014-", b"bald-", "a value is no time"),
    ],
)
def test_what_cannot_be_read_is_said(patched: Store, name: str, old: bytes, new: bytes, expected: str) -> None:
    files = files_of(bundle(patched, settings()))
    assert old in files[name]
    with pytest.raises(BundleError, match=expected):
        verify(files | {name: files[name].replace(old, new)})


def test_a_pair_without_articles_has_a_bundle_too(patched: Store) -> None:
    nobody = Settings(a="FJI", b="TON", by="month", scorer="detente-fast")
    verdict = verify(files_of(bundle(patched, nobody)), rescore=True)
    assert verdict.differences == ()
    assert set(verdict.compared.values()) == {0}


def test_packed_files_come_out(tmp_path: Path) -> None:
    files = {name: name.encode() * 3 for name in NAMES}
    path = tmp_path / "x.zip"
    path.write_bytes(pack(files))
    assert unpack(path) == files
