"""Corrections over frames: which evidence they change, and to what. Pure.

A tone of v becomes P(neutral) = (1 − |v|)⁶ with P(cooperative) − P(hostile) = v. It depends on nothing that a scorer
said, so it stays what it is when articles are scored anew. Six is the least whole power at which the label turns where
the words of LOOK.md do, at ±0.15; and a sentence that says nothing, v = 0, weighs nothing in its article.
"""

from __future__ import annotations

import polars as pl

from ingest.corrections.entry import sentence_key
from ingest.corrections.in_force import Corrections

POWER = 6

CHANGED = {
    "article_id": pl.String,
    "pair": pl.String,
    "start": pl.Int32,
    "tone_was": pl.Float64,
    "correction": pl.String,
    "struck": pl.Boolean,
    "tone": pl.Float64,
    "cooperative": pl.Float64,
    "neutral": pl.Float64,
    "hostile": pl.Float64,
}
KEY = ["article_id", "pair", "start"]


def changes(evidence: pl.DataFrame, corrections: Corrections) -> pl.DataFrame:
    """Return the pieces of evidence that are corrected, and what they become; columns of `CHANGED`.

    Takes `article_id, pair, start, sentence, tone, cooperative, neutral, hostile`. An entry finds its sentence by
    article and words; where the words stand more than once, at its place. The latest tone counts; a strike wins.
    `correction` is the id of the entry; what is struck keeps its tone.
    """
    if evidence.is_empty():
        return pl.DataFrame(schema=CHANGED)
    sentences = evidence["sentence"].unique().to_list()
    keys = pl.DataFrame({"sentence": sentences, "sentence_key": [sentence_key(one) for one in sentences]})
    rows = evidence.join(keys, on="sentence").select(*KEY, "sentence_key", *_SHARES, pl.col("tone"))
    tones = _in_place(rows.join(corrections.tones, on=["article_id", "pair", "sentence_key"])).select(
        *KEY, "value", pl.col("entry").alias("tone_entry")
    )
    struck = _in_place(
        rows.join(corrections.strikes, on="article_id", suffix="_of")
        .filter(pl.col("sentence_key_of").is_null() | (pl.col("sentence_key_of") == pl.col("sentence_key")))
        .filter(_names(pl.col("pair"), pl.col("struck")))
    ).select(*KEY, pl.col("entry").alias("strike_entry"))
    told = rows.join(tones, on=KEY, how="left").join(struck, on=KEY, how="left")
    told = told.filter(pl.col("tone_entry").is_not_null() | pl.col("strike_entry").is_not_null())
    neutral = (1.0 - pl.col("value").abs()).pow(POWER)
    moved = pl.col("value").is_not_null()
    return (
        told.with_columns(
            pl.col("tone").alias("tone_was"),
            pl.coalesce("strike_entry", "tone_entry").alias("correction"),
            pl.col("strike_entry").is_not_null().alias("struck"),
            pl.when(moved).then((1.0 - neutral + pl.col("value")) / 2.0).otherwise("cooperative").alias("cooperative"),
            pl.when(moved).then(neutral).otherwise("neutral").alias("neutral"),
            pl.when(moved).then((1.0 - neutral - pl.col("value")) / 2.0).otherwise("hostile").alias("hostile"),
        )
        .with_columns((pl.col("cooperative") - pl.col("hostile")).alias("tone"))
        .sort(KEY)
        .select([pl.col(name).cast(kind) for name, kind in CHANGED.items()])
    )


def with_changes(evidence: pl.LazyFrame, changed: pl.DataFrame | None, *, with_struck: bool = False) -> pl.LazyFrame:
    """Give evidence what `changes` found, and the columns `corrected`, `tone_was` and `correction` (null: as scored).

    Struck rows are left out, or kept and told in a column `struck`.
    """
    if changed is None or changed.is_empty():
        plain = evidence.with_columns(
            pl.lit(False).alias("corrected"),
            pl.lit(None, pl.Float64).alias("tone_was"),
            pl.lit(None, pl.String).alias("correction"),
        )
        return plain.with_columns(pl.lit(False).alias("struck")) if with_struck else plain
    new = changed.lazy().rename({name: f"{name}_new" for name in ("tone", *_SHARES)})
    told = (
        evidence.join(new, on=KEY, how="left", maintain_order="left")
        .with_columns(
            *[pl.coalesce(f"{name}_new", name).alias(name) for name in ("tone", *_SHARES)],
            pl.col("correction").is_not_null().alias("corrected"),
            pl.col("struck").fill_null(value=False),
        )
        .drop([f"{name}_new" for name in ("tone", *_SHARES)])
    )
    columns = [*evidence.collect_schema().names(), "corrected", "tone_was", "correction"]
    return told.select(*columns, "struck") if with_struck else told.filter(~pl.col("struck")).select(columns)


def with_readings(readings: pl.LazyFrame, anew: pl.DataFrame, gone: pl.DataFrame) -> pl.LazyFrame:
    """Put readings that were averaged anew in the place of the old ones, leave out those that have no evidence left.

    Takes readings, `anew` in columns of `ingest.readings.readings_of`, `gone` with `article_id, pair`; adds a column
    `corrected`.
    """
    columns = readings.collect_schema().names()
    values = ["tone", "cooperative", "neutral", "hostile", "direction", "label", "sentences"]
    new = anew.lazy().rename({name: f"{name}_new" for name in values}).with_columns(pl.lit(True).alias("corrected"))
    return (
        readings.join(gone.lazy(), on=["article_id", "pair"], how="anti", maintain_order="left")
        .join(new, on=["article_id", "pair"], how="left", maintain_order="left")
        .with_columns(
            *[pl.coalesce(f"{name}_new", name).alias(name) for name in values],
            pl.col("corrected").fill_null(value=False),
        )
        .select(*columns, "corrected")
    )


_SHARES = ("cooperative", "neutral", "hostile")


def _in_place(found: pl.DataFrame) -> pl.DataFrame:
    """Keep of each entry the row at its place, or all of its words if none is there; of each row the latest entry."""
    here = pl.col("start") == pl.col("at_start")
    return (
        found.filter(pl.col("at_start").is_null() | here | ~here.any().over("entry", "pair"))
        .sort("rank")
        .unique(KEY, keep="last", maintain_order=True)
    )


def _names(pair: pl.Expr, struck: pl.Expr) -> pl.Expr:
    return (struck == pair) | (struck == pair.str.slice(0, 3)) | (struck == pair.str.slice(4, 3))
