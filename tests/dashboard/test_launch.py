from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard import launch
from ingest.errors import DetenteError

START = "import sys; from dashboard.launch import serve; sys.exit(serve(sys.argv[1], None))"


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket() as one:
        one.bind((launch.HOST, 0))
        one.listen()
        yield one.getsockname()[1]


def test_port_that_was_asked_for_and_is_taken(taken: int, tmp_path: Path) -> None:
    with pytest.raises(DetenteError, match=f"port {taken} is taken by another program; give another --port"):
        launch.serve(str(tmp_path), taken)


def test_next_free_port(taken: int) -> None:
    assert launch.free_port(taken) > taken


@pytest.mark.parametrize("port", [0, -1, 70000])
def test_impossible_port(port: int, tmp_path: Path) -> None:
    with pytest.raises(DetenteError, match="between 1 and 65535"):
        launch.serve(str(tmp_path), port)


def test_command_asks_nobody_outside() -> None:
    flags = launch.command(8501)
    assert "--browser.gatherUsageStats=false" in flags
    assert "--server.address=127.0.0.1" in flags


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_says_where_it_is_and_ends_in_peace(tmp_path: Path, ending: signal.Signals) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", START, str(tmp_path)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        start_new_session=True, cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(launch.APP.parent.parent)},
    )  # fmt: skip
    assert process.stdout is not None
    said = process.stdout.readline()
    if "is taken" in said:
        said = process.stdout.readline()
    assert re.fullmatch(r"Detente is at http://127\.0\.0\.1:\d+ — Ctrl-C stops it\n", said)
    os.killpg(process.pid, ending) if ending == signal.SIGINT else process.send_signal(ending)
    rest, errors = process.communicate(timeout=20)
    assert (process.returncode, rest, errors) == (0, "", "")
