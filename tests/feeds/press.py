"""A real web server on loopback with feeds and pages, which can misbehave in every way that a feed does."""

from __future__ import annotations

import contextlib
import gzip
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import format_datetime
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from ingest.feeds.feed_list import Feed
from tests.invented import NOW, article

Answer = Callable[["Handler"], None]


def text_of(number: int) -> str:
    """Return the full text of an invented article: always the same, longer than a summary."""
    return "\n".join(article(number * 100 + part).text + f" That was matter {number}." for part in range(9))


def summary_of(number: int) -> str:
    return text_of(number)[:120]


@dataclass(kw_only=True)
class Press:
    """What the server answers, and what it was asked."""

    base: str = ""
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    """Paths, in order."""
    conditions: list[tuple[str | None, str | None]] = field(default_factory=list)
    """If-None-Match and If-Modified-Since of each request."""
    at: list[float] = field(default_factory=list)
    """Monotonic seconds of each request."""
    over: threading.Event = field(default_factory=threading.Event)
    """Ends what hangs."""

    def times(self, path: str) -> int:
        return self.asked.count(path)

    def listed(self, path: str, name: str = "The Norland Post") -> Feed:
        return Feed(name=name, url=self.base + path, country="NOR", kind="public")

    def put(
        self,
        path: str,
        body: bytes | str,
        content_type: str = "application/rss+xml",
        status: int = 200,
        *,
        etag: str | None = None,
        modified: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Answer with this; 304 to whoever has it by its ETag or Last-Modified."""
        data = body if isinstance(body, bytes) else body.encode()
        told = {"Content-Type": content_type, "ETag": etag, "Last-Modified": modified, **(headers or {})}
        given = {name: value for name, value in told.items() if value}

        def answer(handler: Handler) -> None:
            same = (etag and etag == handler.headers["If-None-Match"]) or (
                modified and modified == handler.headers["If-Modified-Since"]
            )
            handler.reply(304 if same else status, given, b"" if same else data)

        self.answers[path] = answer

    def put_page(self, number: int) -> None:
        paragraphs = "".join(f"<p>{escape(line)}</p>" for line in text_of(number).split("\n"))
        self.put(
            f"/{number}",
            f"<!DOCTYPE html><html lang='en'><head><title>Matter {number}</title></head>"
            f"<body><article><h1>Matter {number}</h1>{paragraphs}</article></body></html>",
            "text/html",
        )

    def put_feed(
        self,
        path: str,
        numbers: list[int] | range,
        *,
        clock: str = "",
        full: bool = False,
        etag: str | None = None,
        modified: str | None = None,
    ) -> None:
        """Put a feed with these articles, and their pages if it has only their summaries."""
        for number in [] if full else numbers:
            self.put_page(number)
        self.put(path, rss(self.base, numbers, clock=clock, full=full), etag=etag, modified=modified)


def rss(base: str, numbers: list[int] | range, *, clock: str = "", full: bool = False) -> str:
    items = "".join(
        f"<item><title>Matter {number}</title><link>{base}/{number}</link><pubDate>{format_datetime(NOW)}</pubDate>"
        f"<description>{escape(text_of(number) if full else summary_of(number))}</description></item>"
        for number in numbers
    )
    return (
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>A title of its own</title>'
        f"<lastBuildDate>{clock}</lastBuildDate>{items}</channel></rss><!-- made {clock} -->"
    )


class Handler(BaseHTTPRequestHandler):
    press: Press

    def do_GET(self) -> None:
        self.press.at.append(time.monotonic())
        self.press.asked.append(self.path)
        self.press.conditions.append((self.headers["If-None-Match"], self.headers["If-Modified-Since"]))
        with contextlib.suppress(ConnectionError, ValueError):  # the client may have read enough
            self.press.answers.get(self.path, missing)(self)

    def reply(self, status: int, headers: dict[str, str], body: bytes, length: int | None = None) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name in the standard library
        pass


def missing(handler: Handler) -> None:
    handler.reply(404, {}, b"not here")


def hang(handler: Handler) -> None:
    handler.press.over.wait(30)


@contextmanager
def press(host: str = "127.0.0.1") -> Iterator[Press]:
    """Run a server."""
    one = Press()
    handler = type("PressHandler", (Handler,), {"press": one})
    with ThreadingHTTPServer((host, 0), handler) as server:
        server.daemon_threads = True
        one.base = f"http://{host}:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield one
        finally:
            one.over.set()
            server.shutdown()
            thread.join()


def misbehave(one: Press) -> dict[str, str]:
    """Put feeds that misbehave; return for each path a word of the reason that is to be told."""
    good = rss(one.base, range(900, 903), full=True).encode()

    def trickle_headers(handler: Handler) -> None:
        handler.wfile.write(b"HTTP/1.0 200 OK\r\n")
        while not one.over.wait(0.05):
            handler.wfile.write(b"X-A: b\r\n")

    def trickle_body(handler: Handler) -> None:
        handler.reply(200, {}, b"<rss>", length=1_000_000)
        while not one.over.wait(0.05):
            handler.wfile.write(b" ")

    def no_http(handler: Handler) -> None:
        handler.wfile.write(b"\x00\x01 what?\r\n\r\n")

    def drop(handler: Handler) -> None:
        handler.connection.close()

    one.answers |= {
        "/hang": hang,
        "/trickle-headers": trickle_headers,
        "/trickle-body": trickle_body,
        "/no-http": no_http,
        "/drop": drop,
        "/too-long": lambda handler: handler.reply(200, {}, good, length=len(good) + 50),
        "/too-short": lambda handler: handler.reply(200, {}, good, length=300),
    }
    one.put("/html", "<!DOCTYPE html><html><body><p>Please accept our cookies.</p></body></html>")
    one.put("/empty", b"")
    one.put("/binary", b"\x00\x01\x02\x03" * 50)
    one.put("/no-items", '<rss version="2.0"><channel><title>Quiet</title></channel></rss>')
    one.put("/not-gzip", good, headers={"Content-Encoding": "gzip"})
    one.put("/brotli", good, headers={"Content-Encoding": "br"})
    one.put("/bomb", gzip.compress(b"<rss>" + b" " * 30_000_000), headers={"Content-Encoding": "gzip"})
    one.put("/entities", b'<!DOCTYPE r [<!ENTITY a "ha">]>' + good)
    one.put("/round", b"", status=302, headers={"Location": "/round"})
    one.put("/away", b"", status=302, headers={"Location": "http://169.254.169.254/latest/meta-data"})
    one.put("/gone", b"", status=410)
    one.put("/broken", b"", status=500)
    return {
        "/hang": "did not answer",
        "/trickle-headers": "took longer",
        "/trickle-body": "took longer",
        "/no-http": "cannot be fetched",
        "/drop": "cannot be fetched",
        "/too-long": "cannot be fetched",
        "/too-short": "cut short",
        "/html": "not readable as RSS",
        "/empty": "empty",
        "/binary": "binary",
        "/no-items": "no items",
        "/not-gzip": "cannot be fetched",
        "/brotli": "packed as br",
        "/bomb": "larger than",
        "/entities": "entities",
        "/round": "redirects more than",
        "/away": "private address",
        "/gone": "410",
        "/broken": "500",
    }
