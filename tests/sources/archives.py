"""Web archives made for tests: WARC records as bytes, and files of them."""

from __future__ import annotations

import base64
import gzip
import hashlib
from collections.abc import Iterable
from pathlib import Path

HTML = "text/html; charset=utf-8"


def record(
    url: str,
    body: bytes,
    *,
    kind: str = "response",
    status: str = "200 OK",
    content_type: str = HTML,
    http: str = "",
    date: str = "2019-03-01T10:00:00Z",
    warc: str = "",
) -> bytes:
    """Make one record; `http` and `warc` are further lines of its headers, each with its line end."""
    is_http = kind == "response"
    head = f"HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\n{http}\r\n" if is_http else ""
    block = head.encode() + body
    told = "application/http; msgtype=response" if is_http else content_type
    return (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: {date}\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000000>\r\n{warc}"
        f"Content-Type: {told}\r\nContent-Length: {len(block)}\r\n\r\n"
    ).encode() + block + b"\r\n\r\n"  # fmt: skip


def digest(block: bytes) -> str:
    """Return the header line that tells the digest of a block."""
    told = base64.b32encode(hashlib.sha1(block, usedforsecurity=False).digest()).decode()
    return f"WARC-Block-Digest: sha1:{told}\r\n"


def packed(records: Iterable[bytes], level: int = 6) -> bytes:
    """Pack each record as a member of its own, as archives of the web are."""
    return b"".join(gzip.compress(one, level) for one in records)


def write_archive(path: Path, records: Iterable[bytes]) -> Path:
    """Write records, packed if the name says so."""
    with path.open("wb") as file:
        for one in records:
            file.write(gzip.compress(one, 1) if path.suffix == ".gz" else one)
    return path
