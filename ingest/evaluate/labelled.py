"""Read labelled sentences and let a scorer judge them, end to end: it finds the countries itself."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson

from ingest.errors import SourceError
from ingest.records import Article, Direction
from ingest.scoring import score_all
from ingest.tone.scorer import Scorer

LABELS = {"-1": -1, "0": 0, "1": 1, "+1": 1, "hostile": -1, "neutral": 0, "cooperative": 1}


@dataclass(frozen=True, kw_only=True, slots=True)
class Labelled:
    """A sentence, two countries, and what readers say of them."""

    row_id: str
    sentence: str
    a: str
    b: str
    """ISO 3166-1 alpha-3."""
    label: int
    """−1 hostile, 0 neutral, +1 cooperative."""
    direction: str
    """ab, ba, both, none; empty if unknown."""
    source: str
    published: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Guess:
    """What a scorer says of a labelled sentence."""

    hostile: float
    neutral: float
    cooperative: float
    label: int
    direction: Direction
    found: bool
    """False if the pair was not found: that counts as neutral."""

    @property
    def tone(self) -> float:
        """−1 hostile … +1 cooperative."""
        return self.cooperative - self.hostile


NOT_FOUND = Guess(hostile=0.0, neutral=1.0, cooperative=0.0, label=0, direction="none", found=False)


def read_labelled(path: Path) -> list[Labelled]:
    """Read a labelled file, `.tsv` or `.jsonl`, with at least the columns `sentence, a, b, label`."""
    if not path.is_file():
        raise SourceError(f"no such file: {path}; expected labelled sentences, .tsv or .jsonl")
    rows = _jsonl(path) if path.suffix in {".jsonl", ".ndjson", ".json"} else _tsv(path)
    found = [_labelled(row, f"{path}:{number}") for number, row in enumerate(rows, 2)]
    if not found:
        raise SourceError(f"{path} holds no labelled sentence")
    return found


def judge_all(rows: Sequence[Labelled], scorer: Scorer) -> list[Guess]:
    """Score each sentence as an article of its own."""
    articles = [Article(text=row.sentence, published=row.published) for row in rows]
    guesses = []
    for row, readings in zip(rows, score_all(articles, scorer), strict=True):
        reading = next((one for one in readings if {one.a, one.b} == {row.a, row.b}), None)
        if reading is None:
            guesses.append(NOT_FOUND)
            continue
        direction = reading.direction
        if reading.a != row.a and direction in {"ab", "ba"}:
            direction = "ba" if direction == "ab" else "ab"
        guesses.append(
            Guess(
                hostile=reading.hostile,
                neutral=reading.neutral,
                cooperative=reading.cooperative,
                label=LABELS[reading.label],
                direction=direction,
                found=True,
            )
        )
    return guesses


def _tsv(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t")


def _jsonl(path: Path) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(path.read_bytes().splitlines(), 1):
        if line.strip():
            try:
                row = orjson.loads(line)
            except orjson.JSONDecodeError as error:
                raise SourceError(f"{path}:{number} is not JSON: {error}") from error
            if not isinstance(row, dict):
                raise SourceError(f"{path}:{number} is no JSON object")
            yield row


def _labelled(row: dict[str, Any], where: str) -> Labelled:
    label = str(row.get("label", "")).strip().lower()
    sentence, a, b = (str(row.get(key) or "").strip() for key in ("sentence", "a", "b"))
    if label not in LABELS or not sentence or not a or not b:
        raise SourceError(
            f"{where}: expected sentence, a, b (alpha-3) and a label of -1, 0, 1 or hostile, neutral, cooperative; "
            f"found label {label!r}, a {a!r}, b {b!r}"
        )
    return Labelled(
        row_id=str(row.get("id") or where),
        sentence=sentence,
        a=a.upper(),
        b=b.upper(),
        label=LABELS[label],
        direction=str(row.get("direction") or "").strip(),
        source=str(row.get("source") or "").strip() or "all",
        published=_when(str(row.get("date") or row.get("published") or "")),
    )


def _when(text: str) -> datetime | None:
    for form in ("%Y-%m-%d", "%Y/%m/%d", "%Y-%m"):
        with suppress(ValueError):
            return datetime.strptime(text[:10], form).replace(tzinfo=UTC)
    return None
