"""What each function of the index takes on a million readings of one pair: `python -m tests.bench.index`."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from statistics import median

import numpy as np
import polars as pl

from ingest.index.baseline import baseline
from ingest.index.changes import change_points, explain, heaviest
from ingest.index.mix import adjusted
from ingest.index.outlets import with_country
from ingest.index.rolling import rolling
from ingest.index.series import tone_over_time
from ingest.index.sides import by_side, directed
from ingest.index.stories import by_story, coded, weighed
from ingest.index.volume import volume
from ingest.index.words import distinguish

READINGS = 1_000_000
DAYS = 1_825
OUTLETS = 300
SENTENCES = 20_000
TIMES = 5


def generate(size: int = READINGS, seed: int = 7) -> pl.DataFrame:
    """Return readings of one pair, two of a story, over five years and 300 outlets, with a turn in the middle."""
    chance = np.random.default_rng(seed)
    seconds = np.sort(chance.integers(0, DAYS * 86_400, size))
    tone = np.clip(chance.normal(0, 0.4, size) - 0.05 * (seconds > DAYS * 43_200), -1, 1)
    return pl.DataFrame(
        {
            "pair": ["PAK-RUS"] * size,
            "story_id": [f"{number // 2:016x}" for number in range(size)],
            "published": np.datetime64("2019-01-01", "us") + seconds.astype("timedelta64[s]"),
            "outlet": [f"outlet-{number}.example" for number in chance.integers(0, OUTLETS, size)],
            "tone": tone,
            "direction": chance.choice(["ab", "ba", "both", "none"], size),
            "title": [f"Generated headline {number}" for number in range(size)],
            "url": [f"https://outlet.example/{number}" for number in range(size)],
        }
    ).with_columns(pl.col("published").dt.replace_time_zone("UTC"))


def report(size: int = READINGS) -> list[str]:
    """Return a line for each function: the median of five calls and the slowest, in milliseconds."""
    plain = generate(size)
    rows = coded(plain)
    stories = by_story(rows).collect()
    series = tone_over_time(rows, "day", stories=stories)
    names = rows["outlet"].unique().cast(pl.String).sort()
    facts = (
        pl.DataFrame({"outlet": names})
        .with_row_index()
        .select(
            "outlet",
            pl.Series(["PAK", "RUS", "FRA"])[pl.Series(range(len(names))) % 3].alias("country"),
            kind=pl.lit("state"),
        )
    )
    homed = with_country(rows, facts).collect()
    months = pl.DataFrame({"period": pl.date_range(date(2019, 1, 1), date(2023, 12, 1), "1mo", eager=True)})
    totals = months.join(pl.DataFrame({"outlet": names}), how="cross").with_columns(pl.lit(1_000).alias("stories"))
    change = change_points(series).row(0, named=True)
    evidence = _evidence()
    works: dict[str, Callable[[], object]] = {
        "coded (once a pair)": lambda: coded(plain),
        "by_story": lambda: by_story(rows).collect(),
        "weighed": lambda: weighed(stories, "reach").collect(),
        "tone_over_time by day": lambda: tone_over_time(rows, "day", stories=stories),
        "tone_over_time by month": lambda: tone_over_time(rows, "month", stories=stories),
        "tone_over_time by month, not coded": lambda: tone_over_time(plain, "month"),
        "rolling, 28 days": lambda: rolling(series, 28),
        "baseline by day": lambda: baseline(series),
        "adjusted by day": lambda: adjusted(rows, "day", stories=stories),
        "adjusted by month": lambda: adjusted(rows, "month", stories=stories),
        "by_side by month": lambda: by_side(homed, "month"),
        "directed by month": lambda: directed(rows, "month"),
        "volume by month": lambda: volume(rows, totals, "month", stories=stories),
        "change_points by day": lambda: change_points(series),
        "explain": lambda: explain(rows, change, stories=stories),
        "heaviest": lambda: heaviest(rows, change, stories=stories),
        f"distinguish, {SENTENCES:,} sentences": lambda: distinguish(evidence, evidence.tail(SENTENCES // 2)),
    }
    lines = []
    for name, work in works.items():
        taken = [_ms(work) for _ in range(TIMES)]
        lines.append(f"index {name:40} {median(taken):6.0f} ms, slowest {max(taken):.0f} ms ({size:,} readings)")
    return lines


def _evidence() -> pl.DataFrame:
    chance = np.random.default_rng(1)
    words = np.array(
        [
            f"word{number}".replace("0", "o").translate(str.maketrans("123456789", "abcdefghi"))
            for number in range(3_000)
        ]
    )
    drawn = words[np.minimum(chance.zipf(1.3, (SENTENCES, 25)) - 1, 2_999)]
    span = pl.List(pl.Struct({"start": pl.Int32, "end": pl.Int32}))
    return pl.DataFrame({"sentence": ["Russia " + " ".join(row) for row in drawn]}).with_columns(
        pl.lit([{"start": 0, "end": 6}], span).alias("a_spans"), pl.lit([], span).alias("b_spans")
    )


def _ms(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1_000


if __name__ == "__main__":
    for line in report():
        print(line, flush=True)
