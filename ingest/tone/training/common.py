"""Step 0 of learning: the words that news writes small more often than with a capital, so that they are no names."""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path

from ingest.tone.sentences import split_sentences
from ingest.tone.training.examples import CORPORA, texts

LEAST = 8
"""Times a word must be seen in small letters."""

_WORD = re.compile(r"[^\W\d_][^\W\d_]+")


def common(shared: Path, out: Path) -> None:
    """Count the words of the corpora, but for the first of each sentence, and write the common ones, one a line."""
    small: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    for name, text, _, _ in texts(shared):
        if not name.startswith(CORPORA):
            continue
        for start, end in split_sentences(text):
            words = _WORD.findall(text[start:end])[1:]
            small.update(word for word in words if word.islower())
            capital.update(word.lower() for word in words if not word.islower())
    kept = sorted(word for word, seen in small.items() if seen >= LEAST and seen > capital[word])
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text("\n".join(kept) + "\n", encoding="utf-8")
    sys.stderr.write(f"{out.name}: {len(kept):,} words\n")


if __name__ == "__main__":
    common(*map(Path, sys.argv[1:3]))
