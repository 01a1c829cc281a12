"""Stories in a real store: in any order, any batches, from several writers, and after being killed."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest

from ingest.processing import process
from ingest.records import RawArticle
from ingest.store import Store, queries
from ingest.stories.sketch import sketch_dated
from tests.invented import NOW, whole
from tests.quick import ingest
from tests.stories.labelled import copies, groups

DAY = datetime(2024, 3, 1, 6, tzinfo=UTC)


def _raw(name: str, text: str, hours: int | None) -> RawArticle:
    when = None if hours is None else (DAY + timedelta(hours=hours)).isoformat()
    return RawArticle(text=text, where=name, title=f"On {name}", url=f"https://{name}.example/a", published=when)


def news() -> list[RawArticle]:
    """Tell of two events: copies, rewrites, a follow-up, and the same report of another event."""
    found = []
    for at, group in enumerate(groups("first")[1:3]):
        found += [_raw(f"copy{at}{number}", text, number) for number, (_, text) in enumerate(copies(group.base))]
        found += [_raw(f"light{at}", group.light, 9), _raw(f"rewrite{at}", group.rewrite, 10)]
        found += [_raw(f"after{at}", group.followup, 50), _raw(f"template{at}", group.template, 2)]
    return found


def told(store: Store) -> dict[str, str]:
    """Return the story of each article, both by address."""
    found = queries.articles(store, store.scan("articles").collect()["article_id"].to_list())
    name = dict(found.select("article_id", "url").iter_rows())
    return {url: name.get(story, "words") for url, story in found.select("url", "story_id").iter_rows()}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(str(tmp_path / "store"))


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    store = Store(str(tmp_path_factory.mktemp("expected") / "store"))
    report = ingest(news(), store, now=NOW)
    stories = told(store)
    assert len(set(stories.values())) == 6
    assert report.copies == len(stories) - 6
    assert stories["https://rewrite1.example/a"] == "https://copy10.example/a"
    return stories


@pytest.mark.parametrize("seed", range(3))
def test_articles_one_by_one_in_any_order_make_the_same_stories(
    seed: int, store: Store, expected: dict[str, str]
) -> None:
    shuffled = news()
    random.Random(seed).shuffle(shuffled)  # noqa: S311 - no secret
    for begin in range(0, len(shuffled), 4):
        ingest(shuffled[begin : begin + 4], store, now=NOW)
    assert told(store) == expected
    store.compact(at_least=1)
    assert told(Store(store.uri)) == expected


def test_a_copy_that_came_twice_is_linked_once(store: Store) -> None:
    ingest(news(), store, now=NOW)
    links = store.scan("links").collect()
    assert ingest(news(), store, now=NOW).known == len(news())
    assert store.scan("links").collect().equals(links)
    assert not links.select("a", "b").is_duplicated().any()


@pytest.mark.parametrize("written", ["nothing", "evidence", "readings", "sketches"])
def test_a_batch_left_at_any_commit_is_linked_by_the_next_run(
    written: str, store: Store, expected: dict[str, str]
) -> None:
    ingest(news()[::2], store, now=NOW)
    left = process(news()[1::2], "vader", NOW).batch
    store._claim(left.articles, "left")
    if written != "nothing":
        store._commit("evidence", lambda _: left.scored.evidence, "left")
    if written in {"readings", "sketches"}:
        store._commit("readings", lambda _: left.scored.readings, "left")
    if written == "sketches":
        store._commit("sketches", lambda _: left.sketches, "left")
    assert [name for name, _ in store.unlinked()] == ["left"]
    ingest([], Store(store.uri), now=NOW)
    assert told(store) == expected
    assert list(store.unlinked()) == []


def test_two_batches_that_wrote_sketches_before_either_was_linked_find_each_other(
    store: Store, expected: dict[str, str]
) -> None:
    store.create()
    batches = {"one": process(news()[::2], "vader", NOW).batch, "two": process(news()[1::2], "vader", NOW).batch}
    for name, batch in batches.items():
        store._claim(batch.articles, name)
        store.finish(name, batch.scored)
        store._commit("sketches", lambda _, rows=batch.sketches: rows, name)  # type: ignore[misc]
    for name, batch in batches.items():
        Store(store.uri).link(name, batch.sketches)
    assert told(store) == expected


def test_a_store_that_knows_no_links_counts_by_words_and_learns_them_at_the_next_run(
    store: Store, expected: dict[str, str]
) -> None:
    ingest(news(), store, now=NOW)
    before = whole(store)
    for name in ("sketches", "links"):
        for path in sorted(Path(store.uri, name).rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()
        Path(store.uri, name).rmdir()
    assert Store(store.uri).stories() is None
    assert set(told(Store(store.uri)).values()) == {"words"}
    ingest([], Store(store.uri), now=NOW)
    assert told(Store(store.uri)) == expected
    assert whole(store)["articles"].equals(before["articles"])


def test_a_late_copy_before_all_others_gives_the_story_its_name(store: Store) -> None:
    ingest(news(), store, now=NOW)
    first = _raw("first", groups("first")[2].base, -30)
    assert ingest([first], store, now=NOW).copies == 1
    assert told(store)["https://rewrite1.example/a"] == "https://first.example/a"
    assert told(store)["https://rewrite0.example/a"] == "https://copy00.example/a"
    readings = (
        queries.readings(store)
        .collect()
        .join(store.scan("articles").select("article_id", pl.col("url").alias("of")).collect(), on="article_id")
    )
    assert readings.filter(pl.col("of").str.contains("copy1|first"))["story_id"].n_unique() == 1


def test_undated_copies_share_a_story_among_themselves(store: Store) -> None:
    base = groups("first")[2].base
    report = ingest([_raw("a", base, None), _raw("b", base, None), _raw("c", base, 0)], store, now=NOW)
    assert report.copies == 1
    assert told(store) == {
        "https://a.example/a": "words",
        "https://b.example/a": "words",
        "https://c.example/a": "https://c.example/a",
    }


def test_an_undated_article_that_gets_its_date_is_linked_then(store: Store) -> None:
    base = groups("first")[2].base
    ingest([_raw("a", base, None), _raw("b", base, 3)], store, now=NOW)
    ingest([_raw("a", base, 0)], store, now=NOW)
    assert set(told(store).values()) == {"https://a.example/a"}


def test_articles_that_cannot_be_scored_are_in_no_story() -> None:
    raw = replace(_raw("a", "Россия похвалила Пакистан за маяк у моря и за гавань.", 0), language="ru")
    assert sketch_dated(process([raw], "vader", NOW).batch.articles).num_rows == 0
