"""The only HTTP client: polite, bounded, and kept out of private networks; knows no format."""

from __future__ import annotations

import http
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from ipaddress import ip_network
from types import TracebackType
from typing import BinaryIO, Self

import httpx
from ssrfguard import BlockedAddressError, Policy, ProxyUnsupportedError, SSRFGuardError
from ssrfguard.httpx import Client

from ingest import __version__
from ingest.errors import LaterError, OversizedError, RefusedError, SourceError
from ingest.sources.deadline import Deadline
from ingest.sources.found import OnBytes, megabytes
from ingest.sources.manners import Manners, retry_after_s
from ingest.sources.robots import AGENT, MAX_ROBOTS_BYTES, Robots

USER_AGENT = f"{AGENT}/{__version__} (+https://github.com/detente-project/detente; news tone research)"
"""Who we are, and where a site can read about it."""
TIMEOUT_S = 20.0
"""Seconds to wait for a connection or for the next bytes."""
TOTAL_S = 120.0
"""Seconds one request may take, so that a server that trickles bytes holds nobody."""
MAX_BODY_BYTES = 10_000_000
"""Bytes of an answer after unpacking; the largest of 95 newspaper pages has 1.7 MB."""
ARCHIVE_S = 4 * 3600.0
"""Seconds one archive may take: a gigabyte at 70 KB a second."""
MAX_ARCHIVE_BYTES = 6_000_000_000
"""Bytes of an archive as it comes; those of Common Crawl's CC-NEWS have 1.1 GB."""
MAX_REDIRECTS = 5
"""Redirects followed, each checked like the first address; RFC 9309 asks for five for robots.txt."""
PORTS = frozenset({80, 443, *range(1_024, 65_536)})
"""Ports that may be asked: not those of mail and other old services, which could be fooled by a request."""
PRIVATE = tuple(
    map(
        ip_network,
        (
            "127.0.0.0/8",
            "10.0.0.0/8",
            "172.16.0.0/12",
            "192.168.0.0/16",
            "100.64.0.0/10",
            "::1/128",
            "fc00::/7",
        ),
    )
)
"""Networks that `allow_private` opens; never link-local ones, where clouds keep their credentials."""

_HOW_TO_ALLOW = (
    "Detente does not fetch from private networks unless you say so: --allow-private, or DETENTE_ALLOW_PRIVATE=1"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Fetched:
    """An answer of a web server."""

    url: str
    """Where it was found in the end, after redirects."""
    status: int
    content_type: str
    """Media type in small letters, without parameters; empty if not said."""
    charset: str | None
    body: bytes
    """Unpacked."""
    etag: str | None = None
    last_modified: str | None = None
    """To be sent with the next request, see `Web.get`."""
    retry_after_s: float | None = None
    """What a busy server asks for."""


class Web:
    """Fetches public pages; not to be shared between threads. Close it, or use it in `with`."""

    def __init__(
        self,
        *,
        allow_private: bool = False,
        timeout_s: float = TIMEOUT_S,
        total_s: float = TOTAL_S,
        manners: Manners | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Connect to nothing yet; `allow_private` opens loopback and private networks, and proxies.

        Several that may ask the same hosts share their `manners`.
        """
        self._allow_private = allow_private
        self._timeout_s = timeout_s
        self._total_s = total_s
        self._manners = manners or Manners(clock=clock)
        self._deadline = Deadline()
        self._clock = clock
        self._sleep = sleep
        self._client: Client | None = None
        self._robots = Robots(self._fetch_robots, clock, self._manners.rules)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the connections back."""
        if self._client is not None:
            self._client.close()
            self._client = None

    def get(self, url: str, *, etag: str | None = None, last_modified: str | None = None) -> Fetched:
        """Fetch a page or feed.

        With what an earlier answer had as `etag` and `last_modified`, one that is unchanged has status 304 and no
        body; any other has 200. Raise RefusedError for what must not be fetched, LaterError for what cannot be now,
        SourceError for what cannot be.
        """
        told = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        conditions = {name: value for name, value in told.items() if value}
        answer = self._follow(url.strip(), MAX_BODY_BYTES, self._robots.check, conditions)
        if answer.status == 200 or (answer.status == 304 and conditions):
            return answer
        reason = f"{answer.url} answered {_status(answer.status)}"
        if _is_busy(answer.status):
            raise LaterError(reason, answer.retry_after_s)
        raise SourceError(reason)

    def ask(self, url: str) -> Fetched:
        """Ask a service that is made for programs: any status is an answer, and robots.txt is not for its address.

        Where it redirects to another path, that is checked like any page. Raises as `get`.
        """

        def check(at: str) -> None:
            if httpx.URL(at).path != httpx.URL(url).path:
                self._robots.check(at)

        return self._follow(url, MAX_BODY_BYTES, check, {})

    def post(self, url: str, content: bytes, media_type: str = "application/json") -> Fetched:
        """Send something to an address that the user gave for that, a webhook; any answer of 200 to 299 is well.

        Redirects are not followed, as most turn a POST into a GET. Raises as `get`.
        """
        url = url.strip()
        self._refuse_unless_public(url)
        answer = self._send(url, MAX_BODY_BYTES, {"Content-Type": media_type}, cut=True, into=None, content=content)
        if isinstance(answer, str):
            raise SourceError(f"{url} redirects to {answer}; give the final address")
        if 200 <= answer.status < 300:
            return answer
        reason = f"{url} answered {_status(answer.status)}"
        if _is_busy(answer.status):
            raise LaterError(reason, answer.retry_after_s)
        raise SourceError(reason)

    def pause(self, seconds: float) -> None:
        """Wait because a server asked for it."""
        self._sleep(seconds)

    def save(self, url: str, file: BinaryIO, limit: int = MAX_ARCHIVE_BYTES, on_bytes: OnBytes | None = None) -> None:
        """Fetch an archive into a file, packed as it comes; raise as `get` does."""
        answer = self._follow(url.strip(), limit, self._robots.check, {}, _Sink(file, on_bytes))
        if answer.status != 200:
            raise SourceError(f"{answer.url} answered {_status(answer.status)}")

    def _fetch_robots(self, url: str) -> str:
        answer = self._follow(url, MAX_ROBOTS_BYTES, None, {})
        if _is_busy(answer.status):
            raise LaterError(f"it answered {_status(answer.status)}", answer.retry_after_s)
        return answer.body.decode("utf-8", "replace") if answer.status == 200 else ""

    def _follow(
        self,
        url: str,
        limit: int,
        check: Callable[[str], None] | None,
        headers: dict[str, str],
        into: _Sink | None = None,
    ) -> Fetched:
        first = url
        for _ in range(MAX_REDIRECTS + 1):
            self._refuse_unless_public(url)
            if check:
                check(url)
            answer = self._send(url, limit, headers, cut=check is None, into=into)
            if isinstance(answer, Fetched):
                return answer
            url = answer
        if check is None:  # RFC 9309: more redirects than that, and there is no robots.txt
            return Fetched(url=url, status=404, content_type="", charset=None, body=b"")
        raise SourceError(f"{first} redirects more than {MAX_REDIRECTS} times; give the final address")

    def _send(
        self,
        url: str,
        limit: int,
        headers: dict[str, str],
        *,
        cut: bool,
        into: _Sink | None,
        content: bytes | None = None,
    ) -> Fetched | str:
        """Send one request; return the answer, or the address it redirects to. Tell `manners` how the host is."""
        self._wait_for_turn(url)
        host = httpx.URL(url).host
        seconds = self._total_s if into is None else ARCHIVE_S
        with self._deadline.within(seconds) as over:
            try:
                answer = self._exchange(
                    url, limit, headers, self._clock() + seconds, cut=cut, into=into, content=content
                )
            except LaterError as error:
                self._manners.troubled(host, None)
                if over.is_set():
                    raise _too_slow(url, seconds) from error
                raise
        if over.is_set():  # without a length, an answer that was ended here looks like a whole one
            self._manners.troubled(host, None)
            raise _too_slow(url, seconds)
        if isinstance(answer, Fetched) and _is_busy(answer.status):
            self._manners.troubled(host, answer.retry_after_s)
        else:
            self._manners.answered(host)
        return answer

    def _exchange(
        self,
        url: str,
        limit: int,
        headers: dict[str, str],
        until: float,
        *,
        cut: bool,
        into: _Sink | None,
        content: bytes | None,
    ) -> Fetched | str:
        try:
            with self._connected().stream(
                "GET" if content is None else "POST",
                url,
                headers=headers,
                content=content,
                extensions={"trace": self._deadline.trace},
            ) as response:
                if response.next_request is not None:
                    return str(response.next_request.url)
                body = b""
                if response.status_code == 200 and into is not None:
                    self._save(response, limit, until, into)
                elif response.status_code == 200:
                    body = self._body(response, limit, until, cut=cut)
                return Fetched(
                    url=url,
                    status=response.status_code,
                    content_type=response.headers.get("content-type", "").partition(";")[0].strip().lower(),
                    charset=response.charset_encoding,
                    body=body,
                    etag=response.headers.get("etag"),
                    last_modified=response.headers.get("last-modified"),
                    retry_after_s=retry_after_s(response.headers.get("retry-after"), datetime.now(UTC)),
                )
        except SSRFGuardError as error:
            raise RefusedError(self._refusal(url, error)) from error
        except httpx.TimeoutException as error:
            raise LaterError(f"{url} did not answer within {self._timeout_s:g} s; try again later") from error
        except (
            httpx.HTTPError,
            httpx.InvalidURL,
            httpx.StreamError,
            OSError,
            ValueError,
            zlib.error,
        ) as error:
            raise LaterError(f"{url} cannot be fetched: {' '.join(str(error).split())[:150]}") from error

    def _body(self, response: httpx.Response, limit: int, until: float, *, cut: bool) -> bytes:
        """Read and unpack an answer piece by piece: neither a long one nor a bomb may fill the memory."""
        packing = response.headers.get("content-encoding", "identity").strip().lower()
        if packing not in {"", "identity", "gzip", "x-gzip", "deflate"}:
            raise SourceError(f"{response.url} is packed as {packing}, which was not asked for")
        # 47: gzip or zlib, told by the header.
        unpack = zlib.decompressobj(47) if packing not in {"", "identity"} else None
        body = bytearray()
        for piece in response.iter_raw():
            body += unpack.decompress(piece, limit + 1 - len(body)) if unpack else piece
            if len(body) > limit:
                if cut:
                    break
                raise OversizedError(f"{response.url} is larger than {megabytes(limit)}; expected a page or a feed")
            if self._clock() > until:
                raise _too_slow(str(response.url), self._total_s)
        if unpack and not unpack.eof and not cut:
            raise LaterError(f"{response.url} ended in the middle of its packed answer; try again later")
        return bytes(body[:limit])

    def _save(self, response: httpx.Response, limit: int, until: float, into: _Sink) -> None:
        """Write an answer down as it comes: whoever reads the archive unpacks it."""
        size = 0
        for piece in response.iter_raw():
            size += len(piece)
            if size > limit:
                raise SourceError(f"{response.url} is larger than {megabytes(limit)}; fetch it by other means")
            if self._clock() > until:
                raise SourceError(f"{response.url} took longer than {ARCHIVE_S:g} s; fetch it by other means")
            into.write(piece)

    def _wait_for_turn(self, url: str) -> None:
        host = httpx.URL(url).host
        if rest := self._manners.rests_s(host):
            raise LaterError(f"{url} is not fetched: {host} is left alone for {rest:.0f} s more", rest)
        wait = self._manners.take_turn(host, self._robots.delay_s(url))
        if wait > 0:
            self._sleep(wait)

    def _connected(self) -> Client:
        if self._client is None:
            self._client = Client(
                policy=self._policy(),
                headers={
                    "User-Agent": USER_AGENT,
                    "Accept-Encoding": "gzip",
                    "Accept": "text/html, application/xml;q=0.9, */*;q=0.8",
                },
                timeout=self._timeout_s,
                follow_redirects=False,
            )
        self._client.cookies.clear()
        return self._client

    def _policy(self) -> Policy:
        return Policy(
            allowed_ports=PORTS,
            allowed_networks=PRIVATE if self._allow_private else (),
            allow_proxy=self._allow_private,
            max_redirects=MAX_REDIRECTS,
        )

    def _refuse_unless_public(self, url: str) -> None:
        """Refuse what can be told from the address alone, before anyone is asked anything."""
        scheme = url.partition(":")[0].lower()
        if scheme not in {"http", "https"}:
            raise RefusedError(f"{url} is not fetched: only http and https are, found {scheme!r}")
        try:
            self._connected().policy.check_url(str(httpx.URL(url)))
        except SSRFGuardError as error:
            raise RefusedError(self._refusal(url, error)) from error
        except (httpx.InvalidURL, ValueError) as error:
            raise RefusedError(f"{url} is not a web address: {error}") from error

    def _refusal(self, url: str, error: SSRFGuardError) -> str:
        if isinstance(error, ProxyUnsupportedError):
            return f"{url} is not fetched: the proxy {error.proxy} would look it up itself; {_HOW_TO_ALLOW}"
        reason = str(getattr(error, "reason", error))
        if isinstance(error, BlockedAddressError) or isinstance(error.__cause__, BlockedAddressError):
            how = "Detente never fetches from there" if self._allow_private else _HOW_TO_ALLOW
            return f"{url} is a private address ({reason}); {how}"
        if "allowed_ports" in reason:
            return f"{url} is not fetched: its port is not one of web sites (80, 443, 1024 and above)"
        if "digits and dots" in reason:
            return f"{url} is a disguised, perhaps private address ({reason}); {_HOW_TO_ALLOW}"
        return f"{url} is not fetched: {reason}"


def _too_slow(url: str, seconds: float) -> LaterError:
    return LaterError(f"{url} took longer than {seconds:g} s; try again later")


def _is_busy(status: int) -> bool:
    return status >= 500 or status == 429


@dataclass(frozen=True, slots=True)
class _Sink:
    """Where an archive is written, and who is told."""

    file: BinaryIO
    on_bytes: OnBytes | None

    def write(self, piece: bytes) -> None:
        self.file.write(piece)
        if self.on_bytes:
            self.on_bytes(len(piece))


def _status(code: int) -> str:
    try:
        said = f"{code} {http.HTTPStatus(code).phrase}"
    except ValueError:
        said = str(code)
    return f"{said}; try again later" if _is_busy(code) else f"{said}; check the address"
