"""A fragment of HTML as plain text with its paragraphs; knows nothing of titles, dates and articles."""

from __future__ import annotations

import html
import re

_BLOCK_TAGS = """
    address article aside blockquote dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr
    li main nav ol p pre section table td th tr ul
"""
_BLOCKS = frozenset(_BLOCK_TAGS.split())
_SILENT = frozenset(
    ["script", "style", "noscript", "template", "iframe", "object", "svg", "math", "head", "button", "form"]
)
_TAG = re.compile(r"<[a-zA-Z/!?]")
_SPACE = re.compile(r"[ \t\r\f\v\n]+")


def plain_text(fragment: str) -> str:
    """Turn HTML, or text with entities, into plain text; paragraphs are parted by an empty line."""
    if not _TAG.search(fragment):
        return html.unescape(fragment).strip() if "&" in fragment else fragment.strip()
    from lxml import etree  # type: ignore[import-untyped]

    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        tree = etree.fromstring(fragment.encode("utf-8", "replace"), parser)
    except etree.LxmlError:
        return ""
    if tree is None:
        return ""
    pieces: list[str] = []
    # iterwalk, not recursion: a stranger decides how deep the tree is.
    walk = etree.iterwalk(tree, events=("start", "end"))
    for event, element in walk:
        if event == "start":
            if element.tag in _SILENT:
                walk.skip_subtree()
                continue
            if element.tag in _BLOCKS:
                pieces.append("\n\n")
            elif element.tag == "br":
                pieces.append("\n")
            pieces.append(_SPACE.sub(" ", element.text or ""))
        else:
            if element.tag in _BLOCKS:
                pieces.append("\n\n")
            pieces.append(_SPACE.sub(" ", element.tail or ""))
    text = re.sub(r" *\n *", "\n", re.sub(r" {2,}", " ", "".join(pieces)))
    return re.sub(r"\n{3,}", "\n\n", text).strip()
