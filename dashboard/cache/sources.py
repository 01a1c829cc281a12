"""How the sources do, and the versions of all."""

from __future__ import annotations

from importlib.metadata import version as package_version

import polars as pl
import streamlit as st

from dashboard.cache.asked import TTL_S, Snapshot, store_at
from dashboard.cache.readings import feeds_now, feeds_of
from ingest import __version__ as detente_version
from ingest.index.outlets import outlet_facts
from ingest.store import health, queries
from ingest.store.corrected import patch_file
from ingest.tone.scorer import SCORERS, get_scorer


def sources_snapshot(uri: str) -> Snapshot:
    """Look at what tells how sources do: changes with every article, failure and resolution; empty if no store."""
    store = store_at(uri)
    if not store.exists():
        return Snapshot(uri, "")
    tables = [store.table(name) for name in ("articles", "links", "failures", "resolved") if store.parts(name)]
    versions = [f"{table.metadata().id}:{table.version()}" for table in tables]
    return Snapshot(uri, " ".join([*versions, patch_file(store).version()]) if versions else "nothing")


@st.cache_data(ttl=TTL_S, max_entries=4, show_spinner=False)
def sources(now: Snapshot) -> pl.DataFrame:
    """Return how each outlet does, busiest first."""
    return health.sources(store_at(now.uri))


def outlet_places(now: Snapshot) -> pl.DataFrame:
    """Return `outlet, country, kind` of the outlets of a store, null where nobody says."""
    named = sources(now)["outlet"].drop_nulls().to_list()
    return outlet_facts(named, feeds_of(*feeds_now(now.uri)))


@st.cache_data(ttl=TTL_S, max_entries=4, show_spinner=False)
def unscored(now: Snapshot) -> pl.DataFrame:
    """Return what is not scored, by outlet, language and reason."""
    return health.unscored(store_at(now.uri))


@st.cache_data(ttl=TTL_S, max_entries=4, show_spinner=False)
def failures(now: Snapshot) -> pl.DataFrame:
    """Return the inputs that failed and were not resolved, latest first."""
    return queries.failures(store_at(now.uri))


@st.cache_data(ttl=TTL_S, max_entries=4, show_spinner=False)
def versions(now: Snapshot) -> list[tuple[str, str]]:
    """Return the version of everything that a number depends on, and what the store was scored with."""
    packages = ("streamlit", "plotly", "polars", "deltalake", "onnxruntime", "tokenizers", "vaderSentiment", "ruptures")
    told = [("detente", detente_version), *((name, package_version(name)) for name in packages)]
    told += [(f"scorer {name}", get_scorer(name).version) for name in SCORERS]
    if now.version:
        rows = queries.overview(store_at(now.uri))["scorers"]
        told += [
            (f"readings in this store by {row['scorer']}", f"{row['scorer_version']}: {row['readings']:,}")
            for row in rows
        ]
    return told
