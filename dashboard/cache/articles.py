"""Single articles and stories, stored, pasted or from the web."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import islice

import polars as pl
import streamlit as st

from dashboard.cache.asked import TTL_S, Range, Snapshot, store_at
from dashboard.cache.evidence import _item
from dashboard.evidence import Item
from ingest.articles.clean import Cleaned
from ingest.looking import read_one
from ingest.records import Failure, RawArticle, Reading
from ingest.store import queries
from ingest.store import stories as stored_stories
from ingest.store.corrected import corrections_of

MOST_FETCHED = 20
"""Articles taken from one address: a feed may hold hundreds, and the page shows one at a time."""


@st.cache_data(ttl=TTL_S, max_entries=128, show_spinner=False)
def article_text(now: Snapshot, article_id: str) -> str:
    """Return the whole text of an article; empty if it is gone."""
    found = queries.articles(store_at(now.uri), [article_id])
    return str(found["text"][0]) if found.height else ""


@st.cache_data(ttl=TTL_S, max_entries=64, show_spinner=False)
def largest_stories(now: Snapshot, countries: tuple[str, ...], days: Range, words: str, most: int) -> pl.DataFrame:
    """Return the largest stories; see `ingest.store.stories.largest`."""
    asked = {"countries": countries, "since": days.since, "until": days.until, "words": words, "most": most}
    return stored_stories.largest(store_at(now.uri), **asked)  # type: ignore[arg-type]  # each is of its own type


@st.cache_data(ttl=TTL_S, max_entries=64, show_spinner=False)
def story(now: Snapshot, story_id: str) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the articles of a story and their readings; no rows if there is no such story."""
    store = store_at(now.uri)
    found = stored_stories.members(store, story_id)
    return found, stored_stories.tones(store, found["article_id"].to_list())


@st.cache_data(ttl=TTL_S, max_entries=64, show_spinner=False)
def stored_article(now: Snapshot, article_id: str) -> dict[str, object] | None:
    """Return an article by its id, in the columns of `schemas.ARTICLES`."""
    found = queries.articles(store_at(now.uri), [article_id]).to_dicts()
    return found[0] if found else None


@st.cache_data(ttl=TTL_S, max_entries=64, show_spinner=False)
def stored_readings(now: Snapshot, article_id: str) -> list[tuple[dict[str, object], list[tuple[int, int, Item]]]]:
    """Return the readings of a stored article, each with its evidence: first and last character, and the piece."""
    store = store_at(now.uri)
    told = {one.id: one for one in corrections_of(store).entries}
    found = []
    for row in stored_stories.readings_of(store, article_id).to_dicts():
        pair = (row["pair"][:3], row["pair"][4:])
        pieces = stored_stories.evidence_of(store, article_id, pair).to_dicts()
        found.append((row, [(one["start"], one["end"], _item(one | {"copies": 0}, pair, told)) for one in pieces]))
    return found


@st.cache_data(ttl=TTL_S, max_entries=512, show_spinner=False)
def vader_alone(text: str) -> float:
    """Return what vaderSentiment alone says of a text, −1 … +1."""
    from ingest.tone.vader_alone import compound

    return compound(text)


@st.cache_data(ttl=TTL_S, max_entries=64, show_spinner=False)
def read(raw: RawArticle) -> tuple[Cleaned, list[Reading]]:
    """Clean and score one article that somebody looks at."""
    return read_one(raw, now=datetime.now(UTC))


@st.cache_data(ttl=300, max_entries=64, show_spinner=False)
def fetch(url: str) -> tuple[RawArticle | Failure, ...]:
    """Fetch what a page or feed on the web holds; the caller has made sure that it is http or https."""
    from ingest.sources import read_source

    return tuple(islice(read_source(url), MOST_FETCHED))
