"""Entries for the tests of corrections: made by one analyst, a minute apart."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from ingest.corrections.entry import Entry, made, sentence_key

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)


def entry(kind: str, minute: int = 0, **said: Any) -> Entry:
    told = {"by": "A. Analyst", "reason": "read it again"} | said
    return made(Entry(at=NOW + timedelta(minutes=minute), kind=kind, **told))  # type: ignore[arg-type]


def tone(article: str, sentence: str, value: float, *, pair: str = "PAK-RUS", start: int = 0, minute: int = 0) -> Entry:
    return entry(
        "tone", minute, pair=pair, article=article, start=start, end=start + len(sentence),
        sentence=sentence_key(sentence), quote=sentence, value=value,
    )  # fmt: skip


def strike(article: str, what: str, sentence: str | None = None, *, start: int = 0, minute: int = 0) -> Entry:
    if sentence is None:
        return entry("strike", minute, article=article, value=what)
    return entry(
        "strike", minute, article=article, value=what, start=start, end=start + len(sentence),
        sentence=sentence_key(sentence), quote=sentence,
    )  # fmt: skip


def merge(article: str, other: str, minute: int = 0) -> Entry:
    return entry("merge", minute, article=article, other=other)


def split(article: str, minute: int = 0) -> Entry:
    return entry("split", minute, article=article)


def note(day: date, text: str, pair: str = "PAK-RUS", minute: int = 0) -> Entry:
    return entry("note", minute, pair=pair, day=day, value=text, reason="")


def withdraw(one: Entry, minute: int = 1) -> Entry:
    return entry("withdraw", minute, entry=one.id)
