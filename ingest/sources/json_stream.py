"""A large JSON document, read piece by piece: the rows of its list of articles; knows no column."""

from __future__ import annotations

import io
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, BinaryIO, cast

import ijson
from ijson.common import JSONError, ObjectBuilder

from ingest.records import Failure
from ingest.sources.found import MAX_LINE_BYTES, megabytes
from ingest.sources.streams import cleaned

LISTS = ("articles", "results", "items", "data", "docs", "documents", "response", "hits", "stories", "news")
"""Keys under which the answers of news services keep their articles, or an object that keeps them."""

_DEEPEST_LIST = 4
"""Objects around the list of articles, at most: `response`, `data`, `hits`, `hits`."""
_DEEPEST_ROW = 64
"""Objects and lists within one row, at most."""
_OPENS, _CLOSES = frozenset({"start_map", "start_array"}), frozenset({"end_map", "end_array"})

Events = Iterator[tuple[str, Any]]


class _TooLargeError(Exception):
    """A row is larger or deeper than any article; the message says so."""


def read_large(stream: io.BufferedReader, where: str) -> Iterator[tuple[str, object]]:
    """Yield the rows of a list of articles, wherever in the document it is, each with its place, counted from 1.

    Holds one row at a time. What cannot be read ends it with a failure; rows before that were yielded. Stricter than a
    document that is read as a whole: NaN and Infinity, which are no JSON, are not read.
    """
    source = _Bounded(cleaned(stream))
    # Not `use_float`, which refuses whole numbers of more than 64 bits.
    events: Events = ijson.basic_parse(cast("BinaryIO", source), buf_size=1 << 16)
    number = 0
    try:
        for row in _rows(events, source):
            number += 1
            yield f"{where}:{number}", row
        if not number:
            named = ", ".join(LISTS)
            reason = f"no list of articles found; expected one as a whole or under one of the keys {named}"
            yield where, Failure(where=where, reason=reason)
    except _TooLargeError as error:
        yield f"{where}:{number + 1}", Failure(where=where, reason=f"{error}; the rest of the file is not read")
    except (JSONError, ValueError, ArithmeticError, SystemError) as error:  # the latter: numbers of 5,000 digits
        told = " ".join(str(error).split("\n")[0].removeprefix("b'").split())[:80]
        reason = f"not valid JSON after {number:,} articles, which were read: {told}"
        yield where, Failure(where=where, reason=reason)


def _rows(events: Events, source: _Bounded) -> Iterator[object]:
    """Walk to each list of articles and yield what is in it."""
    depth, key = 0, None
    path: list[bool] = []
    """For each object or list that is open: whether it may hold a list of articles."""
    for event, value in events:
        if event == "map_key":
            key = value
        elif event == "start_array" and (not path or (path[-1] and key in LISTS)):
            yield from _items(events, source)
        elif event in _OPENS:
            depth += 1
            if depth > _DEEPEST_ROW:
                raise _TooLargeError(f"objects and lists more than {_DEEPEST_ROW} deep")
            may = event == "start_map" and len(path) < _DEEPEST_LIST
            path.append(may and (not path or (path[-1] and key in LISTS)))
        elif event in _CLOSES:
            depth -= 1
            path.pop()
        source.passed()


def _items(events: Events, source: _Bounded) -> Iterator[object]:
    """Build and yield the items of the list that was just opened, up to its end."""
    builder, depth = ObjectBuilder(), 0
    for event, value in events:
        if event == "end_array" and not depth:
            return
        depth += (event in _OPENS) - (event in _CLOSES)
        if depth > _DEEPEST_ROW:
            raise _TooLargeError(f"objects and lists more than {_DEEPEST_ROW} deep")
        builder.event(event, float(value) if isinstance(value, Decimal) else value)
        if not depth:
            yield builder.value
            builder = ObjectBuilder()
            source.passed()


class _Bounded:
    """A stream of which no more than the size of a row is read between two rows."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream = stream
        self._since = 0

    def passed(self) -> None:
        """Begin to count anew: a row has ended."""
        self._since = 0

    def read(self, size: int = -1) -> bytes:
        """Read the next bytes."""
        if self._since > MAX_LINE_BYTES:
            raise _TooLargeError(f"a row of more than {megabytes(MAX_LINE_BYTES)}")
        data = self._stream.read1(size)
        self._since += len(data)
        return data
