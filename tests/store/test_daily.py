from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest

from ingest.index.stories import by_story
from ingest.records import RawArticle
from ingest.store import Store, queries
from ingest.store.daily import daily, headlines, last_day
from tests.quick import ingest

NOW = datetime(2024, 3, 1, tzinfo=UTC)
PRAISE = "Russia and Pakistan praised their growing friendship and signed an agreement."
THREAT = "Russia threatened Pakistan with sanctions after the attack."
OTHER = "India praised Norway for its help."


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    def one(text: str, day: str, outlet: str) -> RawArticle:
        return RawArticle(
            text=text, where="test", published=day, outlet=outlet, title=f"{outlet} {day}", url=None, language="en"
        )

    opened = Store(str(tmp_path_factory.mktemp("daily") / "store"))
    articles = [
        one(PRAISE, "2024-01-03", "A"),
        one(PRAISE, "2024-01-04", "B"),  # a copy
        one(THREAT, "2024-01-10", "A"),
        one(OTHER, "2024-02-01", "C"),
        one(THREAT + " A second one followed.", "2024-02-20", "B"),
    ]
    ingest(articles, opened, now=NOW)
    return opened


def test_days_are_what_the_stories_add_up_to(store: Store) -> None:
    told = daily(store, date(2023, 1, 1))
    stories = by_story(queries.readings(store)).collect()
    assert told["stories"].sum() == stories.height
    assert told["pull"].sum() == pytest.approx(stories["tone"].sum())
    assert told["squares"].sum() == pytest.approx((stories["tone"] ** 2).sum())
    assert told["articles"].sum() == stories["articles"].sum()
    third = told.filter((pl.col("day") == date(2024, 1, 3)) & (pl.col("pair") == "PAK-RUS"))
    assert third.select("stories", "articles").rows() == [(1, 2)]


def test_a_story_that_began_before_stays_out(store: Store) -> None:
    told = daily(store, date(2024, 1, 4))
    assert sorted(told["day"]) == [date(2024, 1, 10), date(2024, 2, 1), date(2024, 2, 20)]


def test_only_the_pairs_of_a_country(store: Store) -> None:
    assert set(daily(store, date(2023, 1, 1), country="NOR")["pair"]) == {"IND-NOR"}


def test_last_day(store: Store, tmp_path: Path) -> None:
    assert last_day(store) == date(2024, 2, 20)
    assert last_day(Store(str(tmp_path / "none"))) is None


def test_headlines_are_those_furthest_in_the_direction_of_the_move(store: Store) -> None:
    wanted = pl.DataFrame({"pair": ["PAK-RUS"], "since": [date(2024, 1, 1)], "sign": [-1.0]})
    (row,) = headlines(store, wanted).to_dicts()
    assert row["tone"] < 0
    assert row["title"] in {"A 2024-01-10", "B 2024-02-20"}
    warm = headlines(store, wanted.with_columns(pl.lit(1.0).alias("sign")))
    assert warm["title"].to_list() in (["A 2024-01-03"], ["B 2024-01-04"])
    assert headlines(store, wanted.head(0)).is_empty()
