"""The named questions that pages and commands ask a store; each reads only the columns and rows it needs."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, time
from typing import Any

import polars as pl

from ingest.corrections.in_force import Corrections
from ingest.records import pair_id
from ingest.store.corrected import corrected_evidence, corrected_readings, corrections_of, retold
from ingest.store.store import Store
from ingest.stories.components import with_stories
from ingest.tone.scorer import DEFAULT


def readings(
    store: Store,
    pair: tuple[str, str] | None = None,
    *,
    since: date | None = None,
    until: date | None = None,
    scorer: str | None = None,
    corrections: Corrections | None = None,
) -> pl.LazyFrame:
    """Return the readings of a pair (or of all), dated or not; columns of `schemas.READINGS`, and `corrected`.

    `since` and `until` are UTC days of publication, both included; with either, undated ones are left out.
    Of one scorer's readings only: the one named, else `scorer_of` the store. With the corrections given, else those of
    the store: a reading with corrected evidence is averaged anew.
    """
    scorer, corrections = scorer or scorer_of(store), corrections or corrections_of(store)
    rows = _told(store, _of(store.scan("readings"), pair, since, until, scorer), corrections)
    return corrected_readings(store, rows, pair, scorer, corrections)


def evidence(
    store: Store,
    pair: tuple[str, str],
    *,
    since: date | None = None,
    until: date | None = None,
    scorer: str | None = None,
    corrections: Corrections | None = None,
    with_struck: bool = False,
) -> pl.LazyFrame:
    """Return the evidence of a pair; columns of `schemas.EVIDENCE`, and `title, url, story_id` of its article.

    And of its correction: `corrected`, `tone_was` (what the scorer said) and `correction` (id of the entry), both null
    where it is as scored. What is struck is left out, or kept and told in a column `struck`.
    """
    scorer, corrections = scorer or scorer_of(store), corrections or corrections_of(store)
    about = _told(store, _of(store.scan("readings"), pair, since, until, scorer), corrections)
    rows = _of(store.scan("evidence"), pair, since, until, scorer).join(
        about.select("article_id", "title", "url", "story_id"), on="article_id", how="left"
    )
    return corrected_evidence(store, rows, pair, scorer, corrections, with_struck=with_struck)


def scorer_of(store: Store) -> str:
    """Return whose readings a store is about: the default scorer's, else those there are most of.

    Told by the statistics of the files; no row is read.
    """
    counts: Counter[str] = Counter()
    for part in store.parts("readings"):
        for name in {part["min.scorer"], part["max.scorer"]} - {None}:
            counts[name] += part["num_records"]
    return DEFAULT if DEFAULT in counts or not counts else counts.most_common(1)[0][0]


def pairs(store: Store, scorer: str | None = None) -> pl.DataFrame:
    """Return every pair: `pair, a, b, articles, dated, first, last` (UTC), busiest first."""
    return (
        store.scan("readings")
        .filter(pl.col("scorer") == (scorer or scorer_of(store)))
        .group_by("pair")
        .agg(
            pl.len().alias("articles"),
            pl.col("published").is_not_null().sum().alias("dated"),
            pl.col("published").min().alias("first"),
            pl.col("published").max().alias("last"),
        )
        .with_columns(pl.col("pair").str.slice(0, 3).alias("a"), pl.col("pair").str.slice(4, 3).alias("b"))
        .sort(["articles", "pair"], descending=[True, False])
        .select("pair", "a", "b", "articles", "dated", "first", "last")
        .collect(engine="streaming")
    )


def articles(store: Store, ids: list[str]) -> pl.DataFrame:
    """Return whole articles by id; columns of `schemas.ARTICLES`."""
    found = store.scan("articles").filter(pl.col("article_id").is_in(ids)).drop("batch", strict=False)
    return _told(store, found, corrections_of(store)).collect()


def outlets(store: Store) -> pl.DataFrame:
    """Return per outlet: `outlet, articles, unscored, undated, first, last`, busiest first."""
    return (
        store.scan("articles")
        .group_by("outlet")
        .agg(
            pl.len().alias("articles"),
            pl.col("unscored").is_not_null().sum().alias("unscored"),
            pl.col("published").is_null().sum().alias("undated"),
            pl.col("published").min().alias("first"),
            pl.col("published").max().alias("last"),
        )
        .sort(["articles", "outlet"], descending=[True, False])
        .collect()
    )


def told_by_outlets(store: Store) -> pl.DataFrame:
    """Return how many stories each outlet told each UTC day, about whatever countries: `outlet, day, stories`.

    A story counts for an outlet on the day on which that outlet first printed it. Articles without a date, and those
    that cannot be scored and so be about no pair, are left out.
    """
    dated = store.scan("articles").filter(
        pl.col("published").is_not_null() & pl.col("outlet").is_not_null() & pl.col("unscored").is_null()
    )
    return (
        _told(store, dated.select("article_id", "story_id", "published", "outlet"), corrections_of(store))
        .group_by("outlet", "story_id")
        .agg(pl.col("published").min().dt.date().alias("day"))
        .group_by("outlet", "day")
        .agg(pl.len().cast(pl.Int64).alias("stories"))
        .sort("outlet", "day")
        .collect()
    )


def failures(store: Store) -> pl.DataFrame:
    """Return the inputs that failed and were not resolved since: `where, reason, at`, latest first."""
    return store.open_failures().select("where", "reason", "at").sort("at", descending=True).collect()


def unscored(store: Store) -> pl.DataFrame:
    """Return why articles could not be scored: `reason, articles`."""
    return (
        store.scan("articles")
        .filter(pl.col("unscored").is_not_null())
        .group_by(pl.col("unscored").alias("reason"))
        .agg(pl.len().alias("articles"))
        .sort(["articles", "reason"], descending=[True, False])
        .collect()
    )


def overview(store: Store) -> dict[str, Any]:
    """Return the counts that `detente status` shows."""
    articles = _told(store, store.scan("articles"), corrections_of(store))
    counted = articles.select(
        pl.len().alias("articles"),
        pl.col("unscored").is_not_null().sum().alias("unscored"),
        (pl.col("published").is_null() & pl.col("unscored").is_null()).sum().alias("undated"),
        pl.col("story_id").n_unique().alias("stories"),
        pl.col("published").min().alias("first"),
        pl.col("published").max().alias("last"),
    ).collect()
    read = (
        store.scan("readings")
        .select(pl.len().alias("readings"), pl.col("pair").n_unique().alias("pairs"), pl.col("sentences").sum())
        .collect()
    )
    scorers = (
        store.scan("readings")
        .group_by("scorer", "scorer_version")
        .agg(pl.len().alias("readings"))
        .sort("readings", descending=True)
        .collect()
    )
    return {
        **counted.row(0, named=True),
        **read.row(0, named=True),
        "failed": failures(store).height,
        "scorers": scorers.to_dicts(),
        "busiest": pairs(store).head(10).to_dicts(),
        "outlets": outlets(store).head(10).to_dicts(),
        "why_unscored": unscored(store).head(10).to_dicts(),
    }


def _told(store: Store, rows: pl.LazyFrame, corrections: Corrections) -> pl.LazyFrame:
    """Give rows the story that their links, and then analysts, say, in place of the one that their words said."""
    named = store.stories()
    return retold(store, rows if named is None else with_stories(rows, named), corrections)


def _of(
    frame: pl.LazyFrame, pair: tuple[str, str] | None, since: date | None, until: date | None, scorer: str
) -> pl.LazyFrame:
    wanted = pl.col("scorer") == scorer
    if pair:
        wanted &= pl.col("pair") == pair_id(*pair)
    if since:
        wanted &= pl.col("published") >= datetime.combine(since, time.min, UTC)
    if until:
        wanted &= pl.col("published") <= datetime.combine(until, time.max, UTC)
    return frame.filter(wanted)
