"""What pages ask about stories and one article."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ingest.store import Store, queries, stories
from ingest.store.corrected import patch_file
from tests.corrections.making import NOW, merge, strike
from tests.invented import copy_of
from tests.quick import ingest
from tests.store.test_corrected import BLAME, PRAISE, THIRD, article, raw


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(str(tmp_path / "store"))
    first = raw(1, f"{PRAISE} {BLAME}")
    ingest([copy_of(first, "b.example"), first, raw(2, PRAISE), raw(3, THIRD)], store, now=NOW)
    return store


def titles(store: Store, **asked: object) -> list[tuple[str, int]]:
    return stories.largest(store, **asked).select("title", "articles").rows()  # type: ignore[arg-type]


def test_stories_come_largest_first_and_are_filtered(store: Store) -> None:
    assert titles(store) == [("Headline 1", 2), ("Headline 3", 1), ("Headline 2", 1)]
    assert titles(store, most=1) == [("Headline 1", 2)]
    assert titles(store, words="2 HEAD") == [("Headline 2", 1)]
    assert titles(store, words="%") == []
    assert titles(store, countries=("IND", "RUS")) == [("Headline 3", 1)]
    assert titles(store, countries=("IND",)) == [("Headline 3", 1)]
    assert titles(store, countries=("FRA",)) == []
    assert titles(store, since=date(2017, 2, 1), until=date(2017, 2, 28)) == [("Headline 2", 1)]


def test_a_story_has_its_articles_first_one_first_and_their_tones(store: Store) -> None:
    one, copy = article(store, 1), article(store, 1, "b.example")
    (name,) = stories.largest(store, most=1)["story_id"]
    found = stories.members(store, name)
    assert found["article_id"].to_list() == sorted([one, copy])
    assert sorted(stories.tones(store, [one, copy])["article_id"].unique()) == sorted([one, copy])
    assert stories.members(store, "f" * 16).is_empty()


def test_stories_by_hand_are_in_and_found_by_their_old_names(store: Store) -> None:
    names = (
        stories.largest(store, words="2")["story_id"].to_list()
        + stories.largest(store, words="1")["story_id"].to_list()
    )
    patch_file(store).add(merge(article(store, 1), article(store, 2)), NOW)
    assert titles(store) == [("Headline 1", 3), ("Headline 3", 1)]
    assert [stories.members(store, name).height for name in names] == [3, 3]


def test_an_article_shows_what_is_struck_too(store: Store) -> None:
    three = article(store, 3)
    patch_file(store).add(strike(three, "PAK"), NOW)
    told = {row["pair"]: row["struck"] for row in stories.readings_of(store, three).to_dicts()}
    assert told == {"IND-RUS": False, "IND-PAK": True, "PAK-RUS": True}
    assert stories.evidence_of(store, three, ("PAK", "RUS"))["struck"].to_list() == [True]
    assert queries.evidence(store, ("PAK", "RUS")).collect().filter(article_id=three).is_empty()


def test_an_empty_store_has_none(tmp_path: Path) -> None:
    empty = Store(str(tmp_path / "nothing"))
    assert stories.largest(empty).is_empty()
    assert stories.members(empty, "f" * 16).is_empty()
    assert stories.readings_of(empty, "f" * 16).is_empty()
