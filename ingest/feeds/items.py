"""What a feed's items are worth: changed or not, whole or only a summary; and item and page made one. Pure."""

from __future__ import annotations

import re
from dataclasses import replace
from hashlib import blake2b
from urllib.parse import urlsplit

from ingest.articles.clean import domain
from ingest.records import RawArticle

SHORT = 600
"""Characters under which an item's text is taken for a summary: four sentences."""
LONG = 3_000
"""Characters from which even what calls itself a summary is article enough."""
TITLE = 1_000
"""Characters of a title; the store keeps no more."""

_FIRST_ITEM = re.compile(rb"<(?:[\w-]+:)?(?:item|entry)[\s>]", re.IGNORECASE)
_CLOCK = re.compile(rb"<lastBuildDate>[^<]{0,200}</lastBuildDate>", re.IGNORECASE)
_TEASER = re.compile(
    r"(?:\[?\s*(?:…|\.\.\.)\s*\]?|(?:read|continue|view|see|find out)\s+(?:more|on|reading|full|the (?:full|rest))"
    r"[\w\s’']{0,40}?|(?:full|whole) (?:story|article|report))\W{0,6}$",
    re.IGNORECASE,
)
_APPEARED = re.compile(r"\s*The post .{1,300}? (?:appeared first|first appeared) on .{1,100}\.?\s*$")


def digest_without_clock(body: bytes) -> str:
    """Hash what matters of a feed: from its first item on, without comments and the time at which it was made."""
    first = _FIRST_ITEM.search(body)
    rest = body[first.start() :] if first else body
    pieces = rest.split(b"<!--")
    rest = b"".join([pieces[0], *(piece.partition(b"-->")[2] for piece in pieces[1:])])
    return blake2b(_CLOCK.sub(b"", rest), digest_size=16).hexdigest()


def own_item(raw: RawArticle, outlet: str) -> RawArticle:
    """Give an item its outlet, and take off what WordPress adds to each; a title has at most TITLE characters."""
    text = raw.text[:-500] + _APPEARED.sub("", raw.text[-500:])
    title = raw.title[:TITLE] if raw.title else None
    return replace(raw, outlet=outlet, title=title, text=text if text.strip() else raw.text)


def needs_page(raw: RawArticle) -> bool:
    """Tell whether the text of an item is only a summary of the page that it links to."""
    if raw.url is None or len(raw.url) > LONG:
        return False
    size = len(raw.text)
    return size < SHORT or (size < LONG and (raw.summary or bool(_TEASER.search(raw.text[-80:]))))


def whole(item: RawArticle, page: RawArticle) -> RawArticle:
    """Make one article of an item and its page: the page's text, under the item's address, date and outlet.

    Only where the link led to another site (a redirector) is the address the page's own.
    """
    moved = page.url is not None and domain(page.url) != domain(item.url) and not is_front(page.url)
    return replace(
        item,
        text=page.text if len(page.text) > len(item.text) else item.text,
        title=item.title or page.title,
        url=page.url if moved else item.url,
        published=item.published or page.published,
        authors=page.authors or item.authors,
        language=item.language or page.language,
        summary=False,
    )


def is_front(url: str | None) -> bool:
    """Tell a site's front page, where links end whose article is gone."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return False
    return parts.path in {"", "/"} and not parts.query
