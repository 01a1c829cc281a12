"""Beginnings that news services sell as articles: finds their mark and takes it off; reads no file."""

from __future__ import annotations

import re

_MARK = re.compile(r"\s*(?:…|\.{2,})?\s*\[\s?\+?\d{1,7}\s?char(?:acter)?s?\s?\]\s*\Z", re.IGNORECASE)
"""NewsAPI.org ends its `content` with "… [+1234 chars]", GNews with "... [1234 chars]"."""

_LONGEST_MARK = 60
"""Characters from the end in which the mark is looked for."""


def without_mark(text: str) -> tuple[str, bool]:
    """Return a text without the mark of having been cut, and whether there was one.

    The last word goes with it, because the cut is made at a number of characters; "…" stays in its place.
    """
    if not text.rstrip().endswith("]"):
        return text, False
    begins = max(0, len(text) - _LONGEST_MARK)
    found = _MARK.search(text, begins)
    if not found:
        return text, False
    kept = text[: found.start()].rstrip()
    whole, _, _ = kept.rpartition(" ")
    if kept.endswith((".", "!", "?", "”", '"')):
        return kept, True
    return (f"{whole.rstrip()}…" if whole else kept), True
