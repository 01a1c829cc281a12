"""A match and the text around it, as rules look at it."""

from __future__ import annotations

import re
from typing import NamedTuple

Countries = tuple[str, ...]
NOBODY: Countries = ()


class Around(NamedTuple):
    """A match and what surrounds it."""

    text: str
    start: int
    end: int
    countries: Countries
    """What the form would mean if nothing spoke against it."""
    certain: frozenset[str]
    """Countries that the text names elsewhere without any doubt."""

    def before(self, size: int = 60) -> str:
        """Return up to `size` characters before the match."""
        return self.text[max(0, self.start - size) : self.start]

    def after(self, size: int = 60) -> str:
        """Return up to `size` characters after the match."""
        return self.text[self.end : self.end + size]

    @property
    def word_before(self) -> str:
        """The word just before on the same line, separated by one space; else empty."""
        found = _LAST_WORD.search(self.before(40))
        return found.group(1) if found else ""

    @property
    def word_after(self) -> str:
        """The word just after, separated by one space; else empty."""
        found = _NEXT_WORD.match(self.after(40))
        return found.group(1) if found else ""


_LAST_WORD = re.compile(r"(?:^|[\s\"“‘(—–-])([^\W\d_][\w.'’-]*) $")
_NEXT_WORD = re.compile(r" ([^\W\d_][\w'’-]*)")
