"""Split a text into sentences with their character offsets."""

from __future__ import annotations

from sentencex import get_sentence_boundaries

from ingest.records import Span

LONGEST = 1_500
"""Characters; a longer "sentence" is a table or a broken page, and no evidence."""


def split_sentences(text: str) -> list[Span]:
    """Return the sentences as ranges without surrounding space; line breaks always end a sentence."""
    spans: list[Span] = []
    for boundary in get_sentence_boundaries("en", text):
        start, sentence = boundary["start_index"], boundary["text"]
        for line in sentence.split("\n") if "\n" in sentence else (sentence,):
            stripped = line.strip()
            if stripped:
                at = start + line.index(stripped[0])
                spans.append(Span(at, at + len(stripped)))
            start += len(line) + 1
    return spans
