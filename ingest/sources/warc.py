"""Web archives (WARC, as Common Crawl's CC-NEWS): each page that a server answered with is one article."""

from __future__ import annotations

import base64
import hashlib
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from ingest.errors import SourceError
from ingest.records import Failure, RawArticle
from ingest.sources.found import MAX_PAGE_BYTES, Found, megabytes
from ingest.sources.frames import Frame, frames
from ingest.sources.html import page_at

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

FIRST_WEB = datetime(1990, 1, 1, tzinfo=UTC)
"""Nothing was fetched from the web before; an earlier time is a mistake."""

_TYPE = re.compile(rb"^WARC-Type[ \t]*:[ \t]*(response|resource|conversion)[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_PAGE_TYPE = re.compile(rb"^Content-Type[ \t]*:[ \t]*(?:text/html|application/xhtml)", re.IGNORECASE | re.MULTILINE)
_DIGEST = re.compile(r"sha1:([A-Z2-7]{32})", re.IGNORECASE)
_LOOKS_LIKE_PAGE = re.compile(
    rb"\s*(?:<!--.{0,500}?-->\s*)?<(?:!doctype\s+html|html|head)[\s>]", re.IGNORECASE | re.DOTALL
)
_HTML = ("text/html", "application/xhtml+xml")


def read_warc(stream: io.BufferedReader, where: str) -> Iterator[Found]:
    """Yield the pages of an archive: HTTP answers 200 in HTML, and pages kept as resources or converted.

    `stream` is packed as it lies. Damaged records and a cut end are failures that name their place; other kinds
    of records, and answers that are no pages, are passed over.
    """
    nothing = True
    for frame in frames(stream, lambda header: _TYPE.search(header) is not None):
        found = _found(frame, f"{where}: record {frame.number} at byte {frame.offset}")
        if found is not None:
            nothing = False
            yield found
    if nothing:
        yield Failure(where=where, reason="no web pages in this archive: no HTTP answers 200 in HTML")


def _found(frame: Frame, place: str) -> Found | None:
    try:
        return _page(frame, place)
    except SourceError as error:
        return Failure(where=place, reason=str(error))
    except (OSError, ValueError) as error:
        return Failure(where=place, reason=f"the record cannot be read: {' '.join(str(error).split())[:100]}")


def _page(frame: Frame, place: str) -> RawArticle | None:
    if frame.problem:
        raise SourceError(frame.problem)
    if not frame.whole:
        if _PAGE_TYPE.search(frame.data):
            raise SourceError(f"a page of more than {megabytes(MAX_PAGE_BYTES)}")
        return None
    from fastwarc.warc import WarcRecord

    record = WarcRecord.from_bytes(frame.data)
    body = _body(record, frame.data)
    if body is None:
        return None
    url = (record.headers.get("WARC-Target-URI") or "").strip().strip("<>")
    if len(body) > MAX_PAGE_BYTES:
        raise SourceError(f"a page of more than {megabytes(MAX_PAGE_BYTES)} ({url[:300]})")
    if not _is_intact(record, frame.data):
        raise SourceError(f"the record is damaged: its digest is not that of what it holds ({url[:300]})")
    address = url if url.lower().startswith(("http://", "https://")) else None
    charset = record.http_charset if record.is_http else None
    page = page_at(body, f"{place}, {url[:300]}" if url else place, url=address, charset=charset)
    return replace(page, fetched=_fetched(record))


def _body(record: WarcRecord, data: bytes) -> bytes | None:
    """Return the page in a record, unpacked, at most one byte more than a page may have; None if it has none."""
    if record.http_headers is None and not record.is_http:
        told = (record.headers.get("Content-Type") or "").partition(";")[0].strip().lower()
        return record.reader.read(MAX_PAGE_BYTES + 1) if told in _HTML else None
    record.parse_http(auto_decode="none")
    if record.http_headers is None or record.http_headers.status_code != 200:
        return None
    told = (record.http_content_type or "").strip().lower()
    if told and told not in _HTML:
        return None
    from fastwarc.warc import WarcRecord

    plain = record.reader.read(MAX_PAGE_BYTES + 1)
    body = plain
    if record.http_headers.get("Content-Encoding") or record.http_headers.get("Transfer-Encoding"):
        try:
            again = WarcRecord.from_bytes(data)
            again.parse_http(auto_decode="all")
            body = again.reader.read(MAX_PAGE_BYTES + 1)
        except OSError:
            # Many archives keep the header of an answer that they keep unpacked.
            if b"<" not in plain[:2_000]:
                raise
    return body if told or _LOOKS_LIKE_PAGE.match(body) else None


def _is_intact(record: WarcRecord, data: bytes) -> bool:
    """Compare with the digest of the block, where there is one of the usual kind."""
    told = _DIGEST.fullmatch((record.headers.get("WARC-Block-Digest") or "").strip())
    if not told:
        return True
    block = data[data.index(b"\r\n\r\n") + 4 :]
    return base64.b32encode(hashlib.sha1(block, usedforsecurity=False).digest()) == told.group(1).upper().encode()


def _fetched(record: WarcRecord) -> datetime | None:
    when: datetime | None = record.record_date
    return when if when is not None and when >= FIRST_WEB else None
