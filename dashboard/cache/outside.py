"""Outside series of the store."""

from __future__ import annotations

import polars as pl
import streamlit as st

from dashboard.cache.asked import TTL_S, Pair, Snapshot, store_at
from dashboard.outside import Outside
from ingest.records import pair_id
from ingest.store import outside as stored_outside


def outside_version(now: Snapshot) -> str:
    """Tell which state the outside series of a store are in; empty if it has none."""
    store = store_at(now.uri)
    return str(store.table("outside").version()) if store.parts("outside") else ""


@st.cache_data(ttl=TTL_S, max_entries=64, show_spinner=False)
def outside_names(now: Snapshot, version: str, pair: Pair) -> list[str]:
    """Return the outside series of the store that are about a pair, or about none in particular."""
    if not version:
        return []
    about = pl.col("pair").is_null() | (pl.col("pair") == pair_id(*pair))
    return store_at(now.uri).scan("outside").filter(about).select("name").unique().collect()["name"].sort().to_list()


@st.cache_data(ttl=TTL_S, max_entries=64, show_spinner=False)
def outside_series(now: Snapshot, version: str, pair: Pair, name: str) -> Outside:  # noqa: ARG001 - the version is a key
    """Return an outside series of the store: that of the pair, else the one about no pair."""
    rows = stored_outside.series(store_at(now.uri), name)
    own = rows.filter(pl.col("pair") == pair_id(*pair))
    days = own if own.height else rows.filter(pl.col("pair").is_null())
    return Outside(name=name, days=days.select("day", "value"), kind=days["kind"][0])
