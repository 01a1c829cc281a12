"""What a text says, apart from how it says it: names, numbers, quoted speech and rare words. Pure.

Two texts in other words about one event share these; two texts about one topic share only some of the names.
"""

from __future__ import annotations

import re
from collections import Counter
from math import log
from typing import NamedTuple
from zlib import crc32

from ingest.stories.rarity import UNLISTED, rarities

NAME, NUMBER, QUOTE, WORD = range(4)
"""Kinds of term, kept in the two lowest bits of its hash."""

KEPT = 64
"""Terms kept of a text, the heaviest: a long one has hundreds, most of which its rewrites leave out."""

LEAD = 60
"""Words at the begin that say what the news is; their terms count double."""

SLOTS = 48
"""Places kept in which a text names a number or a name."""


class Told(NamedTuple):
    """What one text says."""

    words: list[str]
    """Casefolded, in order: what shingles are made of."""
    terms: dict[int, float]
    """Hash of a term -> how much it tells; at most `KEPT`."""
    lead: frozenset[int]
    """Those of the terms that stand in the first `LEAD` words."""
    slots: dict[int, int]
    """Hash of the words around a name or number -> hash of that name or number."""


_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:-[^\W\d_]+)*|[.!?:;\n\"“”«»()]|(?<!\w)''?|[–—]")
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])['’ʼ](?=[^\W\d_])")
_SMALL = {
    word: str(number)
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen twenty".split()
    )
}
_TENS = {"thirty": "30", "forty": "40", "fifty": "50", "sixty": "60", "seventy": "70", "eighty": "80", "ninety": "90"}
_WRITTEN = _SMALL | _TENS
_NO_NAMES = frozenset(
    "i the a an in on at he she it they we but and for its his her mr mrs ms dr sir president minister prime foreign "
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december no yes this that these those there if when while after before as by from "
    "with to of or so not what who how why where our my your their you us".split()
)
"""Capitalised words that name nobody in particular."""

_OPENING, _CLOSING, _STRAIGHT = frozenset("“«"), frozenset("”»"), '"'
_LONGEST_QUOTE = 80
"""Words after which an opening mark that was never closed (broken marks are common) ends."""


def tell(text: str) -> Told:
    """Read the words, telling terms and slots of a text in one pass."""
    tokens = _TOKEN.findall(_APOSTROPHE.sub("", text))
    folded = [token.casefold() for token in tokens]
    rarity = rarities()
    words: list[str] = []
    heavy: Counter[int] = Counter()
    weight: dict[int, float] = {}
    in_lead: set[int] = set()
    quoted: list[str] | None = None
    fresh = True  # at the begin of a sentence
    for token, low in zip(tokens, folded, strict=True):
        first = token[0]
        if not first.isalnum():
            if token in _OPENING or (token == _STRAIGHT and quoted is None):
                quoted = []
            elif token in _CLOSING or token == _STRAIGHT:
                quoted = None
            fresh = token in '.!?:\n"“”' or (fresh and token in "()")
            continue
        words.append(low)
        term = None
        if first.isdigit() or low in _WRITTEN:
            number = _WRITTEN.get(low) or low.replace(",", "")
            term = crc32(number.encode()) & ~3 | NUMBER
            if term not in weight:
                weight[term] = _number_weight(number)
        elif first.isupper() and low not in _NO_NAMES and (not fresh or rarity.get(low, UNLISTED) > _SURELY_RARE):
            term = crc32(_stem(low).encode()) & ~3 | NAME
            if term not in weight:
                weight[term] = rarity.get(low, UNLISTED)
        elif len(low) > 3 and (rare := rarity.get(low, UNLISTED)) > _RARE:
            term = crc32(_stem(low).encode()) & ~3 | WORD
            if term not in weight:
                weight[term] = rare * _WORD_SHARE
        if term is not None:
            heavy[term] += 1
            if len(words) <= LEAD:
                in_lead.add(term)
        if quoted is not None:
            quoted.append(low)
            if len(quoted) >= _QUOTE_WORDS:
                run = " ".join(quoted[-_QUOTE_WORDS:])
                term = crc32(run.encode()) & ~3 | QUOTE
                weight[term] = _QUOTE_WEIGHT
                heavy[term] = 1
            if len(quoted) > _LONGEST_QUOTE:
                quoted = None
        fresh = False
    told = {
        term: weight[term] * (1 + log(count)) * (2 if term in in_lead else 1)
        for term, count in heavy.items()
        if weight[term] > 0
    }
    if len(told) > KEPT:
        told = dict(sorted(told.items(), key=lambda one: (-one[1], one[0]))[:KEPT])
    return Told(words, told, frozenset(in_lead & told.keys()), _slots(tokens, folded))


_SURELY_RARE = 7.0
"""Rarity from which a capitalised first word of a sentence is a name: in fewer than 107 of the 117,261 items."""

_RARE = 4.5
"""Rarity from which a common word tells something: in fewer than 1,300 of the items ("said", "forces" are in more)."""

_WORD_SHARE = 0.4
"""A rare word tells less than an equally rare name: writers choose words, not names."""

_QUOTE_WORDS = 4
"""Words of quoted speech that make a term."""

_QUOTE_WEIGHT = 4.0
"""What a run of quoted words tells; a sentence of speech has several."""


def _number_weight(number: str) -> float:
    """Say what a number tells: the more digits the more, years and numbers to ten almost nothing."""
    digits = len(number.replace(".", "").strip("0"))
    if len(number) == 4 and number[:2] in {"19", "20"}:
        return 1.0
    if "." in number or digits >= 3:
        return 8.0
    return 5.0 if digits == 2 else 2.0


def _stem(word: str) -> str:
    """Cut what English adds to a word: Russians, Russian."""
    for end in ("ing", "ed", "es", "s"):
        if word.endswith(end) and len(word) - len(end) >= 4:
            return word[: -len(end)]
    return word


def _slots(tokens: list[str], folded: list[str]) -> dict[int, int]:
    """Return which name or number stands between which two words, for places that occur once."""
    found: dict[int, int] = {}
    twice: set[int] = set()
    last = len(tokens)
    at = 0
    while at < last:
        if not _is_fact(tokens[at], folded[at]):
            at += 1
            continue
        end = at + 1
        while end < last and _is_fact(tokens[end], folded[end]):
            end += 1
        before = folded[at - 1] if at else ""
        after = folded[end] if end < last else ""
        if before.isalpha() or after.isalpha():
            slot = crc32(f"{before}|{after}".encode())
            if slot in found:
                twice.add(slot)
            found[slot] = crc32(" ".join(folded[at:end]).encode())
        at = end
    kept = sorted(slot for slot in found if slot not in twice)[:SLOTS]
    return {slot: found[slot] for slot in kept}


def _is_fact(token: str, low: str) -> bool:
    return token[0].isdigit() or low in _WRITTEN or (token[0].isupper() and low not in _FUNCTION)


_FUNCTION = _NO_NAMES - frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december".split()
)
"""Capitalised words that are no fact where they stand; days are: the same report of another day is another report."""
