"""Measure scoring against its floor: `python -m tests.bench.scoring`, a part of `make bench`.

The floor is what cannot be avoided: every article split into sentences by `sentencex`, and the forms of countries found
in it by `ahocorasick_rs`, in the same run, on the same articles. Seconds are those of the processor, so that others who
use the machine do not count; where several processes work, they are those of the clock.
"""

from __future__ import annotations

import gc
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

from sentencex import segment
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from ingest.countries.matcher import automaton
from ingest.countries.mentions import find_mentions
from ingest.records import Article, RawArticle
from ingest.scoring import score_all, score_batch
from ingest.tone.candidates import find_candidates
from ingest.tone.detente.scorer import DetenteScorer
from ingest.tone.scorer import get_scorer
from ingest.workers import BATCH, process_all
from tests.bench.corpus import HERE, articles, changed
from tests.bench.stages import network_stages, table_of
from tests.test_gold import day

SCORED = {"vader": 3_600, "detente-fast": 3_600, "detente": 600}
"""Articles that each scorer is timed on, taken evenly from all: several seconds of each."""

WHOLE = 400
"""Articles given whole to vaderSentiment."""

TURNS = 3

POOLED = {"vader": 30_000, "detente": 2_000}
"""Articles for one process and for two: ten seconds or more of each."""

STREAMED = (10_000, 50_000)
"""Articles for the peak of memory; `python -m tests.bench.scoring memory 1000000` does as many as it is told."""


def report() -> Iterator[str]:
    """Yield a line for each figure."""
    _, rows = articles()
    every = [_article(row) for row in rows]
    floor = _floor(every)
    whole = _whole(every[:: max(1, len(every) // WHOLE)])
    yield f"floor: sentences by sentencex, countries by ahocorasick_rs   {floor:8,.0f} articles/s of one core"
    yield f"vaderSentiment over whole articles                           {whole:8,.0f} articles/s"
    for name, most in SCORED.items():
        rate, worst = _rate(name, every[:: max(1, len(every) // most)])
        yield (
            f"score {name:14} {rate:8,.0f} articles/s of one core, {worst:,.0f} at worst; "
            f"{rate / floor:6.1%} of the floor, {rate / whole:6.1f} × vaderSentiment over whole articles"
        )
    for name, most in SCORED.items():
        yield from _stages(name, every[:: max(1, len(every) // most)])
    for name, most in POOLED.items():
        one, two = (_pooled(name, most, workers) for workers in (1, 2))
        yield (
            f"pool  {name:14} {one:8,.0f} articles/s with 1 process, {two:,.0f} with 2: "
            f"efficiency {two / one / 2:.0%} of {_processors()} processors"
        )
    for name in SCORED:
        taken = sorted(_start(name) for _ in range(5))
        yield f"start detente score, one article, {name:14} {taken[2]:.2f} s, fastest {taken[0]:.2f} s"
    for name in ("vader", "detente-fast"):
        yield f"peak memory, {name:14} " + ", ".join(f"{_peak(name, n):,.0f} MB at {n:,} articles" for n in STREAMED)


def _floor(every: Sequence[Article]) -> float:
    find, texts = automaton().find_matches_as_indexes, [one.text for one in every]

    def work() -> None:
        for text in texts:
            segment("en", text)
            find(text, overlapping=True)

    return len(texts) / median(cpu_seconds(work) for _ in range(TURNS))


def _whole(some: Sequence[Article]) -> float:
    analyzer = SentimentIntensityAnalyzer()
    return len(some) / cpu_seconds(lambda: [analyzer.polarity_scores(one.text) for one in some])


def _rate(name: str, some: Sequence[Article]) -> tuple[float, float]:
    """Return the median and the worst of three rates, each on other articles: repeated sentences are remembered."""
    scorer = get_scorer(name)
    score_all(some[:10], scorer)  # loads what is loaded once

    def work(part: Sequence[Article]) -> None:
        for at in range(0, len(part), BATCH):
            score_all(part[at : at + BATCH], scorer)

    rates = [len(part) / cpu_seconds(work, part) for part in (some[turn::TURNS] for turn in range(TURNS))]
    return median(rates), min(rates)


def rate_of(name: str) -> float:
    """Return articles per second of one core, as `report` measures them."""
    _, rows = articles()
    every = [_article(row) for row in rows]
    return _rate(name, every[:: max(1, len(every) // SCORED[name])])[0]


def _stages(name: str, some: Sequence[Article]) -> Iterator[str]:
    """Time the steps one after the other; where one contains another, the difference is told."""
    scorer = get_scorer(name)
    texts = [(one.text, one.published.date() if one.published else None, one.title or "") for one in some]
    find = automaton().find_matches_as_indexes
    spent: dict[str, float] = {}
    spent["finding forms"] = cpu_seconds(lambda: [find(text, overlapping=True) for text, *_ in texts])
    mentions = cpu_seconds(lambda: [find_mentions(*one, least=2) for one in texts])
    spent["who is meant"] = mentions - spent["finding forms"]
    two = [one[0] for one in texts if len({mention.country for mention in find_mentions(*one, least=2)}) > 1]
    spent["sentences"] = cpu_seconds(lambda: [segment("en", text) for text in two])
    placed = [one for text in texts for one in find_candidates(*text, listed=scorer.reads_lists)]
    related = cpu_seconds(lambda: [find_candidates(*one, listed=scorer.reads_lists) for one in texts])
    spent["relating"] = related - mentions - spent["sentences"]
    candidates = [one.candidate for one in placed]
    forget(scorer)
    judging = cpu_seconds(lambda: [scorer.judge(candidates[at : at + 900]) for at in range(0, len(candidates), 900)])
    spent |= network_stages(scorer, candidates, judging, cpu_seconds)
    forget(scorer)
    scored = cpu_seconds(lambda: [score_all(some[at : at + BATCH], scorer) for at in range(0, len(some), BATCH)])
    spent["readings"] = max(0.0, scored - related - judging)
    table = table_of(some)
    forget(scorer)
    batched = cpu_seconds(
        lambda: [score_batch(table.slice(at, BATCH), scorer) for at in range(0, table.num_rows, BATCH)]
    )
    total = sum(spent.values())
    shares = ", ".join(f"{what} {one / total:.1%}" for what, one in spent.items())
    yield (
        f"time  {name:14} {total / len(some) * 1e6:8,.0f} µs an article: {shares}; "
        f"as Arrow tables {max(0.0, batched - scored) / len(some) * 1e6:,.0f} µs more"
    )


def forget(scorer: object) -> None:
    """Empty the memory of repeated sentences, so that each step is timed in full."""
    if isinstance(scorer, DetenteScorer):
        scorer.remembered = {}


def _pooled(name: str, most: int, workers: int) -> float:
    """Return articles per second through cleaning, scoring and sketches, from the second batch on."""
    raws = (RawArticle(text=text, where="made") for text in changed(most))
    begun, done = 0.0, 0
    for processed in process_all(raws, name, workers, datetime(2026, 1, 1, tzinfo=UTC)):
        if begun:
            done += processed.batch.articles.num_rows
        else:
            begun = time.perf_counter()
    return done / (time.perf_counter() - begun)


def _start(name: str) -> float:
    """Return the seconds from the command to its end."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "one.txt"
        file.write_text(next(changed(1)), encoding="utf-8")
        begun = time.perf_counter()
        code = "from ingest.cli import main; main()"
        command = [sys.executable, "-c", code, "score", str(file), "--scorer", name]
        subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
        return time.perf_counter() - begun


def _peak(name: str, most: int) -> float:
    """Return the peak in MB of a process that scores a stream."""
    command = [sys.executable, "-m", "tests.bench.scoring", "memory", str(most), name]
    return float(subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True).stdout)


def stream(most: int, name: str) -> float:
    """Score a stream of articles into Arrow tables and return this process's peak in MB."""
    scorer = get_scorer(name)
    batch: list[Article] = []
    for number, text in enumerate(changed(most), 1):
        batch.append(Article(text=text, article_id=f"{number:016x}"))
        if len(batch) == BATCH or number == most:
            score_batch(table_of(batch), scorer)
            batch.clear()
    status = Path("/proc/self/status")
    if status.is_file():  # what getrusage tells here includes the process that started this one
        return next(int(line.split()[1]) for line in status.open() if line.startswith("VmHWM")) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20)


def cpu_seconds(work: Callable[..., Any], *given: Any) -> float:
    """Time one call in seconds of this process on a processor, without looking for garbage."""
    gc.collect()
    gc.disable()
    begun = time.process_time()
    try:
        work(*given)
    finally:
        gc.enable()
    return time.process_time() - begun


def _article(row: dict[str, Any]) -> Article:
    found = day(str(row.get("published") or "").strip()[:10])
    when = datetime(found.year, found.month, found.day, tzinfo=UTC) if found else None
    return Article(text=str(row["text"]), title=str(row.get("title") or ""), published=when)


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def page() -> None:
    """Measure, print, and write `docs/speed.md`."""
    lines = []
    for line in report():
        print(line, flush=True)
        lines.append(line)
    what, rows = articles()
    head = f"{len(rows):,} {what}; {_processors()} processors"
    text = PAGE.read_text(encoding="utf-8").replace("{figures}", "\n".join([head, *lines]))
    (HERE / "docs" / "speed.md").write_text(text, encoding="utf-8")


PAGE = Path(__file__).with_name("speed.md")
"""The page without its figures."""


if __name__ == "__main__":
    if sys.argv[1:2] == ["memory"]:
        print(stream(int(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else "vader"))
    elif sys.argv[1:2] == ["page"]:
        page()
    else:
        for line in report():
            print(line, flush=True)
