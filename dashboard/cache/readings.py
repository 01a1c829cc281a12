"""The readings of one pair, kept as small columns, and its stories added up once."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import streamlit as st

from dashboard.cache.asked import MOST_PAIRS, TTL_S, Asked, Pair, Range, Snapshot, store_at
from dashboard.coding import KEPT, coded
from dashboard.filters import Filter, kept
from dashboard.periods import Slice
from ingest.config import settings_from_environment
from ingest.errors import FeedListError
from ingest.feeds.feed_list import Feed
from ingest.feeds.place import FeedsFile, feeds_file
from ingest.index.outlets import outlet_facts
from ingest.index.stories import by_story
from ingest.store import queries


def readings_of(now: Snapshot, pair: Pair) -> pl.DataFrame:
    return _readings_with(now, pair, *feeds_now(now.uri))


@st.cache_resource(ttl=TTL_S, max_entries=MOST_PAIRS, show_spinner=False)
def _readings_with(now: Snapshot, pair: Pair, feeds: str, changed: int) -> pl.DataFrame:
    """Return the readings of a pair as `dashboard.coding` has them.

    A resource, as frames are never changed: `cache_data` would unpickle a million rows, 150 ms, at every click.
    """
    found = queries.readings(store_at(now.uri), pair).select(KEPT).collect()
    outlets = found["outlet"].drop_nulls().unique().to_list()
    return coded(found, outlet_facts(outlets, feeds_of(feeds, changed)))


@st.cache_resource(ttl=TTL_S, max_entries=MOST_PAIRS, show_spinner=False)
def stories_in(now: Snapshot, pair: Pair, days: Range, wanted: Filter) -> pl.DataFrame:
    """Return the stories of some readings: what changes neither with periods nor with weights."""
    return by_story(dated(kept(readings_of(now, pair), wanted), days)).collect()


def kept_readings(asked: Asked) -> pl.DataFrame:
    return dated(kept(readings_of(asked.now, asked.pair), asked.wanted), asked.days)


def feeds_now(uri: str) -> tuple[str, int]:
    """Return where the list of feeds is and when it was last changed."""
    path = feeds_file(settings_from_environment().feeds, uri).path
    return str(path), path.stat().st_mtime_ns if path.is_file() else 0


@st.cache_resource(ttl=TTL_S, max_entries=4, show_spinner=False)
def feeds_of(path: str, changed: int) -> list[Feed]:  # noqa: ARG001 - the time of the change is a key
    """Return the feeds of a list; none if it cannot be read, as the page can do without."""
    try:
        return FeedsFile(path=Path(path), own=None).feeds()
    except FeedListError:
        return []


def drawn_in(readings: pl.DataFrame, at: Slice) -> pl.DataFrame:
    """Keep the readings of the stories that are drawn in some days: those first published there."""
    first = readings.group_by("story_id").agg(pl.col("published").min().dt.date().alias("first"))
    return readings.join(
        first.filter(pl.col("first").is_between(at.first, at.last)), on="story_id", how="semi", maintain_order="left"
    )


def dated(readings: pl.DataFrame, days: Range) -> pl.DataFrame:
    """Keep what was published in some days; the very frame if that is all, as a copy of a million rows takes 15 ms."""
    if days == Range() and not readings["published"].null_count():
        return readings
    return readings.filter(within(days))


def within(days: Range) -> pl.Expr:
    when = pl.col("published").dt.date()
    wanted = pl.col("published").is_not_null()
    if days.since:
        wanted &= when >= days.since
    if days.until:
        wanted &= when <= days.until
    return wanted
