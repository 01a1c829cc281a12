"""What long steps say while they run."""

from __future__ import annotations

import sys
import time


def say(line: str) -> None:
    """Write a line with the time to standard error, at once."""
    sys.stderr.write(f"{time.strftime('%H:%M:%S')} {line}\n")
    sys.stderr.flush()
