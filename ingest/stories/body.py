"""What of a text is the news itself: dateline, credit and boilerplate set aside. Pure; knows no store."""

from __future__ import annotations

import re

from ingest.countries.scenes import dateline_end

LONGEST = 60_000
"""Characters of a text that are looked at: ten thousand words, far beyond any news article."""

_FURNITURE = re.compile(
    r"\b(?:sign up (?:for|to)|subscribe to|newsletter|follow us|follow [^.\n]{1,60} on (?:twitter|facebook|instagram|x)\b"
    r"|like us on|learn more|read more|read also|see also|click here|share this|all rights reserved|copyright \d{4}"
    r"|do(?:es)? not necessarily (?:reflect|represent)|our editorial policy|media playback|download our app"
    r"|contributed to this (?:report|story|article)|this (?:story|article|report) (?:was )?(?:first|originally) "
    r"|re-?(?:published|printed|posted) (?:with|from|by|here)|material may not be published"
    r"|the associated press\. all rights|photo(?:graph)?: |file photo)",
    re.IGNORECASE,
)
"""Words of the page around the article, as seen at the ends of the 3,788 articles of ../shared/corpora and on wire copy."""

_DESK = re.compile(
    r"[(\[]\s*(?:additional |compiled |written |edited )?(?:reporting|writing|editing|compiled|edited|written) by\b"
    r"[^)\]\n]{1,400}[)\]]",
    re.IGNORECASE,
)
"""Who wrote and edited, as Reuters ends an article: "(Reporting by A in X; Editing by B)"."""

_FARTHEST = 400
"""Characters from a furniture word to the ends of its sentence, at most."""


def body(text: str) -> str:
    """Return the text without dateline, desk line and sentences that are furniture of the page."""
    text = text[:LONGEST]
    text = _DESK.sub(" ", text[dateline_end(text) :])
    kept: list[str] = []
    at = 0
    for found in _FURNITURE.finditer(text):
        if found.start() < at:
            continue
        begin = max(at, found.start() - _FARTHEST, *(text.rfind(end, at, found.start()) + 1 for end in ".!?\n"))
        ends = [place for end in ".!?\n" if (place := text.find(end, found.end(), found.end() + _FARTHEST)) >= 0]
        kept.append(text[at:begin])
        at = min(ends, default=min(len(text), found.end() + _FARTHEST)) + 1
    kept.append(text[at:])
    whole = " ".join(part for part in kept if part)
    return whole if whole.strip() else text
