"""Which articles are linked: sketches of new articles and of those around them in time -> links. Pure.

Order of arrival. Whether two articles are linked is a question about the two alone: their sketches, and how far apart
they were published. Nothing that is counted in the store enters (see `stories.rarity`). Links are only ever added, and
a story is a connected component of them, so the links of a set of articles have the same components in whatever order
and whatever batches the articles came.

Cost. Only articles that share a key and were published within the window are compared, however many the store holds.
Of equal forms (copies to the letter) one is compared for all: the nearest before and the nearest after, which
the others hang together with.

Undated articles are in no window. They are linked to nothing; equal words alone name their story (`stories.exact`).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Literal

import polars as pl
import pyarrow as pa

from ingest.stories.copies import is_copy
from ingest.stories.rewrites import LATE, rewrite_window
from ingest.stories.sketch import PARTS, Sketch, unpack

COPY_WINDOW = timedelta(days=14)
"""Time between two copies. A text that comes again later is a template or an anniversary, or is told anew."""

LEAST_COPY_KEYS = 2
"""MinHash values of 16 that a copy must share: one alone is more often a template or a common phrase."""

LEAST_KEYS = 3
"""Pairs of top terms that a rewrite must share: three terms."""

LEAST_SHINGLES = 4
"""A text of fewer (under seven words: "Watch live", "-1") tells nothing, and is linked to nothing."""

LINKS = pl.Schema(
    {
        "a": pl.String(),
        "b": pl.String(),
        "a_published": pl.Datetime("us", "UTC"),
        "b_published": pl.Datetime("us", "UTC"),
        "kind": pl.String(),
    }
)
"""`a` is the earlier of the two (by time, then id); `kind` is copy or rewrite."""

AT_ONCE = 500
"""New forms that are paired at once: where many reports fill one template, the pairs are many, and memory is not."""

PAIRS = 40_000
"""Pairs held before they are judged, about: a batch of news has fewer, one of filled templates ten times more."""

STORED_LINKS = pa.schema(
    [
        ("a", pa.string()),
        ("b", pa.string()),
        ("a_published", pa.timestamp("us", tz="UTC")),
        ("b_published", pa.timestamp("us", tz="UTC")),
        ("kind", pa.string()),
    ]
)
"""The same as a table of the store has it."""


def find_links(new: pl.DataFrame, around: pl.DataFrame | pl.LazyFrame) -> pl.DataFrame:
    """Link new articles to each other and to those around them in time; columns of `LINKS`.

    Both have the columns of `stories.sketch.SKETCHES`. `around` holds at least the stored articles that were
    published within `COPY_WINDOW` of one of the new; more, or the new ones again, change nothing. Of a lazy frame
    only ids and keys are read, and the rest of those few rows that share a key.
    """
    new, around = _worth(new.lazy()).collect(), _worth(around.lazy())
    keys = _keys(new.lazy()).collect()
    known = _keys(around).join(keys.lazy().select("key").unique(), on="key", how="semi").collect(engine="streaming")
    keyed = pl.concat([keys.with_columns(fresh=True), known.with_columns(fresh=False)])
    ids = ("article_id", "published", "form")
    near = around.filter(pl.col("form").is_in(known["form"].unique().implode())).select(*ids, fresh=False).collect()
    placed = (
        pl.concat([new.select(*ids, fresh=True), near])
        .unique("article_id", keep="first", maintain_order=True)
        .sort("published", "article_id")
    )
    forms = placed.filter("fresh")["form"].unique(maintain_order=True)
    linked = [_same_form(placed)]
    found: list[pl.DataFrame] = []
    for begin in range(0, len(forms), AT_ONCE):
        some = forms.slice(begin, AT_ONCE)
        for copy, least, window in ((True, LEAST_COPY_KEYS, COPY_WINDOW), (False, LEAST_KEYS, LATE)):
            found.append(_nearest(placed, _sharing(keyed, some, copy, least, window), window))
        if begin + AT_ONCE >= len(forms) or sum(pairs.height for pairs in found) > PAIRS:
            pairs = pl.concat(found).unique()
            linked.append(_judged(_unpacked(pairs, new.lazy(), around), pairs))
            found.clear()
    return _in_order(pl.concat(linked))


def _unpacked(pairs: pl.DataFrame, *where: pl.LazyFrame) -> dict[int, Sketch]:
    """Read the sketches that pairs are about, by form."""
    wanted = pl.concat([pairs["form"], pairs["other"]]).unique().implode()
    rows = [rows.filter(pl.col("form").is_in(wanted)).select("form", *PARTS).collect() for rows in where]
    return {row["form"]: unpack(row) for row in pl.concat(rows).unique("form").iter_rows(named=True)}


def _worth(rows: pl.LazyFrame) -> pl.LazyFrame:
    return rows.filter(pl.col("published").is_not_null() & (pl.col("shingles") >= LEAST_SHINGLES))


def _keys(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return `form, published, copy, key`, a row for each key; `copy` is false for the keys of rewrites."""
    return pl.concat(
        [
            rows.select("form", "published", pl.lit(copy).alias("copy"), pl.col(column).alias("key")).explode(
                "key", empty_as_null=False
            )
            for copy, column in ((True, "copy_keys"), (False, "rewrite_keys"))
        ]
    )


def _sharing(keyed: pl.DataFrame, forms: pl.Series, copy: bool, least: int, window: timedelta) -> pl.DataFrame:
    """Return `form, other`: each of the new `forms` with those that share at least so many keys at about its time.

    Looked for in neighbouring stretches of time, as long as the window, so that none within it is left out; without
    them, reports that fill one template all year would be paired with each other.
    """
    stretch = (pl.col("published").dt.epoch("us") // (window // timedelta(microseconds=1))).alias("stretch")
    every = keyed.lazy().filter(pl.col("copy") == copy).select("form", "key", "fresh", stretch)
    fresh = every.filter(pl.col("fresh") & pl.col("form").is_in(forms.implode())).drop("fresh").unique()
    near = pl.concat([fresh.with_columns(pl.col("stretch") + step) for step in (-1, 0, 1)])
    return (
        near.join(every.select(pl.col("form").alias("other"), "key", "stretch").unique(), on=["key", "stretch"])
        .filter(pl.col("form") != pl.col("other"))
        .group_by("form", "other")
        .agg(pl.col("key").n_unique().alias("shared"))
        .filter(pl.col("shared") >= least)
        .select("form", "other")
        .collect(engine="streaming")
    )


def _nearest(placed: pl.DataFrame, forms: pl.DataFrame, window: timedelta) -> pl.DataFrame:
    """Return pairs of articles: each new one with the nearest before and after of every form it is to be compared with.

    Columns `form, article_id, published` of the new one and `other, other_id, other_published`.
    """
    asked = placed.filter("fresh").join(forms, on="form").drop("fresh").sort("published")
    there = placed.select(
        pl.col("form").alias("other"),
        pl.col("article_id").alias("other_id"),
        pl.col("published").alias("other_published"),
    ).sort("other_published")
    found = [
        asked.join_asof(
            there,
            left_on="published",
            right_on="other_published",
            by="other",
            strategy=strategy,
            tolerance=window,
            coalesce=False,
            check_sortedness=False,
        )
        for strategy in _BOTH_WAYS
    ]
    return pl.concat(found).drop_nulls("other_id").unique()


_BOTH_WAYS: tuple[Literal["backward", "forward"], ...] = ("backward", "forward")


def _judged(sketches: Mapping[int, Sketch], pairs: pl.DataFrame) -> pl.DataFrame:
    """Keep the pairs that are copies or rewrites, and say which; each two forms are compared once."""
    forms = pairs.select(
        pl.min_horizontal("form", "other").alias("low"), pl.max_horizontal("form", "other").alias("high")
    ).unique()
    judged = [_judge(sketches[one], sketches[other]) for one, other in forms.iter_rows()]
    told = forms.with_columns(
        pl.Series("kind", [kind for kind, _ in judged], pl.String),
        pl.Series("window", [window for _, window in judged], pl.Duration("us")),
    )
    gap = (pl.col("published") - pl.col("other_published")).abs()
    pairs = pairs.with_columns(
        pl.min_horizontal("form", "other").alias("low"), pl.max_horizontal("form", "other").alias("high")
    )
    return pairs.join(told, on=["low", "high"]).filter(gap <= pl.col("window")).select(_PAIR)


def _judge(one: Sketch, other: Sketch) -> tuple[str | None, timedelta | None]:
    """Return what two texts are to each other, and within what time."""
    if is_copy(one, other):
        return "copy", COPY_WINDOW
    window = rewrite_window(one, other)
    return ("rewrite", window) if window else (None, None)


def _same_form(placed: pl.DataFrame) -> pl.DataFrame:
    """Link each new article to its neighbours in time of equal form."""
    previous = {
        f"other_{name}": pl.col(column).shift(1).over("form")
        for name, column in (("id", "article_id"), ("published", "published"), ("fresh", "fresh"))
    }
    return (
        placed.with_columns(**previous, kind=pl.lit("copy"))
        .filter(pl.col("other_id").is_not_null() & (pl.col("fresh") | pl.col("other_fresh")))
        .filter(pl.col("published") - pl.col("other_published") <= COPY_WINDOW)
        .select(_PAIR)
    )


_PAIR = ["article_id", "published", "other_id", "other_published", "kind"]


def _in_order(pairs: pl.DataFrame) -> pl.DataFrame:
    """Put the earlier of each two first, each pair once."""
    turned = (pl.col("published") > pl.col("other_published")) | (
        (pl.col("published") == pl.col("other_published")) & (pl.col("article_id") > pl.col("other_id"))
    )
    first, second = ("article_id", "published"), ("other_id", "other_published")
    return (
        pairs.select(
            pl.when(turned).then(second[0]).otherwise(first[0]).alias("a"),
            pl.when(turned).then(first[0]).otherwise(second[0]).alias("b"),
            pl.when(turned).then(second[1]).otherwise(first[1]).alias("a_published"),
            pl.when(turned).then(first[1]).otherwise(second[1]).alias("b_published"),
            "kind",
        )
        .unique(["a", "b"])
        .sort("a", "b")
    )
