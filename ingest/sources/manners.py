"""What all threads must know to be polite to a host: when it was last asked, its rules, whether it wants peace.

Thread-safe; asks nobody, and reads no clock but the one it is given.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from threading import Lock

from ingest.sources.robots import Rules

MIN_DELAY_S = 1.0
"""Seconds between two requests to one host."""
TROUBLES = 3
"""Failed requests in a row (no answer, 5xx) after which a watch leaves a host alone for REST_S."""
REST_S = 300.0
"""Seconds of peace for a host in trouble, so that one that hangs does not hold a thread 20 s for each page."""
MAX_REST_S = 24 * 3600.0
"""Seconds that a Retry-After may ask for at most."""
MAX_HOSTS = 2_000
"""Hosts that are remembered."""


@dataclass(kw_only=True, slots=True)
class _Host:
    last: float | None = None
    """When the last request began, or will."""
    delay_s: float = 0.0
    """Between two requests, as the last one had it."""
    rest: float = 0.0
    """Until when it wants peace."""
    troubles: int = 0
    """Failed requests in a row."""


class Manners:
    """Shared by every `Web` of a process that may ask the same hosts."""

    def __init__(
        self,
        *,
        clock: Callable[[], float] = time.monotonic,
        min_delay_s: float = MIN_DELAY_S,
        troubles: int | None = None,
    ) -> None:
        """Know nobody yet; after so many `troubles` in a row a host is left alone (None: it is asked on and on)."""
        self.clock = clock
        self.rules: Rules = {}
        """Kept by `Robots`."""
        self._min_delay_s = min_delay_s
        self._troubles = troubles
        self._hosts: dict[str, _Host] = {}
        self._lock = Lock()

    def take_turn(self, host: str, delay_s: float) -> float:
        """Book the next request to a host that asks for this delay; return the seconds to wait before it."""
        with self._lock:
            known, now = self._host(host), self.clock()
            known.delay_s = max(self._min_delay_s, delay_s)
            known.last = now if known.last is None else max(now, known.last + known.delay_s)
            return known.last - now

    def ready_at(self, host: str) -> float:
        """Return when the next request to a host may begin, by this clock."""
        with self._lock:
            found = self._hosts.get(host)
            return found.last + found.delay_s if found and found.last is not None else self.clock()

    def rests_s(self, host: str) -> float:
        """Return for how many seconds more a host is to be left alone; 0: it may be asked."""
        with self._lock:
            found = self._hosts.get(host)
            return max(0.0, found.rest - self.clock()) if found else 0.0

    def answered(self, host: str) -> None:
        """Forget the troubles of a host."""
        with self._lock:
            self._host(host).troubles = 0

    def troubled(self, host: str, retry_after_s: float | None) -> None:
        """Leave a host alone for as long as it asks, or for a while after several troubles in a row."""
        with self._lock:
            known = self._host(host)
            known.troubles += 1
            if retry_after_s is None and self._troubles and known.troubles >= self._troubles:
                retry_after_s = REST_S
            if retry_after_s is not None:
                known.rest = max(known.rest, self.clock() + min(retry_after_s, MAX_REST_S))

    def _host(self, host: str) -> _Host:
        found = self._hosts.get(host)
        if found is None:
            while len(self._hosts) >= MAX_HOSTS:
                del self._hosts[next(iter(self._hosts))]
            found = self._hosts[host] = _Host()
        return found


def retry_after_s(told: str | None, now: datetime) -> float | None:
    """Read a Retry-After (RFC 9110: seconds, or a date) as seconds from now, never below 0; None if it says nothing."""
    told = (told or "").strip()
    if told.isascii() and told.isdigit():
        return min(float(told[:12]), MAX_REST_S)
    try:
        when = parsedate_to_datetime(told)
        wait = (when.replace(tzinfo=UTC) if when.tzinfo is None else when) - now
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return min(max(0.0, wait.total_seconds()), MAX_REST_S)
