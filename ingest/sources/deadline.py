"""End a request that a server never finishes: timeouts of the client only bound the wait for the next byte."""

from __future__ import annotations

import contextlib
import socket
import threading
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_CONNECTED = ("connection.connect_tcp.complete", "connection.start_tls.complete")
"""Events of httpcore whose value is a stream: https://www.encode.io/httpcore/extensions/#trace."""


class Deadline:
    """Watches one client that one thread uses: give `trace` to each request, and send it inside `within`."""

    def __init__(self) -> None:
        self._open: weakref.WeakSet[socket.socket] = weakref.WeakSet()

    def trace(self, event: str, info: dict[str, Any]) -> None:
        """Remember each socket that is opened."""
        if event in _CONNECTED:
            found = info["return_value"].get_extra_info("socket")
            if isinstance(found, socket.socket):
                self._open.add(found)

    @contextmanager
    def within(self, seconds: float) -> Iterator[threading.Event]:
        """Shut the client's sockets after so many seconds, which ends any wait for them; the event tells that it was.

        Idle ones are shut too: they are opened again when they are needed.
        """
        over = threading.Event()
        watchdog = threading.Timer(seconds, self._shut, (over,))
        watchdog.daemon = True
        watchdog.start()
        try:
            yield over
        finally:
            watchdog.cancel()

    def _shut(self, over: threading.Event) -> None:
        over.set()
        for one in list(self._open):
            with contextlib.suppress(OSError):  # closed already
                one.shutdown(socket.SHUT_RDWR)
