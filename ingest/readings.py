"""From evidence to readings over frames: bit for bit what `scoring` computes an article at a time. Pure."""

from __future__ import annotations

import numpy as np
import polars as pl

from ingest.scoring import LEAST_WEIGHT
from ingest.tone.scorer import BALANCED
from ingest.tone.vader import NEUTRAL_BAND

PLAIN = "vader"
"""The one scorer whose evidence all counts alike, and whose label is told by the tone alone."""

KEY = ["article_id", "pair"]


def readings_of(evidence: pl.DataFrame) -> pl.DataFrame:
    """Average the evidence of each article and pair, as `scoring` does it.

    Takes `article_id, pair, start, cooperative, neutral, hostile, direction, scorer`, one scorer an article and pair.
    Gives `article_id, pair, tone` (−1 … +1), `cooperative, neutral, hostile` (sum 1), `direction, label, sentences`,
    in order of article and pair. Sums run in the order of the text: another order may change the last bit.
    """
    rows = evidence.sort(*KEY, "start")
    groups = rows.group_by(KEY, maintain_order=True).agg(
        pl.len().cast(pl.Int32).alias("sentences"),
        _overall().alias("direction"),
        pl.col("scorer").first(),
    )
    sizes = groups["sentences"].to_numpy()
    group = np.repeat(np.arange(groups.height), sizes)
    shares = {name: rows[name].to_numpy() for name in ("cooperative", "neutral", "hostile")}
    weighed = (rows["scorer"] != PLAIN).to_numpy()
    weights = np.where(weighed, 1.0 - shares["neutral"], 1.0)
    total = np.bincount(group, weights, minlength=groups.height)
    silent = total < LEAST_WEIGHT
    weights = np.where(silent[group], 1.0, weights)
    total = np.where(silent, sizes.astype(np.float64), total)
    first = np.cumsum(sizes) - sizes
    means = {
        name: np.where(sizes == 1, values[first], np.bincount(group, weights * values, minlength=groups.height) / total)
        for name, values in shares.items()
    }
    return groups.select(
        *KEY,
        pl.Series("tone", means["cooperative"] - means["hostile"]),
        *[pl.Series(name, values) for name, values in means.items()],
        "direction",
        "sentences",
        "scorer",
    ).select(*KEY, "tone", "cooperative", "neutral", "hostile", "direction", label().alias("label"), "sentences")


def label() -> pl.Expr:
    """Say the word for `cooperative, neutral, hostile` as the scorer named in `scorer` does."""
    c, n, h = pl.col("cooperative"), pl.col("neutral"), pl.col("hostile")
    by_tone = (
        pl.when(c - h >= NEUTRAL_BAND)
        .then(pl.lit("cooperative"))
        .when(c - h <= -NEUTRAL_BAND)
        .then(pl.lit("hostile"))
        .otherwise(pl.lit("neutral"))
    )
    likeliest = (
        pl.when(((n >= c) & (n >= h)) | ((c - h).abs() < BALANCED))
        .then(pl.lit("neutral"))
        .when(c > h)
        .then(pl.lit("cooperative"))
        .otherwise(pl.lit("hostile"))
    )
    return pl.when(pl.col("scorer") == PLAIN).then(by_tone).otherwise(likeliest)


def _overall() -> pl.Expr:
    told = pl.col("direction").filter(pl.col("direction") != "none").unique()
    return (
        pl.when(told.len() == 0).then(pl.lit("none")).when(told.len() == 1).then(told.first()).otherwise(pl.lit("both"))
    )
