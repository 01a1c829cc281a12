from __future__ import annotations

from pathlib import Path

from dashboard import cache
from dashboard.cache import Range
from ingest.store import Store
from tests.dashboard.conftest import raw
from tests.quick import ingest

CLEAR = "Russia praised Pakistan."
TORN = (
    "Russia loved, praised, admired, cherished and thanked Pakistan, and hated, killed, attacked and destroyed it, "
    "a great friend and a horrible enemy."
)


def test_clear_evidence_comes_before_words_that_pull_both_ways(tmp_path: Path) -> None:
    articles = [raw(text, "2017-03-01", f"Outlet {number}") for number, text in enumerate((TORN, CLEAR))]
    ingest(articles, Store(str(tmp_path)))
    found = cache.evidence(cache.snapshot(str(tmp_path)), ("PAK", "RUS"), Range(None, None), None, sign="all", most=10)
    tones = [abs(item.tone) for *_, item in found.items]
    assert len(tones) == 2
    assert tones == sorted(tones, reverse=True)
