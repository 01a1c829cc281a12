"""Where articles come from: files, folders, globs, feeds, pages and standard input, one file per kind.

What reads the web is loaded when it is asked for: a file needs none of it.
"""

from __future__ import annotations

import re
import sys
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

from ingest.records import Failure
from ingest.sources.folder import read_path, size_of
from ingest.sources.found import Found, OnBytes
from ingest.sources.jsonl import read_jsonl
from ingest.sources.streams import stream_of, unpacked

if TYPE_CHECKING:
    from ingest.sources.web import Web

__all__ = ["Found", "OnBytes", "Web", "count_hint", "is_url", "read_source"]

_URL = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)


def __getattr__(name: str) -> object:
    if name == "Web":
        from ingest.sources.web import Web

        return Web
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def is_url(source: str) -> bool:
    """Tell whether a SOURCE is an address."""
    return _URL.match(source) is not None


def read_source(
    source: str, *, web: Web | None = None, stdin: BinaryIO | None = None, on_bytes: OnBytes | None = None
) -> Iterator[Found]:
    """Yield what one SOURCE holds: file, folder, glob, feed or page URL, `-` for JSONL on standard input.

    Bad input is yielded as a failure, never raised, and the rest goes on. Give one `web` to many sources, so
    that it can keep its pace; without it a cautious one is made. `on_bytes` is told how many more bytes were
    read, against `count_hint`.
    """
    if source == "-":
        yield from _read_stdin(stdin or sys.stdin.buffer, on_bytes)
    elif not source.strip():
        yield Failure(where=source, reason="the name of a source is empty; expected a file, folder, glob, URL or -")
    elif is_url(source):
        yield from _read_web(source, web, on_bytes)
    else:
        yield from read_path(source, on_bytes)


def count_hint(source: str) -> int | None:
    """Return the bytes that `on_bytes` will be told of, for a progress bar; None where only reading tells."""
    return None if source == "-" or not source.strip() or is_url(source) else size_of(source)


def _read_stdin(stdin: BinaryIO, on_bytes: OnBytes | None) -> Iterator[Found]:
    where = "standard input"
    try:
        with stream_of(stdin, on_bytes) as counted, unpacked(counted) as stream:
            yield from read_jsonl(stream, where)
    except (OSError, EOFError, zlib.error, ValueError) as error:
        yield Failure(where=where, reason=f"cannot be read: {error}")


def _read_web(url: str, web: Web | None, on_bytes: OnBytes | None) -> Iterator[Found]:
    from ingest.sources.page import read_url
    from ingest.sources.web import Web

    if web is not None:
        yield from read_url(url, web, on_bytes)
        return
    with Web() as own:
        yield from read_url(url, own, on_bytes)
