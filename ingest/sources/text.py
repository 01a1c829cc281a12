"""A plain text file is one article; which of its lines are headline or byline is not told here."""

from __future__ import annotations

import io
from collections.abc import Iterator

from ingest.records import Failure, RawArticle
from ingest.sources.found import MAX_ARTICLE_BYTES, Found, megabytes
from ingest.sources.streams import read_bounded
from ingest.text.decoding import decode, looks_binary


def read_text(stream: io.BufferedReader, where: str) -> Iterator[Found]:
    """Yield the one article."""
    text = article_text(stream, where)
    yield RawArticle(text=text, where=where, pasted=True) if isinstance(text, str) else text


def article_text(stream: io.BufferedReader, where: str, limit: int = MAX_ARTICLE_BYTES) -> str | Failure:
    """Read and decode a text of at most `limit` bytes."""
    data = read_bounded(stream, limit)
    if data is None:
        return Failure(
            where=where,
            reason=f"more than {megabytes(limit)}; such a file is one article, not many",
        )
    if looks_binary(data):
        return Failure(where=where, reason="looks binary, not text; expected plain text in UTF-8 or another charset")
    text = decode(data)
    if not text.strip(" \t\r\n\f\v\ufeff\x00\xa0"):
        return Failure(where=where, reason="the file is empty")
    return text
