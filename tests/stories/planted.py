"""Copies planted in real news by program, and how many of them are found with which false ones."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

import polars as pl
import pyarrow as pa

from ingest.stories.linking import find_links
from ingest.stories.sketch import sketch_all

_SENTENCES = re.compile(r"(?<=[.!?]) +(?=[A-Z\"“])")
_FILLER = "Officials had no further comment on the matter when they were asked by this newspaper."


class Found(NamedTuple):
    """What came of one kind of planted copy."""

    kind: str
    planted: int
    found: int


class Planted(NamedTuple):
    """What came of all."""

    kinds: list[Found]
    links: int
    """Links between a copy and some article."""
    strange: list[tuple[str, str]]
    """Those to an article that is neither its original nor a linked neighbour of that."""


def _cut(share: float) -> Callable[[list[str]], str]:
    return lambda told: " ".join(told[: max(2, round(len(told) * share))])


def _swapped(told: list[str]) -> str:
    parts = [" ".join(told[at : at + 3]) for at in range(0, len(told), 3)]
    return " ".join([parts[0], *reversed(parts[1:])])


def _credited(told: list[str]) -> str:
    half = len(told) // 2
    return " ".join([*told[:half], "This story first appeared in the Harbour Gazette.", *told[half:], "(Sample Wire)"])


def _edited(told: list[str]) -> str:
    """Change every sixth sentence: a quote shortened, a line of one's own in its place."""
    return " ".join(_FILLER if number % 6 == 4 else one for number, one in enumerate(told))


KINDS: dict[str, Callable[[list[str]], str]] = {
    "to the letter": " ".join,
    "cut to two thirds": _cut(2 / 3),
    "cut to a third": _cut(1 / 3),
    "other dateline": lambda told: f"GENEVA, March 3 (Sample Wire) — {' '.join(told)}",
    "inserted credit": _credited,
    "swapped paragraphs": _swapped,
    "every sixth sentence edited": _edited,
    "edited and cut": lambda told: _cut(0.6)(_SENTENCES.split(_edited(told))),
}


def plant(rows: Sequence[dict[str, Any]], each: int, seed: int) -> Planted:
    """Plant `each` copies of each kind among real articles, a day or two later, and link all at once."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    rows = [row for row in rows if len(_SENTENCES.split(row["text"])) >= 6 and _day(row)]
    told = [(row["id"], _day(row), row["text"]) for row in rows]
    for kind, make in KINDS.items():
        for row in chance.sample(rows, each):
            day = _day(row)
            assert day is not None
            told.append(
                (f"{kind}|{row['id']}", day + timedelta(days=chance.randint(0, 2)), make(_SENTENCES.split(row["text"])))
            )
    links = find_links(_sketched(told), _sketched([]))
    pairs = {frozenset(pair) for pair in links.select("a", "b").iter_rows()}
    copies = links.filter(pl.col("kind") == "copy")
    near: dict[str, set[str]] = {}
    for one, other in copies.select("a", "b").iter_rows():
        near.setdefault(one, set()).add(other)
        near.setdefault(other, set()).add(one)
    kinds = []
    for kind in KINDS:
        mine = [one for one, _, _ in told if one.startswith(f"{kind}|")]
        joined = sum(_reaches(one, one.partition("|")[2], near) for one in mine)
        kinds.append(Found(kind, len(mine), joined))
    strange = [
        (one, other) for one, others in near.items() for other in others if "|" in one and not _same(one, other, pairs)
    ]
    return Planted(kinds, sum(len(others) for one, others in near.items() if "|" in one), strange)


def _reaches(start: str, goal: str, near: dict[str, set[str]]) -> bool:
    """Tell whether two articles are one story by copies alone."""
    seen, waiting = {start}, [start]
    while waiting:
        for one in near.get(waiting.pop(), set()) - seen:
            seen.add(one)
            waiting.append(one)
    return goal in seen


def _same(one: str, other: str, pairs: set[frozenset[str]]) -> bool:
    """Tell whether two have the same original, or originals that are linked themselves (real news repeats itself)."""
    first, second = one.rpartition("|")[2], other.rpartition("|")[2]
    return first == second or frozenset((first, second)) in pairs


def _day(row: dict[str, Any]) -> datetime | None:
    try:
        return datetime.fromisoformat(str(row["published"]).strip()).replace(tzinfo=UTC)
    except ValueError:
        return None


def _sketched(told: Sequence[tuple[str, datetime | None, str]]) -> pl.DataFrame:
    table = pa.table(
        {
            "article_id": pa.array([one for one, _, _ in told], pa.string()),
            "published": pa.array([when for _, when, _ in told], pa.timestamp("us", tz="UTC")),
            "text": pa.array([text for _, _, text in told], pa.string()),
        }
    )
    frame = pl.from_arrow(sketch_all(table))
    assert isinstance(frame, pl.DataFrame)
    return frame
