"""Title, date, authors and outlet of a page: from its linked data, its meta tags, and its visible headline."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ingest.pages.linked_data import Node, article_node, names_of, text_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped]

_DATE_TAGS = """
    article:published_time og:article:published_time article:published og:published_time datepublished
    dc.date.issued dcterms.created dc.date.created dcterms.date dc.date dc.date.published dcterms.issued
    pubdate publishdate publish-date publish_date published-date publication_date publicationdate date_published
    parsely-pub-date sailthru.date cxenseparse:recs:publishtime cxenseparse:publishtime rnews:datepublished
    originalpublicationdate article_date_original date.created article.published article-publication-date
    created bt:pubdate iso-8601-publish-date citation_publication_date citation_online_date date
"""
_DATES = {name: rank for rank, name in enumerate(_DATE_TAGS.split())}
"""Names of meta tags that hold the date of publication, the surer first; collected from news sites."""
_AUTHORS = ("author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "byl", "article:author_name")
_TITLES = ("og:title", "twitter:title", "dc.title", "headline", "parsely-title")
_SEPARATOR = re.compile(r"\s+[|–—·»•∙:*-]\s+|\s*[|｜ㅣ：]\s*")
_NO_NAME = re.compile(r"https?://|www\.|@|^\W*$|\d{4}", re.IGNORECASE)
_BY = re.compile(r"^\s*(?:by|written by|reported by|from)\s*:?\s+", re.IGNORECASE)
_BRACKETED = re.compile(r"\([^()]*\)")
_AND = re.compile(r"\s*(?:;|\|)\s*|\s+(?:and|&)\s+")
MAX_TITLE = 1_000
"""Characters of a title that are looked at."""
_YEAR = re.compile(r"(?:18|19|20)\d\d")


@dataclass(frozen=True, kw_only=True, slots=True)
class Facts:
    """What a page says of itself; None and empty where it does not."""

    title: str | None
    published: str | None
    """As written, see `articles.dates`."""
    authors: tuple[str, ...]
    outlet: str | None
    body: str | None
    """The article's text as linked data has it: often cut short, without paragraphs."""


def facts_of(tree: HtmlElement, blocks: list[str]) -> Facts:
    """Read the facts of a parsed page and of its blocks of linked data."""
    node = article_node(blocks)
    meta = _meta(tree)
    outlet = _outlet(node, meta)
    return Facts(
        title=_title(tree, node, meta, outlet),
        published=_published(tree, node, meta),
        authors=_authors(tree, node, meta, outlet),
        outlet=outlet,
        body=text_of(node, "articleBody"),
    )


def _meta(tree: HtmlElement) -> dict[str, list[str]]:
    """Collect the meta tags under small names, each with its values in order."""
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        content = (element.get("content") or "").strip()
        if name and content:
            held = found.setdefault(name.strip().lower(), [])
            if len(held) < 50:
                held.append(content)
    return found


def _published(tree: HtmlElement, node: Node, meta: dict[str, list[str]]) -> str | None:
    told = [text_of(node, "datePublished") or ""]
    ranked = sorted((rank, meta[name][0]) for name, rank in _DATES.items() if name in meta)
    told += [value for _, value in ranked]
    told += _times(tree)
    told = [value for value in told if value and _YEAR.search(value[:100])]
    if not told:
        return None
    # The surest may give the day only: another that agrees may know the hour.
    day = told[0][:10]
    return next((value for value in told if len(value) > 10 and value.startswith(day)), told[0])


def _times(tree: HtmlElement) -> Iterator[str]:
    """Yield what `<time datetime>` says, first where it is marked as the date of publication."""
    marked: list[str] = []
    others: list[str] = []
    for element in tree.iter("time"):
        when = (element.get("datetime") or "").strip()
        if not when or len(marked) + len(others) >= 50:
            continue
        said = " ".join(filter(None, (element.get("itemprop"), element.get("class"), element.get("pubdate")))).lower()
        (marked if "publi" in said or "pubdate" in element.attrib or "posted" in said else others).append(when)
    yield from marked
    if len(set(others)) == 1:  # of several, some belong to other articles
        yield others[0]


def _outlet(node: Node, meta: dict[str, list[str]]) -> str | None:
    for name in (
        *meta.get("og:site_name", [])[:1],
        *names_of(node, "publisher")[:1],
        *meta.get("application-name", [])[:1],
    ):
        if name and not name.startswith("@") and len(name) <= 100:
            return _host_of(name)
    return None


def _host_of(name: str) -> str:
    return (urlsplit(name).hostname or name) if name.startswith(("http://", "https://")) else name


def _title(tree: HtmlElement, node: Node, meta: dict[str, list[str]], outlet: str | None) -> str | None:
    headline = text_of(node, "headline")
    tagged = next((meta[name][0] for name in _TITLES if name in meta), None)
    shown = next((element.text_content() for element in tree.iter("title")), None)
    seen = [" ".join(element.text_content()[:MAX_TITLE].split()) for element in islice(tree.iter("h1"), 5)]
    seen = [one for one in seen if len(one) > 10]
    for told in (headline, tagged, shown):
        if told and (told := _without_outlet(" ".join(told[:MAX_TITLE].split()), outlet, seen)):
            return told
    return seen[0] if seen else None


def _without_outlet(title: str, outlet: str | None, seen: Iterable[str]) -> str:
    """Cut the name of the site off a title: what follows the visible headline, or names the outlet."""
    for one in seen:
        rest = title[len(one) :]
        if title.casefold().startswith(one.casefold()) and (not rest or _SEPARATOR.match(rest)):
            return one
    found = list(_SEPARATOR.finditer(title))
    plain = _letters(outlet or "")
    for cut in reversed(found):
        tail = _letters(title[cut.end() :])
        if plain and tail and (tail in plain or plain in tail) and cut.start() > 10:
            title = title[: cut.start()]
    return title.strip()


def _letters(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum()).removeprefix("the")


def _authors(tree: HtmlElement, node: Node, meta: dict[str, list[str]], outlet: str | None) -> tuple[str, ...]:
    told = names_of(node, "author") or names_of(node, "creator")
    told = told or next((meta[name] for name in _AUTHORS if name in meta), []) or _byline(tree)
    found: dict[str, str] = {}
    for name in told:
        for part in _people(_BY.sub("", _BRACKETED.sub("", name[:1_000]))):
            one = " ".join(part.split()).strip(" ,.;:")
            if one and len(one) <= 80 and not _NO_NAME.search(one):
                found.setdefault(one.casefold(), one)
    if len(found) > 1 and outlet:
        found.pop(outlet.casefold(), None)
    return tuple(found.values())[:30]


def _people(names: str) -> Iterator[str]:
    """Split "Ann Lee, Bo Chen and Cy Diaz"; not "Lee, Ann", which is one."""
    for part in _AND.split(names):
        several = part.split(",")
        yield from several if all(" " in one.strip() for one in several) else [part]


def _byline(tree: HtmlElement) -> list[str]:
    """Find the authors where only the visible byline names them."""
    from trafilatura.metadata import extract_author

    return (extract_author(tree) or "").split(";")
