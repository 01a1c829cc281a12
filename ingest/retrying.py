"""What failed once and may work now: which places to read again, and what became of them. Touches nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from ingest.records import Failure, RawArticle

_PART = re.compile(r"(?::\s?(?:item |record |row |line )?\d+|: https?://\S+)$")
"""How a reader names a part of a place: `news.csv:17`, `https://a.example/rss: item 3`, `file: address`."""
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Failed:
    """An open failure of the store."""

    failure_id: str
    where: str
    reason: str


@dataclass(kw_only=True)
class Attempt:
    """The places that are read again, and what was seen of them."""

    failed: tuple[Failed, ...]
    places: tuple[str, ...]
    """In order, each once."""
    gone: tuple[Failed, ...]
    """Failures that cannot be tried again: standard input, files that are no longer there."""
    again: dict[str, set[str]] = field(default_factory=dict)
    """Reasons that were seen this time, by place and by part of a place."""
    read: set[str] = field(default_factory=set)
    """Places that were read to their end."""

    def seen(self, place: str, found: Iterable[RawArticle | Failure]) -> Iterator[RawArticle | Failure]:
        """Pass on what a place holds and remember what fails."""
        wanted = {one.where for one in self.failed} | {place}
        for one in found:
            if isinstance(one, Failure) and one.where in wanted:
                self.again.setdefault(one.where, set()).add(one.reason)
            yield one
        self.read.add(place)

    def resolved(self) -> list[str]:
        """Return the ids of failures that are over: the place was read, and this did not happen again.

        One that fails for another reason now is over too: the new one is stored in its place. Parts of a place that
        fails as a whole stay open, since nobody saw them.
        """
        return [one.failure_id for one in self.failed if one not in self.gone and self._is_over(one)]

    def _is_over(self, one: Failed) -> bool:
        place = _place(one.where, self.places.__contains__)
        if place is None or place not in self.read:
            return False
        if one.where != place and place in self.again:
            return False
        return one.reason not in self.again.get(one.where, ())


def attempt(failed: Iterable[Failed], exists: Callable[[str], bool]) -> Attempt:
    """Plan a new attempt; `exists` tells whether there is a file or folder of this name."""
    listed = tuple(failed)
    places: dict[str, None] = {}
    gone = []
    for one in listed:
        place = _place(one.where, lambda name: bool(_ADDRESS.match(name)) or exists(name))
        if place is None:
            gone.append(one)
        else:
            places[place] = None
    return Attempt(failed=listed, places=tuple(places), gone=tuple(gone))


def _place(where: str, is_place: Callable[[str], bool]) -> str | None:
    """Return the file or address that a failure is of: what is named, or what it is a part of."""
    part = _PART.search(where)
    whole = where[: part.start()] if part else where
    # An address with a port ends like a line of a file; what is left of it must still be one.
    candidates = [where, whole] if not _ADDRESS.match(where) or part is None else [whole, where]
    if part and _ADDRESS.match(where) and re.search(r"^https?://[^/]*$", where):
        candidates = [where]
    return next((name for name in candidates if name and is_place(name)), None)
