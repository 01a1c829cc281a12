"""A real server on loopback that speaks as much of MediaWiki's API as is asked, and misbehaves as told."""

from __future__ import annotations

import contextlib
import json
import random
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from ingest.sources.wikipedia.item import day_of, page_title

Answer = tuple[int, dict[str, str], bytes]
PATH = "/w/api.php"
_SYLLABLES = "ba ce di fo gu ha je ki lo mu na pe ri so tu va we xi yo zu".split()


@dataclass(kw_only=True)
class Wiki:
    """What the wiki holds, how it misbehaves, and what it was asked."""

    base: str = ""
    pages: dict[str, str] = field(default_factory=dict)
    redirects: dict[str, str] = field(default_factory=dict)
    models: dict[str, str] = field(default_factory=dict)
    """Content models other than wikitext, by title."""
    per_answer: int = 50
    """Pages whose text comes in one answer; the others follow when it is continued."""
    first: list[Answer] = field(default_factory=list)
    """Given instead of the next answers, one after the other."""
    on_question: Callable[[], None] = lambda: None
    """Called before each answer."""
    robots: str = ""
    asked: list[dict[str, str]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    agents: list[str] = field(default_factory=list)

    @property
    def api(self) -> str:
        return self.base + PATH

    def put(self, day: date, wikitext: str) -> None:
        self.pages[page_title(day)] = wikitext

    def busy(self, status: int, body: bytes | str = b"<html>busy</html>", **headers: str) -> None:
        """Give this instead of the next answer."""
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        self.first.append((status, told, body.encode() if isinstance(body, str) else body))

    def error(self, code: str, info: str = "", **headers: str) -> None:
        """Give an error of the API instead of the next answer."""
        self.busy(200, json.dumps({"error": {"code": code, "info": info}, "servedby": "mw1"}), **headers)

    def days_asked(self) -> list[date]:
        titles = [title for question in self.asked for title in question["titles"].split("|")]
        return [day for title in titles if (day := day_of(title))]

    def answer(self, question: dict[str, str]) -> dict[str, object]:
        told: list[dict[str, str]] = []
        titles = []
        for title in question["titles"].split("|"):
            at = title
            for _ in range(5):
                if at not in self.redirects:
                    break
                told.append({"from": at, "to": self.redirects[at]})
                at = self.redirects[at]
            titles.append(at)
        titles = list(dict.fromkeys(titles))
        begin = int(question.get("rvcontinue", "0"))
        pages = [self._page(title, begin <= at < begin + self.per_answer) for at, title in enumerate(titles)]
        answer: dict[str, object] = {"query": {"pages": pages} | ({"redirects": told} if told else {})}
        if begin + self.per_answer < len(titles):
            answer["continue"] = {"rvcontinue": str(begin + self.per_answer), "continue": "||"}
        else:
            answer["batchcomplete"] = True
        return answer

    def _page(self, title: str, with_text: bool) -> dict[str, object]:
        if title not in self.pages:
            return {"ns": 100, "title": title, "missing": True}
        page: dict[str, object] = {"pageid": 7, "ns": 100, "title": title}
        if with_text:
            model = self.models.get(title, "wikitext")
            main = {"contentmodel": model, "contentformat": "text/x-wiki", "content": self.pages[title]}
            page["revisions"] = [
                {"revid": 9, "parentid": 8, "timestamp": "2020-01-01T00:00:00Z", "slots": {"main": main}}
            ]
        return page


@contextmanager
def serving(wiki: Wiki) -> Iterator[Wiki]:
    """Let the wiki answer on loopback."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            wiki.paths.append(parts.path)
            wiki.agents.append(self.headers["User-Agent"])
            if parts.path == "/robots.txt":
                self._send(200, {"Content-Type": "text/plain"}, wiki.robots.encode())
            elif parts.path != PATH:
                self._send(404, {}, b"no such page")
            else:
                question = {name: values[0] for name, values in parse_qs(parts.query).items()}
                wiki.asked.append(question)
                wiki.on_question()
                if wiki.first:
                    self._send(*wiki.first.pop(0))
                else:
                    body = json.dumps(wiki.answer(question)).encode()
                    self._send(200, {"Content-Type": "application/json; charset=utf-8"}, body)

        def _send(self, status: int, headers: dict[str, str], body: bytes) -> None:
            with contextlib.suppress(ConnectionError):  # the client may have read enough, or be dead
                self.send_response(status)
                for name, value in ({"Content-Length": str(len(body))} | headers).items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name in the standard library
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        wiki.base = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield wiki
        finally:
            server.shutdown()
            thread.join()


def days_from(first: date, count: int) -> list[date]:
    return [first + timedelta(days=number) for number in range(count)]


def news_of(day: date, count: int = 3) -> str:
    """Write a page of sentences that no other day has, the first of two countries; else nothing is alike."""
    chance = random.Random(day.toordinal())  # noqa: S311 - no secret
    head = (
        f"{{{{Current events|year={day.year}|month={day.month}|day={day.day}|content=\n'''International relations'''\n"
    )
    lines = ["*[[India–Pakistan relations]]"]
    for number in range(count):
        words = " ".join("".join(chance.choices(_SYLLABLES, k=5)) for _ in range(12))
        who = f"The {words.partition(' ')[0]}" if number else "[[India]] and [[Pakistan]]"
        lines.append(f"**{who} praise {words}. [https://dawn.example/{day}/{number} (Dawn)]")
    return head + "\n".join(lines) + "}}"
