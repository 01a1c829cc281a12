"""GDELT's Web NGrams 3.0: each word of an article with its neighbours, put together to articles again.

One line a word: `{"date", "ngram", "lang", "type", "pos", "pre", "post", "url"}`; `pre` and `post` are up to seven
words around it, `pos` the decile of the article. Type 2 is for languages without spaces: characters in place of words.
There is no headline; `date` is when GDELT saw the article.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator

from ingest.records import Failure, RawArticle
from ingest.sources.assembly import Piece, assemble
from ingest.sources.found import MAX_ARTICLE_BYTES, Found, megabytes
from ingest.text.languages import language_code

LEAST_SHARED = {1: 4, 2: 8}
"""Words, or characters, that two pieces must share to be joined where pieces are missing. Of 300 articles taken apart,
99 % come out exactly; with one row in five left out 98 %, with half of them 87 %, where three words give 92 % and more
sentences that nobody wrote (`tests/sources/test_webngrams.py` measures it on the sample)."""
MAX_ROWS = 3_000_000
"""Rows of one file, held as numbers, 70 bytes each: a file of a quarter of an hour has up to 1.3 million."""
MAX_ARTICLES = 200_000
"""Articles of one file; it has some 2,000."""
MAX_CHARACTERS = 200_000_000
"""Characters of all the different words of a file, each counted once and with 50 more for what it takes to keep it."""
MAX_ROWS_OF_ARTICLE = 30_000
"""Rows of one article: a page of the longest report has 20,000 words."""
_MOST_AROUND = {1: 10, 2: 40}
"""Words, or characters, before and after that are looked at; there are seven words."""
_KEYS = frozenset({"ngram", "pre", "post", "url"})
_WRAPPED = " / "
"""In the first two deciles `pre` may hold the end of the page, and this, in front of the beginning."""


def is_ngram(row: object) -> bool:
    """Tell a row of Web NGrams from an article."""
    return isinstance(row, dict) and row.keys() >= _KEYS


def read_ngrams(rows: Iterable[tuple[str, object]], where: str) -> Iterator[Found]:
    """Yield one article per address, and one failure per row that is none; holds the rows of a file as numbers.

    Passages that do not join, because rows are missing, stand as paragraphs of their own: no sentence is made up.
    """
    words = _Words()
    articles: dict[str, _Rows] = {}
    for number, (place, row) in enumerate(rows):
        if number >= MAX_ROWS or len(articles) > MAX_ARTICLES or words.characters > MAX_CHARACTERS:
            yield Failure(where=where, reason=f"too large for a file of n-grams; its {number:,} first rows are read")
            break
        found = _piece(row, words)
        if isinstance(found, str):
            yield Failure(where=place, reason=found)
            continue
        url, kind, date, language, piece = found
        if url not in articles:
            articles[url] = _Rows(kind, date, language)
        articles[url].add(piece)
    for url in list(articles):
        yield _article(url, articles.pop(url), words, where)


class _Words:
    """Numbers for words, in order of appearance."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._words: list[str] = []
        self.characters = 0

    def numbers(self, words: Iterable[str]) -> tuple[int, ...]:
        return tuple([self._number(word) for word in words])

    def text(self, numbers: Iterable[int], between: str) -> str:
        return between.join([self._words[number] for number in numbers])

    def _number(self, word: str) -> int:
        number = self._numbers.setdefault(word, len(self._words))
        if number == len(self._words):
            self._words.append(word)
            self.characters += len(word) + 50
        return number


class _Rows:
    """The rows of one article: for each its decile, whether it begins, its length, and its words."""

    def __init__(self, kind: int, date: str | None, language: str | None) -> None:
        self.kind, self.date, self.language = kind, date, language
        self.count = 0
        self._numbers = array("I")

    def add(self, piece: Piece) -> None:
        self.count += 1
        if self.count <= MAX_ROWS_OF_ARTICLE:
            self._numbers.extend((piece.at, piece.first, len(piece.words), *piece.words))

    def pieces(self) -> list[Piece]:
        found, begin, numbers = [], 0, self._numbers
        while begin < len(numbers):
            at, first, size = numbers[begin : begin + 3]
            found.append(Piece(at, bool(first), tuple(numbers[begin + 3 : begin + 3 + size])))
            begin += 3 + size
        return found


def _piece(row: object, words: _Words) -> tuple[str, int, str | None, str | None, Piece] | str:
    """Return address, type, date, language and piece of a row, or why it has none."""
    if isinstance(row, Failure):
        return row.reason
    if not isinstance(row, dict) or not is_ngram(row):
        return "not a row of n-grams; expected ngram, pre, post and url"
    url, ngram, pre, post = row["url"], row["ngram"], row["pre"], row["post"]
    if not (isinstance(url, str) and url.startswith(("http://", "https://"))):
        return "the row has no url that is an address"
    if not (isinstance(ngram, str) and isinstance(pre, str) and isinstance(post, str)):
        return "ngram, pre and post are not all text"
    kind = 2 if row.get("type") in {2, "2"} else 1
    at = row.get("pos", 0)
    at = min(int(at), 90) // 10 * 10 if isinstance(at, int | str) and re.fullmatch(r"[0-9]{1,3}", str(at)) else 0
    if at < 20 and _WRAPPED in pre:
        pre = pre.rpartition(_WRAPPED)[2]
    before, after = (part.split() if kind == 1 else list("".join(part.split())) for part in (pre, post))
    middle = ngram.split() if kind == 1 else list("".join(ngram.split()))
    most = _MOST_AROUND[kind]
    if not 0 < len(middle) <= most:
        return "the ngram is empty" if not middle else "the ngram is longer than any word"
    told = [*before[-most:], *middle, *after[:most]]
    date, language = row.get("date"), row.get("lang")
    piece = Piece(at, not before, words.numbers(told))
    return url, kind, str(date) if date else None, language if isinstance(language, str) else None, piece


def _article(url: str, rows: _Rows, words: _Words, where: str) -> Found:
    place = f"{where}: {url}"
    if rows.count > MAX_ROWS_OF_ARTICLE:
        return Failure(
            where=place, reason=f"{rows.count:,} rows of n-grams; an article has {MAX_ROWS_OF_ARTICLE:,} at most"
        )
    passages = assemble(rows.pieces(), LEAST_SHARED[rows.kind])
    text = "\n\n".join(words.text(passage, " " if rows.kind == 1 else "") for passage in passages)
    if len(text) > MAX_ARTICLE_BYTES:
        reason = f"text of {megabytes(len(text))}; an article has at most {megabytes(MAX_ARTICLE_BYTES)}"
        return Failure(where=place, reason=reason)
    return RawArticle(text=text, where=place, url=url, published=rows.date, language=language_code(rows.language))
