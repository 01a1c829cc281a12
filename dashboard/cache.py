"""What pages ask the store and the scorer, remembered: the only file with `st.cache_*`.

Every answer is kept under the store's address and version, so that new articles show up at the next click.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import islice
from typing import NamedTuple

import polars as pl
import streamlit as st

from dashboard.address import By, Sign
from dashboard.evidence import Item
from dashboard.periods import Slice, choose_period, slice_of
from dashboard.summary import Summary, summarise
from dashboard.theme import WEAK
from ingest.articles.clean import Cleaned
from ingest.index.series import Period, tone_over_time
from ingest.index.stories import Weight, by_story
from ingest.processing import read_one
from ingest.records import Failure, RawArticle, Reading
from ingest.store import Store, health, queries

TTL_S = 3600
"""Seconds an answer is kept; the store's version in the key is what makes it fresh."""

MOST_FETCHED = 20
"""Articles taken from one address: a feed may hold hundreds, and the page shows one at a time."""

Pair = tuple[str, str]
"""ISO 3166-1 alpha-3, alphabetical."""


class Snapshot(NamedTuple):
    """A store as it is now."""

    uri: str
    version: str
    """Changes with every write; empty if there is no store."""


class Range(NamedTuple):
    """UTC days, both included; None is open."""

    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What a chart is drawn from."""

    series: pl.DataFrame
    by: Period
    summary: Summary
    undated: int
    """Articles about the pair that have no date, whatever the range."""

    @property
    def periods(self) -> list[Slice]:
        """The periods that have stories."""
        return [slice_of(start, self.by) for start in self.series.filter(pl.col("stories") > 0)["period"]]


@dataclass(frozen=True, kw_only=True)
class Found:
    """Some of the evidence, heaviest first."""

    items: tuple[tuple[str, int, int, Item], ...]
    """Article id, first and last character in its text, and the evidence."""
    sentences: int
    """How many there are in all."""
    articles: int


def snapshot(uri: str) -> Snapshot:
    """Look at the store: 4 ms on a local disk, so it is not cached."""
    store = _store(uri)
    if not store.exists():
        return Snapshot(uri, "")
    table = store.table("readings")
    return Snapshot(uri, f"{table.metadata().id}:{table.version()}")


def sources_snapshot(uri: str) -> Snapshot:
    """Look at what tells how sources do: changes with every article, failure and resolution; empty if no store."""
    store = _store(uri)
    if not store.exists():
        return Snapshot(uri, "")
    tables = [store.table(name) for name in ("articles", "links", "failures", "resolved") if store.parts(name)]
    return Snapshot(uri, " ".join(f"{table.metadata().id}:{table.version()}" for table in tables) or "nothing")


@st.cache_data(ttl=TTL_S, max_entries=4, show_spinner=False)
def sources(now: Snapshot) -> pl.DataFrame:
    """Return how each outlet does, busiest first."""
    return health.sources(_store(now.uri))


@st.cache_data(ttl=TTL_S, max_entries=4, show_spinner=False)
def unscored(now: Snapshot) -> pl.DataFrame:
    """Return what is not scored, by outlet, language and reason."""
    return health.unscored(_store(now.uri))


@st.cache_data(ttl=TTL_S, max_entries=4, show_spinner=False)
def failures(now: Snapshot) -> pl.DataFrame:
    """Return the inputs that failed and were not resolved, latest first."""
    return queries.failures(_store(now.uri))


@st.cache_resource(max_entries=8)
def _store(uri: str) -> Store:
    return Store(uri)


@st.cache_data(ttl=TTL_S, max_entries=8, show_spinner=False)
def pairs(now: Snapshot) -> pl.DataFrame:
    """Return every pair with its number of articles, busiest first."""
    return queries.pairs(_store(now.uri))


@st.cache_data(ttl=TTL_S, max_entries=256, show_spinner=False)
def shown(now: Snapshot, pair: Pair, by: By, days: Range, weight: Weight) -> Shown:
    """Return the series of a pair and its summary."""
    everything = _readings(now, pair)
    undated = everything["published"].null_count()
    inside = everything.filter(_within(days))
    chosen = choose_period(by_story(inside.lazy(), weight).collect()) if by == "auto" else by
    series = tone_over_time(inside.lazy(), chosen, weight)
    return Shown(series=series, by=chosen, summary=summarise(inside, series, weight), undated=undated)


@st.cache_data(ttl=TTL_S, max_entries=256, show_spinner=False)
def csv(now: Snapshot, pair: Pair, by: By, days: Range, weight: Weight) -> bytes:
    """Return the shown series as CSV."""
    return shown(now, pair, by, days, weight).series.write_csv().encode()


@st.cache_data(ttl=TTL_S, max_entries=256, show_spinner=False)
def evidence(now: Snapshot, pair: Pair, days: Range, at: Slice | None, *, sign: Sign, most: int) -> Found:
    """Return the heaviest evidence of the stories that are drawn in the days `at`, or in the whole range."""
    inside = _readings(now, pair).filter(_within(days))
    if at:
        first = pl.col("published").min().over("story_id").dt.date()
        inside = inside.filter(first.is_between(at.first, at.last))
    return _heaviest(now, pair, inside, sign, most)


@st.cache_data(ttl=TTL_S, max_entries=64, show_spinner=False)
def undated_evidence(now: Snapshot, pair: Pair, most: int) -> Found:
    """Return the heaviest evidence of articles that have no date."""
    return _heaviest(now, pair, _readings(now, pair).filter(pl.col("published").is_null()), "all", most)


@st.cache_data(ttl=TTL_S, max_entries=128, show_spinner=False)
def article_text(now: Snapshot, article_id: str) -> str:
    """Return the whole text of an article; empty if it is gone."""
    found = queries.articles(_store(now.uri), [article_id])
    return str(found["text"][0]) if found.height else ""


@st.cache_data(ttl=TTL_S, max_entries=64, show_spinner=False)
def read(raw: RawArticle) -> tuple[Cleaned, list[Reading]]:
    """Clean and score one article that somebody looks at."""
    return read_one(raw, now=datetime.now(UTC))


@st.cache_data(ttl=300, max_entries=64, show_spinner=False)
def fetch(url: str) -> tuple[RawArticle | Failure, ...]:
    """Fetch what a page or feed on the web holds; the caller has made sure that it is http or https."""
    from ingest.sources import read_source

    return tuple(islice(read_source(url), MOST_FETCHED))


@st.cache_data(ttl=TTL_S, max_entries=16, show_spinner=False)
def _readings(now: Snapshot, pair: Pair) -> pl.DataFrame:
    columns = ("pair", "story_id", "article_id", "published", "outlet", "tone", "scorer", "scorer_version")
    return queries.readings(_store(now.uri), pair).select(columns).collect()


@st.cache_data(ttl=TTL_S, max_entries=16, show_spinner=False)
def _weights(now: Snapshot, pair: Pair) -> pl.DataFrame:
    """Return all evidence of a pair without its text, heaviest first: |tone| times 1 − P(neutral)."""
    heavy = (pl.col("tone").abs() * (1 - pl.col("neutral"))).alias("heavy")
    return (
        queries.evidence(_store(now.uri), pair)
        .select("article_id", "start", "tone", "published", heavy, pl.col("sentence").hash().alias("sentence"))
        .sort(["heavy", "published", "article_id", "start"], descending=[True, False, False, False], nulls_last=True)
        .select("article_id", "start", "tone", "sentence")
        .collect()
    )


def _heaviest(now: Snapshot, pair: Pair, readings: pl.DataFrame, sign: Sign, most: int) -> Found:
    """Return the heaviest evidence of some readings; a sentence that was copied is shown once, where it was first."""
    wanted = _weights(now, pair).join(readings.select("article_id").unique(), on="article_id", how="semi")
    wanted = wanted.filter(_SIGNS[sign]) if sign != "all" else wanted
    once = wanted.group_by("sentence", maintain_order=True).agg(
        pl.col("article_id", "start").first(), (pl.col("article_id").n_unique() - 1).alias("copies")
    )
    top = once.head(most).with_row_index("rank").drop("sentence")
    rows = (
        queries.evidence(_store(now.uri), pair)
        .filter(pl.col("article_id").is_in(top["article_id"].unique().to_list()))
        .join(top.lazy(), on=["article_id", "start"])
        .sort("rank")
        .unique("rank", maintain_order=True)
        .collect()
    )
    return Found(
        items=tuple((row["article_id"], row["start"], row["end"], _item(row, pair)) for row in rows.to_dicts()),
        sentences=once.height,
        articles=wanted["article_id"].n_unique(),
    )


_SIGNS = {
    "hostile": pl.col("tone") <= -WEAK,
    "neutral": pl.col("tone").abs() < WEAK,
    "cooperative": pl.col("tone") >= WEAK,
}


def _within(days: Range) -> pl.Expr:
    when = pl.col("published").dt.date()
    wanted = pl.col("published").is_not_null()
    if days.since:
        wanted &= when >= days.since
    if days.until:
        wanted &= when <= days.until
    return wanted


def _item(row: dict[str, object], pair: Pair) -> Item:
    spans = {name: tuple((one["start"], one["end"]) for one in row[name]) for name in ("a_spans", "b_spans")}  # type: ignore[attr-defined]
    words = tuple((one["start"], one["end"], one["weight"]) for one in row["words"])  # type: ignore[attr-defined]
    plain = {
        name: row[name] for name in ("sentence", "tone", "direction", "outlet", "published", "title", "url", "copies")
    }
    return Item(a=pair[0], b=pair[1], words=words, **spans, **plain)  # type: ignore[arg-type]
