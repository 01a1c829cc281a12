"""A real dashboard over the sample articles, and a real chromium to look at it."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from ingest.pipeline import ingest
from ingest.records import RawArticle
from ingest.store import Store

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page, Request

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "data" / "sample"
SAMPLES = ("pak-rus", "ind-pak", "chn-usa")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
START = "import sys; from dashboard.launch import serve; sys.exit(serve(sys.argv[1], None))"
PATIENCE_MS = 30_000

PROBE = re.compile(r"/(pair|country|compare|article|stories|sources|method)/_stcore/(health|host-config)$")
"""Streamlit looks for its server beneath the address of a page that is opened directly: 404, then at the root."""

RAN = '.stApp[data-test-script-state="notRunning"]'
PLOT = ".js-plotly-plot"


@dataclass(kw_only=True)
class Seen:
    """A page and everything it did that a reader would not see."""

    page: Page
    base: str
    hosts: set[str] = field(default_factory=set)
    errors: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)

    def open(self, path: str = "/") -> Page:
        """Go to a page and wait until it is drawn."""
        self.page.goto(self.base + path)
        self.page.wait_for_selector("h1", state="attached")
        self.page.wait_for_selector(RAN)
        return self.page

    def open_chart(self, query: str) -> Page:
        """Go to a pair and wait for its chart."""
        self.open(f"/?{query}")
        self.page.wait_for_selector(f"{PLOT} .main-svg")
        return self.page

    def traces(self) -> dict[str, dict[str, Any]]:
        """Return the traces of the drawn figure by name, lists of numbers decoded by plotly itself."""
        script = f"""() => document.querySelector('{PLOT}')._fullData.map(
            t => ({{name: t.name, x: Array.from(t.x), y: Array.from(t.y), customdata: t.customdata}}))"""
        return {trace["name"]: trace for trace in self.page.evaluate(script)}


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Start Debian's chromium, or skip and say why."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        pytest.skip("NOT TESTED IN A BROWSER: playwright is missing; install the extra with: pip install -e '.[dev]'")
    if CHROMIUM is None:
        pytest.skip("NOT TESTED IN A BROWSER: chromium is missing; install it with: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def sample_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ingest some of the sample articles, one without its date."""
    place = tmp_path_factory.mktemp("browser") / "store"
    articles = [
        RawArticle(
            text=row["text"], where=name, title=row["title"], published=row["published"], outlet=row["outlet"],
            authors=tuple(row["authors"]), given_id=row["id"], url=f"https://example.org/{row['id']}",
        )
        for name in SAMPLES
        for row in map(json.loads, (SAMPLE / f"{name}.jsonl").read_text(encoding="utf-8").splitlines())
    ]  # fmt: skip
    articles.append(
        RawArticle(text="Pakistan thanked Russia for its help.", where="undated", outlet="Sample Wire", language="en")
    )
    ingest(articles, Store(str(place)), workers=1, now=datetime(2026, 1, 1, tzinfo=UTC))
    return place


@contextmanager
def serving(store: Path) -> Iterator[str]:
    """Start the dashboard as `detente dashboard` does and yield its address."""
    process = subprocess.Popen(
        [sys.executable, "-c", START, str(store)], stdout=subprocess.PIPE, text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert process.stdout is not None
    try:
        lines = iter(process.stdout.readline, "")
        yield next(found.group() for line in lines if (found := re.search(r"http://127\.0\.0\.1:\d+", line)))
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)
        process.stdout.close()


@pytest.fixture(scope="session")
def address(sample_store: Path, chromium: Browser) -> Iterator[str]:  # noqa: ARG001 - no server without a browser
    with serving(sample_store) as base:
        yield base


@pytest.fixture(scope="session")
def empty_address(tmp_path_factory: pytest.TempPathFactory, chromium: Browser) -> Iterator[str]:  # noqa: ARG001
    with serving(tmp_path_factory.mktemp("browser") / "nothing") as base:
        yield base


@contextmanager
def looking(browser: Browser, base: str, **context: Any) -> Iterator[Seen]:
    """Open a tab that notes what it loads, and hold it to: no other host, no error, no dialog."""
    tab = browser.new_context(**({"viewport": {"width": 1280, "height": 900}} | context))
    page = tab.new_page()
    page.set_default_timeout(PATIENCE_MS)
    seen = Seen(page=page, base=base)

    def on_request(request: Request) -> None:
        if request.url.startswith(("http", "ws")):
            seen.hosts.add(request.url.split("/")[2].split(":")[0])

    def on_console(message: ConsoleMessage) -> None:
        if message.type == "error" and not PROBE.search(message.location.get("url", "")):
            seen.errors.append(message.text)

    def on_dialog(dialog: Dialog) -> None:
        seen.dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("request", on_request)
    page.on("console", on_console)
    page.on("pageerror", lambda error: seen.errors.append(str(error)))
    page.on("dialog", on_dialog)
    try:
        yield seen
    finally:
        tab.close()
    assert seen.hosts <= {"127.0.0.1"}
    assert seen.errors == []
    assert seen.dialogs == []


@pytest.fixture
def seen(chromium: Browser, address: str) -> Iterator[Seen]:
    with looking(chromium, address) as tab:
        yield tab


@pytest.fixture
def narrow(chromium: Browser, address: str) -> Iterator[Seen]:
    """Look as a phone does."""
    with looking(chromium, address, viewport={"width": 390, "height": 844}) as tab:
        yield tab
