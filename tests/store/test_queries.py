"""What the named questions answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest

from ingest import pipeline
from ingest.records import Failure, RawArticle
from ingest.schemas import ARTICLES, EVIDENCE, READINGS
from ingest.store import Store, queries
from ingest.tone.scorer import DEFAULT
from tests.invented import NOW
from tests.quick import SCORER, ingest

_PRAISE = "Russia praised Pakistan for the lighthouse of the two harbours."
_BLAME = "China condemned India over the kites of the mountain town."


def _raw(number: int, text: str, published: str | None, outlet: str) -> RawArticle:
    return RawArticle(
        text=text, where=f"{number}", title=f"Headline {number}", url=f"https://{outlet}/{number}", published=published
    )


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    store = Store(str(tmp_path_factory.mktemp("asked") / "store"))
    found: list[RawArticle | Failure] = [
        _raw(1, f"{_PRAISE} One.", "2016-12-31T23:59:59Z", "a.example"),
        _raw(2, f"{_PRAISE} Two. {_PRAISE}", "2017-01-01T00:00:00Z", "a.example"),
        _raw(3, f"{_PRAISE} Three. {_BLAME}", "2017-01-31T23:59:59Z", "b.example"),
        _raw(4, f"{_PRAISE} Four.", "2017-02-01", "b.example"),
        _raw(5, f"{_PRAISE} Five.", None, "b.example"),
        _raw(6, f"{_BLAME} Six.", "2018-03-04T05:06:07+02:00", "a.example"),
        replace(_raw(7, "Россия похвалила Пакистан за маяк.", "2017-05-05", "c.example"), language="ru"),
        Failure(where="bad.txt", reason="the file is empty"),
    ]
    ingest(found, store, now=NOW)
    ingest([Failure(where="late.txt", reason="looks binary")], store, now=NOW.replace(hour=18))
    return store


@pytest.fixture
def empty(tmp_path: Path, request: pytest.FixtureRequest) -> Store:
    store = Store(str(tmp_path / "store"))
    if request.param == "created":
        store.create()
    return store


_on_nothing = pytest.mark.parametrize("empty", ["missing", "created"], indirect=True)


def _titles(frame: pl.LazyFrame) -> list[str]:
    return sorted(frame.collect()["title"])


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        (None, None, [1, 2, 3, 4, 5]),
        (date(2017, 1, 1), None, [2, 3, 4]),
        (None, date(2016, 12, 31), [1]),
        (date(2017, 1, 1), date(2017, 1, 31), [2, 3]),
        (date(2017, 1, 31), date(2017, 1, 31), [3]),
        (date(2017, 2, 1), date(2017, 2, 1), [4]),
        (date(2017, 2, 2), date(2017, 2, 1), []),
        (date.min, date.max, [1, 2, 3, 4]),
    ],
)
def test_readings_of_a_pair_between_two_days_both_included(
    store: Store, since: date | None, until: date | None, expected: list[int]
) -> None:
    wanted = [f"Headline {number}" for number in expected]
    assert _titles(queries.readings(store, ("PAK", "RUS"), since=since, until=until)) == wanted
    evidence = queries.evidence(store, ("RUS", "PAK"), since=since, until=until).collect()
    assert sorted(evidence["title"].unique()) == wanted


def test_readings_have_their_columns_and_all_pairs_if_none_is_named(store: Store) -> None:
    found = queries.readings(store).collect()
    assert found.columns == [*READINGS.names, "corrected"]
    assert found.group_by("pair").len().sort("pair").rows() == [("CHN-IND", 2), ("PAK-RUS", 5)]
    assert queries.readings(store, scorer="somebody").collect().is_empty()


def test_evidence_names_headline_address_and_story_of_its_article(store: Store) -> None:
    found = queries.evidence(store, ("PAK", "RUS")).sort("title", "start").collect()
    about = ["title", "url", "story_id", "corrected", "tone_was", "correction"]
    assert found.columns == [*EVIDENCE.names, *about]
    assert found.select("title", "url", "sentence").rows() == [
        (f"Headline {number}", f"https://{outlet}.example/{number}", _PRAISE)
        for number, outlet in ((1, "a"), (2, "a"), (2, "a"), (3, "b"), (4, "b"), (5, "b"))
    ]
    stories = queries.readings(store, ("PAK", "RUS")).select("article_id", "story_id").collect()
    assert found.select("article_id", "story_id").unique().sort("article_id").equals(stories.sort("article_id"))


def test_evidence_stands_where_the_article_says_so(store: Store) -> None:
    found = queries.evidence(store, ("PAK", "RUS")).collect()
    texts = dict(queries.articles(store, found["article_id"].to_list()).select("article_id", "text").iter_rows())
    for row in found.iter_rows(named=True):
        assert texts[row["article_id"]][row["start"] : row["end"]] == row["sentence"]


def test_pairs_are_counted_busiest_first(store: Store) -> None:
    assert queries.pairs(store).rows() == [
        (
            "PAK-RUS",
            "PAK",
            "RUS",
            5,
            4,
            datetime(2016, 12, 31, 23, 59, 59, tzinfo=UTC),
            datetime(2017, 2, 1, tzinfo=UTC),
        ),
        (
            "CHN-IND",
            "CHN",
            "IND",
            2,
            2,
            datetime(2017, 1, 31, 23, 59, 59, tzinfo=UTC),
            datetime(2018, 3, 4, 3, 6, 7, tzinfo=UTC),
        ),
    ]


def test_articles_are_returned_whole_by_id(store: Store) -> None:
    one = queries.readings(store, ("CHN", "IND")).filter(pl.col("title") == "Headline 6").collect()["article_id"].item()
    found = queries.articles(store, [one, "0" * 16])
    assert found.columns == ARTICLES.names
    assert found.select("url", "outlet", "title", "text", "published", "language", "fetched", "unscored").rows() == [
        (
            "https://a.example/6",
            "a.example",
            "Headline 6",
            f"{_BLAME} Six.",
            datetime(2018, 3, 4, 3, 6, 7, tzinfo=UTC),
            "en",
            NOW,
            None,
        )
    ]
    assert queries.articles(store, []).is_empty()


def test_outlets_are_counted_busiest_first(store: Store) -> None:
    found = queries.outlets(store)
    assert found.select("outlet", "articles", "unscored", "undated").rows() == [
        ("a.example", 3, 0, 0),
        ("b.example", 3, 0, 1),
        ("c.example", 1, 1, 0),
    ]
    assert found.columns == ["outlet", "articles", "unscored", "undated", "first", "last"]


def test_failures_are_told_latest_first(store: Store) -> None:
    assert queries.failures(store).rows() == [
        ("late.txt", "looks binary", NOW.replace(hour=18)),
        ("bad.txt", "the file is empty", NOW),
    ]


def test_unscored_articles_are_counted_by_reason(store: Store) -> None:
    assert queries.unscored(store).rows() == [("language ru", 1)]


def test_overview_adds_up(store: Store) -> None:
    told = queries.overview(store)
    scorers = told.pop("scorers")
    assert [(row["scorer"], row["readings"]) for row in scorers] == [("vader", 7)]
    assert [row["pair"] for row in told.pop("busiest")] == ["PAK-RUS", "CHN-IND"]
    assert [row["outlet"] for row in told.pop("outlets")] == ["a.example", "b.example", "c.example"]
    assert told == {
        "articles": 7,
        "unscored": 1,
        "undated": 1,
        "stories": 7,
        "first": datetime(2016, 12, 31, 23, 59, 59, tzinfo=UTC),
        "last": datetime(2018, 3, 4, 3, 6, 7, tzinfo=UTC),
        "readings": 7,
        "pairs": 2,
        "sentences": 8,
        "failed": 2,
        "why_unscored": [{"reason": "language ru", "articles": 1}],
    }


@_on_nothing
def test_questions_to_an_empty_store_have_the_columns_and_no_rows(empty: Store, store: Store) -> None:
    pair = ("PAK", "RUS")
    for ask in (
        lambda one: queries.readings(one, pair, since=date(2017, 1, 1)).collect(),
        lambda one: queries.evidence(one, pair, until=date(2017, 1, 1)).collect(),
        queries.pairs,
        lambda one: queries.articles(one, ["0" * 16]),
        queries.outlets,
        queries.failures,
        queries.unscored,
    ):
        nothing: pl.DataFrame = ask(empty)
        something: pl.DataFrame = ask(store)
        assert nothing.is_empty()
        assert dict(nothing.schema) == dict(something.schema)


@_on_nothing
def test_overview_of_an_empty_store_is_all_zero(empty: Store) -> None:
    told = queries.overview(empty)
    assert {name for name, value in told.items() if value not in (0, None, [])} == set()
    assert (told["first"], told["last"], told["sentences"]) == (None, None, 0)


def test_a_store_is_about_its_own_scorer(tmp_path: Path) -> None:
    store = Store(str(tmp_path / "store"))
    assert queries.scorer_of(store) == DEFAULT
    ingest([RawArticle(text="Russia praised Pakistan.", where="x", url="https://a.example/1")], store, now=NOW)
    assert queries.scorer_of(store) == SCORER != DEFAULT
    assert queries.pairs(store)["pair"].to_list() == ["PAK-RUS"]
    later = [RawArticle(text="Iran praised Oman for its help.", where="y", url="https://a.example/2")]
    pipeline.ingest(later, store, now=NOW)
    assert queries.scorer_of(store) == DEFAULT
    assert queries.pairs(store)["pair"].to_list() == ["IRN-OMN"]
    assert queries.pairs(store, SCORER)["pair"].to_list() == ["PAK-RUS"]
