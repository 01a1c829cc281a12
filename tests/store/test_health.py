"""How each outlet does, and what is not scored."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest

from ingest.records import Failure, RawArticle
from ingest.store import Store, health
from tests.invented import NOW, article
from tests.quick import ingest

_PRAISE = "Russia praised Pakistan for the lighthouse of the two harbours."


def _raw(outlet: str | None, number: int, hours_ago: float | None, text: str = _PRAISE) -> RawArticle:
    return RawArticle(
        text=f"{text} Note {number}.",
        where="x",
        url=f"https://www.{outlet}/{number}" if outlet else None,
        published=None if hours_ago is None else (NOW - timedelta(hours=hours_ago)).isoformat(),
    )


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    store = Store(str(tmp_path_factory.mktemp("health") / "store"))
    german = "Die Regierung in Berlin hat gestern mit Frankreich über neue Verträge gesprochen und sie gelobt."
    found: list[RawArticle | Failure] = [
        *(_raw("a.example", number, hours) for number, hours in enumerate((1, 2, 3, 4, 10), start=1)),
        _raw("a.example", 6, None),
        replace(_raw("b.example", 1, 5, german), language="de"),
        replace(_raw("b.example", 2, 30 * 24), outlet="The B Post"),
        replace(_raw("b.example", 3, -20), outlet="The B Post"),
        _raw(None, 1, 1),
        Failure(where="https://www.a.example/7", reason="it answered 404 Not Found"),
        Failure(where="https://feeds.a.example/rss: item 3", reason="the item has neither text nor title"),
        Failure(where="https://A.example/8", reason="it answered 404 Not Found"),
        Failure(where="https://b.example:8080/9", reason="it did not answer"),
        Failure(where="https://c.example/1", reason="it did not answer"),
        Failure(where="news.csv:17", reason="no text: text is empty"),
    ]
    ingest(found, store, now=NOW)
    return store


def test_each_outlet(store: Store) -> None:
    found = {row["outlet"]: row for row in health.sources(store).iter_rows(named=True)}
    assert list(found) == ["a.example", "The B Post", "b.example", None, "c.example"]
    a = found["a.example"]
    assert (a["articles"], a["unscored"], a["share_unscored"], a["undated"]) == (6, 0, 0.0, 1)
    assert (a["failed"], a["why_failed"]) == (3, "it answered 404 Not Found")
    assert a["share_failed"] == pytest.approx(3 / 9)
    assert (a["last_published"], a["last_fetched"]) == (NOW - timedelta(hours=1), NOW)
    assert (a["lag_median_h"], a["lag_p90_h"]) == (3.0, 10.0)
    post = found["The B Post"]
    assert (post["articles"], post["failed"], post["share_failed"]) == (2, 1, pytest.approx(1 / 3))
    assert post["lag_median_h"] == pytest.approx(
        15 * 24
    )  # published "in 20 hours": the lag is none, not a negative one
    b = found["b.example"]
    assert (b["articles"], b["unscored"], b["share_unscored"], b["failed"]) == (1, 1, 1.0, 0)
    c = found["c.example"]
    assert (c["articles"], c["stories"], c["failed"], c["share_failed"], c["share_unscored"]) == (0, 0, 1, 1.0, None)
    assert (c["last_published"], c["last_fetched"], c["lag_median_h"]) == (None, None, None)


def test_stories_count_once(tmp_path: Path) -> None:
    store = Store(str(tmp_path / "store"))
    original = article(1)
    ingest([original, replace(original, url="https://paper1.example/copy"), article(8)], store, now=NOW)
    (row,) = health.sources(store).iter_rows(named=True)
    assert (row["outlet"], row["articles"], row["stories"]) == ("paper1.example", 3, 2)


def test_what_is_not_scored_is_told_by_outlet_and_language(store: Store) -> None:
    assert health.unscored(store).rows() == [("b.example", "de", "language de", 1)]


def test_reasons_of_failures_most_frequent_first(store: Store) -> None:
    assert health.reasons(store).rows()[:2] == [("it answered 404 Not Found", 2), ("it did not answer", 2)]


@pytest.mark.parametrize("created", [False, True])
def test_an_empty_store_has_the_columns_and_no_rows(created: bool, tmp_path: Path, store: Store) -> None:
    empty = Store(str(tmp_path / "store"))
    if created:
        empty.create()
    for ask in (health.sources, health.unscored, health.reasons):
        nothing: pl.DataFrame = ask(empty)
        assert nothing.is_empty()
        assert dict(nothing.schema) == dict(ask(store).schema)


def test_a_store_of_failures_alone_is_told(tmp_path: Path) -> None:
    store = Store(str(tmp_path / "store"))
    ingest([Failure(where="https://c.example/1", reason="gone")], store, now=datetime(2024, 1, 1, tzinfo=UTC))
    assert health.sources(store).select("outlet", "articles", "failed").rows() == [("c.example", 0, 1)]
