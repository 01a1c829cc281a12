"""A store of any size with invented readings: pairs busy by a power law, five years of days."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pyarrow as pa
from deltalake import write_deltalake

from ingest.countries.gazetteer import countries
from ingest.schemas import READINGS
from ingest.store import Store

PAIRS = 8_000
CHUNK = 500_000
FIRST_DAY = np.datetime64("2019-01-01", "us")
DAYS = 5 * 365


def fill(store: Store, readings: int, seed: int = 7) -> str:
    """Write so many readings and return the busiest pair."""
    store.create()
    random = np.random.default_rng(seed)
    codes = sorted(countries())
    pairs = np.array([f"{a}-{b}" for a, b in combinations(codes, 2)])
    random.shuffle(pairs)
    pairs = pairs[:PAIRS]
    busy = 1.0 / np.arange(1, PAIRS + 1)
    for begin in range(0, readings, CHUNK):
        size = min(CHUNK, readings - begin)
        chosen = random.choice(PAIRS, size, p=busy / busy.sum())
        write_deltalake(store.table("readings"), _chunk(random, pairs[chosen], begin), mode="append")
    store.compact(at_least=2)
    return str(pairs[0])


def _chunk(random: np.random.Generator, pairs: np.ndarray, begin: int) -> pa.Table:
    size = len(pairs)
    numbers = np.arange(begin, begin + size)
    tone = np.clip(random.normal(0, 0.4, size), -1, 1)
    seconds = random.integers(0, DAYS * 86_400, size).astype("timedelta64[s]")
    constant = {"direction": "both", "label": "neutral", "scorer": "vader", "scorer_version": "generated"}
    columns: dict[str, object] = {
        "pair": pairs,
        "article_id": [f"{number:016x}" for number in numbers],
        "story_id": [f"{number // 2:016x}" for number in numbers],
        "published": pa.array(FIRST_DAY + seconds.astype("timedelta64[us]"), pa.timestamp("us", tz="UTC")),
        "outlet": [f"outlet-{number}.example" for number in random.integers(0, 300, size)],
        "title": [f"Generated headline {number}" for number in numbers],
        "url": [f"https://outlet.example/{number}" for number in numbers],
        "tone": tone,
        "cooperative": np.maximum(tone, 0),
        "neutral": 1 - np.abs(tone),
        "hostile": np.maximum(-tone, 0),
        "sentences": np.full(size, 2, dtype=np.int32),
    }
    columns |= {name: [value] * size for name, value in constant.items()}
    return pa.table({name: columns[name] for name in READINGS.names}, schema=READINGS)
