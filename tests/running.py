"""The `detente` command, here or in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Final

from ingest.cli import main

COMMAND: Final = [sys.executable, "-c", "import sys; from ingest.cli import main; sys.argv[0] = 'detente'; main()"]
_ENVIRONMENT: Final = {
    **{name: value for name, value in os.environ.items() if not name.startswith("DETENTE_")},
    "NO_COLOR": "1",
    "COLUMNS": "200",
    "DETENTE_WORKERS": "1",  # a hundred commands with a pool each would take minutes; tests of the pool say so
    "PYTHONPATH": str(Path(__file__).parent.parent),
}


@dataclass(frozen=True, kw_only=True)
class Ran:
    """What a command left behind."""

    returncode: int
    stdout: bytes
    stderr: bytes


def detente(*words: str | Path, stdin: bytes = b"", **environment: str) -> Ran:
    """Run the command to its end in this process, which takes a twentieth of the time; `DETENTE_…` only as given."""
    out, err = BytesIO(), BytesIO()
    before = sys.argv, sys.stdin, sys.stdout, sys.stderr, dict(os.environ)
    try:
        sys.argv = ["detente", *map(str, words)]
        sys.stdin = TextIOWrapper(BytesIO(stdin), encoding="utf-8")
        sys.stdout = TextIOWrapper(out, encoding="utf-8", write_through=True)
        sys.stderr = TextIOWrapper(err, encoding="utf-8", errors="backslashreplace", write_through=True)
        os.environ.clear()
        os.environ.update(_ENVIRONMENT | environment)
        code = 0
        try:
            main()
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else int(end.code is not None)
        return Ran(returncode=code, stdout=out.getvalue(), stderr=err.getvalue())
    finally:
        sys.argv, sys.stdin, sys.stdout, sys.stderr = before[:4]
        os.environ.clear()
        os.environ.update(before[4])


def detente_process(*words: str | Path, stdin: bytes = b"", timeout_s: float = 60, **environment: str) -> Ran:
    """Run the command to its end in a process of its own."""
    ran = subprocess.run(
        [*COMMAND, *map(str, words)],
        input=stdin,
        capture_output=True,
        timeout=timeout_s,
        check=False,
        env=_ENVIRONMENT | environment,
    )
    return Ran(returncode=ran.returncode, stdout=ran.stdout, stderr=ran.stderr)


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
