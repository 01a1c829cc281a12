"""What a text says, apart from how it says it: names, numbers, quoted speech and rare words. Pure.

Two texts in other words about one event share these; two texts about one topic share only some of the names.
"""

from __future__ import annotations

import re
from functools import lru_cache
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

READ = 700
"""Words and marks at the begin that terms are taken from: all of most articles, and not all of the longest."""

SLOTS = 48
"""Places kept in which a text names a number or a name."""


class Told(NamedTuple):
    """What one text says."""

    words: list[int]
    """Hash of each word, casefolded, in order: what shingles are made of."""
    terms: dict[int, float]
    """Hash of a term -> how much it tells; at most `KEPT`."""
    lead: frozenset[int]
    """Those of the terms that stand in the first `LEAD` words."""
    slots: dict[int, int]
    """Hash of the words around a name or number -> hash of that name or number."""


class Token(NamedTuple):
    """A word, number or mark, and what can be said of it without its neighbours."""

    low: str
    hash: int
    kind: int
    """NAME, NUMBER or WORD; `PLAIN` if it tells nothing, `MARK` for punctuation."""
    term: int
    weight: float
    sure: bool
    """A name even at the begin of a sentence."""
    fact: bool
    """What another report in the same words would have another of: a name, a number, a day."""


PLAIN, MARK = -1, -2
"""What a token is that is no term: a common word, a mark between words."""

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’ʼ-][^\W\d_]+)*|[.!?:;\n\"“”«»(]")
_APOSTROPHES = str.maketrans("", "", "'’ʼ")
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

_OPENING, _STRAIGHT = frozenset("“«"), '"'
_LONGEST_QUOTE = 80
"""Words after which an opening mark that was never closed (broken marks are common) ends."""


def tell(text: str) -> Told:
    """Read the words, telling terms and slots of a text."""
    every = [_look(token) for token in _TOKEN.findall(text)]
    words = [token[1] for token in every if token[2] != MARK]
    tokens = every[:READ]
    places = [at for at, token in enumerate(tokens) if token[2] != MARK]
    lead_end = places[LEAD - 1] if len(places) >= LEAD else len(tokens)
    counts: dict[int, int] = {}
    weights: dict[int, float] = {}
    in_lead: set[int] = set()
    for at, (_, _, kind, term, weight, sure, _) in enumerate(tokens):
        if kind < 0 or (not sure and (at == 0 or tokens[at - 1][0] in _BEFORE_A_SENTENCE)):
            continue
        counts[term] = counts.get(term, 0) + 1
        weights[term] = weight
        if at <= lead_end:
            in_lead.add(term)
    told = {term: weights[term] * (1 + log(count)) * (2 if term in in_lead else 1) for term, count in counts.items()}
    told.update(_quoted(tokens))
    if len(told) > KEPT:
        told = dict(sorted(told.items(), key=_heaviest_first)[:KEPT])
    return Told(words, told, frozenset(in_lead & told.keys()), _slots(every))


def _heaviest_first(term: tuple[int, float]) -> tuple[float, int]:
    return -term[1], term[0]


@lru_cache(maxsize=200_000)
def _look(token: str) -> Token:
    low = token.casefold().translate(_APOSTROPHES)
    code = crc32(low.encode("utf-8", "surrogatepass"))
    first = token[0]
    if not first.isalnum():
        return Token(low, code, MARK, 0, 0.0, True, False)
    if first.isdigit() or low in _WRITTEN:
        number = _WRITTEN.get(low) or low.replace(",", "")
        return Token(low, code, NUMBER, crc32(number.encode()) & ~3 | NUMBER, _number_weight(number), True, True)
    rare = rarities().get(low, UNLISTED)
    if first.isupper() and low not in _NO_NAMES:
        return Token(low, code, NAME, _term(low, NAME), rare, rare > _SURELY_RARE, low not in _FUNCTION)
    if len(low) > 3 and rare > _RARE and not first.isupper():
        return Token(low, code, WORD, _term(low, WORD), rare * _WORD_SHARE, True, False)
    return Token(low, code, PLAIN, 0, 0.0, True, first.isupper() and low not in _FUNCTION)


def _term(low: str, kind: int) -> int:
    return crc32(_stem(low).encode("utf-8", "surrogatepass")) & ~3 | kind


def _quoted(tokens: list[Token]) -> dict[int, float]:
    """Return the runs of words between quotation marks as terms."""
    found: dict[int, float] = {}
    marks = [at for at, token in enumerate(tokens) if token[2] == MARK and token[0] in _QUOTES]
    opened: int | None = None
    for at in [*marks, len(tokens)]:
        mark = tokens[at][0] if at < len(tokens) else ""
        if opened is not None and (mark != _STRAIGHT or at - opened > 1):
            words = [token[1] for token in tokens[opened + 1 : at][:_LONGEST_QUOTE] if token[2] != MARK]
            for begin in range(len(words) - _QUOTE_WORDS + 1):
                found[crc32(repr(words[begin : begin + _QUOTE_WORDS]).encode()) & ~3 | QUOTE] = _QUOTE_WEIGHT
        opened = at if mark in _OPENING or (mark == _STRAIGHT and opened is None) else None
    return found


_BEFORE_A_SENTENCE = frozenset('.!?:\n"“”(')
_QUOTES = frozenset('"“”«»')

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


def _slots(tokens: list[Token]) -> dict[int, int]:
    """Return which name or number stands between which two words, for places that occur once."""
    found: dict[int, int] = {}
    twice: set[int] = set()
    end = 0
    for at, token in enumerate(tokens):
        if not token[6] or at < end:
            continue
        end = at + 1
        while end < len(tokens) and tokens[end][6]:
            end += 1
        before = tokens[at - 1] if at else _NOTHING
        after = tokens[end] if end < len(tokens) else _NOTHING
        if before[2] == after[2] == MARK:
            continue
        slot = crc32(f"{before[1]}|{after[1]}".encode())
        if slot in found:
            twice.add(slot)
        found[slot] = crc32(repr([one[1] for one in tokens[at:end]]).encode())
    kept = sorted(found.keys() - twice)[:SLOTS]
    return {slot: found[slot] for slot in kept}


_NOTHING = Token("", 0, MARK, 0, 0.0, True, False)
_FUNCTION = _NO_NAMES - frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december".split()
)
"""Capitalised words that are no fact where they stand; days are: the same report of another day is another report."""
