"""Whom an item cites: the outlet that a link's label or the end of a sentence names. Pure; knows only quote marks."""

from __future__ import annotations

import re
from typing import NamedTuple

from ingest.articles.clean import domain


class Citation(NamedTuple):
    """A link that stands for where the news was read."""

    url: str
    """Empty where an outlet is only named."""
    outlet: str | None
    """As the page writes it ("BBC"), else the host of the link; None if neither says anything."""


_NO_OUTLET = re.compile(
    r"(?:\W|\d|link|source|here|article|archived?|dead link|permanent dead link|video|in \w+)*", re.IGNORECASE
)
_CREDIT = re.compile(r"(?<=[.!?])(?P<outlets>(?:\s*\((?!\d)[^\W\d_a-z][^()]{1,40}\))+)[.\]\s]*$")
_LINK = re.compile(r"\[?(https?://[^\s\]]+)\]?\s*$")
_TAIL = 200
"""Characters at the end of a text that are looked at."""


def outlet_name(label: str) -> str | None:
    """Read an outlet out of the label of a link: "(''AFP'' via ''France 24'')" was first published by AFP."""
    name = " ".join(label[:_TAIL].replace("''", "").split()).strip("[]{}.,;:–-†*²³¹⁴⁵ ")
    if name.startswith("(") or "(" not in name:
        name = name.strip("().,;:²³¹⁴⁵ ")
    name = name.partition(" via ")[0].strip()
    if not name or len(name) > 60 or len(name.split()) > 7 or _NO_OUTLET.fullmatch(name):
        return None
    return name


def split_credit(text: str) -> tuple[str, list[str]]:
    """Take what is cited off the end of a sentence: "… resigns. (BBC) (Reuters)", "… resigns. https://bbc.co.uk/1"."""
    if found := _LINK.search(text):
        return text[: found.start()].rstrip(), [host] if (host := domain(found[1])) else []
    tail = text[-_TAIL:]
    if not (found := _CREDIT.search(tail)):
        return text, []
    names = [name for one in re.findall(r"\(([^()]+)\)", found["outlets"]) if (name := outlet_name(one))]
    return text[: len(text) - len(tail) + found.start()], names
