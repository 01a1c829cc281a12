"""Articles as JSON: one object per line, or a .json file with one object or a list of them.

What the rows are is told by their shape: articles under any of the usual names, or the Web NGrams of GDELT.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from itertools import chain

import orjson

from ingest.records import Failure
from ingest.sources.columns import Columns, no_article_columns
from ingest.sources.found import MAX_LINE_BYTES, WHOLE_JSON_BYTES, Found, megabytes
from ingest.sources.json_stream import LISTS, read_large
from ingest.sources.shapes import without_text
from ingest.sources.streams import chained, lines
from ingest.sources.webngrams import is_ngram, read_ngrams
from ingest.text.decoding import decode, decode_line

Row = tuple[str, object]
"""Where a row is, and its value, or the failure that it is."""


def read_jsonl(stream: io.BufferedReader, where: str) -> Iterator[Found]:
    """Yield one article or failure per line that is not blank, in order; holds one line at a time.

    Web NGrams are told by the first line, and then held as a whole.
    """
    rows = _values(stream, where)
    first = next(rows, None)
    if first is None:
        return
    rows = chain((first,), rows)
    if is_ngram(first[1]):
        yield from read_ngrams(rows, where)
        return
    columns = Columns()
    for place, row in rows:
        yield _article(columns, row, place)


def read_lines(stream: io.BufferedReader, where: str) -> Iterator[tuple[object, Found]]:
    """Yield the `id` of each line, of whatever type, beside what the line holds."""
    columns = Columns()
    for place, row in _values(stream, where):
        yield row.get("id") if isinstance(row, dict) else None, _article(columns, row, place)


def read_json(stream: io.BufferedReader, where: str) -> Iterator[Found]:
    """Yield the articles of a JSON document, a large one piece by piece; one that is JSONL is read as such."""
    data = stream.read(WHOLE_JSON_BYTES + 1)
    large = len(data) > WHOLE_JSON_BYTES
    if not data.strip():
        yield Failure(where=where, reason="the file is empty" if not large else "the file is blank, not JSON")
        return
    value = Failure(where=where, reason="") if large else _load(decode(data))
    if not isinstance(value, Failure):
        yield from _document(value, where)
        return
    first, _, rest = data.partition(b"\n")
    if rest.strip() and isinstance(_load(decode(first)), dict):
        yield from read_jsonl(chained(data, stream), where)
    elif large:
        columns = Columns()
        for place, row in read_large(chained(data, stream), where):
            yield _article(columns, row, place)
    else:
        yield Failure(where=where, reason=value.reason)


def _values(stream: io.BufferedReader, where: str) -> Iterator[Row]:
    for number, line in lines(stream):
        if line is None:
            reason = f"a line of more than {megabytes(MAX_LINE_BYTES)}; skipped"
            yield f"{where}:{number}", Failure(where="", reason=reason)
            continue
        try:
            row = orjson.loads(line)
        except orjson.JSONDecodeError:
            if line.isspace():
                continue
            row = _lenient(line)
        yield f"{where}:{number}", row


def _document(value: object, where: str) -> Iterator[Found]:
    rows = _rows(value)
    if not isinstance(rows, list):
        yield _article(Columns(), rows, where)
    elif rows and isinstance(rows[0], dict) and (refused := without_text(rows[0])):
        yield Failure(where=where, reason=refused)
    elif not rows and isinstance(value, dict):
        yield Failure(where=where, reason=_no_rows(value))
    else:
        columns = Columns()
        for number, row in enumerate(rows, start=1):
            yield _article(columns, row, f"{where}:{number}")


def _article(columns: Columns, row: object, where: str) -> Found:
    if isinstance(row, dict):
        return columns.article(row, where)
    reason = row.reason if isinstance(row, Failure) else f"expected an object {{…}}, found {_kind(row)}"
    return Failure(where=where, reason=reason)


def _rows(value: object, depth: int = 3) -> object:
    """Find the list of articles in the answer of a news service."""
    if not isinstance(value, dict) or not depth or not no_article_columns(value):
        return value
    for key in LISTS:
        if isinstance(held := value.get(key), list | dict) and isinstance(rows := _rows(held, depth - 1), list):
            return rows
    # Event Registry gives single articles under their ids: {"776655": {"info": {…}}}.
    inner = list(value.values())
    if inner and all(isinstance(one, dict) and ("info" in one or not no_article_columns(one)) for one in inner):
        return inner
    return value


def _no_rows(answer: dict[str, object]) -> str:
    """Say why the answer of a news service holds no article: most say it themselves."""
    told = next((answer[key] for key in ("message", "error", "errors", "info") if answer.get(key)), None)
    return "the answer holds no articles" + (f"; it says: {' '.join(str(told).split())[:150]}" if told else "")


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
