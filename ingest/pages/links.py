"""The address that a page calls its own, told from its bytes alone: cheap enough to ask before anything is read."""

from __future__ import annotations

import html
import re

from ingest.text.decoding import decode

_TAG = re.compile(rb"<(?:link|meta)\b[^>]{0,2000}>", re.IGNORECASE)
_CANONICAL = re.compile(rb"\brel\s*=\s*[\"']?canonical\b", re.IGNORECASE)
_OG_URL = re.compile(rb"\bproperty\s*=\s*[\"']?og:url\b", re.IGNORECASE)
_HREF = re.compile(rb"\s(?:href|content)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))", re.IGNORECASE)


def claimed_address(page: bytes) -> str | None:
    """Return the address in `<link rel="canonical">`, else that in `og:url`, as written; None if neither is there.

    Whether to believe it is for `articles.addresses.own_address` to say.
    """
    told: str | None = None
    for tag in _TAG.finditer(page):
        canonical = _CANONICAL.search(tag.group())
        if not canonical and (told or not _OG_URL.search(tag.group())):
            continue
        if found := _HREF.search(tag.group()):
            value = next(part for part in found.groups() if part is not None)
            address = html.unescape(decode(value)).strip()
            if canonical and address:
                return address
            told = told or address
    return told or None
