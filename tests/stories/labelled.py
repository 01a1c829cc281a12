"""The labelled pairs: articles written by us about invented events, and what became of each elsewhere.

A group has one article as its `base` and, all by hand: a `light` rewrite (most sentences replaced), a full `rewrite`
from the same facts, a `followup` a day or more later, an `other` event of the same topic and often the same people,
a `template` (the same sentences with the names and numbers of another event) and an `edit` (a changed quote, a sentence
left out). Copies are made from the base by what desks do: cut, other dateline, credit line, sentences moved. The
`first` half of the groups was looked at when thresholds were chosen, the `second` was not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Literal, NamedTuple

Label = Literal["copy", "rewrite", "apart"]

FOLDER = Path(__file__).parent / "pairs"
HALVES = ("first", "second")


class Pair(NamedTuple):
    """Two texts and whether they are one story."""

    group: str
    what: str
    label: Label
    one: str
    other: str
    apart: timedelta
    """Time between their publication."""


SAME_DAY, NEXT_DAY = timedelta(hours=6), timedelta(hours=26)


@dataclass(frozen=True, kw_only=True)
class Group:
    """One event and what is near it."""

    name: str
    base: str
    light: str
    rewrite: str
    followup: str
    other: str
    template: str
    edit: str


def groups(half: str) -> list[Group]:
    """Read the groups of a half."""
    found = []
    for part in re.split(r"^# ", (FOLDER / f"{half}.txt").read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        name, _, rest = part.partition("\n")
        texts = {}
        for section in re.split(r"^## ", rest, flags=re.MULTILINE)[1:]:
            title, _, text = section.partition("\n")
            texts[title.strip()] = text.strip("\n")
        for replaced in ("light", "template", "edit"):
            texts[replaced] = _replaced(texts["base"], texts[replaced], f"{name}, {replaced}")
        found.append(Group(name=name.strip(), **texts))
    return found


def pairs(half: str) -> Iterator[Pair]:
    """Yield the labelled pairs of a half."""
    all_ = groups(half)
    for group in all_:
        yield from _pairs_of(group)
    for one, other in pairwise(all_):
        yield Pair(f"{one.name}, {other.name}", "another matter", "apart", one.base, other.base, SAME_DAY)


def _pairs_of(group: Group) -> Iterator[Pair]:
    base = group.base
    cut = dict(copies(base))["cut"]
    told: list[tuple[str, Label, str, str, timedelta]] = [
        *((what, "copy", base, text, SAME_DAY) for what, text in copies(base)),
        ("edited quote", "copy", base, group.edit, SAME_DAY),
        ("edited, cut", "copy", cut, group.edit, SAME_DAY),
        ("light rewrite", "rewrite", base, group.light, SAME_DAY),
        ("full rewrite", "rewrite", base, group.rewrite, SAME_DAY),
        ("two rewrites", "rewrite", group.light, group.rewrite, SAME_DAY),
        ("follow-up", "apart", base, group.followup, NEXT_DAY),
        ("follow-up of rewrite", "apart", group.rewrite, group.followup, NEXT_DAY),
        ("other event", "apart", base, group.other, SAME_DAY),
        ("other event, follow-up", "apart", group.followup, group.other, SAME_DAY),
        ("same template", "apart", base, group.template, SAME_DAY),
    ]
    for what, label, one, other, apart in told:
        yield Pair(group.name, what, label, one, other, apart)


def copies(base: str) -> list[tuple[str, str]]:
    """Do to a text what desks do to wire copy."""
    told = re.split(r"(?<=[.!?\"”]) (?=[A-Z\"“])", base)
    half = " ".join(told[: max(2, len(told) // 2)])
    return [
        ("exact", base),
        ("cut", half),
        (
            "dateline and credit",
            f"GENEVA, March 3 (Sample Wire) — {base}\n(Reporting by A. Writer; Editing by B. Desk)",
        ),
        ("moved sentences", " ".join([*told[:2], *reversed(told[2:])])),
        ("furniture", f"{base}\nSign up for our newsletter.\nThis story first appeared in the Harbour Gazette."),
    ]


def _replaced(base: str, replacements: str, where: str) -> str:
    for line in replacements.split("\n"):
        old, arrow, new = line.partition(" =>")
        if not arrow or old not in base:
            raise ValueError(f"{where}: expected text of the base and ' =>', found: {line}")
        base = base.replace(old, new.strip())
    return " ".join(base.split())
