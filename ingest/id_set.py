"""A large set of 64-bit identifiers at 8 bytes each: the ids a store already has."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

Ids = npt.NDArray[np.uint64]

_MERGE_AT = 50_000
"""Recent ids kept in a hash set before they are merged: a merge costs O(n), so it must be rare."""


class IdSet:
    """Identifiers written as 16 hexadecimal digits."""

    def __init__(self) -> None:
        self._sorted: Ids = np.empty(0, dtype=np.uint64)
        self._recent: set[int] = set()

    def __len__(self) -> int:
        return len(self._sorted) + len(self._recent)

    def __contains__(self, identifier: str) -> bool:
        number = int(identifier, 16)
        if number in self._recent:
            return True
        at = int(np.searchsorted(self._sorted, np.uint64(number)))
        return at < len(self._sorted) and int(self._sorted[at]) == number

    def update(self, identifiers: Iterable[str]) -> None:
        """Add identifiers; those already there change nothing."""
        new = {int(identifier, 16) for identifier in identifiers}
        if len(new) + len(self._recent) < _MERGE_AT:
            self._recent |= {number for number in new if not self._is_sorted_in(number)}
            return
        numbers = np.fromiter(new | self._recent, dtype=np.uint64)
        self._sorted = np.union1d(self._sorted, numbers)
        self._recent = set()

    def _is_sorted_in(self, number: int) -> bool:
        at = int(np.searchsorted(self._sorted, np.uint64(number)))
        return at < len(self._sorted) and int(self._sorted[at]) == number
