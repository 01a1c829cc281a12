"""What pages ask about stories, and about one article. Named questions; reads only what each needs."""

from __future__ import annotations

from datetime import date

import polars as pl

from ingest.corrections.in_force import NONE
from ingest.store import queries
from ingest.store.corrected import corrections_of, retold
from ingest.store.store import Store
from ingest.stories.components import with_stories

_COLUMNS = ("article_id", "story_id", "published", "outlet", "title", "url", "origin", "unscored")


def largest(
    store: Store,
    *,
    countries: tuple[str, ...] = (),
    since: date | None = None,
    until: date | None = None,
    words: str = "",
    most: int = 50,
) -> pl.DataFrame:
    """Return stories, most articles first: `story_id, title, outlet, first, last, articles, outlets`.

    Of those that say something of the countries (one, or a pair in order of the alphabet), have an article in the UTC
    days given (both included), and a headline with all the words. `title` and `outlet` are those of the first article,
    `first, last` times of publication (UTC).
    """
    found = (
        _members(store)
        .sort("published", "article_id", nulls_last=True)
        .group_by("story_id", maintain_order=True)
        .agg(
            pl.col("title").drop_nulls().first(),
            pl.col("outlet").first(),
            pl.col("published").min().alias("first"),
            pl.col("published").max().alias("last"),
            pl.len().cast(pl.Int64).alias("articles"),
            pl.col("outlet").drop_nulls().n_unique().cast(pl.Int64).alias("outlets"),
            pl.col("title").drop_nulls().str.join("\n").str.to_lowercase().alias("titles"),
        )
    )
    if countries:
        pair = (countries[0], countries[1]) if len(countries) > 1 else None
        told = queries.readings(store, pair).filter(pl.col("pair").str.contains(countries[0], literal=True))
        told = told.select("story_id").unique()
        found = found.join(told, on="story_id", how="semi", maintain_order="left")
    if since:
        found = found.filter(pl.col("last").dt.date() >= since)
    if until:
        found = found.filter(pl.col("first").dt.date() <= until)
    for word in words.lower().split():
        found = found.filter(pl.col("titles").str.contains(word, literal=True))
    return (
        found.drop("titles")
        .sort(["articles", "outlets", "last", "story_id"], descending=[True, True, True, False], nulls_last=True)
        .head(most)
        .collect()
    )


def members(store: Store, story_id: str) -> pl.DataFrame:
    """Return the articles of a story, first published first: `article_id, published, outlet, title, url, origin`.

    A story that joined another one, and so lost its name, is found by the article that it was named after.
    """
    told = _members(store)
    rows = told.filter(pl.col("story_id") == story_id).collect()
    if rows.is_empty():
        named_after = told.filter(pl.col("article_id") == story_id).select("story_id")
        rows = told.join(named_after, on="story_id", how="semi").collect()
    return rows.sort("published", "article_id", nulls_last=True).select(
        "article_id", "published", "outlet", "title", "url", "origin"
    )


def tones(store: Store, ids: list[str]) -> pl.DataFrame:
    """Return the readings of articles, corrections applied: `article_id, pair, tone, corrected`, in order of pair."""
    return (
        queries.readings(store)
        .filter(pl.col("article_id").is_in(ids))
        .select("article_id", "pair", "tone", "corrected")
        .sort("pair", "article_id")
        .collect()
    )


def readings_of(store: Store, article_id: str) -> pl.DataFrame:
    """Return the readings of an article, most sentences first; of a pair whose evidence is all struck, as scored.

    Columns of `queries.readings`, and `struck`.
    """
    mine = pl.col("article_id") == article_id
    told = queries.readings(store).filter(mine).with_columns(pl.lit(False).alias("struck"))
    scored = queries.readings(store, corrections=NONE).filter(mine).with_columns(pl.lit(True).alias("struck"))
    gone = scored.join(told, on="pair", how="anti")
    return pl.concat([told, gone]).sort(["sentences", "pair"], descending=[True, False]).collect()


def evidence_of(store: Store, article_id: str, pair: tuple[str, str]) -> pl.DataFrame:
    """Return the evidence of an article for a pair, what is struck too, in order of the text."""
    mine = pl.col("article_id") == article_id
    return queries.evidence(store, pair, with_struck=True).filter(mine).sort("start").collect()


def _members(store: Store) -> pl.LazyFrame:
    articles = store.scan("articles").select(_COLUMNS)
    named = store.stories()
    return retold(store, articles if named is None else with_stories(articles, named), corrections_of(store))
