"""How each source does: seen last, unscored, failed, how late; asked of the store without loading any text."""

from __future__ import annotations

import polars as pl

from ingest.store.corrected import corrections_of, retold
from ingest.store.store import Store
from ingest.stories.components import with_stories

_HOST = r"^https?://(?:[^/@]*@)?(?:(?:www\d?|m|amp|mobile|edition|rss|feeds)\.)?([^/:?#]+)"
"""The domain of an address, as `articles.clean.domain` has it."""

COLUMNS = (
    "outlet", "articles", "stories", "unscored", "share_unscored", "failed", "share_failed", "why_failed",
    "undated", "last_published", "last_fetched", "lag_median_h", "lag_p90_h",
)  # fmt: skip


def sources(store: Store) -> pl.DataFrame:
    """Return how each outlet does, busiest first; an outlet that only fails is there by its domain.

    Columns: `outlet` (null: none named), `articles`, `stories`, `unscored`, `share_unscored` of the articles, `failed`
    (open failed inputs with an address of the outlet's domains), `share_failed` of articles and failed, `why_failed`
    (the most frequent reason), `undated`, `last_published`, `last_fetched` (UTC), and `lag_median_h` and `lag_p90_h`:
    hours from publication to ingestion, of dated articles. Shares are 0 … 1; what cannot be said is null.
    """
    articles = _articles(store)
    lag_h = (pl.col("fetched") - pl.col("published")).dt.total_seconds().clip(lower_bound=0) / 3_600
    counted = (
        articles.group_by("outlet")
        .agg(
            pl.len().cast(pl.Int64).alias("articles"),
            pl.col("story_id").n_unique().cast(pl.Int64).alias("stories"),
            pl.col("unscored").is_not_null().sum().cast(pl.Int64).alias("unscored"),
            pl.col("published").is_null().sum().cast(pl.Int64).alias("undated"),
            pl.col("published").max().alias("last_published"),
            pl.col("fetched").max().alias("last_fetched"),
            lag_h.median().alias("lag_median_h"),
            lag_h.quantile(0.9).alias("lag_p90_h"),
        )
        .collect()
    )
    together = counted.join(_failed(store, articles), on="outlet", how="full", coalesce=True, nulls_equal=True)
    counts = pl.col("articles", "stories", "unscored", "undated", "failed").fill_null(0)
    return (
        together.with_columns(counts)
        .with_columns(
            (pl.col("unscored") / pl.col("articles")).fill_nan(None).alias("share_unscored"),
            (pl.col("failed") / (pl.col("articles") + pl.col("failed"))).fill_nan(None).alias("share_failed"),
        )
        .select(COLUMNS)
        .sort(["articles", "failed", "outlet"], descending=[True, True, False], nulls_last=True)
    )


def unscored(store: Store) -> pl.DataFrame:
    """Return what is not scored, most first: `outlet, language, reason, articles`."""
    return (
        store.scan("articles")
        .filter(pl.col("unscored").is_not_null())
        .group_by("outlet", "language", pl.col("unscored").alias("reason"))
        .agg(pl.len().alias("articles"))
        .sort(["articles", "outlet", "reason"], descending=[True, False, False], nulls_last=True)
        .collect()
    )


def reasons(store: Store) -> pl.DataFrame:
    """Return why inputs failed, most first: `reason, inputs`."""
    return (
        store.open_failures()
        .group_by("reason")
        .agg(pl.len().alias("inputs"))
        .sort(["inputs", "reason"], descending=[True, False])
        .collect()
    )


def _articles(store: Store) -> pl.LazyFrame:
    rows = store.scan("articles").select("article_id", "story_id", "outlet", "url", "published", "fetched", "unscored")
    named = store.stories()
    return retold(store, rows if named is None else with_stories(rows, named), corrections_of(store))


def _failed(store: Store, articles: pl.LazyFrame) -> pl.DataFrame:
    """Return `outlet, failed, why_failed`: failures go to the outlet that has most articles of their domain."""
    failures = (
        store.open_failures()
        .select("reason", pl.col("where").str.to_lowercase().str.extract(_HOST).alias("domain"))
        .filter(pl.col("domain").is_not_null())
        .group_by("domain", "reason")
        .agg(pl.len().cast(pl.Int64).alias("count"))
        .collect()
    )
    owners = (
        articles.select("outlet", pl.col("url").str.to_lowercase().str.extract(_HOST).alias("domain"))
        .filter(pl.col("domain").is_in(failures["domain"].unique().implode()))
        .group_by("domain", "outlet")
        .agg(pl.len().alias("articles"))
        .sort(["articles", "outlet"], descending=[True, False])
        .unique("domain", keep="first", maintain_order=True)
        .select("domain", pl.col("outlet").alias("owner"))
        .collect()
    )
    return (
        failures.join(owners, on="domain", how="left")
        .with_columns(pl.coalesce("owner", "domain").alias("outlet"))
        .sort(["count", "reason"], descending=[True, False])
        .group_by("outlet", maintain_order=True)
        .agg(pl.col("count").sum().alias("failed"), pl.col("reason").first().alias("why_failed"))
    )
