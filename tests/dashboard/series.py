"""Small series and stories for the tests of pages and figures."""

from __future__ import annotations

from datetime import date

import polars as pl

from ingest.index.series import COLUMNS


def series(*rows: tuple[date, float | None, int]) -> pl.DataFrame:
    """Make a series of (period, tone, stories); the interval is ±0.1, and null where the tone is."""
    return pl.DataFrame(
        [
            {
                "a": "PAK",
                "b": "RUS",
                "period": period,
                "tone": tone,
                "low": None if tone is None else tone - 0.1,
                "high": None if tone is None else tone + 0.1,
                "n_eff": float(stories),
                "stories": stories,
                "articles": stories,
                "outlets": min(stories, 3),
                "negative_share": 0.0 if stories else None,
                "negative_low": 0.0 if stories else None,
                "negative_high": 0.5 if stories else None,
            }
            for period, tone, stories in rows
        ],
        schema=COLUMNS,
    )


def month(number: int, year: int = 2017) -> date:
    """Return the first day of a month; numbers above twelve run on into the next years."""
    return date(year + (number - 1) // 12, (number - 1) % 12 + 1, 1)
