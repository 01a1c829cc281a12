"""Which corrections still find what they are about. Asks the store, changes nothing."""

from __future__ import annotations

import polars as pl

from ingest.corrections.apply import changes
from ingest.corrections.entry import Entry
from ingest.corrections.in_force import Corrections
from ingest.countries.gazetteer import countries
from ingest.store.store import Store


def lost(store: Store, corrections: Corrections) -> list[tuple[Entry, str]]:
    """Return the entries in force whose target does not exist, and what is missing."""
    entries = corrections.entries
    ids = sorted({one for entry in entries for one in (entry.article, entry.other) if one})
    there = set(
        store.scan("articles").filter(pl.col("article_id").is_in(ids)).select("article_id").collect()["article_id"]
        if ids
        else []
    )
    touched = corrections.touched()
    evidence = store.scan("evidence").filter(touched).collect() if touched is not None else None
    found = []
    for entry in entries:
        if gone := next((one for one in (entry.article, entry.other) if one and one not in there), None):
            found.append((entry, f"there is no article {gone}"))
        elif entry.kind in {"tone", "strike"} and evidence is not None:
            mine = evidence.filter(pl.col("article_id") == entry.article)
            if changes(mine, Corrections((entry,))).is_empty():
                found.append((entry, _no_evidence(entry)))
        elif entry.kind == "note" and not set((entry.pair or "").split("-")) <= countries().keys():
            found.append((entry, f"there is no pair {entry.pair}"))
    return found


def _no_evidence(entry: Entry) -> str:
    what = entry.pair or entry.value
    return f"article {entry.article} has no {'such sentence' if entry.sentence else 'sentence'} about {what}"
