"""`detente alerts`, with a real store and a real server on loopback."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from deltalake import write_deltalake

from ingest.schemas import READINGS
from ingest.store import Store
from ingest.store.told import Told
from tests.index.test_alerts import turning
from tests.running import Ran, detente, detente_process


@dataclass(kw_only=True)
class Hook:
    """A webhook: what it answers, and what it was told."""

    url: str = ""
    status: int = 204
    told: list[dict[str, Any]] = field(default_factory=list)
    types: list[str] = field(default_factory=list)


@pytest.fixture
def hook() -> Iterator[Hook]:
    hook = Hook()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            hook.types.append(self.headers["Content-Type"])
            if hook.status < 300:
                hook.told.append(json.loads(body))
            self.send_response(hook.status)
            if hook.status == 302:
                self.send_header("Location", "http://169.254.169.254/")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name in the standard library
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        hook.url = f"http://127.0.0.1:{server.server_port}/hook"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield hook
        server.shutdown()
        thread.join()


def _fill(store: Store, rows: pl.DataFrame) -> None:
    constant = {"scorer": "vader", "scorer_version": "1", "label": "neutral", "sentences": 1}
    full = rows.with_columns(
        pl.col("story_id").alias("article_id"),
        *(pl.lit(value).alias(name) for name, value in constant.items()),
        *(pl.lit(0.0).alias(name) for name in ("cooperative", "neutral", "hostile")),
    ).select(READINGS.names)
    write_deltalake(store.table("readings"), full.to_arrow().cast(READINGS), mode="append")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Return a store in which Pakistan and Russia turned colder sixty days before its last article."""
    found = Store(str(tmp_path / "store"))
    found.create()
    _fill(found, turning())
    return found


def _alerts(store: Store, *words: str) -> Ran:
    return detente("alerts", "--store", store.uri, *words)


def _json(ran: Ran) -> dict[str, Any]:
    assert ran.returncode == 0, ran.stderr.decode()
    found: dict[str, Any] = json.loads(ran.stdout)
    return found


def test_an_event_is_told_once_and_listed_for_ever(store: Store) -> None:
    first = _json(_alerts(store, "--json"))
    assert [(event["pair"], event["way"], event["new"]) for event in first["alerts"]] == [("PAK-RUS", "colder", True)]
    assert first["until"] == "2016-10-21"
    assert first["alerts"][0]["text"].startswith("Pakistan–Russia: colder than usual since 2016-08-")
    assert _json(_alerts(store, "--json"))["alerts"] == []
    again = _json(_alerts(store, "--since", "2016-08", "--json"))["alerts"]
    assert [(event["id"], event["new"]) for event in again][:1] == [(first["alerts"][0]["id"], False)]
    assert Told(store).read().select("pair", "to").rows() == [("PAK-RUS", "print")]


def test_people_get_a_sentence_and_where_there_is_nothing_they_are_told_so(store: Store) -> None:
    ran = _alerts(store)
    assert ran.stdout.decode().startswith("Pakistan–Russia: colder than usual since")
    assert "stories of 6 outlets in 28 days" in ran.stdout.decode()
    ran = _alerts(store)
    assert (ran.returncode, ran.stdout) == (0, b"")
    assert "no new alerts; the latest article is of 2016-10-21" in ran.stderr.decode()


def test_listing_the_past_tells_nobody(store: Store) -> None:
    _json(_alerts(store, "--since", "2016", "--json"))
    assert Told(store).read().is_empty()
    assert len(_json(_alerts(store, "--json"))["alerts"]) == 1


def test_a_webhook_gets_each_event_once(store: Store, hook: Hook) -> None:
    told = _json(_alerts(store, "--webhook", hook.url, "--allow-private", "--json"))
    assert told["posted"] == 1
    assert hook.types == ["application/json"]
    assert hook.told[0]["event"]["id"] == told["alerts"][0]["id"]
    assert hook.told[0]["event"]["first"].startswith("2016-08-")
    assert hook.told[0]["text"] == told["alerts"][0]["text"]
    later = turning(until=670).filter(pl.col("published") >= datetime(2016, 10, 22, tzinfo=UTC))
    _fill(store, later.with_columns(pl.col("story_id") + "later"))
    assert _json(_alerts(store, "--webhook", hook.url, "--allow-private", "--json"))["posted"] == 0
    assert len(hook.told) == 1


@pytest.mark.parametrize(("status", "message"), [(500, "500 Internal"), (404, "404 Not Found"), (302, "redirects to")])
def test_a_webhook_that_does_not_take_an_event_leaves_it_untold(
    store: Store, hook: Hook, status: int, message: str
) -> None:
    hook.status = status
    ran = _alerts(store, "--webhook", hook.url, "--allow-private")
    assert ran.returncode == 1
    assert message in ran.stderr.decode()
    assert "1 event stays untold; run this again" in ran.stderr.decode()
    assert Told(store).read().is_empty()
    hook.status = 200
    assert _json(_alerts(store, "--webhook", hook.url, "--allow-private", "--json"))["posted"] == 1


def test_a_webhook_that_is_not_there_leaves_the_event_untold(store: Store) -> None:
    ran = _alerts(store, "--webhook", "http://127.0.0.1:9999/hook", "--allow-private")
    assert ran.returncode == 1
    assert "stays untold" in ran.stderr.decode()
    assert Told(store).read().is_empty()


def test_a_private_webhook_is_refused_unless_allowed(store: Store, hook: Hook) -> None:
    ran = _alerts(store, "--webhook", hook.url)
    assert ran.returncode == 1
    assert "--allow-private" in ran.stderr.decode()
    assert hook.types == []
    ran = _alerts(store, "--webhook", "http://169.254.169.254/latest", "--allow-private")
    assert ran.returncode == 1
    assert "never fetches from there" in ran.stderr.decode()
    assert Told(store).read().is_empty()


def test_without_a_store_or_without_dates_it_speaks(tmp_path: Path) -> None:
    ran = detente("alerts", "--store", tmp_path / "none")
    assert ran.returncode == 1
    assert "there is no store at" in ran.stderr.decode()
    empty = Store(str(tmp_path / "empty"))
    empty.create()
    assert _json(_alerts(empty, "--json")) == {"until": None, "posted": 0, "alerts": []}


def test_it_runs_as_a_process_of_its_own(store: Store) -> None:
    ran = detente_process("alerts", "--store", store.uri, "--json")
    assert len(_json(ran)["alerts"]) == 1
    assert timedelta(0) < datetime.now(UTC) - Told(store).read()["at"][0]
