"""Fuzz every parser: `python -m tests.fuzz [MINUTES] [--only NAME]`; prints what `finds` shall keep.

Hypothesis draws the inputs; `tests.fuzz.guided` lets coverage guide them.
"""

from __future__ import annotations

import argparse
import sys
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager

from hypothesis import HealthCheck, Phase, Verbosity, given, settings

from tests.fuzz.inputs import inputs
from tests.fuzz.targets import TARGETS, run

ROUND = 200
"""Inputs of one target before the next has its turn."""


def main() -> int:
    """Fuzz for the time asked; return 1 if anything was found."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("minutes", nargs="?", type=float, default=10.0)
    words.add_argument("--only", choices=sorted(TARGETS))
    told = words.parse_args()
    names = [told.only] if told.only else list(TARGETS)
    until = time.monotonic() + 60 * told.minutes
    found: dict[str, str] = {}
    tried = 0
    while time.monotonic() < until:
        for name in names:
            if time.monotonic() > until:
                break
            tried += ROUND
            try:
                _round(name)
            except Exception as error:  # noqa: BLE001 - whatever it is, it is a find
                _tell(name, error, found)
        say(f"{tried:,} inputs, {len(found)} finds, {max(until - time.monotonic(), 0) / 60:.1f} minutes left")
    return 1 if found else 0


def _round(name: str) -> None:
    @settings(
        max_examples=ROUND,
        deadline=None,
        database=None,
        verbosity=Verbosity.quiet,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
        print_blob=False,
    )
    @given(data=inputs())
    def one_round(data: bytes) -> None:
        with _kept(name, data):
            run(name, data)

    one_round()


_last: dict[str, bytes] = {}


@contextmanager
def _kept(name: str, data: bytes) -> Iterator[None]:
    try:
        yield
    except BaseException:
        _last[name] = data  # the smallest comes last, when hypothesis has shrunk it
        raise


def _tell(name: str, error: Exception, found: dict[str, str]) -> None:
    frame = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{name} {type(error).__name__} {frame.filename}:{frame.lineno}"
    if place not in found:
        found[place] = str(error)
        say(f"FOUND {place}: {str(error)[:200]}\n    ({name!r}, {_last.get(name, b'')!r}),")


def say(line: str) -> None:
    """Print at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
