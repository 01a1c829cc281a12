"""What pages are about, and the store as it is now: the keys of all answers."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import streamlit as st

from dashboard.address import By
from dashboard.filters import Filter
from ingest.errors import StoreError
from ingest.index.stories import Weight
from ingest.store import Store
from ingest.store.corrected import patch_file, told_by

TTL_S = 3600
"""Seconds an answer is kept; the store's version in the key is what makes it fresh."""


MOST_PAIRS = 6
"""Pairs whose readings are held: a million readings take 75 MB."""


EVERYTHING = Filter()


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


class Asked(NamedTuple):
    """What the pair page is about: everything that its numbers depend on."""

    now: Snapshot
    pair: Pair
    by: By
    days: Range
    weight: Weight
    wanted: Filter


def snapshot(uri: str) -> Snapshot:
    """Look at the store and its corrections: 5 ms on a local disk, so it is not cached."""
    store = store_at(uri)
    if not store.exists():
        return Snapshot(uri, "")
    table = store.table("readings")
    links = version_of(store, "links")
    file = patch_file(store)
    told_by(file)  # what cannot be read is said here, where pages listen
    return Snapshot(uri, f"{table.metadata().id}:{table.version()}:{links}:{file.version()}")


def version_of(store: Store, name: str) -> str:
    try:
        return str(store.table(name).version())
    except StoreError:
        return ""  # a store from before there were links


@st.cache_resource(max_entries=8)
def store_at(uri: str) -> Store:
    return Store(uri)
