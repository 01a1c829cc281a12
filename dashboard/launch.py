"""Start the dashboard on this machine and say where it is; Streamlit runs in a process of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from ingest.errors import DetenteError

HOST = "127.0.0.1"
PORT = 8501
"""Streamlit's usual one."""

TRIED = 100
"""Ports after the usual one that are tried."""

START_S = 60.0
"""Seconds within which the page must answer."""

APP = Path(__file__).resolve().parent / "app.py"


def serve(
    store: str,
    port: int | None,
    *,
    open_browser: bool = False,
    say: Callable[[str], None] = lambda line: print(line, flush=True),  # noqa: T201 - one line for people
) -> int:
    """Serve the dashboard until Ctrl-C; return the exit code.

    Without a port the first free one from 8501 on is taken; one that was asked for and is taken is an error.
    """
    chosen = free_port() if port is None else port
    if port is not None and not _is_free(port):
        raise DetenteError(f"port {port} is taken by another program; give another --port, or none to get a free one")
    if port is None and chosen != PORT:
        say(f"Port {PORT} is taken; using {chosen}.")
    address = f"http://{HOST}:{chosen}"
    environment = os.environ | {"DETENTE_STORE": store, "PYTHONPATH": _path()}
    process = subprocess.Popen(command(chosen), env=environment, stdout=subprocess.DEVNULL)  # noqa: S603 - our own
    with _stopping(process):
        _wait_until_it_answers(process, address)
        say(f"Detente is at {address} — Ctrl-C stops it")
        if open_browser:
            webbrowser.open(address)
        code = process.wait()
        raise DetenteError(f"the dashboard ended by itself with code {code}; the lines above say why")
    return 0


def command(port: int) -> list[str]:
    """Return the command that serves the dashboard: quiet, local, and asking nobody outside anything."""
    options = {
        "server.address": HOST,
        "server.port": str(port),
        "server.headless": "true",
        "server.enableStaticServing": "true",  # the outlines of the map
        "server.fileWatcherType": "none",
        "browser.gatherUsageStats": "false",
        "client.toolbarMode": "viewer",
        "client.showErrorDetails": "none",
        "logger.level": "error",
    }
    flags = [f"--{name}={value}" for name, value in options.items()]
    return [sys.executable, "-m", "streamlit", "run", str(APP), *flags]


def free_port(first: int = PORT) -> int:
    """Return the first free port from `first` on."""
    for port in range(first, first + TRIED):
        if _is_free(port):
            return port
    raise DetenteError(f"no port between {first} and {first + TRIED - 1} is free; give one with --port")


def _is_free(port: int) -> bool:
    if not 0 < port < 65536:
        raise DetenteError(f"--port must be between 1 and 65535, not {port}")
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as one:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            one.bind((HOST, port))
        except PermissionError as error:
            raise DetenteError(f"port {port} needs special rights; give one above 1023 with --port") from error
        except OSError:
            return False
    return True


def _path() -> str:
    """Let the child import this very package, installed or not."""
    return os.pathsep.join(part for part in (str(APP.parent.parent), os.environ.get("PYTHONPATH", "")) if part)


def _wait_until_it_answers(process: subprocess.Popen[bytes], address: str) -> None:
    until = time.monotonic() + START_S
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    while time.monotonic() < until:
        if process.poll() is not None:
            raise DetenteError(f"the dashboard did not start (code {process.returncode}); the lines above say why")
        try:
            with opener.open(f"{address}/_stcore/health", timeout=1) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise DetenteError(f"the dashboard did not answer at {address} within {START_S:.0f} seconds")


@contextmanager
def _stopping(process: subprocess.Popen[bytes]) -> Iterator[None]:
    """Stop the process whatever ends the block; Ctrl-C and SIGTERM end it in peace."""
    before = signal.signal(signal.SIGTERM, _interrupt)
    try:
        yield
    except KeyboardInterrupt:
        pass
    finally:
        signal.signal(signal.SIGTERM, before)
        process.terminate()
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
