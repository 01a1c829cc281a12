"""A web page to the article in it: trafilatura finds the text, `facts` the rest; fetches nothing. Runs in a worker."""

from __future__ import annotations

import logging
import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from ingest.articles.language import detect_language
from ingest.pages.container import article_element, text_size
from ingest.pages.facts import Facts, facts_of
from ingest.pages.markup import without_silent
from ingest.records import Failure, RawArticle
from ingest.text.decoding import decode, looks_binary
from ingest.text.languages import language_code

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped]
    from trafilatura.settings import Extractor

MAX_TAGS = 30_000
"""Tags in one page; some of trafilatura's steps take the square of their number, 3 s at this many. The largest of
95 newspaper pages has 5,900."""
MAX_TAGS_THOROUGH = 10_000
"""Tags up to which a page is looked through a second time, thoroughly."""
_FRAME = ("nav", "footer", "aside", "header", "noscript")
"""Elements around an article: without them F1 rises from 0.933 to 0.935 on 95 newspaper pages, in a fifth less time."""
TAKEN = 0.35
"""Least share of its element's text that an article has; where less is taken, the element holds something else."""
SHORT = 250
"""Characters below which the whole page is looked through; trafilatura's own limit."""
_ENDS = (".", "!", "?", "…", '"', "”", "’", "。", "！", "？", "」", "।")
_NO_TEXT = "no article text in this page; expected an article, not an index or a form"
MORE = 1.5
"""Times the text found that linked data must have to be taken instead; trafilatura asks as much of a second try."""

_CHARSET = re.compile(rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_LANGUAGE = re.compile(r"<html\b[^>]{0,2000}?\blang\s*=\s*[\"']?\s*([a-zA-Z_-]{2,20})", re.IGNORECASE)
_MARKUP = re.compile(r"<[a-zA-Z/]")

# Its warnings would reach the terminal of whoever set up no logging: only the command line and views print.
logging.getLogger("trafilatura").addHandler(logging.NullHandler())
logging.getLogger("htmldate").addHandler(logging.NullHandler())


def extracted(raw: RawArticle) -> RawArticle | Failure:
    """Put the article of the page that `raw` carries in place of the page; `raw` itself if it carries none.

    The page's own word on title, date, authors, outlet and language goes before that of the source; the
    address stays, since the article is known by it.
    """
    if raw.page is None:
        return raw
    data = raw.page
    if not data.strip():
        return Failure(where=raw.where, reason="the page is empty")
    if looks_binary(data):
        return Failure(where=raw.where, reason="looks binary, not HTML; expected a saved web page")
    if data.count(b"<") > MAX_TAGS:
        return Failure(where=raw.where, reason=f"a page of more than {MAX_TAGS:,} tags; save only the article")
    try:
        return _article(raw, _decoded(data, raw.charset))
    except Exception as error:  # noqa: BLE001 - edge: whatever a page does to the parser, the rest goes on
        told = f"{type(error).__name__}: {str(error)[:100]}"
        return Failure(where=raw.where, reason=f"the page could not be parsed ({told})")


def _decoded(data: bytes, charset: str | None) -> str:
    declared = _CHARSET.search(data[:4096])
    return decode(data, charset or (declared.group(1).decode("ascii", "replace") if declared else None))


def _article(raw: RawArticle, page: str) -> RawArticle | Failure:
    from trafilatura import load_html

    markup, blocks = without_silent(page)
    tree = load_html(markup)
    if tree is None:
        return Failure(where=raw.where, reason=_NO_TEXT)
    facts = facts_of(tree, blocks)
    published = facts.published or _guessed_date(tree, raw) or raw.published
    text = _text(tree, markup, facts)
    if not text.strip():
        return Failure(where=raw.where, reason=_NO_TEXT)
    declared = _LANGUAGE.search(page[:20_000])
    return replace(
        raw,
        page=None,
        charset=None,
        text=_without_title(text, facts.title),
        title=facts.title or raw.title,
        published=published,
        outlet=facts.outlet or raw.outlet,
        # Many sites say `en` of whatever they print: the text is asked first.
        language=detect_language(text) or language_code(declared.group(1) if declared else raw.language),
        authors=facts.authors or raw.authors,
    )


def _text(tree: HtmlElement, markup: str, facts: Facts) -> str:
    """Find the text: where the paragraphs are, else in the page without its frame; thoroughly if that is no prose."""
    from lxml.etree import strip_elements  # type: ignore[import-untyped]

    strip_elements(tree, *_FRAME, with_tail=False)
    text = _narrow_text(tree) or _body(tree, fast=True)
    if markup.count("<") <= MAX_TAGS_THOROUGH and _is_menu(text):
        text = max(_body(markup, fast=False), text, key=len)
    if facts.body and len(facts.body) > MORE * len(text) and len(facts.body) > 500:
        from ingest.text.htmltext import plain_text

        return plain_text(facts.body) if _MARKUP.search(facts.body) else facts.body
    return text


def _narrow_text(tree: HtmlElement) -> str:
    """Look for the text where the paragraphs are; nothing if too little of what is there was taken for it."""
    from lxml.html import Element

    found = article_element(tree)
    if found is None:
        return ""
    parent, place = found.getparent(), found.getparent().index(found)
    page, body = Element("html"), Element("body")
    page.append(body)
    body.append(found)
    text = _body(page, fast=True)
    parent.insert(place, found)
    enough = len(text) >= TAKEN * len(found.text_content()) or len(text) >= TAKEN * text_size(found)
    return text if enough and len(text) >= SHORT else ""


def _body(page: HtmlElement | str, *, fast: bool) -> str:
    from trafilatura import bare_extraction

    found = bare_extraction(page, options=_options(fast=fast))
    return "" if found is None or isinstance(found, dict) else found.text or ""


@cache
def _options(*, fast: bool) -> Extractor:
    """Read trafilatura's settings once: it would for each page, half a millisecond."""
    from trafilatura.settings import Extractor

    return Extractor(output_format="python", fast=fast, comments=False, with_metadata=False)


def _is_menu(text: str) -> bool:
    """Tell a page's menu taken for its text: most lines are too short for a sentence, and end like none.

    The thorough extraction then does better (Washington Times: 21 paragraphs instead of none), but it takes
    longer, and is better only there.
    """
    lines = [line for raw in text.splitlines() if (line := raw.strip())]
    lengths = sorted(map(len, lines))
    # A character of Chinese, Japanese or Hindi tells more than a letter does.
    dense = sum(char > "\u0900" for char in text[:1_000]) > len(text[:1_000]) / 3
    if lengths and lengths[len(lengths) // 2] >= (12 if dense else 40):
        return False
    return 2 * sum(line.endswith(_ENDS) for line in lines) <= len(lines)


def _guessed_date(tree: HtmlElement, raw: RawArticle) -> str | None:
    """Look for a date in the address and in the words of a page that tells none: `htmldate` takes long."""
    from htmldate import find_date

    return find_date(tree, url=raw.url, original_date=True) or None


def _without_title(text: str, title: str | None) -> str:
    """Tidy the lines, and drop a first one that only repeats the title."""
    lines = [line for raw in text.splitlines() if (line := raw.strip())]
    if title and len(lines) > 1 and lines[0].casefold() == title.strip().casefold():
        del lines[0]
    return "\n".join(lines)
