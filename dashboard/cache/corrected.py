"""What analysts corrected, and bundles of what is shown."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
import streamlit as st

from dashboard.cache.asked import TTL_S, Asked, Pair, Snapshot, store_at
from dashboard.cache.curves import shown
from dashboard.cache.evidence import as_scored
from dashboard.cache.readings import readings_of
from dashboard.filters import kept
from ingest.corrections.entry import Entry
from ingest.corrections.file import CorrectionsFile
from ingest.corrections.in_force import NONE
from ingest.store import queries
from ingest.store.corrected import corrections_of, patch_file


def patches(now: Snapshot) -> CorrectionsFile:
    """Return the file that corrections are added to."""
    return patch_file(store_at(now.uri))


def corrections(now: Snapshot) -> tuple[Entry, ...]:
    """Return the corrections in force, latest first; read once for each version of the file."""
    return tuple(reversed(corrections_of(store_at(now.uri)).entries))


def corrections_about(now: Snapshot, pair: Pair) -> tuple[Entry, ...]:
    """Return the corrections of sentences in force that change a pair, latest first."""
    name = "-".join(pair)
    entries = [
        one
        for one in corrections(now)
        if (one.kind == "tone" and one.pair == name) or (one.kind == "strike" and str(one.value) in {name, *pair})
    ]
    struck = tuple(sorted({str(one.article) for one in entries if one.kind == "strike"}))
    there = as_scored(now, pair, struck) if struck else set()
    return tuple(one for one in entries if one.kind == "tone" or one.article in there)


@st.cache_data(ttl=TTL_S, max_entries=64, show_spinner=False)
def same_sentence(now: Snapshot, pair: Pair, sentence: str) -> list[tuple[str, int, int]]:
    """Return where else a sentence is evidence of a pair: article, first and last character."""
    rows = queries.evidence(store_at(now.uri), pair, corrections=NONE).filter(pl.col("sentence") == sentence)
    return rows.select("article_id", "start", "end").unique().sort("article_id", "start").collect().rows()


def notes(now: Snapshot, pair: Pair) -> tuple[Entry, ...]:
    """Return the notes on dates of a pair, by day."""
    found = [one for one in corrections(now) if one.kind == "note" and one.pair == "-".join(pair) and one.day]
    return tuple(sorted(found, key=lambda one: (one.day, one.at)))


def bundle(asked: Asked, smooth: int) -> bytes:
    """Return the replication bundle of what is shown; made when it is asked for, so not kept."""
    from ingest.bundle.build import bundle as bundled
    from ingest.bundle.settings import Settings

    store, wanted = store_at(asked.now.uri), asked.wanted
    outlets = None
    if wanted.countries or wanted.kinds or wanted.outlets:
        named = kept(readings_of(asked.now, asked.pair), replace(wanted, direction="all"))["outlet"].cast(pl.String)
        outlets = tuple(sorted(named.fill_null("").unique()))
    settings = Settings(
        a=asked.pair[0],
        b=asked.pair[1],
        by=shown(*asked).by,
        since=asked.days.since,
        until=asked.days.until,
        weight=asked.weight,
        scorer=queries.scorer_of(store),
        smooth=smooth,
        direction=wanted.direction,
        outlets=outlets,
    )
    return bundled(store, settings)
