"""What the store's questions answer with corrections: on real tables, in numbers."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from ingest.corrections.entry import Entry
from ingest.corrections.file import CorrectionsFile
from ingest.corrections.in_force import NONE, in_force
from ingest.index.series import tone_over_time
from ingest.records import RawArticle
from ingest.store import Store, queries
from ingest.store.corrected import corrections_of, patch_file
from ingest.store.correction_targets import lost
from tests.corrections.making import NOW, merge, note, split, strike, tone, withdraw
from tests.invented import copy_of
from tests.quick import ingest

PAIR = ("PAK", "RUS")
PRAISE = "Russia praised Pakistan for the lighthouse of the two harbours."
BLAME = "Russia condemned Pakistan over the kites of the mountain town."
THIRD = "India praised Russia and Pakistan for the bridge on the river."


def raw(number: int, text: str) -> RawArticle:
    return RawArticle(
        text=text, where=f"{number}", title=f"Headline {number}", url=f"https://a.example/{number}",
        published=f"2017-0{number}-10",
    )  # fmt: skip


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(str(tmp_path / "store"))
    first = raw(1, f"{PRAISE} {BLAME}")
    ingest([first, copy_of(first, "b.example"), raw(2, PRAISE), raw(3, THIRD)], store, now=NOW)
    return store


def article(store: Store, number: int, outlet: str = "a.example") -> str:
    found = store.scan("articles").filter(pl.col("url") == f"https://{outlet}/{number}").collect()
    if found.is_empty():
        found = store.scan("articles").filter(pl.col("title") == f"Headline {number}").collect()
        found = found.filter(pl.col("outlet") == outlet)
    return str(found["article_id"].item())


def add(store: Store, *entries: Entry) -> list[Entry]:
    return [patch_file(store).add(one, NOW) for one in entries]


def tones(store: Store, pair: tuple[str, str] | None = PAIR) -> dict[tuple[str, str], float]:
    return {(row[0], row[1]): row[2] for row in queries.readings(store, pair).select("article_id", "pair", "tone").collect().rows()}  # fmt: skip  # noqa: E501


def test_without_corrections_every_value_is_the_stored_one(store: Store) -> None:
    stored = store.scan("readings").drop("story_id").collect().sort("pair", "article_id")
    asked = queries.readings(store).drop("story_id", "corrected").collect().sort("pair", "article_id")
    assert asked.equals(stored)
    assert not queries.readings(store).collect()["corrected"].any()


def test_a_corrected_sentence_moves_its_reading_and_no_other(store: Store) -> None:
    one, before = article(store, 1), tones(store, None)
    add(store, tone(one, BLAME, 0.9, start=len(PRAISE) + 1))
    after = tones(store, None)
    assert {key for key in before if before[key] != after[key]} == {(one, "PAK-RUS")}
    rows = queries.evidence(store, PAIR).filter(pl.col("article_id") == one).sort("start").collect()
    assert rows["corrected"].to_list() == [False, True]
    assert rows["tone"][1] == pytest.approx(0.9)
    assert rows["tone_was"].to_list() == [None, before[one, "PAK-RUS"] * 2 - rows["tone"][0]]
    means = {name: sum(rows[name].to_list()) / 2 for name in ("cooperative", "hostile")}  # vader: g = 1
    assert after[one, "PAK-RUS"] == means["cooperative"] - means["hostile"]
    read = queries.readings(store, PAIR).filter("corrected").collect()
    assert read.select("article_id", "label", "sentences").rows() == [(one, "cooperative", 2)]


def test_a_struck_country_takes_its_evidence_and_an_empty_reading_away(store: Store) -> None:
    three = article(store, 3)
    pairs = {pair for id_, pair in tones(store, None) if id_ == three}
    assert pairs == {"IND-PAK", "IND-RUS", "PAK-RUS"}
    (struck,) = add(store, strike(three, "PAK", THIRD))
    assert {pair for id_, pair in tones(store, None) if id_ == three} == {"IND-RUS"}
    assert three not in queries.evidence(store, PAIR).collect()["article_id"].to_list()
    kept = queries.evidence(store, PAIR, with_struck=True).filter("struck").collect()
    assert kept.select("article_id", "correction").rows() == [(three, struck.id)]


def test_withdrawn_all_is_as_before(store: Store) -> None:
    before = queries.readings(store).collect()
    entries = add(store, tone(article(store, 1), PRAISE, -1.0), strike(article(store, 3), "IND"), split(article(store, 1)))  # fmt: skip  # noqa: E501
    assert not queries.readings(store).collect().equals(before)
    add(store, *[withdraw(one) for one in entries])
    assert queries.readings(store).collect().equals(before)


def test_the_series_follows(store: Store) -> None:
    before = tone_over_time(queries.readings(store, PAIR), "year")
    add(store, tone(article(store, 2), PRAISE, -1.0))
    after = tone_over_time(queries.readings(store, PAIR), "year")
    assert after["tone"].item() < before["tone"].item()
    raw_again = tone_over_time(queries.readings(store, PAIR, corrections=NONE), "year")
    assert raw_again.equals(before)


def test_a_correction_outlives_another_store_and_another_scorer(store: Store, tmp_path: Path) -> None:
    add(store, tone(article(store, 2), PRAISE, -0.8))
    told = corrections_of(store)
    again = Store(str(tmp_path / "again"))
    from ingest import pipeline

    pipeline.ingest([raw(2, f"Moscow said so. {PRAISE}")], again, now=NOW, scorer="detente-fast")
    found = queries.readings(again, PAIR, corrections=told).collect()
    assert found.select("scorer", "corrected").rows() == [("detente-fast", True)]
    assert found["tone"].item() == pytest.approx(-0.8)


def test_stories_are_merged_and_split_by_hand(store: Store) -> None:
    one, copy, two = article(store, 1), article(store, 1, "b.example"), article(store, 2)

    def told() -> list[tuple[str, ...]]:
        rows = queries.readings(store, PAIR).collect()
        return sorted(tuple(sorted(group["article_id"])) for _, group in rows.group_by("story_id"))

    three = article(store, 3)
    assert told() == sorted([tuple(sorted((one, copy))), (two,), (three,)])
    add(store, merge(two, copy))
    assert told() == sorted([tuple(sorted((one, copy, two))), (three,)])
    add(store, split(one))
    assert told() == sorted([(one,), tuple(sorted((copy, two))), (three,)])
    evidence = queries.evidence(store, PAIR).select("article_id", "story_id").unique().collect()
    stories = queries.readings(store, PAIR).select("article_id", "story_id").collect()
    assert sorted(evidence.rows()) == sorted(stories.rows())


def test_lost_targets_are_told(store: Store) -> None:
    one = article(store, 1)
    fine = [tone(one, PRAISE, 0.1), strike(one, "RUS", minute=1), merge(one, article(store, 2)), note(date(2017, 1, 1), "x")]  # fmt: skip  # noqa: E501
    gone = [
        tone(one, "Russia never said this of Pakistan.", 0.1, minute=2),
        strike("e" * 16, "PAK", minute=3),
        strike(one, "FRA", minute=4),
        merge(one, "e" * 16, 5),
    ]
    found = lost(store, in_force([*fine, *gone]))
    assert [entry.id for entry, _ in found] == [entry.id for entry in gone]
    assert [why for _, why in found] == [
        f"article {one} has no such sentence about PAK-RUS",
        f"there is no article {'e' * 16}",
        f"article {one} has no sentence about FRA",
        f"there is no article {'e' * 16}",
    ]


def test_a_named_file_goes_before_the_folder(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ours = CorrectionsFile(path=tmp_path / "ours.jsonl")
    ours.add(strike(article(store, 3), "IND"), NOW)
    assert corrections_of(store) == NONE
    monkeypatch.setenv("DETENTE_CORRECTIONS", str(ours.path))
    assert len(corrections_of(store).entries) == 1
    assert "IND-RUS" not in {pair for _, pair in tones(store, None)}
