"""Hide names, so that no name carries tone: "United" States, "Friendship 2017", Ministry of "Defense"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ingest.records import Span

_CONNECTORS = r"(?:of|for|the|and|on|de|al|&)"
_NAME = re.compile(rf"[A-Z][\w'-]*(?: (?:{_CONNECTORS} ){{0,2}}(?:[A-Z][\w'-]*|\d+))*")
_FIRST_WORD = re.compile(r"\w")
_HEADLINE = 0.6
"""Share of the characters in capitalised words, countries aside, above which a line is a headline, whose capitals
tell nothing."""
_QUOTED_NAME = re.compile(r"\"[A-Z][\w'-]*(?: [A-Z0-9][\w'-]*)*,?\"")


def hide_names(text: str, spans: Iterable[Span]) -> str:
    """Return `text` (a sentence in plain typography) with every name overwritten at equal length.

    The countries at `spans` always; other names where capitals tell, that is, not in headlines and not at
    the start.
    """
    countries = set(spans)
    masked = _overwrite(text, countries)
    names = list(_NAME.finditer(masked))
    # Without the countries' own characters: a long name must not turn a sentence into a headline.
    hidden = sum(end - start for start, end in countries)
    if sum(len(name.group()) for name in names) - hidden > _HEADLINE * (len(masked) - hidden):
        return masked
    first = _FIRST_WORD.search(masked)
    begin = first.start() if first else 0
    # The first word has its capital from the sentence; there only a run of capitals is a name.
    found = [Span(*name.span()) for name in names if name.start() != begin or " " in name.group()]
    if '"' in masked:
        found += [Span(*name.span()) for name in _QUOTED_NAME.finditer(masked)]
    return _overwrite(masked, found)


def _overwrite(text: str, spans: Iterable[Span]) -> str:
    chars = list(text)
    for start, end in spans:
        chars[start:end] = _blank(end - start)
    return "".join(chars)


def _blank(size: int) -> str:
    """Return a word of that length that no lexicon holds and that is not in capitals."""
    return "Q" + "x" * (size - 1) if size > 1 else "x" * size
