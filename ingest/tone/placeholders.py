"""Hide names, so that no name carries tone: "United" States, "Friendship 2017", Ministry of "Defense"."""

from __future__ import annotations

import re

from ingest.records import Candidate, Span

_CONNECTORS = r"(?:of|for|the|and|on|de|al|&)"
_NAME = re.compile(rf"(?:[A-Z][\w'-]*|\d+)(?: (?:{_CONNECTORS} ){{0,2}}(?:[A-Z][\w'-]*|\d+))*")
_QUOTED_NAME = re.compile(r"\"[A-Z][\w'-]*(?: [A-Z0-9][\w'-]*)*,?\"")


def hide_names(text: str, candidate: Candidate) -> str:
    """Return `text` (the sentence in plain typography) with every name overwritten at equal length.

    Countries always; other names where capitals tell, that is, not in headlines and not at the start.
    """
    spans = [*candidate.a_spans, *candidate.b_spans, *candidate.other_spans]
    masked = _overwrite(text, spans)
    if not _is_headline(masked):
        masked = _overwrite(masked, _names(masked))
    return masked


def _names(text: str) -> list[Span]:
    first = re.search(r"\w", text)
    begin = first.start() if first else 0
    spans = []
    for found in _NAME.finditer(text):
        start, end = found.span()
        if start == begin:
            # The first word has its capital from the sentence; only a longer run of capitals is a name.
            if " " not in found.group():
                continue
        if found.group().isdigit() or not found.group()[0].isupper():
            continue
        spans.append(Span(start, end))
    return spans + [Span(*found.span()) for found in _QUOTED_NAME.finditer(text)]


def _is_headline(text: str) -> bool:
    words = re.findall(r"[A-Za-z][\w'-]*", text)
    long_words = [word for word in words if len(word) > 3]
    return bool(long_words) and sum(word[0].isupper() for word in long_words) > 0.7 * len(long_words)


def _overwrite(text: str, spans: list[Span]) -> str:
    if not spans:
        return text
    chars = list(text)
    for start, end in spans:
        chars[start:end] = _blank(end - start)
    return "".join(chars)


def _blank(size: int) -> str:
    """Return a word of that length that no lexicon holds and that is not in capitals."""
    return "Q" + "x" * (size - 1) if size > 1 else "x"
