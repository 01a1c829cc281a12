"""Which entries count: all but those withdrawn, in order of time. Pure.

Order is that of (at, id), not of lines, so that the files of two analysts say the same whichever was imported first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from ingest.corrections.entry import Entry, Kind

TONES = {
    "entry": pl.String,
    "pair": pl.String,
    "article_id": pl.String,
    "at_start": pl.Int32,
    "sentence_key": pl.String,
    "value": pl.Float64,
    "rank": pl.Int64,
}
"""Corrected tones: `value` −1 … +1; the highest `rank` is the latest."""

STRIKES = {
    "entry": pl.String,
    "article_id": pl.String,
    "at_start": pl.Int32,
    "sentence_key": pl.String,
    "struck": pl.String,
    "rank": pl.Int64,
}
"""Struck evidence: `struck` a country or a pair; `sentence_key` null: of the whole article."""


@dataclass(frozen=True)
class Corrections:
    """The entries in force, in order of time."""

    entries: tuple[Entry, ...] = ()

    def of(self, *kinds: Kind) -> tuple[Entry, ...]:
        """Return the entries of these kinds."""
        return tuple([one for one in self.entries if one.kind in kinds])

    @cached_property
    def tones(self) -> pl.DataFrame:
        """The corrected tones of sentences; columns of `TONES`."""
        rows = [
            (one.id, one.pair, one.article, one.start, one.sentence, one.value, rank)
            for rank, one in enumerate(self.of("tone"))
        ]
        return pl.DataFrame(rows, schema=TONES, orient="row")

    @cached_property
    def strikes(self) -> pl.DataFrame:
        """What is struck; columns of `STRIKES`."""
        rows = [
            (one.id, one.article, one.start, one.sentence, one.value, rank)
            for rank, one in enumerate(self.of("strike"))
        ]
        return pl.DataFrame(rows, schema=STRIKES, orient="row")

    def touched(self, pair: str | None = None) -> pl.Expr | None:
        """Return which rows of evidence or readings may be corrected, by `pair` and `article_id`; None: none at all.

        Of a pair, if one is named.
        """
        entries = [one for one in self.of("tone", "strike") if pair is None or _concerns(one, pair)]
        if not entries:
            return None
        found = pl.col("article_id").is_in(sorted({one.article or "" for one in entries}))
        if pair:
            return found & (pl.col("pair") == pair)
        named = {one.pair or str(one.value) for one in entries}
        pairs, countries = sorted(one for one in named if "-" in one), sorted(one for one in named if "-" not in one)
        a, b = pl.col("pair").str.slice(0, 3), pl.col("pair").str.slice(4, 3)
        return found & (pl.col("pair").is_in(pairs) | a.is_in(countries) | b.is_in(countries))

    def touches(self, pair: str | None) -> bool:
        """Tell whether the evidence of a pair may be corrected; None: that of any."""
        return self.touched(pair) is not None

    def about(self, pair: str, articles: Iterable[str]) -> Corrections:
        """Return what has to do with a pair: its tones, strikes and notes, and what was done to stories of articles."""
        there = set(articles)
        return Corrections(tuple([one for one in self.entries if _is_about(one, pair, there)]))


NONE = Corrections()


def in_force(entries: Iterable[Entry]) -> Corrections:
    """Return the entries that no later entry in force withdraws; a withdrawal may be withdrawn too."""
    ordered = in_order(entries)
    withdrawn: set[str] = set()
    for one in reversed(ordered):
        if one.kind == "withdraw" and one.id not in withdrawn and one.entry:
            withdrawn.add(one.entry)
    return Corrections(tuple([one for one in ordered if one.id not in withdrawn and one.kind != "withdraw"]))


def in_order(entries: Iterable[Entry]) -> Sequence[Entry]:
    """Return entries in order of time, each once."""
    return sorted({one.id: one for one in entries}.values(), key=lambda one: (one.at, one.id))


def _concerns(entry: Entry, pair: str) -> bool:
    """Tell whether a tone or a strike may be about a pair."""
    return entry.pair == pair or (entry.kind == "strike" and str(entry.value) in {pair, pair[:3], pair[4:]})


def _is_about(entry: Entry, pair: str, articles: set[str]) -> bool:
    if entry.kind == "strike":
        return entry.article in articles and _concerns(entry, pair)
    if entry.kind in {"merge", "split"}:
        return entry.article in articles or entry.other in articles
    return entry.pair == pair
