"""What of a text is the news itself: dateline, credit and boilerplate set aside. Pure; knows no store."""

from __future__ import annotations

import re
from functools import cache

from ahocorasick_rs import AhoCorasick

from ingest.countries.scenes import dateline_end

LONGEST = 60_000
"""Characters of a text that are looked at: ten thousand words, far beyond any news article."""

FURNITURE = (
    "sign up for our",
    "sign up to our",
    "sign up for the",
    "subscribe to our",
    "newsletter",
    "follow us on",
    "like us on facebook",
    "learn more",
    "read more:",
    "read also:",
    "see also:",
    "click here",
    "share this with",
    "share this:",
    "all rights reserved",
    "not necessarily reflect",
    "not necessarily represent",
    "editorial policy",
    "media playback",
    "download our app",
    "contributed to this report",
    "contributed to this story",
    "this story first",
    "this story was first",
    "this story originally",
    "this story was originally",
    "this article first",
    "this article was first",
    "this article originally",
    "this article was originally",
    "published with permission",
    "posted with permission",
    "reprinted with permission",
    "may not be published, broadcast",
    "file photo",
)
"""Words of the page around an article: seen on wire copy, and at the ends of the articles of ../shared/corpora."""

_DESK = re.compile(
    r"[(\[]\s*(?:additional )?(?:reporting|writing|editing|compiled|edited|written) by\b[^)\]\n]{1,400}[)\]]",
    re.IGNORECASE,
)
"""Who wrote and edited, as Reuters ends an article: "(Reporting by A in X; Editing by B)"."""

_FARTHEST = 400
"""Characters from a furniture word to the ends of its sentence, at most."""


def body(text: str) -> str:
    """Return the text without dateline, desk line and sentences that are furniture of the page."""
    text = text[:LONGEST].encode("utf-8", "replace").decode()  # lone surrogates are no text
    text = _DESK.sub(" ", text[dateline_end(text) :])
    small = text.lower()
    if len(small) != len(text):  # a letter like İ: keep the offsets true
        small = text
    kept: list[str] = []
    at = 0
    for _, start, stop in _furniture().find_matches_as_indexes(small):
        if start < at:
            continue
        begin = max(at, start - _FARTHEST, *(text.rfind(end, at, start) + 1 for end in ".!?\n"))
        ends = [place for end in ".!?\n" if (place := text.find(end, stop, stop + _FARTHEST)) >= 0]
        kept.append(text[at:begin])
        at = min(ends, default=min(len(text), stop + _FARTHEST)) + 1
    kept.append(text[at:])
    whole = " ".join(part for part in kept if part)
    return whole if whole.strip() else text


@cache
def _furniture() -> AhoCorasick:
    return AhoCorasick(list(FURNITURE))
