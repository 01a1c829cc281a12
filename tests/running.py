"""The real `detente` command in a real process."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

COMMAND: Final = [sys.executable, "-c", "from ingest.cli import main; main()"]
_ENVIRONMENT: Final = {
    **{name: value for name, value in os.environ.items() if not name.startswith("DETENTE_")},
    "NO_COLOR": "1",
    "COLUMNS": "200",
    "DETENTE_WORKERS": "1",  # a hundred commands with a pool each would take minutes; tests of the pool say so
    "PYTHONPATH": str(Path(__file__).parent.parent),
}


def detente(
    *words: str | Path, stdin: bytes = b"", timeout_s: float = 60, **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """Run the command to its end; `DETENTE_…` only as given."""
    return subprocess.run(
        [*COMMAND, *map(str, words)],
        input=stdin,
        capture_output=True,
        timeout=timeout_s,
        check=False,
        env=_ENVIRONMENT | environment,
    )


def start(*words: str | Path) -> subprocess.Popen[bytes]:
    """Start the command in a process group of its own, as a terminal does."""
    return subprocess.Popen(
        [*COMMAND, *map(str, words)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=_ENVIRONMENT,
        start_new_session=True,
    )


def started(*words: str | Path) -> subprocess.Popen[bytes]:
    """Run Python with these words in a process group of its own."""
    return subprocess.Popen(
        [sys.executable, *map(str, words)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=_ENVIRONMENT,
        start_new_session=True,
    )


def until(happened: Callable[[], bool], timeout_s: float = 30) -> None:
    """Wait for something that only looking can tell, such as a file or the end of a stranger's process."""
    last = time.monotonic() + timeout_s
    while not happened():
        if time.monotonic() > last:
            raise TimeoutError(f"still not so after {timeout_s} s")
        time.sleep(0.001)


def alive_in_group(group: int) -> list[str]:
    """Return the command lines of the living processes of a group (Linux)."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            state, _, its_group = (entry / "stat").read_text().rpartition(")")[2].split()[:3]
            if int(its_group) == group and state not in "ZX":
                found.append((entry / "cmdline").read_text().replace("\0", " "))
        except (OSError, ValueError):
            continue  # not a process, or one that has just ended
    return found
