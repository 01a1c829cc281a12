"""Threads that ask many hosts at once, each host by one thread at a time and at its pace. Knows no feed."""

from __future__ import annotations

import heapq
import itertools
import queue
import threading
import time
from collections import deque
from collections.abc import Callable
from types import TracebackType
from typing import Generic, Protocol, Self, TypeVar

from ingest.sources.manners import Manners
from ingest.sources.web import Web

T = TypeVar("T")

THREADS = 12
"""Most of their time is waiting: 2,500 pages of 100 hosts take two minutes, and a dozen idle connections little."""

LEAVE_S = 0.5
"""Seconds that threads have to end."""


class MakeWeb(Protocol):
    """Makes the client of one thread."""

    def __call__(self, *, sleep: Callable[[float], None]) -> Web:
        """Make it; it waits through `sleep`."""
        ...


class Crew(Generic[T]):
    """Does jobs that need the web. `add` and `next` are for one thread, the owner's.

    Results wait in a short queue: a crew that is faster than its owner waits for it. Jobs return what they found and
    do not raise; an error in one is raised by `next`.
    """

    def __init__(self, make_web: MakeWeb, manners: Manners, threads: int = THREADS) -> None:
        self.pending = 0
        """Jobs whose result was not taken yet."""
        self._make_web = make_web
        self._manners = manners
        self._jobs: dict[str, deque[Callable[[Web], T]]] = {}
        """By host, those in the hands of a thread too."""
        self._ready: list[tuple[float, int, str]] = []
        """Hosts that no thread has, with the time from which they may be asked."""
        self._working = 0
        self._number = itertools.count()
        self._changed = threading.Condition()
        self._stopped = threading.Event()
        self._done: queue.Queue[T | _Broken] = queue.Queue(threads)
        self._threads = [threading.Thread(target=self._work, daemon=True) for _ in range(threads)]
        for thread in self._threads:
            thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop; who still waits for a server is left behind, and ends with the process."""
        self.stop()
        until = time.monotonic() + LEAVE_S
        for thread in self._threads:
            thread.join(timeout=max(0.0, until - time.monotonic()))

    def add(self, host: str, job: Callable[[Web], T]) -> None:
        """Have a job done that asks this host first."""
        self.pending += 1
        with self._changed:
            if host in self._jobs:
                self._jobs[host].append(job)
                return
            self._jobs[host] = deque([job])
            self._push(host)

    def next(self, timeout_s: float) -> T | None:
        """Return a result, in the order in which they come; None if there is none in that time."""
        try:
            result = self._done.get(timeout=timeout_s) if timeout_s > 0 else self._done.get_nowait()
        except queue.Empty:
            return None
        self.pending -= 1
        if isinstance(result, _Broken):
            raise result.error
        return result

    def stop(self) -> None:
        """Begin nothing more, and end what waits for its turn; results can still be taken while threads are `busy`."""
        self._stopped.set()
        with self._changed:
            self._changed.notify_all()

    @property
    def busy(self) -> bool:
        """Tell whether a thread is in the middle of a job, or has a result that was not taken."""
        with self._changed:
            return self._working > 0 or not self._done.empty()

    def _work(self) -> None:
        try:
            with self._make_web(sleep=self._sleep) as web:
                while (task := self._next_task()) is not None:
                    host, job = task
                    try:
                        self._put(self._do(job, web))
                    finally:
                        self._release(host)
        except _StoppedError:
            return

    def _do(self, job: Callable[[Web], T], web: Web) -> T | _Broken:
        try:
            return job(web)
        except Exception as error:  # noqa: BLE001 - edge: raised again in the owner's thread
            return _Broken(error)

    def _next_task(self) -> tuple[str, Callable[[Web], T]] | None:
        with self._changed:
            while not self._stopped.is_set():
                wait = None
                if self._ready:
                    at, _, host = self._ready[0]
                    wait = at - self._manners.clock()
                    if wait <= 0:
                        heapq.heappop(self._ready)
                        self._working += 1
                        return host, self._jobs[host].popleft()
                self._changed.wait(wait)
        return None

    def _release(self, host: str) -> None:
        with self._changed:
            self._working -= 1
            if self._jobs[host]:
                self._push(host)
            else:
                del self._jobs[host]

    def _push(self, host: str) -> None:
        heapq.heappush(self._ready, (self._manners.ready_at(host), next(self._number), host))
        self._changed.notify()

    def _put(self, result: T | _Broken) -> None:
        while True:
            try:
                self._done.put(result, timeout=0.2)
            except queue.Full:
                if self._stopped.is_set():
                    return
            else:
                return

    def _sleep(self, seconds: float) -> None:
        if self._stopped.wait(seconds):
            raise _StoppedError


class _StoppedError(BaseException):
    """Ends a thread in the middle of a job; not an Exception, which a job may turn into a result."""


class _Broken:
    def __init__(self, error: Exception) -> None:
        self.error = error
