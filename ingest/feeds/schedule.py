"""When a feed is asked again. Pure: the time and the chance are arguments."""

from __future__ import annotations

MAX_BACK_OFF_S = 12 * 3600.0
"""Seconds that back-off alone may reach: a feed that is back is noticed the same day."""
MAX_AHEAD_S = 26 * 3600.0
"""Seconds ahead that a time may lie to be believed; more means that the clock was set back. A Retry-After has a day."""


def next_due(now: float, every_s: float, failures: int, retry_after_s: float | None, chance: float) -> float:
    """Return the time of the next poll after one that ended now with so many failures in a row.

    None failed: after `every_s`. Else after `every_s` doubled with each further failure, up to MAX_BACK_OFF_S, of
    which `chance` (0 to 1) takes off up to a quarter, so that feeds that failed together do not come back together;
    never below `every_s`. In any case not before the server's own Retry-After.
    """
    wait = every_s
    if failures:
        doubled = every_s * 2.0 ** min(failures, 30)
        wait = max(every_s, min(doubled, MAX_BACK_OFF_S) * (1 - chance / 4))
    return now + max(wait, retry_after_s or 0.0)


def is_due(now: float, due: float) -> bool:
    """Tell whether a feed is to be polled."""
    return now >= due or due > now + MAX_AHEAD_S
