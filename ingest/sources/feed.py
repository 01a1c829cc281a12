"""RSS and Atom to articles: an item's content, or its summary; fetches neither the feed nor its items."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping

from ingest.records import Failure, RawArticle
from ingest.sources.found import MAX_ARTICLE_BYTES, MAX_PAGE_BYTES, Found, megabytes
from ingest.sources.streams import read_bounded
from ingest.text.decoding import decode, looks_binary
from ingest.text.htmltext import plain_text
from ingest.text.languages import language_code

_DECLARATION = re.compile(r"\s*<\?xml\b[^>]{0,500}\?>")
_ENCODING = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{2,40})", re.IGNORECASE)
_BEGIN = re.compile(r"<(?:[\w-]+:)?(?:rss|feed|rdf)[\s>]", re.IGNORECASE)
_END = re.compile(r"</(?:[\w-]+:)?(?:rss|feed|rdf)\s*>", re.IGNORECASE)
_ITEM_END = re.compile(r"</(?:[\w-]+:)?(?:item|entry)\s*>", re.IGNORECASE)
_LANGUAGE = re.compile(r"<(?:dc:)?language>\s*([\w-]{2,20})\s*</|<feed\b[^>]{0,1000}?xml:lang=[\"']([\w-]{2,20})")


def read_feed(stream: io.BufferedReader, where: str) -> Iterator[Found]:
    """Yield the items of a feed."""
    data = read_bounded(stream, MAX_PAGE_BYTES)
    if data is None:
        yield Failure(where=where, reason=f"a feed of more than {megabytes(MAX_PAGE_BYTES)}; expected RSS or Atom")
    else:
        yield from feed_items(data, where)


def feed_items(data: bytes, where: str, *, charset: str | None = None) -> Iterator[Found]:
    """Yield the items of a feed, each with a link of its own if it has one."""
    if not data.strip():
        yield Failure(where=where, reason="the feed is empty")
        return
    if looks_binary(data):
        yield Failure(where=where, reason="looks binary, not RSS or Atom")
        return
    declared = _ENCODING.search(data[:1000])
    # Decoded here: feeds declare wrong encodings, and an exotic one could hide what the next check looks for.
    text = decode(data, charset or (declared.group(1).decode("ascii") if declared else None)).lstrip("\ufeff \t\r\n")
    text = _DECLARATION.sub("", text, count=1)
    if "<!ENTITY" in text:
        yield Failure(
            where=where,
            reason="the feed declares XML entities, which can be made to fill the memory; it is not read",
        )
        return
    text, cut = _whole_items(text)
    if not text:
        yield Failure(where=where, reason="the feed is cut short before its first item ends; try again later")
        return
    import fastfeedparser

    try:
        feed = fastfeedparser.parse(text.encode("utf-8", "replace"), include_media=False, include_enclosures=False)
        entries = list(feed["entries"])
    except Exception as error:  # noqa: BLE001 - edge: whatever a stranger's feed does to the parser, the rest goes on
        told = " ".join(str(error).split())[:120]
        yield Failure(
            where=where,
            reason=f"not readable as RSS or Atom ({told}); expected a feed, found {text[:30].strip()!r}",
        )
        return
    if not entries and not cut:
        yield Failure(where=where, reason="the feed has no items")
    outlet = plain_text(str(feed["feed"].get("title") or "")) or None
    told_language = _LANGUAGE.search(text[:20_000])
    language = language_code(told_language.group(1) or told_language.group(2)) if told_language else None
    for number, entry in enumerate(entries, start=1):
        yield _item(entry, f"{where}: item {number}", outlet, language)
    if cut:
        yield Failure(where=where, reason="the feed is cut short; its whole items were read, try again for the rest")


def _whole_items(text: str) -> tuple[str, bool]:
    """Drop an item that the end of the document cuts off, which would pass for a short article; tell if it is cut."""
    if not _BEGIN.search(text[:4_000]) or _END.search(text, max(0, len(text) - 2_000)) or _END.search(text):
        return text, False
    last = 0
    for found in _ITEM_END.finditer(text):
        last = found.end()
    return text[:last], True


def _item(entry: Mapping[str, object], place: str, outlet: str | None, language: str | None) -> Found:
    title = plain_text(_text(entry, "title")) or None
    content = entry.get("content")
    bodies = (
        [_text(part, "value") for part in content if isinstance(part, Mapping)] if isinstance(content, list) else []
    )
    bodies.append(_text(entry, "description"))
    body = max((plain_text(body) for body in bodies), key=len) or title
    link = _text(entry, "link")
    if not link.startswith(("http://", "https://")):
        link = ""
    if not body:
        return Failure(where=link or place, reason="the item has neither text nor title")
    if len(body) > MAX_ARTICLE_BYTES:
        return Failure(where=link or place, reason=f"an item of more than {megabytes(MAX_ARTICLE_BYTES)}")
    return RawArticle(
        text=body,
        where=link or place,
        title=title,
        url=link or None,
        published=_text(entry, "published") or _text(entry, "updated") or None,
        outlet=outlet,
        language=language,
        authors=_authors(entry),
        given_id=_text(entry, "id") or None,
        # RSS has one element for both, and the parser then gives its text as content too; Atom tells them apart.
        summary=len(bodies) == 1 and bool(bodies[0]),
    )


def _authors(entry: Mapping[str, object]) -> tuple[str, ...]:
    listed = entry.get("authors")
    named = (
        [_text(author, "name") for author in listed if isinstance(author, Mapping)] if isinstance(listed, list) else []
    )
    return tuple(name for name in named or [_text(entry, "author")] if name)


def _text(entry: Mapping[str, object], key: str) -> str:
    value = entry.get(key)
    return value.strip() if isinstance(value, str) else ""
