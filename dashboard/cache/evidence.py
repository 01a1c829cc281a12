"""Sentences and stories behind a number, heaviest first."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl
import streamlit as st

from dashboard.address import Sign
from dashboard.cache.asked import EVERYTHING, MOST_PAIRS, TTL_S, Asked, Pair, Range, Snapshot, store_at
from dashboard.cache.curves import changes, shown
from dashboard.cache.readings import dated, drawn_in, kept_readings, readings_of, stories_in, within
from dashboard.coding import as_ids, as_numbers
from dashboard.evidence import Item
from dashboard.filters import Filter, kept
from dashboard.periods import Slice
from dashboard.stories import Story
from dashboard.theme import WEAK
from ingest.corrections.entry import Entry
from ingest.corrections.in_force import NONE
from ingest.corrections.words import by_whom
from ingest.index.changes import heaviest
from ingest.index.stories import weighed
from ingest.store import queries
from ingest.store.corrected import corrections_of


@dataclass(frozen=True, kw_only=True)
class Found:
    """Some of the evidence, heaviest first."""

    items: tuple[tuple[str, int, int, Item], ...]
    """Article id, first and last character in its text, and the evidence."""
    sentences: int
    """How many there are in all."""
    articles: int


@st.cache_data(ttl=TTL_S, max_entries=128, show_spinner=False)
def heaviest_stories(asked: Asked, number: int) -> tuple[Story, ...]:
    """Return the five stories that move a change most."""
    change = changes(asked).row(number - 1, named=True)
    inside = kept_readings(asked)
    stories = weighed(stories_in(asked.now, asked.pair, asked.days, asked.wanted), asked.weight)
    found = heaviest(inside, change, asked.weight, shown(*asked).by, stories=stories)
    keys = found["story_id"].cast(inside["story_id"].dtype)
    chosen = _by_story_told(inside.filter(pl.col("story_id").is_in(keys.to_list())))
    told = _with_heads(asked.now, asked.pair, chosen)
    return tuple(sorted(told, key=lambda one: keys.to_list().index(one.key)))


@st.cache_data(ttl=TTL_S, max_entries=256, show_spinner=False)
def evidence(
    now: Snapshot, pair: Pair, days: Range, at: Slice | None, wanted: Filter = EVERYTHING, *, sign: Sign, most: int
) -> Found:
    """Return the heaviest evidence of the stories that are drawn in the days `at`, or in the whole range."""
    inside = dated(kept(readings_of(now, pair), wanted), days)
    if at:
        inside = drawn_in(inside, at)
    return _heaviest(now, pair, inside, sign, most)


@st.cache_data(ttl=TTL_S, max_entries=256, show_spinner=False)
def stories_of(
    now: Snapshot, pair: Pair, days: Range, at: Slice, wanted: Filter = EVERYTHING, *, most: int
) -> tuple[tuple[Story, ...], int]:
    """Return the stories drawn in the days `at`, those of most outlets and clearest tone first, and their number."""
    inside = drawn_in(dated(kept(readings_of(now, pair), wanted), days), at)
    told = _by_story_told(inside)
    return _with_heads(now, pair, told.head(most)), told.height


@st.cache_data(ttl=TTL_S, max_entries=256, show_spinner=False)
def story_evidence(now: Snapshot, pair: Pair, days: Range, key: int, wanted: Filter = EVERYTHING) -> Found:
    """Return all the evidence of a story, article by article in order of publication."""
    inside = kept(readings_of(now, pair), wanted).filter(within(days), pl.col("story_id") == key)
    inside = inside.sort("published", "article_id")
    ids = pl.DataFrame({"article_id": as_ids(inside["article_id"])}, {"article_id": pl.String}).with_row_index("rank")
    rows = (
        queries.evidence(store_at(now.uri), pair)
        .filter(pl.col("article_id").is_in(ids["article_id"].to_list()))
        .join(ids.lazy(), on="article_id")
        .sort("rank", "start")
        .with_columns(pl.lit(0).alias("copies"))
        .collect()
    )
    return Found(items=items_of(now, rows, pair), sentences=rows.height, articles=ids.height)


@st.cache_data(ttl=TTL_S, max_entries=64, show_spinner=False)
def undated_evidence(now: Snapshot, pair: Pair, most: int) -> Found:
    """Return the heaviest evidence of articles that have no date."""
    return _heaviest(now, pair, readings_of(now, pair).filter(pl.col("published").is_null()), "all", most)


@st.cache_data(ttl=TTL_S, max_entries=16, show_spinner=False)
def as_scored(now: Snapshot, pair: Pair, article_ids: tuple[str, ...]) -> set[str]:
    """Return which of some articles were about a pair before corrections: few, so few rows are read."""
    found = queries.readings(store_at(now.uri), pair, corrections=NONE)
    return set(found.filter(pl.col("article_id").is_in(article_ids)).select("article_id").collect()["article_id"])


@st.cache_resource(ttl=TTL_S, max_entries=MOST_PAIRS, show_spinner=False)
def _weights(now: Snapshot, pair: Pair) -> pl.DataFrame:
    """Return all evidence of a pair without its text, heaviest first: |tone| times 1 − P(neutral)."""
    found = (
        queries.evidence(store_at(now.uri), pair)
        .select(
            "article_id",
            "start",
            "tone",
            "published",
            _HEAVY.alias("heavy"),
            pl.col("sentence").hash().alias("sentence"),
        )
        .sort(["heavy", "published", "article_id", "start"], descending=[True, False, False, False], nulls_last=True)
        .select("article_id", "start", "tone", "sentence")
        .collect()
    )
    numbers = readings_of(now, pair)["article_id"].dtype == pl.UInt64
    return found.with_columns(as_numbers(found["article_id"])) if numbers else found


def _by_story_told(readings: pl.DataFrame) -> pl.DataFrame:
    """Return the stories of dated readings, those of most outlets and clearest tone first."""
    return (
        readings.sort("published", "article_id")
        .group_by("story_id", maintain_order=True)
        .agg(
            pl.col("tone").mean(),
            pl.len().alias("articles"),
            pl.col("outlet").drop_nulls().n_unique().alias("outlets"),
            pl.col("article_id", "published").first(),
            pl.col("outlet").first().cast(pl.String).alias("outlet"),
        )
        .sort([pl.col("outlets"), pl.col("tone").abs(), pl.col("story_id")], descending=[True, True, False])
    )


def _with_heads(now: Snapshot, pair: Pair, stories: pl.DataFrame) -> tuple[Story, ...]:
    """Give stories the headline and the address of their first article."""
    ids = pl.Series("article_id", as_ids(stories["article_id"]), pl.String)
    heads = (
        queries.readings(store_at(now.uri), pair)
        .filter(pl.col("article_id").is_in(ids.to_list()))
        .select("article_id", "title", "url")
        .unique("article_id")
        .collect()
    )
    rows = stories.with_columns(ids).join(heads, on="article_id", how="left", maintain_order="left")
    mute = rows.filter(pl.col("title").is_null())["article_id"].to_list()
    said = _said(now, pair, mute) if mute else pl.DataFrame(schema={"article_id": pl.String, "sentence": pl.String})
    rows = rows.join(said, on="article_id", how="left", maintain_order="left").with_columns(
        pl.col("sentence").fill_null("")
    )
    return tuple(Story(**row) for row in rows.rename({"story_id": "key"}).select(Story._fields).to_dicts())


def _said(now: Snapshot, pair: Pair, article_ids: list[str]) -> pl.DataFrame:
    """Return the heaviest sentence of some articles: `article_id, sentence`."""
    return (
        queries.evidence(store_at(now.uri), pair)
        .filter(pl.col("article_id").is_in(article_ids))
        .sort(_HEAVY, descending=True)
        .group_by("article_id", maintain_order=True)
        .agg(pl.col("sentence").first())
        .collect()
    )


def _heaviest(now: Snapshot, pair: Pair, readings: pl.DataFrame, sign: Sign, most: int) -> Found:
    """Return the heaviest evidence of some readings; a sentence that was copied is shown once, where it was first."""
    wanted = _weights(now, pair).join(readings.select("article_id"), on="article_id", how="semi", maintain_order="left")
    wanted = wanted.filter(_SIGNS[sign]) if sign != "all" else wanted
    once = wanted.group_by("sentence", maintain_order=True).agg(
        pl.col("article_id", "start").first(), (pl.col("article_id").n_unique() - 1).alias("copies")
    )
    top = once.head(most).with_row_index("rank").drop("sentence")
    top = top.with_columns(pl.Series("article_id", as_ids(top["article_id"]), pl.String))
    rows = (
        queries.evidence(store_at(now.uri), pair)
        .filter(pl.col("article_id").is_in(top["article_id"].unique().to_list()))
        .join(top.lazy(), on=["article_id", "start"])
        .sort("rank")
        .unique("rank", maintain_order=True)
        .collect()
    )
    return Found(
        items=items_of(now, rows, pair),
        sentences=once.height,
        articles=wanted["article_id"].n_unique(),
    )


_HEAVY = pl.col("tone").abs() * (1 - pl.col("neutral"))


_SIGNS = {
    "hostile": pl.col("tone") <= -WEAK,
    "neutral": pl.col("tone").abs() < WEAK,
    "cooperative": pl.col("tone") >= WEAK,
}


def items_of(now: Snapshot, rows: pl.DataFrame, pair: Pair) -> tuple[tuple[str, int, int, Item], ...]:
    told = {one.id: one for one in corrections_of(store_at(now.uri)).entries}
    return tuple((row["article_id"], row["start"], row["end"], _item(row, pair, told)) for row in rows.to_dicts())


def _item(row: dict[str, object], pair: Pair, told: dict[str, Entry]) -> Item:
    spans = {name: tuple((one["start"], one["end"]) for one in row[name]) for name in ("a_spans", "b_spans")}  # type: ignore[attr-defined]
    words = tuple((one["start"], one["end"], one["weight"]) for one in row["words"])  # type: ignore[attr-defined]
    plain = {
        name: row[name] for name in ("sentence", "tone", "direction", "outlet", "published", "title", "url", "copies")
    }
    entry = told.get(str(row["correction"]))
    plain["story"] = row["story_id"]
    fixed = {"was": row["tone_was"], "corrected": by_whom(entry) if entry else "", "struck": row.get("struck", False)}
    return Item(a=pair[0], b=pair[1], words=words, **spans, **plain, **fixed)  # type: ignore[arg-type]
