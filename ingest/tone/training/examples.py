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
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

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
    named: str
    """The same with the names of others than countries, for the teachers: they may know what a militia is."""
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
        return Example(name=name, text="", named="", label=label, direction=row["direction"], found=False)
    masked = mask(candidate)
    same = masked.a_first == (candidate.a == row["a"])
    return Example(
        name=name,
        text=masked.text,
        named=mask(candidate, others=False).text,
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
        yield Example(name=f"dse:{number}", text=text, named=text, label=tone, direction=direction)


class Read(NamedTuple):
    """What one of us, or two who agree, read in a sentence about a pair."""

    label: int
    direction: str
    """Of the countries in the order of the alphabet."""
    sure: bool
    use: str
    """`learn`, or `check` where two read it: never learned from."""


def key(sentence: str, a: str, b: str) -> str:
    """Name a sentence and a pair without showing a word of it: 16 hexadecimal digits."""
    return blake2b(f"{sentence}|{a}|{b}".encode(), digest_size=8).hexdigest()


def readings(path: Path) -> dict[str, Read]:
    """Read `data/labels/sentences.tsv` by key."""
    with path.open(encoding="utf-8", newline="") as lines:
        return {
            row["key"]: Read(int(row["label"]), row["direction"], row["sure"] == "1", row["use"])
            for row in csv.DictReader(lines, delimiter="\t")
        }


def own(path: Path) -> Iterator[Example]:
    """Read the sentences that we wrote to teach: `data/labels/own.tsv`, placeholders in place."""
    with path.open(encoding="utf-8", newline="") as lines:
        for number, row in enumerate(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)):
            text = row["sentence"]
            yield Example(
                name=f"own:{number}", text=text, named=text, label=int(row["label"]), direction=row["direction"]
            )


def others(shared: Path, known: set[str], read: dict[str, Read]) -> Iterator[tuple[str, Example]]:
    """Yield each distinct masked pair sentence that is not `known`, with its use: `learn`, `check` or `unlabelled`.

    Those of neighbouring sets only if one of us has read them: their style is another.
    """
    seen = set(known)
    for name, text, on, headline in texts(shared):
        for number, (_, candidate) in enumerate(find_candidates(text, on, headline)):
            told = read.get(key(candidate.sentence, candidate.a, candidate.b))
            masked, named = mask(candidate), mask(candidate, others=False).text
            if masked.text in seen or len(masked.text) > LONGEST_EXAMPLE:
                continue
            if told:
                seen.add(masked.text)
                yield (
                    told.use,
                    Example(
                        name=f"{name}:{number}",
                        text=masked.text,
                        named=named,
                        label=told.label,
                        direction=told.direction if masked.a_first else _other_way(told.direction),
                        weight=1.0 if told.sure else UNSURE_WEIGHT,
                    ),
                )
            elif name.startswith(CORPORA):
                seen.add(masked.text)
                one = Example(name=f"{name}:{number}", text=masked.text, named=named, label=None, direction="")
                yield "unlabelled", one


CORPORA = ("news", "wikipedia")


def texts(shared: Path) -> Iterator[tuple[str, str, date | None, str]]:
    """Yield a name, a text, its day and its headline from the corpora and the neighbouring sets."""
    for file in ("news_articles.jsonl.gz", "wikipedia_current_events.jsonl.gz"):
        with gzip.open(shared / "corpora" / file, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                on = day(str(row.get("published") or row.get("date") or "")[:10])
                yield f"{file.split('_', 1)[0]}:{row['id']}", row["text"], on, row.get("title") or ""
    for part in ("train", "valid"):
        for number, line in enumerate((shared / "gold/dse" / f"{part}.txt").read_text(encoding="utf-8").splitlines()):
            yield f"dse:{part}{number}", _BRACKETS.sub(r"\1", line.rsplit("\t", 3)[0]), None, ""
    with (shared / "gold/un_quadclass/en_annotations_quad_multiclass.tsv").open(encoding="utf-8", newline="") as lines:
        for number, row in enumerate(csv.DictReader(lines, delimiter="\t")):
            yield f"un:{number}", row["en"], None, ""
    for number, line in enumerate((shared / "gold/newsmtsc/train.jsonl").read_text(encoding="utf-8").splitlines()):
        yield f"newsmtsc:{number}", json.loads(line)["sentence_normalized"], None, ""


_BRACKETS = re.compile(r"\[([^\]]*)\]")

LONGEST_EXAMPLE = 500
"""Characters; longer sentences are rare and slow to learn from."""


def _other_way(direction: str) -> str:
    return {"ab": "ba", "ba": "ab"}.get(direction, direction)
