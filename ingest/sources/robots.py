"""What a site's robots.txt allows (RFC 9309); fetches it through the function it is given."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias
from urllib.parse import urlsplit

from protego import Protego

from ingest.errors import LaterError, RefusedError, SourceError

AGENT = "Detente"
"""The name that robots.txt files know us by."""
MAX_ROBOTS_BYTES = 512_000
"""Bytes of a robots.txt that are read; RFC 9309 asks for at least 500 KiB."""
KEPT_S = 24 * 3600.0
"""Seconds for which an answer is kept; RFC 9309 allows a day."""
KEPT_AFTER_ERROR_S = 600.0
"""Seconds for which "unreachable" is kept."""
MAX_DELAY_S = 30.0
"""Seconds between requests that a site may ask for at most."""
MAX_KEPT = 1_000
"""Hosts whose rules are remembered, so that a watch of many days needs no more memory; 80 feeds name about 150."""

Rules: TypeAlias = dict[str, tuple[float, Protego | str]]
"""By scheme and host: until when the answer holds, and the rules or why they cannot be had."""


class Robots:
    """Remembers the robots.txt of each host."""

    def __init__(self, fetch: Callable[[str], str], clock: Callable[[], float], kept: Rules | None = None) -> None:
        """Use `fetch` to get a text, empty if there is none; it raises SourceError if that is unknown.

        `kept` is a memory that several share.
        """
        self._fetch = fetch
        self._clock = clock
        self._kept: Rules = {} if kept is None else kept

    def check(self, url: str) -> None:
        """Raise RefusedError if the site asks not to be read there, LaterError if it cannot be asked."""
        rules = self._rules(url)
        if isinstance(rules, str):
            raise LaterError(f"{url} is not fetched: its robots.txt cannot be read ({rules}); try again later")
        if not rules.can_fetch(url, AGENT):
            raise RefusedError(f"{url} is not fetched: the site's robots.txt asks programs to stay away from it")

    def delay_s(self, url: str) -> float:
        """Return the seconds between requests that the site asks for; 0 if it does not."""
        kept = self._kept.get(_origin(url))
        if kept is None or isinstance(kept[1], str):
            return 0.0
        return min(kept[1].crawl_delay(AGENT) or 0.0, MAX_DELAY_S)

    def _rules(self, url: str) -> Protego | str:
        origin = _origin(url)
        now = self._clock()
        kept = self._kept.get(origin)
        if kept and now < kept[0]:
            return kept[1]
        rules: Protego | str
        try:
            rules = Protego.parse(self._fetch(f"{origin}/robots.txt"))
        except RefusedError:
            raise  # the address itself is refused: that is the better reason
        except SourceError as error:
            rules = str(error)
        while len(self._kept) >= MAX_KEPT:
            self._kept.pop(next(iter(self._kept), origin), None)
        self._kept[origin] = (now + (KEPT_AFTER_ERROR_S if isinstance(rules, str) else KEPT_S), rules)
        return rules


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
