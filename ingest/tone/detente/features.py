"""What the fast scorer counts in a masked sentence: words, words between the two countries, pairs of words."""

from __future__ import annotations

from typing import NamedTuple

_FLAT = str.maketrans(
    {chr(code): " " for code in range(128) if not chr(code).isalnum() and chr(code) not in "[]"}
    | {str(digit): "0" for digit in range(10)}
    | {"İ": "I"}  # the only letter whose lower case is longer
    | dict.fromkeys("£€•·†‡¿¡§©®™°", " ")
)


class Stretch(NamedTuple):
    """A masked sentence flattened, and the characters between the first `[A]` and the first `[B]`."""

    text: str
    """Lower case, as long as the sentence plus a space before and after; a space for each punctuation mark."""
    begin: int
    end: int


def flatten(masked: str) -> Stretch:
    """Make words stand between single spaces; two spaces are a punctuation mark, which no pair of words spans."""
    text = f" {masked.translate(_FLAT).lower()} "
    return Stretch(text, text.find("[a]") + 3, text.find("[b]"))


class Features(NamedTuple):
    """The words of a sentence; the slow and plain way, for learning."""

    words: list[str]
    between: list[str]
    pairs: list[str]


def count(masked: str) -> Features:
    """Return all that counts, as `fast` finds it by matching."""
    text, begin, end = flatten(masked)
    words: list[str] = []
    between: list[str] = []
    pairs: list[str] = []
    at = 0
    before = ""
    for word in text.split(" "):
        if word:
            words.append(word)
            if begin <= at < end:
                between.append(word)
            if before:
                pairs.append(f"{before} {word}")
        before = word
        at += len(word) + 1
    return Features(words, between, pairs)
