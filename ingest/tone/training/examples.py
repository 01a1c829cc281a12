"""Labelled and unlabelled sentences as the learned scorers see them: placeholders, label, direction, weight.

Reads `../shared`; no text of it is ever written into the repository.
"""

from __future__ import annotations

import csv
import gzip
import json
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from ingest.countries.mentions import find_mentions
from ingest.records import Candidate, Span
from ingest.tone.candidates import find_candidates
from ingest.tone.detente.masking import FIRST, SECOND, mask

LABELS = (-1, 0, 1)
DIRECTIONS = ("ab", "ba", "both", "none")
"""Of `[A]` and `[B]`: `ab` where the country named first acts toward the other."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Example:
    """A masked sentence and what is known of it."""

    name: str
    """Where it comes from: the source and the row's id."""
    text: str
    label: int | None
    """−1, 0, +1; None if nobody has labelled it."""
    direction: str
    """Of `[A]` and `[B]`; empty if unknown."""
    weight: float = 1.0
    """1; less where the reader had a doubt."""
    found: bool = True
    """False where the run time would not relate the two countries, which counts as neutral."""


UNSURE_WEIGHT = 0.6
"""Rows whose reader was not sure teach less: a second reader agrees with fewer of them."""


def gold(path: Path) -> list[Example]:
    """Read `train.tsv` or `dev.tsv`; rows whose countries are not found stay only to be counted."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    return [one for row in rows if (one := _gold_example(row))]


def _gold_example(row: dict[str, str]) -> Example | None:
    sentence, on = row["sentence"], day(row["date"])
    pair = {row["a"], row["b"]}
    found = next((one for _, one in find_candidates(sentence, on) if {one.a, one.b} == pair), None)
    candidate = found or forced(sentence, row["a"], row["b"], on)
    name = f"{row['source']}:{row['id']}"
    label = int(row["label"])
    if candidate is None:
        return Example(name=name, text="", label=label, direction=row["direction"], found=False)
    masked = mask(candidate)
    same = masked.a_first == (candidate.a == row["a"])
    return Example(
        name=name,
        text=masked.text,
        label=label,
        direction=row["direction"] if same else _other_way(row["direction"]),
        weight=1.0 if row["sure"] == "1" else UNSURE_WEIGHT,
        found=found is not None,
    )


def forced(sentence: str, a: str, b: str, on: date | None) -> Candidate | None:
    """Make a candidate of a sentence that names both countries though the run time would pass over it."""
    spans: dict[str, list[Span]] = {a: [], b: [], "": []}
    for start, end, country, *_ in find_mentions(sentence, on):
        spans[country if country in {a, b} else ""].append(Span(start, end))
    if not spans[a] or not spans[b]:
        return None
    return Candidate(
        sentence=sentence,
        a=a,
        b=b,
        a_spans=tuple(spans[a]),
        b_spans=tuple(spans[b]),
        other_spans=tuple(spans[""]),
        context="",
    )


def day(text: str) -> date | None:
    """Read a date as the sources of the gold set write it; a month is its first day, less is none."""
    for form in ("%Y-%m-%d", "%Y/%m/%d", "%Y-%m"):
        with suppress(ValueError):
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no zone
    return None


_MARKED = re.compile(r"\[(?![AB]\])([^\]]+)\]\w{0,3}")
_DSE = {0: (0, "none"), 1: (1, "ab"), 2: (1, "ba"), 3: (-1, "ab"), 4: (-1, "ba")}


def dse(path: Path) -> Iterator[Example]:
    """Read directed sentiment between two entities (Park, Pan, Joo, ACL 2021); the first marked is `[A]`."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        marked, _, _, label = line.rsplit("\t", 3)
        if len(_MARKED.findall(marked)) != 2:
            continue
        tone, direction = _DSE[int(label)]
        text = _MARKED.sub(SECOND, _MARKED.sub(FIRST, marked, count=1), count=1)
        yield Example(name=f"dse:{number}", text=text, label=tone, direction=direction)


def unlabelled(corpora: Path, known: set[str]) -> Iterator[Example]:
    """Yield each distinct masked pair sentence of the two corpora that is not `known`."""
    seen = set(known)
    for file in ("news_articles.jsonl.gz", "wikipedia_current_events.jsonl.gz"):
        source = file.split("_", 1)[0]
        with gzip.open(corpora / file, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                on = day(str(row.get("published") or row.get("date") or "")[:10])
                for number, (_, candidate) in enumerate(find_candidates(row["text"], on, row.get("title") or "")):
                    text = mask(candidate).text
                    if len(text) <= LONGEST_EXAMPLE and text not in seen:
                        seen.add(text)
                        yield Example(name=f"{source}:{row['id']}:{number}", text=text, label=None, direction="")


LONGEST_EXAMPLE = 500
"""Characters; longer sentences are rare and slow to learn from."""


def _other_way(direction: str) -> str:
    return {"ab": "ba", "ba": "ab"}.get(direction, direction)
