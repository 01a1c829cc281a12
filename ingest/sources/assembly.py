"""Text out of overlapping pieces, each a word with its neighbours: pure.

A piece follows another if it begins as that one ends. Where a whole text was taken apart, each piece shares all but one
word with the next; where pieces are missing, they share fewer. The share of a text at which a piece stands (its decile)
keeps passages apart that say the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

Words = tuple[int, ...]
"""Words, each as a number."""


class Piece(NamedTuple):
    """Some words in a row."""

    at: int
    """Decile of the text in which they stand: 0, 10, … 90."""
    first: bool
    """Nothing stands before them: they begin the text."""
    words: Words


def assemble(pieces: Sequence[Piece], least: int) -> list[list[int]]:
    """Return the passages of a text, in order; one if nothing is missing.

    Two pieces are joined where they share at least `least` words. Each piece is used once; one whose words are all in
    a passage already adds nothing. Takes a time that grows with the number of words in the pieces, whatever they are.
    """
    index = _Index(pieces, least)
    passages: list[list[int]] = []
    contained: dict[int, set[Words]] = {}
    for number in index.order:
        piece = pieces[number]
        if index.used[number] or piece.words in contained.get(len(piece.words), ()):
            continue
        passage, at = list(piece.words), piece.at
        index.use(number)
        if not piece.first:
            _lead_in(passage, at, index)
        _carry_on(passage, at, index)
        passages.append(passage)
        for size in index.sizes if index.left else ():
            contained.setdefault(size, set()).update(_windows(passage, size))
    return passages


class _Index:
    """Pieces by how they begin and end."""

    def __init__(self, pieces: Sequence[Piece], least: int) -> None:
        self.pieces = pieces
        self.least = least
        self.used = [False] * len(pieces)
        self.left = len(pieces)
        self.sizes = sorted({len(piece.words) for piece in pieces})
        self.longest = max(self.sizes, default=0)
        self.deciles = sorted({piece.at for piece in pieces})
        self.order = sorted(range(len(pieces)), key=lambda one: (pieces[one].at, not pieces[one].first, one))

    @cached_property
    def _begins(self) -> dict[tuple[int, Words], list[int]]:
        found: dict[tuple[int, Words], list[int]] = {}
        for number in reversed(self.order):  # so that the last of a list is the first in order
            at, _, words = self.pieces[number]
            for size in range(self.least, len(words)):
                found.setdefault((at, words[:size]), []).append(number)
        return found

    @cached_property
    def _ends(self) -> dict[tuple[int, Words], list[int]]:
        found: dict[tuple[int, Words], list[int]] = {}
        for number in self.order:
            at, _, words = self.pieces[number]
            for size in range(self.least, len(words)):
                found.setdefault((at, words[-size:]), []).append(number)
        return found

    def use(self, number: int) -> None:
        """Take a piece, which can be done once."""
        self.used[number] = True
        self.left -= 1

    def after(self, passage: list[int], at: int) -> tuple[int, int] | None:
        """Find the piece that shares most words with the end of a passage, here or later: its number, and how many."""
        tail = tuple(passage[-self.longest :])
        deciles = [one for one in self.deciles if one >= at]
        for size in range(min(len(tail), self.longest - 1), self.least - 1, -1):
            if (found := self._take(self._begins, deciles, tail[-size:])) is not None:
                return found, size
        return None

    def before(self, passage: list[int], at: int) -> tuple[int, int] | None:
        """Find the piece that shares most words with the beginning of a passage, here or earlier."""
        head = tuple(passage[: self.longest])
        deciles = [one for one in reversed(self.deciles) if one <= at]
        for size in range(min(len(head), self.longest - 1), self.least - 1, -1):
            if (found := self._take(self._ends, deciles, head[:size])) is not None:
                return found, size
        return None

    def _take(self, index: dict[tuple[int, Words], list[int]], deciles: list[int], words: Words) -> int | None:
        for at in deciles:
            waiting = index.get((at, words))
            while waiting:
                number = waiting.pop()
                if not self.used[number]:
                    self.use(number)
                    return number
        return None


def _carry_on(passage: list[int], at: int, index: _Index) -> None:
    while (found := index.after(passage, at)) is not None:
        number, shared = found
        piece = index.pieces[number]
        passage.extend(piece.words[shared:])
        at = piece.at


def _lead_in(passage: list[int], at: int, index: _Index) -> None:
    leading: list[int] = []
    """Backwards."""
    head = passage[: index.longest]
    while (found := index.before(head, at)) is not None:
        number, shared = found
        piece = index.pieces[number]
        new = piece.words[: len(piece.words) - shared]
        leading.extend(reversed(new))
        head = [*new, *head][: index.longest]
        at = piece.at
    passage[:0] = reversed(leading)


def _windows(passage: list[int], size: int) -> set[Words]:
    return {tuple(passage[begin : begin + size]) for begin in range(len(passage) - size + 1)}
