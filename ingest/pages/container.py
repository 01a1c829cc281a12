"""Which element of a page holds the article: told by where its paragraphs are, whatever the site calls it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped]

SHARE = 0.8
"""Of the text in paragraphs that the element must hold. 0.6 loses parts of long articles, 0.9 finds one less often
(on 95 newspaper pages, where looking there alone makes the extraction half as fast again)."""
PARAGRAPH = 60
"""Characters from which a paragraph is one, and not a caption or a link."""
ENOUGH = 500
"""Characters of paragraphs in a page below which nothing is told by them."""
MAX_PARAGRAPHS = 2_000
"""Paragraphs looked at: a stranger decides how many there are, and how deep."""
PIECE = 30
"""Characters from which a piece of text outside links counts as text of the element."""


def article_element(tree: HtmlElement) -> HtmlElement | None:
    """Return the smallest element that holds most paragraphs, or the `<article>` around it; None if it is all."""
    held: dict[HtmlElement, int] = {}
    total = 0
    for number, paragraph in enumerate(tree.iter("p", "br")):
        if number == MAX_PARAGRAPHS:
            break
        text = paragraph.text_content() if paragraph.tag == "p" else paragraph.tail or ""
        size = len(text.strip())
        if size >= PARAGRAPH:
            total += size
            for around in paragraph.iterancestors():
                held[around] = held.get(around, 0) + size
    if total < ENOUGH:
        return None
    found = tree
    while (inner := next((child for child in found if held.get(child, 0) >= SHARE * total), None)) is not None:
        found = inner
    found = next((one for one in (found, *found.iterancestors()) if one.tag == "article"), found)
    return None if found.tag in {"html", "body"} else found


def text_size(element: HtmlElement) -> int:
    """Add up the characters of an element's longer pieces of text, links left out."""
    total = 0
    for one in element.iter():
        if isinstance(one.tag, str):
            pieces = (one.text if one.tag != "a" else None, one.tail if one is not element else None)
            total += sum(len(piece) for piece in pieces if piece and len(piece) > PIECE)
    return total
