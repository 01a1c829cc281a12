"""A web address: fetches it and tells whether it is a feed, a page or a file; follows no links in it."""

from __future__ import annotations

import io
import re
import tempfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO, cast
from urllib.parse import urlsplit

from ingest.errors import SourceError
from ingest.records import Failure, RawArticle
from ingest.sources.csv_file import read_csv
from ingest.sources.feed import feed_items, read_feed
from ingest.sources.files import READERS, suffix_of
from ingest.sources.found import Found, OnBytes, Reader
from ingest.sources.html import page_at, read_html, read_page
from ingest.sources.jsonl import read_json, read_jsonl
from ingest.sources.markdown import read_markdown
from ingest.sources.parquet import read_parquet
from ingest.sources.streams import buffered, stream_of, unpacked
from ingest.sources.text import read_text
from ingest.sources.warc import read_warc
from ingest.sources.web import Fetched, Web

_TYPES: dict[str, Reader] = {
    "text/html": read_html,
    "application/xhtml+xml": read_html,
    "application/rss+xml": read_feed,
    "application/atom+xml": read_feed,
    "application/rdf+xml": read_feed,
    "application/feed+json": read_feed,
    "application/xml": read_feed,
    "text/xml": read_feed,
    "application/json": read_json,
    "application/x-ndjson": read_jsonl,
    "application/jsonl": read_jsonl,
    "text/csv": read_csv,
    "text/tab-separated-values": read_csv,
    "text/markdown": read_markdown,
    "application/vnd.apache.parquet": read_parquet,
}
_VAGUE = frozenset(
    {
        "",
        "text/plain",
        "application/octet-stream",
        "binary/octet-stream",
        "application/gzip",
        "application/x-gzip",
    }
)
"""Types that servers give to anything: the name and the first bytes tell more."""
_FEED = re.compile(rb"<(?:rss|feed|rdf:rdf)[\s>]", re.IGNORECASE)
_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE)


def read_url(url: str, web: Web, on_bytes: OnBytes | None = None) -> Iterator[Found]:
    """Yield what a web address holds."""
    if READERS.get(suffix_of(re.split("[?#]", url, maxsplit=1)[0])) is read_warc:
        yield from _read_archive(url, web, on_bytes)
        return
    try:
        fetched = web.get(url)
    except SourceError as error:
        yield Failure(where=url, reason=str(error))
        return
    if on_bytes:
        on_bytes(len(fetched.body))
    reader = _reader(fetched)
    if reader is None:
        yield Failure(where=url, reason=f"found {fetched.content_type}; expected a web page, a feed, text, JSON or CSV")
    elif reader is read_html:
        yield page_at(fetched.body, url, url=fetched.url, charset=fetched.charset)
    elif reader is read_feed:
        yield from feed_items(fetched.body, url, charset=fetched.charset)
    else:
        yield from _read_body(fetched, reader, url)


def page_article(fetched: Fetched, where: str) -> Found:
    """Find the article in a page that was fetched, at once."""
    if _reader(fetched) is not read_html:
        return Failure(where=where, reason=f"found {fetched.content_type or 'no type'}; expected a web page")
    return read_page(fetched.body, where, url=fetched.url, charset=fetched.charset)


def _read_archive(url: str, web: Web, on_bytes: OnBytes | None) -> Iterator[Found]:
    """Read an archive from the disk, not from the network: no server waits for hours while pages are scored."""
    try:
        with tempfile.TemporaryFile(prefix="detente-") as file:
            web.save(url, cast("BinaryIO", file), on_bytes=on_bytes)
            file.seek(0)
            with stream_of(cast("BinaryIO", file)) as stream:
                yield from read_warc(stream, url)
    except SourceError as error:
        yield Failure(where=url, reason=str(error))
    except OSError as error:
        yield Failure(where=url, reason=f"cannot be kept in {tempfile.gettempdir()}: {error.strerror or error}")


def _read_body(fetched: Fetched, reader: Reader, where: str) -> Iterator[Found]:
    one_article = reader in {read_text, read_markdown}
    try:
        with (
            buffered(io.BytesIO(fetched.body)) as body,
            unpacked(body) as stream,
        ):
            for found in reader(stream, where):
                mine = one_article and isinstance(found, RawArticle) and not found.url
                yield replace(found, url=fetched.url) if mine and isinstance(found, RawArticle) else found
    except (OSError, EOFError, zlib.error) as error:
        yield Failure(where=where, reason=f"the packed file is damaged or cut short: {error}")


def _reader(fetched: Fetched) -> Reader | None:
    """Believe the first bytes before the content type, and the content type before the name."""
    head = fetched.body[:2_000]
    feed, page = _FEED.search(head), _PAGE.search(head)
    if fetched.content_type in _VAGUE or "xml" in fetched.content_type or "html" in fetched.content_type:
        if feed and not (page and page.start() < feed.start()):
            return read_feed
        if page:
            return read_html
    if b"jsonfeed.org/version" in head and head.lstrip().startswith(b"{"):
        return read_feed
    suffix = suffix_of(urlsplit(fetched.url).path)
    if fetched.content_type in _VAGUE:
        return READERS.get(suffix, read_text if fetched.content_type == "text/plain" else None)
    if fetched.content_type == "application/json" and suffix in {".jsonl", ".ndjson"}:
        return read_jsonl
    return _TYPES.get(fetched.content_type) or (read_text if fetched.content_type.startswith("text/") else None)
