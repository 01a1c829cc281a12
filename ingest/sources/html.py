"""A saved web page is one article; finding it in there takes long, and is left to `pages` in a worker."""

from __future__ import annotations

import io
from collections.abc import Iterator

from ingest.articles.addresses import own_address
from ingest.pages import claimed_address, extracted
from ingest.records import Failure, RawArticle
from ingest.sources.found import MAX_PAGE_BYTES, Found, megabytes
from ingest.sources.streams import read_bounded


def read_html(stream: io.BufferedReader, where: str) -> Iterator[Found]:
    """Yield the one article of a saved page, still in its page."""
    data = read_bounded(stream, MAX_PAGE_BYTES)
    if data is None:
        yield Failure(where=where, reason=f"a page of more than {megabytes(MAX_PAGE_BYTES)}; save only the article")
    else:
        yield page_at(data, where)


def page_at(data: bytes, where: str, *, url: str | None = None, charset: str | None = None) -> RawArticle:
    """Make the article that is still in its page, under the address by which it will be known.

    `url` is where it was fetched, `charset` what the server declared.
    """
    return RawArticle(text="", where=where, url=own_address(claimed_address(data), url), page=data, charset=charset)


def read_page(data: bytes, where: str, *, url: str | None = None, charset: str | None = None) -> Found:
    """Find the article in a page at once."""
    return extracted(page_at(data, where, url=url, charset=charset))
