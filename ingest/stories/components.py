"""From links to stories: a story is a connected component, named after its first article. Pure.

Nothing that is stored is ever rewritten: the store keeps links, which are only added, and who asks resolves them.
A late article that joins two stories adds two links, and at the next question both have the id of the earlier one.
"""

from __future__ import annotations

import numpy as np
import polars as pl


def story_ids(links: pl.DataFrame) -> pl.DataFrame:
    """Name the story of each linked article: `article_id, story_id`; an article without links is its own story.

    Takes columns of `linking.LINKS`, in any order, some of them twice. The id is that of the component's least
    article by (published, id), so links in another order, or in another choice with the same components, give the same.
    """
    articles = (
        pl.concat(
            [
                links.select(pl.col(side).alias("article_id"), pl.col(f"{side}_published").alias("published"))
                for side in ("a", "b")
            ]
        )
        .unique("article_id")
        .sort("published", "article_id")
        .with_row_index("rank")
    )
    one, other = (
        links.join(articles, left_on=side, right_on="article_id", how="left", maintain_order="left")["rank"].to_numpy()
        for side in ("a", "b")
    )
    least = _least_of_component(articles.height, one.astype(np.int64), other.astype(np.int64))
    return articles.select("article_id", pl.Series("story_id", articles["article_id"].gather(least)))


def with_stories(frame: pl.LazyFrame, named: pl.DataFrame) -> pl.LazyFrame:
    """Give rows with `article_id, story_id, published` the story that `story_ids` names; undated ones keep theirs."""
    linked = named.lazy().rename({"story_id": "linked"})
    own = pl.when(pl.col("published").is_null()).then("story_id").otherwise(pl.coalesce("linked", "article_id"))
    return (
        frame.join(linked, on="article_id", how="left", maintain_order="left")
        .with_columns(own.alias("story_id"))
        .drop("linked")
    )


def joined(links: pl.DataFrame, new: list[str]) -> int:
    """Count the articles of a batch that joined a story: all but the first of each story that begins with the batch."""
    fresh = pl.Series("fresh", new, pl.String).implode()
    stories = (
        story_ids(links)
        .with_columns(pl.col("article_id").is_in(fresh).alias("new"))
        .group_by("story_id")
        .agg(pl.col("new").sum().alias("new"), pl.col("new").all().alias("begun"))
    )
    return int(stories.select((pl.col("new") - pl.col("begun")).sum()).item() or 0)


def _least_of_component(count: int, one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Return the least number in the component of each of `count` numbers: hooking and pointer jumping.

    Shiloach and Vishkin 1982: a logarithmic number of rounds, each a pass over the links.
    """
    root = np.arange(count)
    while True:
        left, right = root[one], root[other]
        apart = left != right
        if not apart.any():
            return root
        low, high = np.minimum(left, right)[apart], np.maximum(left, right)[apart]
        np.minimum.at(root, high, low)
        while not np.array_equal(above := root[root], root):
            root = above
