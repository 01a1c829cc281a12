"""Articles as JSON: one object per line, or a .json file with one object or a list of them."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator

import orjson

from ingest.records import Failure
from ingest.sources.columns import Columns, no_article_columns
from ingest.sources.found import MAX_JSON_BYTES, MAX_LINE_BYTES, Found, megabytes
from ingest.sources.streams import buffered, lines, read_bounded
from ingest.text.decoding import decode, decode_line

_LISTS = ("articles", "results", "items", "data", "docs", "documents", "response", "hits")
"""Keys under which the answers of news services keep their articles."""


def read_jsonl(stream: io.BufferedReader, where: str) -> Iterator[Found]:
    """Yield one article or failure per line that is not blank, in order; holds one line at a time."""
    for _, found in read_lines(stream, where):
        yield found


def read_lines(stream: io.BufferedReader, where: str) -> Iterator[tuple[object, Found]]:
    """Yield the `id` of each line, of whatever type, beside what the line holds."""
    columns = Columns()
    for number, line in lines(stream):
        if line is None:
            reason = f"a line of more than {megabytes(MAX_LINE_BYTES)}; skipped"
            yield None, Failure(where=f"{where}:{number}", reason=reason)
            continue
        try:
            row = orjson.loads(line)
        except orjson.JSONDecodeError:
            if line.isspace():
                continue
            row = _lenient(line)
        yield row.get("id") if isinstance(row, dict) else None, _article(columns, row, f"{where}:{number}")


def read_json(stream: io.BufferedReader, where: str) -> Iterator[Found]:
    """Yield the articles of a JSON document; one that turns out to be JSONL is read as such."""
    data = read_bounded(stream, MAX_JSON_BYTES)
    if data is None:
        reason = f"a .json file of more than {megabytes(MAX_JSON_BYTES)}; write it as .jsonl"
        yield Failure(where=where, reason=reason)
        return
    if not data.strip():
        yield Failure(where=where, reason="the file is empty")
        return
    value = _load(decode(data))
    if isinstance(value, Failure):
        first, _, rest = data.partition(b"\n")
        if rest.strip() and isinstance(_load(decode(first)), dict):
            yield from read_jsonl(buffered(io.BytesIO(data)), where)
        else:
            yield Failure(where=where, reason=value.reason)
        return
    rows = _rows(value)
    if isinstance(rows, list):
        columns = Columns()
        for number, row in enumerate(rows, start=1):
            yield _article(columns, row, f"{where}:{number}")
    else:
        yield _article(Columns(), rows, where)


def _article(columns: Columns, row: object, where: str) -> Found:
    if isinstance(row, dict):
        return columns.article(row, where)
    reason = row.reason if isinstance(row, Failure) else f"expected an object {{…}}, found {_kind(row)}"
    return Failure(where=where, reason=reason)


def _rows(value: object, depth: int = 3) -> object:
    """Find the list of articles in the answer of a news service."""
    if isinstance(value, dict) and depth and no_article_columns(value):
        for key in _LISTS:
            if isinstance(held := value.get(key), list | dict) and isinstance(rows := _rows(held, depth - 1), list):
                return rows
    return value


def _lenient(line: bytes) -> object:
    """Read what orjson refuses: NaN, lone surrogates, control characters, bytes that are not UTF-8."""
    return _load(decode_line(line).strip(), slow=True)


def _load(text: str, *, slow: bool = False) -> object:
    if not slow:
        try:
            return orjson.loads(text)
        except (orjson.JSONDecodeError, UnicodeEncodeError):
            pass
    try:
        return json.loads(text.lstrip("\ufeff"), strict=False)
    except json.JSONDecodeError as error:
        found = " ".join(text.split())[:40]
        return Failure(where="", reason=f"not valid JSON: {error.msg} at column {error.colno}; found {found!r}")
    except (ValueError, RecursionError) as error:
        return Failure(where="", reason=f"not readable as JSON: {str(error)[:80]}")


def _kind(value: object) -> str:
    return {list: "a list", str: "a string", bool: "true or false", type(None): "null"}.get(type(value), "a number")
