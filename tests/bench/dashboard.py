"""How fast the pages answer on a large store: server time of what a page asks, without Streamlit's own.

`python -m tests.bench.dashboard 10` fills a store of 10 million readings (a minute) and prints what questions take.
"""

from __future__ import annotations

import argparse
import logging
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import Any, get_args

import numpy as np
import streamlit as st

from dashboard import cache
from dashboard.address import LINES, SMOOTH
from dashboard.cache import EVERYTHING, Asked, Range, Snapshot
from dashboard.page_choices import MOVE_DAYS, SORTS, SPANS
from ingest.index.series import PERIODS
from ingest.index.stories import Weight
from ingest.store import Store
from tests.bench.generated import fill

MILLION = 1_000_000


def report(millions: float, place: Path | None = None) -> Iterator[str]:
    """Fill a store, or take the one at `place`, and yield what each page's questions take, in milliseconds."""
    with _folder(place) as folder:
        store = Store(str(folder))
        if store.exists():
            busiest = str(cache.pairs(cache.snapshot(store.uri))["pair"][0])
        else:
            busiest = fill(store, int(millions * MILLION))
        now = cache.snapshot(store.uri)
        st.cache_data.clear()
        yield _line("World, first", [_ms(lambda: world(now, None, 30, 365))])
        choices = [(country, days, 365) for country in ("USA", busiest[:3], "FRA") for days in MOVE_DAYS]
        yield _line("World, a changed choice", [_ms(_later(world, now, *one)) for one in choices])
        yield _line("World, five years, first", [_ms(lambda: world(now, None, 30, 1825))])
        yield _line("One country, a changed choice", [_ms(_later(country, now, sort)) for sort in SORTS])
        pair = (busiest[:3], busiest[4:])
        yield _line(f"Two countries, {busiest}, first", [_ms(lambda: two(_asked(now, pair)))])
        yield _line("Two countries, a changed choice", [_ms(_later(two, one)) for one in changed(now, pair)])
        lines = [(smooth, one) for smooth in SMOOTH for one in LINES]
        yield _line("… smoothing and lines", [_ms(_later(two, _asked(now, pair), *one)) for one in lines])
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        yield f"peak memory of the process {peak:,.0f} MB"


def served(place: Path, sessions: int = 5) -> Iterator[str]:
    """Start the real server on a store; yield how soon the first page is drawn and what several readers cost."""
    from playwright.sync_api import sync_playwright

    from tests.browser.conftest import CHROMIUM, FLAGS, PLOT, RAN, serving

    busiest = str(cache.pairs(cache.snapshot(str(place)))["pair"][0])
    pages = ["/", f"/pair?a={busiest[:3]}&b={busiest[4:]}", "/country?c=USA", "/compare", "/"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        begun = time.perf_counter()
        with serving(place) as address:
            started = time.perf_counter() - begun
            times = []
            for path in (pages * sessions)[:sessions]:
                page = browser.new_context().new_page()
                begun = time.perf_counter()
                page.goto(address + path)
                page.wait_for_selector(f"{PLOT} .main-svg, .dt-cell")
                page.wait_for_selector(RAN)
                times.append(time.perf_counter() - begun)
            yield f"server answers after {started:.1f} s, first page drawn after {times[0]:.1f} s more"
            yield f"{sessions} sessions, one after the other: {', '.join(f'{one:.1f}' for one in times)} s"
            yield f"memory of the server with {sessions} sessions {_memory_mb('streamlit run'):,.0f} MB"
        browser.close()


def _memory_mb(command: str) -> float:
    """Return the resident memory of the process whose command line has these words."""
    for status in Path("/proc").glob("[0-9]*/status"):
        with suppress(OSError):
            if command in status.with_name("cmdline").read_text(encoding="utf-8").replace("\0", " "):
                told = dict(line.split(":", 1) for line in status.read_text(encoding="utf-8").splitlines())
                return int(told["VmRSS"].split()[0]) / 1024
    return float("nan")


def world(now: Snapshot, country: str | None, days: int, span: int) -> None:
    """Ask what World asks."""
    cache.pairs(now)
    cache.usual_span(now)
    cache.partners(now, country, span)
    cache.moved(now, days, country, 6)
    cache.busiest(now, span, country, 6)
    cache.scorers(now)


def country(now: Snapshot, sort: Any) -> None:
    """Ask what One country asks."""
    cache.partner_rows(now, "USA", SPANS[2], sort)


def two(asked: Asked, smooth: int = 1, lines: Any = "all") -> None:
    """Ask what the pair page asks before anything is opened."""
    cache.shown(*asked)
    cache.drawn(asked, smooth, lines)
    cache.changes(asked)


def changed(now: Snapshot, pair: cache.Pair) -> Iterator[Asked]:
    """Yield the pair page's choices one after the other."""
    for weight in get_args(Weight):
        for by in PERIODS:
            yield _asked(now, pair)._replace(weight=weight, by=by)
    for year in (2020, 2021, 2022):
        yield _asked(now, pair)._replace(days=Range(date(year, 1, 1), date(year, 12, 31)))


def _asked(now: Snapshot, pair: cache.Pair) -> Asked:
    return Asked(now=now, pair=pair, by="auto", days=Range(), weight="unique", wanted=EVERYTHING)


def _later(ask: Callable[..., None], *given: Any) -> Callable[[], None]:
    return lambda: ask(*given)


def _ms(ask: Callable[[], None]) -> float:
    begun = time.perf_counter()
    ask()
    return 1_000 * (time.perf_counter() - begun)


def _line(what: str, times: list[float]) -> str:
    if len(times) == 1:
        return f"{what:40} {times[0]:8,.0f} ms"
    return f"{what:40} {np.median(times):8,.0f} ms median, {np.percentile(times, 95):,.0f} ms p95, n {len(times)}"


@contextmanager
def _folder(place: Path | None) -> Iterator[Path]:
    if place:
        yield place
    else:
        with tempfile.TemporaryDirectory() as folder:
            yield Path(folder) / "store"


def main() -> None:
    """Print the report."""
    logging.getLogger("streamlit").setLevel(logging.ERROR)
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("millions", type=float, nargs="?", default=1.0)
    parser.add_argument("--store", type=Path)
    told = parser.parse_args()
    for line in report(told.millions, told.store):
        print(line, flush=True)
    if told.store:
        for line in served(told.store):
            print(line, flush=True)


if __name__ == "__main__":
    main()
