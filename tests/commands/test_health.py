"""`detente status` on the sources, and `detente retry`, as other programs call them."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from ingest.store import Store, queries
from tests.invented import article, articles, line, rows, write_lines
from tests.running import detente
from tests.sources.reading import PAGE


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "store"


def _json(*words: str | Path) -> dict[str, object]:
    told: dict[str, object] = json.loads(detente(*words, "--json").stdout)
    return told


def test_status_tells_how_each_outlet_does(tmp_path: Path, store: Path) -> None:
    news = write_lines(tmp_path / "news.jsonl", articles(range(14)))
    with news.open("a") as file:
        file.write('{"text": "Москва и Пекин подписали договор.", "language": "ru", "outlet": "Post"}\n{bad\n')
    detente("ingest", news, "--store", store)
    told = json.loads(detente("status", "--json", "--store", store).stdout)
    assert len(told["sources"]) == 8
    assert told["sources"][0]["articles"] == 2
    (post,) = [row for row in told["sources"] if row["outlet"] == "Post"]
    assert (post["share_unscored"], post["undated"]) == (1.0, 1)
    assert told["unscored_by_outlet"] == [{"outlet": "Post", "language": "ru", "reason": "language ru", "articles": 1}]
    assert told["why_failed"][0]["inputs"] == told["failed"] == 1
    people = detente("status", "--store", store).stdout.decode()
    for expected in ("lag: median, 9 in 10", "paper3.example", "100 %", "failed because", "detente retry"):
        assert expected in people


def test_retry_resolves_what_works_now(tmp_path: Path, store: Path) -> None:
    good, bad, gone = tmp_path / "good.jsonl", tmp_path / "bad.jsonl", tmp_path / "gone.jsonl"
    for path, number in ((good, 1), (bad, 2), (gone, 3)):
        path.write_text(line(article(number)) + "{broken\n")
    detente("ingest", good, bad, gone, "-", "--store", store, stdin=b"{broken\n")
    assert queries.failures(Store(str(store))).height == 4
    good.write_text(line(article(1)) + line(article(11)))
    gone.unlink()
    told = _json("retry", "--store", store)
    assert told == {
        "tried": 4, "places": 2, "resolved": 1, "still": 1, "gone": 2,
        "read": 4, "new": 1, "known": 2, "unscored": 0, "failed": 1,
    }  # fmt: skip
    left = sorted(queries.failures(Store(str(store)))["where"])
    assert left == sorted([f"{bad}:2", f"{gone}:2", "standard input:1"])
    assert rows(Store(str(store)), "articles").height == 4
    again = detente("retry", "--store", store)
    assert again.returncode == 1
    assert "3 failed inputs of 1 places tried again: 0 work now, 1 still fail, 2 cannot" in again.stdout.decode()


@pytest.mark.parametrize(
    ("words", "resolved"),
    [
        (["--reason", "NOT VALID json"], 1),
        (["--where", "One.JSONL"], 1),
        (["--where", "two", "--reason", "is empty"], 1),
        (["--reason", "no such reason"], 0),
        ([], 2),
    ],
)
def test_retry_of_some(words: list[str], resolved: int, tmp_path: Path, store: Path) -> None:
    one, two = tmp_path / "one.jsonl", tmp_path / "two.txt"
    one.write_text("{broken\n")
    two.write_text("")
    detente("ingest", one, two, "--store", store)
    one.write_text(line(article(1)))
    two.write_text("Russia praised Pakistan for the lighthouse of the two harbours.")
    ran = detente("retry", *words, "--store", store, "--json")
    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout)["resolved"] == resolved
    assert queries.failures(Store(str(store))).height == 2 - resolved


@pytest.fixture
def site() -> Iterator[tuple[str, list[int]]]:
    """Serve a page that fails until a status is taken out of the list."""
    statuses = [503]

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            robots = self.path == "/robots.txt"
            body = b"" if robots else PAGE.encode()
            self.send_response(404 if robots else statuses[0] if statuses else 200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name in the standard library
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/page", statuses
        server.shutdown()
        thread.join()


def test_retry_of_an_address(site: tuple[str, list[int]], store: Path) -> None:
    url, statuses = site
    detente("ingest", url, "--store", store, "--allow-private")
    assert [
        row["share_failed"] for row in json.loads(detente("status", "--json", "--store", store).stdout)["sources"]
    ] == [1.0]
    assert detente("retry", "--store", store, "--allow-private").returncode == 1
    statuses.clear()
    assert _json("retry", "--store", store, "--allow-private")["resolved"] == 1
    assert queries.failures(Store(str(store))).is_empty()


def test_retry_with_nothing_to_do(tmp_path: Path, store: Path) -> None:
    assert detente("retry", "--store", store).returncode == 1  # no store
    detente("ingest", write_lines(tmp_path / "news.jsonl", [article(1)]), "--store", store)
    ran = detente("retry", "--store", store)
    assert (ran.returncode, b"no failed input is like that" in ran.stdout) == (0, True)


def test_beginnings_are_told(tmp_path: Path, store: Path) -> None:
    dump = {
        "status": "ok",
        "articles": [{"title": "F", "url": "https://a.example/1", "content": "Russia met… [+9 chars]"}],
    }
    path = tmp_path / "dump.json"
    path.write_text(json.dumps(dump))
    assert _json("ingest", path, "--store", store)["cut"] == 1
    ran = detente("ingest", path, "--store", tmp_path / "other")
    assert "1 article is only a beginning, cut by the source" in ran.stderr.decode()
