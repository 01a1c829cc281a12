"""What comes into the store, once, however often and in whatever company it comes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest
from deltalake import DeltaTable

from ingest.batch import joined
from ingest.errors import StoreError
from ingest.pipeline import Report
from ingest.processing import process
from ingest.records import Failure, RawArticle
from ingest.store import Added, Store, queries
from ingest.store.store import TABLES as TABLES_OF_THE_STORE
from tests.invented import NOW, TABLES, article, articles, copy_of, rows, same, versions, whole
from tests.quick import ingest


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(str(tmp_path / "store"))


def _counts(report: Report) -> dict[str, int]:
    names = ("read", "new", "known", "unscored", "failed", "copies", "undated")
    return {name: count for name in names if (count := getattr(report, name))}


def _repeated(frame: pl.DataFrame, *key: str) -> list[tuple[object, ...]]:
    return frame.group_by(key).len().filter(pl.col("len") > 1).rows()


def test_every_article_is_stored_with_its_readings_and_evidence(store: Store) -> None:
    report = ingest(articles(range(60)), store, now=NOW)
    assert _counts(report) == {"read": 60, "new": 60}
    found = whole(store)
    ids = set(found["articles"]["article_id"])
    assert len(ids) == found["articles"].height == 60
    assert set(found["readings"]["article_id"]) == set(found["evidence"]["article_id"]) == ids
    assert report.readings == found["readings"].height
    assert found["readings"]["sentences"].sum() == found["evidence"].height


def test_the_same_again_changes_nothing(store: Store) -> None:
    ingest(articles(range(60)), store, now=NOW)
    before, at = whole(store), versions(store)
    again = ingest(articles(range(60)), Store(store.uri), now=datetime(2025, 1, 1, tzinfo=UTC))
    assert _counts(again) == {"read": 60, "known": 60}
    assert versions(store) == at
    assert same(whole(store), before)


def test_the_same_again_in_another_order_and_company_adds_only_what_is_new(store: Store) -> None:
    ingest(articles(range(40)), store, now=NOW)
    report = ingest(articles(range(59, 19, -1)), store, now=NOW)
    assert _counts(report) == {"read": 40, "new": 20, "known": 20}
    at_once = Store(store.uri + "-at-once")
    ingest(articles(range(60)), at_once, now=NOW)
    assert same(whole(store), whole(at_once))


@pytest.mark.parametrize("apart", [0, 300], ids=["side by side", "in another batch of the run"])
def test_an_article_twice_in_the_input_is_stored_once_in_every_table(store: Store, apart: int) -> None:
    between = articles(range(100, 100 + apart))
    report = ingest([*articles(range(5)), *between, *articles(range(5))], store, now=NOW)
    assert _counts(report) == {"read": 10 + apart, "new": 5 + apart, "known": 5}
    assert report.readings == rows(store, "readings").height
    assert _repeated(rows(store, "articles"), "article_id") == []
    assert _repeated(rows(store, "readings"), "article_id", "pair") == []
    assert _repeated(rows(store, "evidence"), "article_id", "pair", "start") == []


@pytest.mark.parametrize("apart", [0, 300], ids=["side by side", "in another batch of the run"])
@pytest.mark.parametrize("dated_first", [True, False])
def test_of_two_copies_in_the_input_the_one_with_a_date_stays(store: Store, apart: int, dated_first: bool) -> None:
    copies = [article(1, dated=dated_first), *articles(range(100, 100 + apart)), article(1, dated=not dated_first)]
    ingest(copies, store, now=NOW)
    for table in TABLES:
        assert rows(store, table)["published"].null_count() == 0
    before, at = whole(store), versions(store)
    assert _counts(ingest(copies, store, now=NOW)) == {"read": 2 + apart, "known": 2 + apart}
    assert (versions(store), same(whole(store), before)) == (at, True)


def test_joined_batches_keep_the_readings_of_the_copy_that_stays() -> None:
    undated = process([article(1, dated=False), article(2)], "vader", NOW).batch
    dated = process([article(1), article(1)], "vader", NOW).batch
    both = joined([undated, dated])
    assert both.articles.num_rows == 2
    assert both.repeats == 2
    assert sorted(both.articles["article_id"].to_pylist()) == sorted(set(undated.articles["article_id"].to_pylist()))
    for table in (both.articles, *both.scored):
        assert table["published"].null_count == 0
    assert both.scored.readings.num_rows == 2


def test_copies_join_the_story_and_are_counted(store: Store) -> None:
    originals = articles(range(4))
    report = ingest([*originals, copy_of(originals[0], "echo.example")], store, now=NOW)
    assert _counts(report) == {"read": 5, "new": 5, "copies": 1}
    report = ingest([copy_of(one, "mirror.example") for one in originals], store, now=NOW)
    assert _counts(report) == {"read": 4, "new": 4, "copies": 4}
    found = rows(store, "articles")
    assert (found.height, found["story_id"].n_unique()) == (9, 4)
    assert found.group_by("story_id").len()["len"].sort().to_list() == [2, 2, 2, 3]


def test_undated_articles_are_counted_stored_and_scored(store: Store) -> None:
    report = ingest([*articles(range(3)), *articles(range(3, 5), dated=False)], store, now=NOW)
    assert _counts(report) == {"read": 5, "new": 5, "undated": 2}
    assert all(rows(store, table)["published"].null_count() for table in TABLES)


def test_an_undated_article_again_without_a_date_changes_nothing(store: Store) -> None:
    ingest(articles(range(3), dated=False), store, now=NOW)
    at = versions(store)
    assert _counts(ingest(articles(range(3), dated=False), store, now=NOW)) == {"read": 3, "known": 3}
    assert versions(store) == at


def test_an_undated_article_that_comes_again_with_a_date_is_replaced(store: Store) -> None:
    ingest([*articles(range(20), dated=False), *articles(range(20, 30))], store, now=NOW)
    report = ingest(articles(range(10)), store, now=NOW)
    assert (report.new, report.known) == (10, 0)
    in_one_go = Store(store.uri + "-in-one-go")
    ingest([*articles(range(10)), *articles(range(10, 20), dated=False), *articles(range(20, 30))], in_one_go, now=NOW)
    assert same(whole(store), whole(in_one_go))
    assert _counts(ingest(articles(range(10)), store, now=NOW)) == {"read": 10, "known": 10}


def test_a_replaced_article_is_no_copy_of_itself(store: Store) -> None:
    ingest(articles(range(3), dated=False), store, now=NOW)
    assert _counts(ingest(articles(range(3)), store, now=NOW)) == {"read": 3, "new": 3}


def test_a_dated_article_stays_when_it_comes_without_a_date(store: Store) -> None:
    ingest(articles(range(3)), store, now=NOW)
    before = whole(store)
    assert _counts(ingest(articles(range(3), dated=False), store, now=NOW)) == {"read": 3, "known": 3}
    assert same(whole(store), before)


def test_many_undated_articles_are_replaced_at_once(store: Store) -> None:
    ingest(articles(range(1_500), dated=False), store, now=NOW)
    ingest(articles(range(1_500)), store, now=NOW)
    found = whole(store)
    assert found["articles"].height == found["articles"]["article_id"].n_unique() == 1_500
    assert [found[table]["published"].null_count() for table in TABLES] == [0, 0, 0]
    assert _repeated(found["readings"], "article_id", "pair") == []


def test_an_open_store_sees_that_another_one_has_dated_an_article(store: Store) -> None:
    ingest(articles(range(3), dated=False), store, now=NOW)
    ingest(articles(range(3)), Store(store.uri), now=NOW)
    at = versions(store)
    assert store.add(process(articles(range(3)), "vader", NOW).batch) == Added(known=3)
    assert versions(store) == at


def test_unscored_articles_are_stored_without_readings(store: Store) -> None:
    french = RawArticle(text="La Russie et la Chine ont signé un traité sur les phares.", where="f", language="fr")
    assert _counts(ingest([french, article(1)], store, now=NOW)) == {"read": 2, "new": 1, "unscored": 1}
    assert _counts(ingest([french, article(1)], store, now=NOW)) == {"read": 2, "known": 2}
    assert rows(store, "articles").filter(pl.col("unscored").is_not_null())["unscored"].to_list() == ["language fr"]
    assert rows(store, "readings")["article_id"].n_unique() == 1


def test_articles_that_relate_nobody_are_finished_too(store: Store) -> None:
    ingest([RawArticle(text="The harbour master fed the gulls of the town and the cat.", where="x")], store, now=NOW)
    assert list(Store(store.uri).unfinished()) == []


def test_failures_are_kept_once_for_each_place_and_reason(store: Store) -> None:
    bad = [Failure(where=where, reason="empty") for where in ("a.txt", "b.txt", "a.txt")]
    assert _counts(ingest(bad, store, now=NOW)) == {"read": 3, "failed": 3}
    assert _counts(ingest(bad, store, now=NOW)) == {"read": 3, "failed": 3}
    ingest([Failure(where="a.txt", reason="looks binary")], store, now=NOW)
    assert rows(store, "failures").select("where", "reason").rows() == [
        ("a.txt", "empty"),
        ("a.txt", "looks binary"),
        ("b.txt", "empty"),
    ]


def test_a_failure_of_a_file_whose_name_is_no_text_is_kept(store: Store) -> None:
    ingest([Failure(where="caf\udce9.txt", reason="empty")], store, now=NOW)
    assert rows(store, "failures")["where"].to_list() == ["caf\\udce9.txt"]


def test_a_batch_that_was_claimed_and_left_is_finished_by_the_next_run(store: Store) -> None:
    ingest(articles(range(20)), store, now=NOW)
    left = process(articles(range(20, 30)), "vader", NOW).batch
    assert store._claim(left.articles, "left").num_rows == 10
    assert rows(store, "readings")["article_id"].n_unique() == 20
    assert [(name, found.num_rows) for name, found in store.unfinished()] == [("left", 10)]
    assert _counts(ingest([], Store(store.uri), now=NOW)) == {}
    uninterrupted = Store(store.uri + "-uninterrupted")
    ingest(articles(range(30)), uninterrupted, now=NOW)
    assert same(whole(store), whole(uninterrupted))
    assert list(store.unfinished()) == []


def test_a_batch_whose_evidence_alone_was_written_gets_its_readings(store: Store) -> None:
    store.create()
    left = process(articles(range(10)), "vader", NOW).batch
    store._claim(left.articles, "left")
    store._commit("evidence", lambda _: left.scored.evidence, "left")
    ingest([], Store(store.uri), now=NOW)
    uninterrupted = Store(store.uri + "-uninterrupted")
    ingest(articles(range(10)), uninterrupted, now=NOW)
    assert same(whole(store), whole(uninterrupted))


def test_finishing_a_finished_batch_changes_nothing(store: Store) -> None:
    store.create()
    batch = process(articles(range(10)), "vader", NOW).batch
    store._claim(batch.articles, "mine")
    store.finish("mine", batch.scored)
    at = versions(store)
    Store(store.uri).finish("mine", batch.scored)
    assert versions(store) == at


def test_an_undated_article_is_not_replaced_while_its_readings_are_still_to_be_written(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.store.store.ATTEMPTS", 2)  # nobody will finish it: do not wait for three seconds
    store.create()
    theirs = process(articles(range(3), dated=False), "vader", NOW).batch
    store._claim(theirs.articles, "theirs")
    with pytest.raises(StoreError, match="try again"):
        Store(store.uri).add(process(articles(range(3)), "vader", NOW).batch)
    ingest(articles(range(3)), Store(store.uri), now=NOW)
    assert [rows(store, table)["published"].null_count() for table in TABLES] == [0, 0, 0]
    assert rows(store, "articles").height == 3


def test_compacting_keeps_every_row_and_what_is_known(store: Store) -> None:
    for step in range(6):
        ingest(articles(range(10 * step, 10 * step + 10)), store, now=NOW)
    before = whole(store)
    reading = store.scan("readings")
    assert set(store.compact(at_least=2)) == {"articles", "evidence", "readings", "sketches"}
    assert {table: len(store.table(table).file_uris()) for table in TABLES} == dict.fromkeys(TABLES, 1)
    assert same(whole(store), before)
    assert reading.collect().height == before["readings"].height
    assert _counts(ingest(articles(range(65)), store, now=NOW)) == {"read": 65, "new": 5, "known": 60}
    assert store.compact(at_least=10) == []
    assert list(Store(store.uri).unfinished()) == []


def test_a_frame_is_a_snapshot_that_later_writes_do_not_change(store: Store) -> None:
    ingest(articles(range(10), dated=False), store, now=NOW)
    held = {table: store.scan(table) for table in TABLES}
    before = {table: frame.collect() for table, frame in held.items()}
    ingest(articles(range(20)), store, now=NOW)  # adds ten, replaces ten
    store.compact(at_least=1)
    for table, frame in held.items():
        assert frame.collect().equals(before[table])


_ORDINARY = ("my news", "a#b", "Zürich", "日本", "what?", "a{b}", "star*", "100%", "it's", "~x", "a+b&c")


@pytest.mark.parametrize("name", _ORDINARY)
def test_a_store_may_have_any_ordinary_name(tmp_path: Path, name: str) -> None:
    store = Store(str(tmp_path / name / "store"))
    ingest(articles(range(3)), store, now=NOW)
    store.compact(at_least=1)
    assert rows(store, "articles").height == 3
    assert _counts(ingest(articles(range(3)), Store(store.uri), now=NOW)) == {"read": 3, "known": 3}
    assert [path.name for path in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("name", ["a[b]", "a%20b", "a^b", "a|b", "a\\b"])
def test_a_name_that_the_tables_do_not_take_is_refused_before_anything_is_written(tmp_path: Path, name: str) -> None:
    with pytest.raises(StoreError, match="choose another with --store"):
        Store(str(tmp_path / name))
    assert list(tmp_path.iterdir()) == []


def test_a_relative_store_is_where_it_was_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    ingest(articles(range(3)), Store("here/store/"), now=NOW)
    assert rows(Store(str(tmp_path / "here" / "store")), "articles").height == 3


def test_a_store_that_is_a_file_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a store")
    for place in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(StoreError, match="choose another with --store"):
            Store(str(place)).create()
    assert (tmp_path / "file").read_text() == "not a store"


def test_a_place_that_cannot_be_written_says_what_to_do() -> None:
    with pytest.raises(StoreError, match="choose another with --store"):
        Store("/proc/detente").create()


def test_a_missing_store_says_how_to_fill_one(tmp_path: Path) -> None:
    missing = Store(str(tmp_path / "nowhere"))
    assert not missing.exists()
    with pytest.raises(StoreError, match=r"fill one with: detente ingest FILE --store .*/nowhere"):
        missing.table("articles")
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_store_says_so(store: Store) -> None:
    ingest(articles(range(3)), store, now=NOW)
    log = Path(store.uri) / "articles" / "_delta_log"
    for path in log.glob("*.json"):
        path.write_text("{damaged")
    with pytest.raises(StoreError, match="cannot be read"):
        Store(store.uri).table("articles")


def test_what_an_added_batch_became_can_be_summed() -> None:
    assert Added(new=1, copies=1) + Added(new=2, known=3) == Added(new=3, copies=1, known=3)


def test_the_given_date_decides_not_the_one_of_the_first_copy(store: Store) -> None:
    ingest([article(1), replace(article(1), published="1999-01-01")], store, now=NOW)
    assert rows(store, "articles")["published"].to_list() == [datetime(2016, 1, 2, tzinfo=UTC)]


def test_a_store_of_an_earlier_version_gets_the_new_columns(store: Store) -> None:
    earlier = TABLES_OF_THE_STORE["articles"].remove(TABLES_OF_THE_STORE["articles"].get_field_index("origin"))
    DeltaTable.create(f"{store.uri}/articles", schema=earlier)
    assert _counts(ingest(articles(range(3)), store, now=NOW)) == {"read": 3, "new": 3}
    assert store.scan("articles").collect()["origin"].to_list() == [None] * 3


def test_the_credit_of_an_agency_is_kept_beside_the_outlet(store: Store) -> None:
    text = "OSLO (Reuters) - Norway thanked Kenya on Monday for its help with the survey of the fjords."
    ingest([RawArticle(text=text, where="memory", outlet="Harbour Gazette", published="2017-02-03")], store, now=NOW)
    assert queries.articles(store, store.scan("articles").collect()["article_id"].to_list()).select(
        "outlet", "origin"
    ).rows() == [("Harbour Gazette", "Reuters")]
