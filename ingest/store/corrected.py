"""What the store's questions answer once analysts' corrections are applied. Costs one look at a file if there are none.

`queries` call these; nothing that is stored is changed.
"""

from __future__ import annotations

from functools import lru_cache

import polars as pl

from ingest.config import settings_from_environment
from ingest.corrections.apply import changes, with_changes, with_readings
from ingest.corrections.file import CorrectionsFile, Told, corrections_file
from ingest.corrections.in_force import Corrections
from ingest.corrections.stories import by_hand, with_hand
from ingest.records import pair_id
from ingest.store.store import Store

Pair = tuple[str, str]

_NEEDED = (
    "article_id", "pair", "start", "sentence", "tone", "cooperative", "neutral", "hostile", "direction", "scorer",
)  # fmt: skip
"""Columns of evidence that a correction needs."""


def patch_file(store: Store, told: str | None = None) -> CorrectionsFile:
    """Find the patch file of a store: the one named, else of DETENTE_CORRECTIONS, else in its folder."""
    return corrections_file(told or settings_from_environment().corrections, store.uri)


def corrections_of(store: Store, told: str | None = None) -> Corrections:
    """Return the corrections in force."""
    return told_by(patch_file(store, told)).in_force


def about_pair(store: Store, corrections: Corrections, pair: Pair | None) -> Corrections:
    """Return the corrections that have to do with a pair; all of them if none is named."""
    if pair is None or not corrections.entries:
        return corrections
    name = pair_id(*pair)
    there = store.scan("readings").filter(pl.col("pair") == name).select("article_id").unique().collect()
    return corrections.about(name, there["article_id"])


def told_by(file: CorrectionsFile) -> Told:
    """Read a patch file, once for each of its versions."""
    version = file.version()
    return _read(file, version) if version else Told()


def retold(store: Store, rows: pl.LazyFrame, corrections: Corrections) -> pl.LazyFrame:
    """Give rows with `article_id, story_id` the stories that were merged and split by hand."""
    entries = corrections.of("merge", "split")
    if not entries:
        return rows
    named = store.stories()
    ids = sorted({one for entry in entries for one in (entry.article, entry.other) if one})
    found = named.filter(pl.col("article_id").is_in(ids)) if named is not None else None
    return with_hand(rows, by_hand(corrections, dict(found.iter_rows()) if found is not None else {}))


def corrected_readings(
    store: Store, rows: pl.LazyFrame, pair: Pair | None, scorer: str, corrections: Corrections
) -> pl.LazyFrame:
    """Give readings the values that their corrected evidence has, and a column `corrected`."""
    evidence, changed = _changed(store, pair, scorer, corrections)
    if changed is None or evidence is None or changed.is_empty():
        return rows.with_columns(pl.lit(False).alias("corrected"))
    from ingest.readings import KEY, readings_of

    touched = evidence.join(changed.select(KEY).unique(), on=KEY, how="semi")
    anew = readings_of(with_changes(touched.lazy(), changed).collect())
    gone = touched.select(KEY).unique().join(anew, on=KEY, how="anti")
    return with_readings(rows, anew, gone)


def corrected_evidence(
    store: Store,
    rows: pl.LazyFrame,
    pair: Pair | None,
    scorer: str,
    corrections: Corrections,
    *,
    with_struck: bool = False,
) -> pl.LazyFrame:
    """Give evidence its corrected tones; columns as `corrections.apply.with_changes` adds them."""
    _, changed = _changed(store, pair, scorer, corrections)
    return with_changes(rows, changed, with_struck=with_struck)


def _changed(
    store: Store, pair: Pair | None, scorer: str, corrections: Corrections
) -> tuple[pl.DataFrame | None, pl.DataFrame | None]:
    """Return the evidence that entries may be about, all of each reading, and what becomes of it."""
    touched = corrections.touched(pair_id(*pair) if pair else None)
    if touched is None:
        return None, None
    wanted = touched & (pl.col("scorer") == scorer)
    evidence = store.scan("evidence").filter(wanted).select(_NEEDED).collect()
    return evidence, changes(evidence, corrections)


@lru_cache(maxsize=8)
def _read(file: CorrectionsFile, version: str) -> Told:  # noqa: ARG001 - the version is what makes it new
    return file.read()
