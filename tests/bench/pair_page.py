"""Measure the server's time of a changed choice on the pair page, for the busiest pair of a generated store.

`python -m tests.bench.pair_page [READINGS] [STORE]`; a million readings by default, 10 000 000 is the promise of the
docs. The time is that of the whole script run that a choice starts, controls, figures and messages included, in one
process without a browser; the browser's own drawing is not in it.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path

import numpy as np
import streamlit as st
from streamlit.testing.v1 import AppTest

import dashboard
from ingest.store import Store, queries
from tests.bench.generated import fill

READINGS = 1_000_000
PATIENCE_S = 120
PROMISE_MS = 300

Choice = tuple[str, Callable[[AppTest], object]]


def choices() -> Iterator[Choice]:
    """Yield the choices that a reader changes, each from the state that the one before left."""
    for by in ("day", "week", "month", "quarter", "year", "month"):
        yield f"periods: {by}", _set("selectbox", "pair_by", by)
    for smooth in (3, 6, 12, 1):
        yield f"smoothing: {smooth}", _set("selectbox", "pair_smooth", smooth)
    for weight in ("reach", "raw", "unique"):
        yield f"weight: {weight}", _set("radio", "pair_weight", weight)
    for direction in ("ab", "all"):
        yield f"direction: {direction}", _set("radio", "pair_direction", direction)
    for number in range(1, 5):
        names = [f"outlet-{one}.example" for one in range(number)]
        yield f"outlet: {number} of 300", _set("multiselect", "pair_outlets", names)
    yield "outlet: all", _set("multiselect", "pair_outlets", [])
    for kinds in (["state"], ["state", "private"], []):
        yield f"kind: {', '.join(kinds) or 'all'}", _set("multiselect", "pair_kinds", kinds)
    for lines in ("adjusted", "press", "ways", "all"):
        yield f"curves: {lines}", _set("selectbox", "pair_lines", lines)
    for panels in (["negative"], ["pressure"], []):
        yield f"panels: {', '.join(panels) or 'none'}", _set("pills", "pair_panels", panels)
    for first in (date(2020, 1, 1), date(2021, 7, 1)):
        yield f"from {first}", _set("date_input", "pair_since", first)


def _set(kind: str, key: str, value: object) -> Callable[[AppTest], object]:
    return lambda app: getattr(app, kind)(key=key).set_value(value)


def report(readings: int = READINGS, place: str | None = None) -> list[str]:
    """Change every choice once and say how long the server took, in lines for people."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store(place or str(Path(folder) / "store"))
        busiest = fill(store, readings) if not store.exists() else str(queries.pairs(store)["pair"][0])
        os.environ["DETENTE_STORE"] = store.uri
        os.environ["DETENTE_FEEDS"] = str(_feeds(Path(folder)))
        a, b = busiest.split("-")
        st.cache_data.clear()
        st.cache_resource.clear()
        app = AppTest.from_file(str(Path(dashboard.__file__).parent / "app.py"), default_timeout=PATIENCE_S)
        for name, value in {"a": a, "b": b, "by": "month"}.items():
            app.query_params[name] = value
        opened = _milliseconds(app.run)
        taken = [(name, _milliseconds(partial(_changed, app, change))) for name, change in choices()]
        count = queries.readings(store, (a, b)).collect().height
    times = np.array([one for _, one in taken])
    slow = sorted(taken, key=lambda one: -one[1])[:6]
    p95 = float(np.percentile(times, 95))
    return [
        f"pair page, {count:,} of {readings:,} readings, first opening            {opened:6.0f} ms",
        f"pair page, {len(taken)} changed choices: median {np.median(times):.0f} ms, p95 {p95:.0f} ms, "
        f"slowest {times.max():.0f} ms (promise: p95 < {PROMISE_MS} ms: {'kept' if p95 < PROMISE_MS else 'NOT KEPT'})",
        "slowest: " + ", ".join(f"{name} {one:.0f} ms" for name, one in slow),
        *(f"  {name:28} {one:6.0f} ms" for name, one in taken if "--all" in sys.argv),
    ]


def _changed(app: AppTest, change: Callable[[AppTest], object]) -> None:
    change(app)
    app.run()
    if app.exception:
        raise SystemExit(f"the page failed: {app.exception}")


def _milliseconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - begun)


def _feeds(folder: Path) -> Path:
    """Write a list of feeds that tells country and kind of every generated outlet."""
    kinds, places = ("public", "private", "state"), ("RUS", "USA", "MLT", "AGO", "FRA")
    rows = "".join(
        f'<outline type="rss" text="{name}" xmlUrl="https://{name}/rss" country="{places[number % len(places)]}" '
        f'kind="{kinds[number % len(kinds)]}"/>\n'
        for number, name in enumerate(_outlets())
    )
    path = folder / "feeds.opml"
    path.write_text(f'<opml version="2.0"><head/><body>\n{rows}</body></opml>', encoding="utf-8")
    return path


def _outlets() -> list[str]:
    return [f"outlet-{number}.example" for number in range(300)]


if __name__ == "__main__":
    told = [one for one in sys.argv[1:] if not one.startswith("--")]
    for line in report(int(told[0]) if told else READINGS, told[1] if len(told) > 1 else None):
        print(line, flush=True)
