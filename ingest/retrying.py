"""What failed once and may work now: which places to read again, and what became of them. Touches nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from ingest.records import Failure, RawArticle

_PART = re.compile(r":\s?(?:item |record |row |line )?\d+$|: https?://\S+$")
"""How readers name a part of a file: `news.csv:17`, `saved.rss: item 3`, `ngrams.json: address`."""
_PART_OF_ADDRESS = re.compile(r": (?:item|record) \d+$|(?<=csv|tsv|son|onl|uet|.gz):\d+$")
"""How they name a part of what an address holds: `https://a.example/rss: item 3`, `https://a.example/news.csv:17`; not
the port of `https://a.example:80`."""
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Failed:
    """An open failure of the store."""

    failure_id: str
    where: str
    reason: str


@dataclass(kw_only=True)
class Attempt:
    """Failures whose places are read again, and what was seen of those."""

    place_of: dict[Failed, str]
    """The file or address to read again."""
    gone: tuple[Failed, ...]
    """What cannot be tried again: standard input, files that are no longer there."""
    again: dict[str, set[str]] = field(default_factory=dict)
    """Reasons that were seen this time, by place and by part of a place."""
    read: set[str] = field(default_factory=set)
    """Places that were read to their end."""

    @cached_property
    def _parts(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for one, place in self.place_of.items():
            found.setdefault(place, set()).add(one.where)
        return found

    @property
    def places(self) -> tuple[str, ...]:
        """The places, in order, each once."""
        return tuple(self._parts)

    def seen(self, place: str, found: Iterable[RawArticle | Failure]) -> Iterator[RawArticle | Failure]:
        """Pass on what a place holds and remember what fails."""
        wanted = self._parts[place]
        for one in found:
            if isinstance(one, Failure) and (one.where == place or one.where in wanted):
                self.again.setdefault(one.where, set()).add(one.reason)
            yield one
        self.read.add(place)

    def resolved(self) -> list[str]:
        """Return the ids of failures that are over: the place was read, and this did not happen again.

        One that fails for another reason now is over too: the new one is stored in its place. Parts of a place that
        fails as a whole stay open, since nobody saw them.
        """
        return [one.failure_id for one, place in self.place_of.items() if self._is_over(one, place)]

    def _is_over(self, one: Failed, place: str) -> bool:
        seen = place in self.read and (one.where == place or place not in self.again)
        return seen and one.reason not in self.again.get(one.where, ())


def attempt(failed: Iterable[Failed], exists: Callable[[str], bool]) -> Attempt:
    """Plan a new attempt; `exists` tells whether there is a file or folder of this name."""
    place_of, gone = {}, []
    for one in failed:
        if place := _place(one.where, exists):
            place_of[one] = place
        else:
            gone.append(one)
    return Attempt(place_of=place_of, gone=tuple(gone))


def _place(where: str, exists: Callable[[str], bool]) -> str | None:
    if _ADDRESS.match(where):
        return _PART_OF_ADDRESS.sub("", where)
    return next((name for name in (where, _PART.sub("", where)) if name.strip() and exists(name)), None)
