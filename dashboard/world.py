"""Rows about many pairs: what World and Country list. Pure: frames in, rows and words out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

import polars as pl

from dashboard import theme
from dashboard.evidence import country_name, pair_name
from dashboard.figures.spark import Point
from dashboard.page_choices import Sort
from ingest.index.moves import curves, level, moves

EMPTY_DAYS: dict[str, type[pl.DataType]] = {
    "pair": pl.String, "day": pl.Date, "stories": pl.Int64, "pull": pl.Float64, "squares": pl.Float64,
    "negative": pl.Int64, "articles": pl.Int64,
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Headline:
    """The article behind a move."""

    article_id: str
    title: str
    url: str
    outlet: str
    day: date
    tone: float


@dataclass(frozen=True, kw_only=True)
class PairRow:
    """A pair in a list."""

    pair: str
    tone: float | None
    low: float | None
    high: float | None
    n: int
    change: float | None = None
    change_low: float | None = None
    change_high: float | None = None
    n_before: int = 0
    curve: tuple[Point, ...] = ()
    headline: Headline | None = None

    @property
    def a(self) -> str:
        """Return the first country's code."""
        return self.pair[:3]

    @property
    def b(self) -> str:
        """Return the second country's code."""
        return self.pair[4:]

    def other(self, country: str) -> str:
        """Return the code of the other country."""
        return self.b if self.a == country else self.a

    @property
    def name(self) -> str:
        """Return both names."""
        return pair_name(self.pair)


def about(daily: pl.DataFrame, country: str | None) -> pl.DataFrame:
    """Keep the pairs of a country, or all."""
    return daily.filter(pl.col("pair").str.contains(country, literal=True)) if country else daily


def as_country(daily: pl.DataFrame, country: str | None) -> pl.DataFrame:
    """Put in the place of the pair the partner of a country, or (None) each of the two."""
    a, b = pl.col("pair").str.slice(0, 3), pl.col("pair").str.slice(4, 3)
    if country:
        return about(daily, country).with_columns(pl.when(a == country).then(b).otherwise(a).alias("pair"))
    return pl.concat([daily.with_columns(a.alias("pair")), daily.with_columns(b.alias("pair"))])


def pair_rows(found: pl.DataFrame, lines: pl.DataFrame, headlines: pl.DataFrame | None = None) -> tuple[PairRow, ...]:
    """Put together what is listed of each pair: levels or moves (`ingest.index.moves`), small curves, headlines."""
    drawn = {
        pair: tuple(part.select("period", "tone", "low", "high").iter_rows())
        for (pair,), part in lines.join(found.select("pair"), on="pair", how="semi").group_by(
            "pair", maintain_order=True
        )
    }
    ends = lines["period"].min(), lines["period"].max()
    heads = {row["pair"]: row for row in headlines.to_dicts()} if headlines is not None else {}
    return tuple(
        _row(row, _over(drawn.get(row["pair"], ()), *ends), heads.get(row["pair"])) for row in found.to_dicts()
    )


def _row(row: dict[str, object], curve: tuple[Point, ...], head: dict[str, object] | None) -> PairRow:
    moved = "change" in row
    words = {name: str((head or {}).get(name) or "") for name in ("article_id", "title", "url", "outlet")}
    headline = Headline(**words, day=head["day"], tone=head["tone"]) if head else None  # type: ignore[arg-type]
    return PairRow(
        pair=str(row["pair"]),
        tone=row["now"] if moved else row["tone"],  # type: ignore[arg-type]
        low=None if moved else row["low"],  # type: ignore[arg-type]
        high=None if moved else row["high"],  # type: ignore[arg-type]
        n=int(str(row["n_now"] if moved else row["n"])),
        change=row["change"] if moved else None,  # type: ignore[arg-type]
        change_low=row["low"] if moved else None,  # type: ignore[arg-type]
        change_high=row["high"] if moved else None,  # type: ignore[arg-type]
        n_before=int(str(row["n_before"])) if moved else 0,
        curve=curve,
        headline=headline,
    )


def _over(curve: tuple[Point, ...], first: object, last: object) -> tuple[Point, ...]:
    """Let a curve run over the time that all of a list have, so that the same day is at the same place in each."""
    found = list(_gapped(curve))
    if isinstance(first, date) and (not found or found[0][0] > first):
        found.insert(0, (first, None, None, None))
    if isinstance(last, date) and found[-1][0] < last:
        found.append((last, None, None, None))
    return tuple(found)


def _gapped(curve: Iterable[Point]) -> tuple[Point, ...]:
    """Open a gap where a period is missing between two points."""
    points = list(curve)
    if len(points) < 2:
        return tuple(points)
    step = min((after[0] - before[0]).days for before, after in pairwise(points))
    found = points[:1]
    for before, after in pairwise(points):
        if (after[0] - before[0]).days > 1.5 * step:
            found.append((before[0], None, None, None))
        found.append(after)
    return tuple(found)


def spark_words(row: PairRow) -> str:
    """Say what a small curve shows."""
    drawn = [point for point in row.curve if point[1] is not None]
    if not drawn:
        return f"{row.name}: not enough stories for a curve"
    first, last = drawn[0], drawn[-1]
    return (
        f"{row.name}: {theme.signed(float(first[1] or 0))} in {first[0]:%b %Y}, "
        f"{theme.signed(float(last[1] or 0))} in {last[0]:%b %Y}"
    )


def change_words(change: float, low: float, high: float) -> str:
    """Say a change with its interval."""
    word = "warmer" if change > 0 else "colder"
    return f"{word} by {theme.signed(change)} ({theme.interval(low, high)})"


def partner_list(daily: pl.DataFrame, time: Time, country: str, sort: Sort) -> tuple[PairRow, ...]:
    """Return the partners of a country in order: level over the time, change of its later half, curve."""
    levels = level(daily, time.first, time.last)
    change = moves(daily, max(time.days // 2, 1), time.last).select(
        "pair", "change", pl.col("low").alias("change_low"), pl.col("high").alias("change_high"), "n_before"
    )
    rows = pair_rows(levels, curves(daily, time.every))
    told = {row.pop("pair"): row for row in change.to_dicts()}
    found = [replace(row, **told.get(row.pair, {})) for row in rows]
    return tuple(sorted(found, key=_ORDERS[sort](country)))


@dataclass(frozen=True, kw_only=True)
class Time:
    """Days that a list looks back, no more than the store has."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """Return how many there are, both ends included."""
        return (self.last - self.first).days + 1

    @property
    def every(self) -> str:
        """Return the length of a small curve's periods: some ten to thirty of them."""
        return "1w" if self.days <= WEEKLY_DAYS else "1mo" if self.days <= MONTHLY_DAYS else "1q"

    @property
    def adjective(self) -> str:
        """Return it as a word."""
        return {"1w": "weekly", "1mo": "monthly", "1q": "quarterly"}[self.every]


WEEKLY_DAYS, MONTHLY_DAYS = 200, 800
"""Days up to which small curves have a point a week, a month; above, a quarter."""

_ORDERS: dict[Sort, Callable[[str], Callable[[PairRow], tuple[object, ...]]]] = {
    "stories": lambda _: lambda row: (-row.n, row.pair),
    "tone": lambda _: lambda row: (row.tone is None, row.tone or 0.0, row.pair),
    "change": lambda _: lambda row: (row.change is None, -abs(row.change or 0.0), row.pair),
    "name": lambda country: lambda row: (country_name(row.other(country)),),
}
