"""Find the names in a sentence, so that no name carries tone: "Friendship 2017", Ministry of "Defense", "Zatulin"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from ingest.data_files import data_dir
from ingest.records import Span

_CAPITAL = re.compile(r"([A-ZÀ-ÖØ-Þ](?<![\w'].)\w*(?:['-][A-ZÀ-ÖØ-Þ0-9]\w*)*)(?:[ -]\d+\b)?")
"""A word with a capital ("Jong-Un", "O'Brien", "NATO" of "NATO's" and of "NATO-led"), and what a name ends with
("Friendship 2017")."""
_JOINS = frozenset([" ", "-", " of ", " of the ", " for ", " for the ", " al ", " de ", " & "])
"""What stands between two words of one name."""
_BEFORE_FIRST = frozenset('".:;!?([-/|*•')
"""What stands before a word that has its capital from its place."""
_TITLE = re.compile(r"\"[A-ZÀ-ÖØ-Þ][\w'-]*(?: [A-ZÀ-ÖØ-Þ0-9][\w'-]*)+,?\"")
"""Two words or more in quotation marks, all with capitals: what something is called."""
_SMALL = re.compile(
    r"\b(?!(?:with|from|into|over|onto|upon|than|amid|near|after|under|about|above|against|among|between|before|behind|"
    r"beyond|despite|during|inside|outside|since|through|toward|towards|until|while|within|without)\b)[a-zß-ÿ]{4,}\b"
)
"""A word in small letters that a headline in title case would not write so: where there is none, capitals tell
nothing."""
KINDS = frozenset(
    """President Vice Prime Minister Ministers Foreign Secretary Deputy Chancellor Premier King Queen Prince Princess
    Ambassador Envoy Consul Senator Governor Mayor Chairman Speaker Director Spokesman Spokeswoman General Gen Colonel
    Captain Commander Lieutenant Major Mr Mrs Ms Dr Sir Pope Sheikh Emir Sultan Ayatollah Professor
    Monday Tuesday Wednesday Thursday Friday Saturday Sunday Mon Tue Wed Thu Fri Sat Sun
    January February March April May June July August September October November December
    Jan Feb Mar Apr Jun Jul Aug Sept Sep Oct Nov Dec I A""".split()
)
"""Words with a capital that name nobody: titles, days and months. None of them is in VADER's lexicon."""


def find_names(text: str, countries: Iterable[Span]) -> list[Span]:
    """Return where `text` (a sentence in plain typography) has names other than those at `countries`, in order.

    A capital tells a name but at the beginning of a sentence or a quotation and in headlines; there a word is a
    name unless it is one of the common words of news (`data/words`).
    """
    # A country's characters become such as no name has.
    bare = _without(text, countries)
    capitals = [(found[1], *found.span()) for found in _CAPITAL.finditer(bare)]
    if not capitals:
        return []
    headline = _SMALL.search(bare) is None
    titles = [found.span() for found in _TITLE.finditer(bare)] if '"' in bare else []
    common = common_words()
    names: list[Span] = []
    last = -1
    for word, start, end in capitals:
        if word in KINDS:
            continue
        doubtful = headline or word.isupper() or _comes_first(bare, start)
        if doubtful and word.lower() in common and not any(begin < start < stop for begin, stop in titles):
            continue
        joined = last >= 0 and bare[last:start] in _JOINS
        names.append(Span(names.pop().start if joined else start, end))
        last = end
    return names


def hide_names(text: str, countries: Iterable[Span]) -> str:
    """Return `text` (a sentence in plain typography) with the countries and every other name overwritten.

    Each by a word of its length that no lexicon holds and that is not in capitals, so that offsets stay true.
    """
    countries = set(countries)
    return hide(text, (*countries, *find_names(text, countries)))


def hide(text: str, spans: Iterable[Span]) -> str:
    """Overwrite spans with words of their length that no lexicon holds; one within another is part of it."""
    parts: list[str] = []
    done = 0
    for start, end in sorted(spans):
        if start >= done:
            parts += (text[done:start], _blank(end - start))
            done = end
        elif end > done:
            parts.append("x" * (end - done))
            done = end
    parts.append(text[done:])
    return "".join(parts)


def _blank(size: int) -> str:
    return "Q" + "x" * (size - 1) if size > 1 else "x" * size


@cache
def common_words() -> frozenset[str]:
    """Return words that news writes small more often than not."""
    return frozenset(data_dir().joinpath("words", "common.txt").read_text(encoding="utf-8").split())


def _without(text: str, spans: Iterable[Span]) -> str:
    """Overwrite spans with what no name has."""
    parts: list[str] = []
    done = 0
    for start, end in sorted(spans):
        if start >= done:
            parts += (text[done:start], "_" * (end - start))
            done = end
    parts.append(text[done:])
    return "".join(parts)


def _comes_first(text: str, start: int) -> bool:
    """Look at the last character that is no space; one space at most where typography is as it should be."""
    if start > 2:  # mostly a word and a space
        last = text[start - 1]
        if last == " ":
            last = text[start - 2]
        if not last.isspace():
            return last in _BEFORE_FIRST
    before = text[max(0, start - 3) : start].rstrip()
    return before[-1] in _BEFORE_FIRST if before else start < 4
