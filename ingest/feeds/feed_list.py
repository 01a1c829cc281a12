"""The list of feeds, an OPML file as other feed readers have: read it, change it. Pure: bytes in, bytes out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from lxml import etree  # type: ignore[import-untyped]

from ingest.countries.gazetteer import countries
from ingest.errors import FeedListError

KINDS = ("public", "private", "state")
"""Who answers for an outlet: `public` is paid by the public and independent by law, `state` is run by a government."""
MAX_LIST_BYTES = 5_000_000
"""Bytes of a list; 100 feeds take 25 KB."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Feed:
    """One feed of an outlet."""

    name: str
    """The outlet, as its articles name it."""
    url: str
    site: str = ""
    """The outlet's front page."""
    country: str = ""
    """ISO 3166-1 alpha-3 of the outlet's seat; empty if the list does not say."""
    kind: str = ""
    """One of KINDS; empty if the list does not say."""
    checked: date | None = None
    """Day on which the address last gave articles; None if nobody has looked."""


def read_list(data: bytes, where: str) -> list[Feed]:
    """Return the feeds of a list, each address once; raise FeedListError, with the line, for what is not right."""
    found: dict[str, Feed] = {}
    for outline in _outlines(_tree(data, where)):
        feed = _feed(outline, f"{where}:{outline.sourceline}")
        found.setdefault(feed.url, feed)
    return list(found.values())


def with_feed(data: bytes, feed: Feed, where: str) -> bytes:
    """Add a feed to the end of a list; one with the same address is replaced."""
    tree = _tree(data, where)
    body = tree.find("body")
    if body is None:
        raise FeedListError(f"{where} has no <body>; expected an OPML file")
    outline = next((one for one in _outlines(tree) if one.get("xmlUrl", "").strip() == feed.url), None)
    if outline is None:
        outline = etree.SubElement(body, "outline", type="rss")
        outline.tail = "\n"
    told = {"text": feed.name, "xmlUrl": feed.url, "htmlUrl": feed.site, "country": feed.country, "kind": feed.kind}
    for name, value in told.items():
        if value:
            outline.set(name, value)
    outline.set("checked", feed.checked.isoformat() if feed.checked else "no")
    return _written(tree)


def without_feeds(data: bytes, urls: set[str], where: str) -> bytes:
    """Take the feeds with these addresses out of a list."""
    tree = _tree(data, where)
    for outline in list(_outlines(tree)):
        if outline.get("xmlUrl", "").strip() in urls:
            outline.getparent().remove(outline)
    return _written(tree)


def with_checked(data: bytes, days: Mapping[str, date], where: str) -> bytes:
    """Write the day on which each of these addresses gave articles."""
    tree = _tree(data, where)
    for outline in _outlines(tree):
        if day := days.get(outline.get("xmlUrl", "").strip()):
            outline.set("checked", day.isoformat())
    return _written(tree)


def _tree(data: bytes, where: str) -> etree._ElementTree:
    if len(data) > MAX_LIST_BYTES:
        raise FeedListError(f"{where} has more than {MAX_LIST_BYTES // 1_000_000} MB; expected a list of feeds (OPML)")
    if b"<!ENTITY" in data:
        raise FeedListError(f"{where} declares XML entities, which can be made to fill the memory; it is not read")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise FeedListError(f"{where} is not a list of feeds (OPML): {str(error)[:150]}") from error
    if root.tag != "opml":
        raise FeedListError(f"{where} is not a list of feeds: expected <opml>, found <{root.tag}>")
    return root.getroottree()


def _outlines(tree: etree._ElementTree) -> Iterator[etree._Element]:
    """Yield the outlines that are feeds, not folders, however deep."""
    return (one for one in tree.iter("outline") if one.get("xmlUrl", "").strip())


def _feed(outline: etree._Element, place: str) -> Feed:
    url = outline.get("xmlUrl").strip()
    if not url.lower().startswith(("http://", "https://")):
        raise FeedListError(f"{place}: a feed's xmlUrl begins with https:// or http://, found {url[:100]!r}")
    name = " ".join((outline.get("text") or outline.get("title") or "").split())
    country, kind = outline.get("country", "").strip().upper(), outline.get("kind", "").strip().lower()
    check_country_and_kind(country, kind, place)
    told = outline.get("checked", "no").strip().lower()
    try:
        checked = None if told in {"", "no"} else date.fromisoformat(told)
    except ValueError as error:
        raise FeedListError(f"{place}: checked is a day such as 2026-11-25, or no; found {told[:30]!r}") from error
    return Feed(
        name=name or url,
        url=url,
        site=outline.get("htmlUrl", "").strip(),
        country=country,
        kind=kind,
        checked=checked,
    )


def check_country_and_kind(country: str, kind: str, place: str) -> None:
    """Raise FeedListError if either is given and does not exist."""
    if country and country not in countries():
        raise FeedListError(f"{place}: country is a code of three letters (ISO 3166-1) such as FRA, found {country!r}")
    if kind and kind not in KINDS:
        raise FeedListError(f"{place}: kind is one of {', '.join(KINDS)}; found {kind[:30]!r}")


def _written(tree: etree._ElementTree) -> bytes:
    return bytes(etree.tostring(tree, encoding="UTF-8", xml_declaration=True)) + b"\n"
