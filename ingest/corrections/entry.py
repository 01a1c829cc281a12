"""One entry of the patch file, and its line of JSON. Pure.

An entry's id is a digest of all else that it says, so a line that somebody edited no longer has the id that it
names: it is told and not applied. Entries are withdrawn by later entries, never changed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime
from typing import Literal, get_args

from ingest.articles.identity import digest
from ingest.errors import CorrectionError

Kind = Literal["tone", "strike", "merge", "split", "note", "withdraw"]
KINDS: tuple[Kind, ...] = get_args(Kind)

LABEL_TONES = {"cooperative": 1.0, "neutral": 0.0, "hostile": -1.0}
"""What a label says as a tone: whoever corrects is sure, P(label) = 1."""

LONGEST_LINE = 16_384
"""Bytes of a line; a longer one is no entry."""

LONGEST = {"by": 80, "reason": 1_000, "value": 200, "quote": 240}
"""Characters of what people write."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One correction; which targets it has depends on its kind, see `NEEDS`."""

    id: str = ""
    """16 hexadecimal digits: the digest of all else."""
    at: datetime
    """Aware UTC."""
    by: str
    """Who says so."""
    kind: Kind
    pair: str | None = None
    """PAK-RUS."""
    article: str | None = None
    """Its id."""
    start: int | None = None
    """Characters of the article's text, as are those of evidence."""
    end: int | None = None
    sentence: str | None = None
    """Digest of the sentence; none: the whole article."""
    quote: str | None = None
    """The beginning of the sentence, for people."""
    other: str | None = None
    """Id of an article of the story to merge with."""
    day: date | None = None
    """UTC day that a note is on."""
    entry: str | None = None
    """Id of the entry that is withdrawn."""
    value: float | str | None = None
    """tone: −1 … +1; strike: the wrong country, or the pair; note: its text."""
    reason: str = ""


NEEDS: dict[Kind, tuple[str, ...]] = {
    "tone": ("pair", "article", "start", "end", "sentence", "value"),
    "strike": ("article", "value"),
    "merge": ("article", "other"),
    "split": ("article",),
    "note": ("pair", "day", "value"),
    "withdraw": ("entry",),
}
"""What an entry of each kind must name; all but notes must have a reason too."""

_MAY = {"tone": ("quote",), "strike": ("start", "end", "sentence", "quote")}
_ID = re.compile(r"[0-9a-f]{16}")
_PAIR = re.compile(r"[A-Z]{3}-[A-Z]{3}")
_COUNTRY_OR_PAIR = re.compile(r"[A-Z]{3}(?:-[A-Z]{3})?")
_COUNTED = 10_000_000
"""Characters of the longest article that can have a place in it."""


def made(entry: Entry) -> Entry:
    """Check an entry, tidy what people wrote, and give it its id."""
    tidy = {name: _tidy(getattr(entry, name), LONGEST[name]) for name in LONGEST}
    value = entry.value if entry.kind in {"tone", "strike"} else tidy["value"]
    whole = replace(
        entry, by=tidy["by"] or "", reason=tidy["reason"] or "", quote=tidy["quote"] or None, value=value, id=""
    )
    if problem := _problem(whole):
        raise CorrectionError(problem)
    if isinstance(whole.value, int):
        whole = replace(whole, value=float(whole.value))
    return replace(whole, id=digest("correction " + _written(whole)))


def write_line(entry: Entry) -> str:
    """Write an entry as a line of JSON, its end included; the order of the keys is always the same."""
    return _written(entry) + "\n"


def read_line(line: str) -> Entry:
    """Read what `write_line` wrote; a `CorrectionError` says what is wrong with anything else."""
    if len(line) > LONGEST_LINE:
        raise CorrectionError("the line is too long for an entry")
    try:
        told = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise CorrectionError("this is no whole JSON object; perhaps a process was killed while writing it") from error
    if not isinstance(told, dict):
        raise CorrectionError("expected a JSON object")
    entry = Entry(**_typed(told))  # type: ignore[arg-type]  # `_typed` gives each field its type
    again = made(entry)
    if again.id != entry.id:
        raise CorrectionError(f"it was edited by hand: its words have the id {again.id}, it says {entry.id or 'none'}")
    return again


def sentence_key(sentence: str) -> str:
    """Name a sentence by its words, wherever it stands."""
    return digest("sentence " + sentence)


def _written(entry: Entry) -> str:
    said: dict[str, object] = {}
    for field in fields(entry):
        value = getattr(entry, field.name)
        if value is None or value == "":
            continue
        if isinstance(value, datetime):
            value = value.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
        said[field.name] = value.isoformat() if isinstance(value, date) else value
    return json.dumps(said, ensure_ascii=False)


def _problem(entry: Entry) -> str | None:
    if entry.kind not in KINDS:
        return f"kind is {entry.kind!r}; expected one of {', '.join(KINDS)}"
    if entry.at.tzinfo is None:
        return "at must be a time with its zone (UTC)"
    if not entry.by:
        return "it must say who corrects: by"
    if not entry.reason and entry.kind != "note":
        return "it must say why: reason"
    return _wrong_fields(entry) or _wrong_target(entry) or _wrong_value(entry)


def _wrong_fields(entry: Entry) -> str | None:
    needs = NEEDS[entry.kind]
    for name in needs:
        if getattr(entry, name) in (None, ""):
            return f"a {entry.kind} must have {name}"
    allowed = {"id", "at", "by", "kind", "reason", *needs, *_MAY.get(entry.kind, ())}
    for field in fields(entry):
        if field.name not in allowed and getattr(entry, field.name) is not None:
            return f"a {entry.kind} has no {field.name}"
    return None


def _wrong_target(entry: Entry) -> str | None:
    for name in ("article", "other", "sentence", "entry"):
        value = getattr(entry, name)
        if value is not None and not _ID.fullmatch(value):
            return f"{name} is {value!r}; expected 16 hexadecimal digits"
    if entry.pair is not None and not _is_pair(entry.pair):
        return f"pair is {entry.pair!r}; expected two different codes in alphabetical order, such as PAK-RUS"
    if entry.start is not None and not 0 <= entry.start < (entry.end or 0) <= _COUNTED:
        return f"start and end are {entry.start} and {entry.end}; expected places of characters, start before end"
    if entry.kind == "strike" and len({entry.start is None, entry.end is None, entry.sentence is None}) > 1:
        return "a strike names a sentence by start, end and sentence, or none of them"
    return "a story cannot be merged with itself" if entry.article and entry.article == entry.other else None


def _wrong_value(entry: Entry) -> str | None:
    value = entry.value
    if entry.kind == "tone":
        fine = isinstance(value, int | float) and not isinstance(value, bool) and -1 <= value <= 1
        return None if fine else f"value is {value!r}; expected a tone from -1 to 1"
    if entry.kind == "strike":
        text = value if isinstance(value, str) else ""
        fine = bool(_COUNTRY_OR_PAIR.fullmatch(text)) and ("-" not in text or _is_pair(text))
        return None if fine else f"value is {value!r}; expected a country such as PAK, or a pair such as PAK-RUS"
    return None


def _is_pair(text: str) -> bool:
    return bool(_PAIR.fullmatch(text)) and text[:3] < text[4:]


def _tidy(value: object, most: int) -> str | None:
    """Make one line of it, in characters that a file can hold."""
    if not isinstance(value, str):
        return None
    legal = value.encode("utf-8", "replace").decode()
    return " ".join("".join(char if char.isprintable() else " " for char in legal).split())[:most].strip()


def _typed(told: Mapping[str, object]) -> dict[str, object]:
    known = {field.name for field in fields(Entry)}
    if unknown := sorted(set(told) - known):
        raise CorrectionError(f"an entry has no {unknown[0][:40]!r}")
    if lacking := sorted({"id", "at", "by", "kind"} - set(told)):
        raise CorrectionError(f"an entry must have {lacking[0]}")
    found: dict[str, object] = {}
    for name, value in told.items():
        try:
            found[name] = _READ.get(name, _text)(value)
        except (TypeError, ValueError, OverflowError) as error:
            raise CorrectionError(f"{name} is {value!r:.60}, which cannot be read") from error
    return found


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _whole(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError
    return value


def _value(value: object) -> object:
    if not isinstance(value, int | float | str) or isinstance(value, bool):
        raise TypeError
    return value


def _moment(value: object) -> datetime:
    found = datetime.fromisoformat(_text(value))
    if found.tzinfo is None:
        raise ValueError
    return found.astimezone(UTC)


_READ: dict[str, Callable[[object], object]] = {
    "at": _moment,
    "day": lambda value: date.fromisoformat(_text(value)),
    "start": _whole,
    "end": _whole,
    "value": _value,
}
