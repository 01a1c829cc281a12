"""Measure speed: `make bench`. Absolute numbers are of this machine at this moment; the ratios travel."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median

from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from ingest.index.series import PERIODS, Period, tone_over_time
from ingest.store import Store, queries
from tests.bench import feeds, index, labelled, pages, pair_page, scoring
from tests.bench.corpus import articles, write_copies
from tests.bench.generated import fill
from tests.stories import measure, speed

COPIES = 6
READINGS = 1_000_000


def main() -> None:
    """Print every figure that the docs claim."""
    what, rows = articles()
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    say(f"{len(rows):,} {what}; {processors} processors")

    yardstick = measure_yardstick([row["text"] for row in rows[:400]])
    say(f"vaderSentiment over whole articles, one process     {yardstick:8,.0f} articles/s")

    for line in scoring.report():
        say(line)
    with tempfile.TemporaryDirectory() as folder:
        measure_ingestion(rows, Path(folder), yardstick)
        measure_questions(Path(folder))
    for lines in (
        index.report(),
        pair_page.report(),
        feeds.measure(),
        pages.report(run),
        labelled.measure(),
        measure.report(),
        speed.report(),
    ):
        for line in lines:
            say(line)


def measure_yardstick(texts: list[str]) -> float:
    """Score whole articles as people do with vaderSentiment; articles per second."""
    analyzer = SentimentIntensityAnalyzer()
    return len(texts) / seconds(lambda: [analyzer.polarity_scores(text) for text in texts])


def measure_ingestion(rows: list[dict[str, object]], folder: Path, yardstick: float) -> None:
    """Ingest through to the store, as the user's command does, start-up included."""
    for times, scorer in ((1, "vader"), (COPIES, "vader"), (COPIES, "detente-fast"), (1, "detente")):
        source, store = folder / f"news-{times}.jsonl", folder / f"store-{times}-{scorer}"
        count = write_copies(rows, times, source)
        for again in ("", ", all known") if (times, scorer) == (COPIES, "vader") else ("",):
            taken, peak = run(["ingest", str(source), "--store", str(store), "--scorer", scorer])
            rate = count / taken
            ratio = "" if again else f"  {rate / yardstick:5.1f} × the yardstick"
            say(f"ingest {count:6,} articles, {scorer + again:24} {rate:8,.0f} articles/s, {peak:5,.0f} MB peak{ratio}")


def measure_questions(folder: Path) -> None:
    """Ask what the pair page asks when a choice changes, on a store of a million readings."""
    store = Store(str(folder / "generated"))
    busiest = fill(store, READINGS)
    a, b = busiest.split("-")
    count = queries.readings(store, (a, b)).collect().height
    for by in PERIODS:
        ask = partial(_ask, store, (a, b), by)
        taken = [seconds(ask) for _ in range(5)]
        say(
            f"pair page query by {by:7} ({count:,} of {READINGS:,} readings)"
            f"   {median(taken) * 1000:6.0f} ms, slowest {max(taken) * 1000:.0f} ms"
        )
    say(f"list of pairs                                        {seconds(lambda: queries.pairs(store)) * 1000:6.0f} ms")


def _ask(store: Store, pair: tuple[str, str], by: Period) -> object:
    return tone_over_time(queries.readings(store, pair), by)


def run(words: list[str]) -> tuple[float, float]:
    """Run a detente command; return its seconds and the peak memory of its largest process in MB."""
    begun = time.perf_counter()
    code = "from ingest.cli import main; main()"
    process = subprocess.Popen([sys.executable, "-c", code, *words], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"detente {' '.join(words)} failed")
    return time.perf_counter() - begun, usage.ru_maxrss / 1024


def seconds(work: Callable[[], object]) -> float:
    """Time one call."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def say(line: str) -> None:
    """Print at once: some lines take a while."""
    print(line, flush=True)


main()
