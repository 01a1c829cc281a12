"""Split a text into sentences with their character offsets."""

from __future__ import annotations

from sentencex import segment

from ingest.records import Span

LONGEST = 1_500
"""Characters; a longer "sentence" is a table or a broken page, and no evidence."""


def split_sentences(text: str) -> list[Span]:
    """Return the sentences as ranges without surrounding space; line breaks always end a sentence."""
    spans: list[Span] = []
    start = 0
    for piece in segment("en", text):
        spans += lines_of(piece, start)
        start += len(piece)
    return spans


def lines_of(piece: str, start: int) -> list[Span]:
    """Return the lines of a piece of text that begins at `start`, without surrounding space; empty ones not."""
    if "\n" not in piece:
        stripped = piece.strip()
        if not stripped:
            return []
        start += piece.index(stripped[0])
        return [Span(start, start + len(stripped))]
    spans: list[Span] = []
    for line in piece.split("\n"):
        stripped = line.strip()
        if stripped:
            at = start + line.index(stripped[0])
            spans.append(Span(at, at + len(stripped)))
        start += len(line) + 1
    return spans
