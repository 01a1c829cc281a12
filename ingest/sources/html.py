"""A saved web page is one article: trafilatura finds its text, title, date and authors; fetches nothing."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ingest.records import Failure, RawArticle
from ingest.sources.decoding import decode, looks_binary
from ingest.sources.found import MAX_PAGE_BYTES, Found, megabytes
from ingest.sources.languages import language_code
from ingest.sources.streams import read_bounded

if TYPE_CHECKING:
    from trafilatura.settings import Document

MAX_TAGS = 100_000
"""Tags in one page; trafilatura takes up to 40 µs for each. The largest of 95 newspaper pages has 5,900."""

_CHARSET = re.compile(rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_LANGUAGE = re.compile(r"<html\b[^>]{0,2000}?\blang\s*=\s*[\"']?\s*([a-zA-Z_-]{2,20})", re.IGNORECASE)

# Its warnings would reach the terminal of whoever set up no logging: only the command line and views print.
logging.getLogger("trafilatura").addHandler(logging.NullHandler())
logging.getLogger("htmldate").addHandler(logging.NullHandler())


def read_html(stream: io.BufferedReader, where: str) -> Iterator[Found]:
    """Yield the one article of a saved page."""
    data = read_bounded(stream, MAX_PAGE_BYTES)
    if data is None:
        yield Failure(where=where, reason=f"a page of more than {megabytes(MAX_PAGE_BYTES)}; save only the article")
    else:
        yield read_page(data, where)


def read_page(data: bytes, where: str, *, charset: str | None = None) -> Found:
    """Find the article in a page."""
    if not data.strip():
        return Failure(where=where, reason="the page is empty")
    if looks_binary(data):
        return Failure(where=where, reason="looks binary, not HTML; expected a saved web page")
    if data.count(b"<") > MAX_TAGS:
        return Failure(where=where, reason=f"a page of more than {MAX_TAGS:,} tags; save only the article")
    declared = _CHARSET.search(data[:4096])
    page = decode(data, charset or (declared.group(1).decode("ascii", "replace") if declared else None))
    try:
        found = _extract(page, fast=True)
        if found is not None and _is_menu(found.text or ""):
            found = _extract(page, fast=False)
    except Exception as error:  # noqa: BLE001 - edge: whatever a page does to the parser, the rest goes on
        told = f"{type(error).__name__}: {str(error)[:100]}"
        return Failure(where=where, reason=f"the page could not be parsed ({told})")
    if found is None or not (found.text or "").strip():
        return Failure(where=where, reason="no article text in this page; expected an article, not an index or a form")
    language = _LANGUAGE.search(page[:20_000])
    return RawArticle(
        text=_without_title(found.text or "", found.title),
        where=where,
        title=found.title or None,
        url=found.url if found.url and found.url.startswith(("http://", "https://")) else None,
        published=found.date or None,
        outlet=found.sitename or None,
        language=language_code(found.language or (language.group(1) if language else None)),
        authors=tuple(name for part in (found.author or "").split(";") if (name := part.strip())),
    )


def _extract(page: str, *, fast: bool) -> Document | None:
    from trafilatura import bare_extraction

    found = bare_extraction(page, fast=fast, with_metadata=True, include_comments=False)
    return None if isinstance(found, dict) else found


def _is_menu(text: str) -> bool:
    """Tell a page's menu taken for its text: most lines are too short for a sentence.

    The thorough extraction then does better (Washington Times: 21 paragraphs instead of none), but it takes
    longer, and is better only there.
    """
    lengths = sorted(len(line.strip()) for line in text.splitlines() if line.strip())
    return bool(lengths) and lengths[len(lengths) // 2] < 40


def _without_title(text: str, title: str | None) -> str:
    """Tidy the lines, and drop a first one that only repeats the title."""
    lines = [line for raw in text.splitlines() if (line := raw.strip())]
    if title and len(lines) > 1 and lines[0].casefold() == title.strip().casefold():
        del lines[0]
    return "\n".join(lines)
