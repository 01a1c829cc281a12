"""Which words tell one time from another. Pure functions over frames of evidence.

Log-odds of each word with an informative Dirichlet prior, and how many standard errors that is from 0: Monroe, Colaresi
and Quinn 2008 (doi.org/10.1093/pan/mpn018), equations 15 to 22. Rare words do not win for being rare, nor common ones
for being common.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np
import polars as pl

from ingest.index.series import EVERY, Period

PRIOR = 500.0
"""Words the prior weighs as much as, spread as in the sentences of both times together: some twenty sentences. Ours."""

LEAST_SENTENCES = 3
"""Sentences in which a word stands at least."""

_WORD = r"\p{L}[\p{L}\p{M}]+(?:['’-]\p{L}+)*"
"""Two letters or more, with what is inside a word."""

_SPACE = frozenset(
    "a about after all also an and are as at be been but by can could did do does for from had has have he her his how"
    " if in into is it its more most no nor not of on one or other our out over said says she so some such than that"
    " the their them then there these they this those to two under up was we were what when where which who will with"
    " would you your it’s it's".split()
)
"""Words that say nothing by themselves; written by us."""

COLUMNS: dict[str, pl.DataType] = {
    "word": pl.String(),
    "before": pl.Int64(),
    "after": pl.Int64(),
    "log_odds": pl.Float64(),
    "z": pl.Float64(),
}


def telling_words(
    evidence: pl.LazyFrame | pl.DataFrame, change: Mapping[str, object], by: Period = "day", *, count: int = 20
) -> pl.DataFrame:
    """Return the words that tell the evidence after a change from that before it.

    Takes evidence with `published, sentence, a_spans, b_spans`, and a row of `change_points` over a series `by` this
    period; gives what `distinguish` gives.
    """
    begins, turns, ends = (change.get(name) for name in ("begins", "period", "ends"))
    if not (isinstance(begins, date) and isinstance(turns, date) and isinstance(ends, date)):
        raise TypeError("a change has days called begins, period and ends; give a row of change_points")
    period = pl.col("published").dt.date().dt.truncate(EVERY[by])
    told = evidence.lazy().filter(period.is_between(begins, ends))
    return distinguish(told.filter(period < turns), told.filter(period >= turns), count=count)


def distinguish(
    before: pl.LazyFrame | pl.DataFrame, after: pl.LazyFrame | pl.DataFrame, *, count: int = 20
) -> pl.DataFrame:
    """Return the words that tell two sets of sentences apart.

    Takes evidence with `sentence, a_spans, b_spans`. Gives `COLUMNS`: the `count` words with the largest z, which are
    those of `after`, and the `count` with the least, those of `before`, in falling order of `z`; `before` and `after`
    are sentences with the word. Each sentence counts once a side, however many ran it, and a word once a sentence. The
    words that stand for either country (a name, a capital, a leader) anywhere in these sentences are left out.
    """
    sides = [
        frame.lazy().select("sentence", "a_spans", "b_spans").unique("sentence").collect() for frame in (before, after)
    ]
    named = _names(pl.concat(sides))
    counts = [_counts(side, name) for side, name in zip(sides, ("before", "after"), strict=True)]
    table = (
        counts[0]
        .join(counts[1], on="word", how="full", coalesce=True)
        .with_columns(pl.col("before", "after").fill_null(0))
        .filter(~pl.col("word").is_in(named) & ~pl.col("word").is_in(sorted(_SPACE)))
    )
    if table.is_empty() or not all(side.height for side in sides):
        return pl.DataFrame(schema=COLUMNS)
    odds, z = log_odds(table["before"].to_numpy(), table["after"].to_numpy())
    told = (
        table.with_columns(pl.Series("log_odds", odds), pl.Series("z", z))
        .filter(pl.col("before") + pl.col("after") >= LEAST_SENTENCES)
        .sort(["z", "word"], descending=[True, False])
        .select([pl.col(name).cast(kind) for name, kind in COLUMNS.items()])
    )
    return pl.concat([told.filter(pl.col("z") > 0).head(count), told.filter(pl.col("z") < 0).tail(count)])


def log_odds(before: np.ndarray, after: np.ndarray, prior: float = PRIOR) -> tuple[np.ndarray, np.ndarray]:
    """Return the log-odds ratio of each word, after against before, and its z-score.

    The prior is the words of both, scaled to `prior` words in all.
    """
    both = (before + after).astype(float)
    alpha = both / both.sum() * prior
    sides = []
    for counts in (before, after):
        y = counts + alpha
        sides.append((np.log(y / (counts.sum() + prior - y)), 1 / y))
    delta = sides[1][0] - sides[0][0]
    return delta, delta / np.sqrt(sides[0][1] + sides[1][1])


def _counts(sentences: pl.DataFrame, name: str) -> pl.DataFrame:
    return (
        sentences.lazy()
        .select(_words(pl.col("sentence")).list.unique().alias("word"))
        .explode("word")
        .drop_nulls()
        .group_by("word")
        .agg(pl.len().cast(pl.Int64).alias(name))
        .collect()
    )


def _names(sentences: pl.DataFrame) -> list[str]:
    """Return the words that stand for a country in these sentences."""
    found = [
        sentences.lazy()
        .select("sentence", pl.col(spans).alias("span"))
        .explode("span")
        .filter(pl.col("span").is_not_null())
        .select(
            pl.col("sentence").str.slice(
                pl.col("span").struct.field("start"),
                pl.col("span").struct.field("end") - pl.col("span").struct.field("start"),
            )
        )
        .unique()
        .select(_words(pl.col("sentence")).alias("word"))
        .explode("word")
        .drop_nulls()
        for spans in ("a_spans", "b_spans")
    ]
    return pl.concat(found).unique().collect()["word"].sort().to_list()


def _words(text: pl.Expr) -> pl.Expr:
    return text.str.to_lowercase().str.extract_all(_WORD).list.eval(pl.element().str.replace("['’]s$", ""))
