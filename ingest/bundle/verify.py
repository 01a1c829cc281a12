"""Compute a bundle's values again and tell what differs. Reads no store."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import polars as pl

from ingest.bundle.replay import readings_again, stories_and_series
from ingest.bundle.settings import (
    EVIDENCE,
    EVIDENCE_KEY,
    FORMAT,
    PLOTTED_KEY,
    READINGS,
    READINGS_KEY,
    STORIES,
    STORIES_KEY,
    Settings,
    read_settings,
)
from ingest.bundle.tables import read_spans, read_table, read_time
from ingest.bundle.versions import versions, weights_digest
from ingest.corrections.file import read_entries
from ingest.errors import BundleError
from ingest.index.series import COLUMNS
from ingest.records import Candidate
from ingest.tone.scorer import SCORERS, get_scorer

_JUDGED = ["tone", "cooperative", "neutral", "hostile", "direction"]


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What became of a check."""

    settings: Settings
    compared: dict[str, int]
    """Rows of each table that were computed again."""
    differences: tuple[str, ...]
    """Each value that differs: none, and the bundle holds."""
    remarks: tuple[str, ...]
    """What may explain differences: other versions than then."""


def verify(files: dict[str, bytes], *, rescore: bool = False) -> Verdict:
    """Compute evidence → readings → stories → series again, and with `rescore` the tones of the sentences too."""
    manifest = _manifest(files["manifest.json"])
    settings = read_settings(manifest.get("settings"))
    evidence = read_table(files["evidence.csv"], EVIDENCE, "evidence.csv")
    readings = read_table(files["readings.csv"], READINGS, "readings.csv")
    stories = read_table(files["stories.csv"], STORIES, "stories.csv")
    plotted = read_table(files["plotted.csv"], COLUMNS, "plotted.csv")
    told = read_entries(files["corrections.jsonl"], "corrections.jsonl")
    _check_keys(evidence, readings, settings)
    found = [f"{name} was changed after the bundle was made" for name in _changed(files, manifest)]
    found += told.problems
    again = readings_again(evidence, told.in_force)
    values = [name for name in READINGS if name in again.columns]
    found += differences("readings.csv", readings.select(values), again.select(values), READINGS_KEY)
    anew = read_time(readings, "published", "readings.csv").drop("tone", "corrected")
    anew = anew.join(again.select(*READINGS_KEY, "tone"), on=READINGS_KEY)
    stories_anew, plotted_anew = stories_and_series(anew, settings)
    found += differences("stories.csv", stories, stories_anew, STORIES_KEY)
    found += differences("plotted.csv", plotted, plotted_anew, PLOTTED_KEY)
    compared = {"readings": again.height, "stories": stories_anew.height, "plotted values": plotted_anew.height}
    remarks = _other_versions(manifest)
    if rescore:
        told_of_scoring, judged = _rescored(evidence)
        found += told_of_scoring
        compared["sentences"] = judged
        remarks += _without_text(evidence)
    return Verdict(settings=settings, compared=compared, differences=tuple(found), remarks=tuple(remarks))


def differences(name: str, there: pl.DataFrame, again: pl.DataFrame, key: list[str]) -> list[str]:
    """Name each value that is not the same to the last bit, and each row that is on one side only."""
    found = [
        f"{name}, {_key(row)}: {what}"
        for one, other, what in (
            (there, again, "is in the bundle and does not come out"),
            (again, there, "comes out and is not in the bundle"),
        )
        for row in one.join(other, on=key, how="anti", nulls_equal=True).select(key).rows()
    ]
    both = there.join(again, on=key, how="inner", nulls_equal=True, suffix="_again")
    for column in [one for one in there.columns if one not in key]:
        differing = both.filter(pl.col(column).ne_missing(pl.col(f"{column}_again")))
        found += [
            f"{name}, {_key(row[:-2])}, {column}: the bundle has {row[-2]!r}, recomputed {row[-1]!r}"
            for row in differing.select(*key, column, f"{column}_again").rows()
        ]
    return found


def _manifest(data: bytes) -> dict[str, Any]:
    try:
        told = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise BundleError("manifest.json is no JSON") from error
    if not isinstance(told, dict) or told.get("format") != FORMAT:
        form = told.get("format") if isinstance(told, dict) else None
        raise BundleError(
            f"manifest.json: expected format {FORMAT}, found {form!r:.20}; use another version of Detente"
        )
    return told


def _check_keys(evidence: pl.DataFrame, readings: pl.DataFrame, settings: Settings) -> None:
    pair = f"{settings.a}-{settings.b}"
    for name, frame, key in (("evidence.csv", evidence, EVIDENCE_KEY), ("readings.csv", readings, READINGS_KEY)):
        if frame.select(pl.struct(key).is_duplicated().any()).item():
            raise BundleError(f"{name} holds a row twice")
        if not frame.is_empty() and frame["pair"].unique().to_list() != [pair]:
            raise BundleError(f"{name}: expected rows of {pair} only")
        needed = [one for one in frame.columns if one not in {"outlet", "url", "other_spans"}]
        if any(frame[one].null_count() for one in needed):
            raise BundleError(f"{name}: a value is missing")
        if not all(frame.select(pl.col(pl.Float64).is_finite().all()).row(0)):
            raise BundleError(f"{name}: a number is not finite")


def _changed(files: dict[str, bytes], manifest: dict[str, Any]) -> list[str]:
    sums = manifest.get("sha256")
    told = sums if isinstance(sums, dict) else {}
    return [
        name for name, data in files.items() if name != "manifest.json" and told.get(name) != sha256(data).hexdigest()
    ]


def _other_versions(manifest: dict[str, Any]) -> list[str]:
    then = manifest.get("versions")
    then = then if isinstance(then, dict) else {}
    found = [
        f"made with {name} {then.get(name, 'unknown')!s:.40}, here is {version}"
        for name, version in versions().items()
        if then.get(name) != version
    ]
    for one in manifest.get("scorers") or []:
        name = one.get("name") if isinstance(one, dict) else None
        if name in SCORERS and one.get("weights_sha256") != weights_digest(name):
            found.append(f"scorer {name}: the weights here are not those of the bundle")
    return found


def _rescored(evidence: pl.DataFrame) -> tuple[list[str], int]:
    """Judge each sentence again; return what differs, and how many were judged."""
    found: list[str] = []
    judged = 0
    for (name, version), rows in evidence.group_by("scorer", "scorer_version", maintain_order=True):
        here = get_scorer(str(name)).version if name in SCORERS else "not there"
        if here != version:
            found.append(f"{rows.height:,} sentences were not scored again: scorer {name} {version}, here it is {here}")
            continue
        results = get_scorer(str(name)).judge([_candidate(row) for row in rows.to_dicts()])
        again = rows.select(EVIDENCE_KEY).with_columns(
            pl.Series("tone", [one.tone for one in results], pl.Float64),
            *[pl.Series(one, [getattr(result, one) for result in results]) for one in _JUDGED[1:]],
        )
        found += differences("evidence.csv", rows.select(*EVIDENCE_KEY, *_JUDGED), again, EVIDENCE_KEY)
        judged += rows.height
    return found, judged


def _without_text(evidence: pl.DataFrame) -> list[str]:
    lost = evidence["other_spans"].null_count()
    return [f"of {lost:,} sentences it is not known where they name third countries"] if lost else []


def _candidate(row: dict[str, Any]) -> Candidate:
    sentence, pair = str(row["sentence"]), str(row["pair"])
    a_spans, b_spans = read_spans(row["a_spans"]), read_spans(row["b_spans"])
    if not a_spans or not b_spans:
        raise BundleError(f"evidence.csv, {row['article_id']}, {row['start']}: a country has no place")
    return Candidate(
        sentence=sentence,
        a=pair[:3],
        b=pair[4:],
        a_spans=a_spans,
        b_spans=b_spans,
        other_spans=read_spans(row["other_spans"] or ""),
    )


def _key(row: tuple[Any, ...]) -> str:
    return ", ".join(str(one) for one in row)
