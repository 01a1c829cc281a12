"""What a series says in four figures, a title and a foot line. Pure: frames in, numbers and words out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np
import polars as pl

from dashboard import theme
from dashboard.periods import ADJECTIVE, in_period, since_period
from ingest.index.interval import wilson
from ingest.index.series import NEGATIVE, Period
from ingest.index.stories import Weight, by_story

CHANGE_DAYS = 90
"""A change is told against the last drawn period that began at least this long before (LOOK.md)."""

CLEAR = 2.8
"""Standard errors a shift must exceed to be in a title: 1.96 for one comparison, more for the best of many."""

SMALLEST_SHIFT = 0.15
"""Least shift in tone worth a word: the width of half the neutral range."""

WEIGHT_WORDS: dict[Weight, str] = {
    "unique": "each story once",
    "reach": "stories weighted by reach",
    "raw": "every article",
}

SAMPLE = "Sample "
"""How the names of the outlets in `data/sample` begin."""


@dataclass(frozen=True, kw_only=True)
class Point:
    """A drawn period."""

    period: date
    tone: float
    low: float
    high: float
    stories: int

    @property
    def half(self) -> float:
        """Half the width of the 95 % interval."""
        return (self.high - self.low) / 2


@dataclass(frozen=True, kw_only=True)
class Share:
    """A share of 0 … 1 with its Wilson interval and effective n."""

    share: float
    low: float
    high: float


@dataclass(frozen=True, kw_only=True)
class Summary:
    """The numbers above and below a chart."""

    now: Point | None
    """The last drawn period."""
    before: Point | None
    """The drawn period it is compared with."""
    negative: Share | None
    """Share of strained or hostile stories, over the whole range."""
    stories: int
    articles: int
    outlets: int
    first: date | None
    last: date | None
    """UTC days of the first and last article."""
    scorers: tuple[str, ...]
    """Name and version of all the scorers that had a part."""
    sample: bool
    """Whether all of it is Detente's own sample data."""


def summarise(
    readings: pl.DataFrame, series: pl.DataFrame, weight: Weight, stories: pl.DataFrame | None = None
) -> Summary:
    """Sum up readings of a pair (with `outlet, published, scorer, scorer_version`) and their series.

    `stories` are those of `by_story` of them under this weight, where they are at hand.
    """
    dated = readings if not readings["published"].null_count() else readings.filter(pl.col("published").is_not_null())
    stories = by_story(dated, weight).collect() if stories is None else stories
    outlets = dated["outlet"].drop_nulls().unique().cast(pl.String)
    now, before = _now_and_before(series)
    versions = dated.select("scorer", "scorer_version").unique().cast(pl.String)
    scorers = versions.select(pl.concat_str("scorer", "scorer_version", separator=" ")).to_series().sort()
    days = stories["day"]
    return Summary(
        now=now,
        before=before,
        negative=_negative(stories),
        stories=stories.height,
        articles=dated.height,
        outlets=len(outlets),
        first=_day(dated["published"].min()) if len(days) else None,
        last=_day(dated["published"].max()) if len(days) else None,
        scorers=tuple(scorers),
        sample=len(outlets) > 0 and bool(outlets.str.starts_with(SAMPLE).all()),
    )


def chart_title(series: pl.DataFrame, names: tuple[str, str], by: Period) -> str:
    """Say what the chart shows, no more than the intervals allow."""
    pair = f"{names[0]}–{names[1]}"
    drawn = series.filter(pl.col("tone").is_not_null())
    if drawn.is_empty():
        return f"{pair}: not enough stories to say"
    periods = drawn["period"].to_list()
    if len(periods) == 1:
        return f"{pair}: {theme.tone_word(drawn['tone'][0], 'mixed')} {in_period(periods[0], by)}"
    tone, n_eff = drawn["tone"].to_numpy(), drawn["n_eff"].to_numpy()
    error = np.maximum((drawn["high"] - drawn["low"]).to_numpy() / (2 * 1.96), 1e-6)
    if (split := _shift(tone, n_eff, error)) is not None:
        earlier = float(np.average(tone[:split], weights=n_eff[:split]))
        later = float(np.average(tone[split:], weights=n_eff[split:]))
        now, then = theme.tone_word(later, "mixed"), theme.tone_word(earlier, "mixed")
        since = since_period(periods[split], by)
        if now != then:
            return f"{pair}: {now} {since}, {then} before"
        return f"{pair}: {now}, {'warmer' if later > earlier else 'colder'} {since}"
    word = theme.tone_word(float(np.average(tone, weights=n_eff)), "mixed")
    return f"{pair}: {word}, no lasting change {since_period(periods[0], by)}"


def chart_subtitle(by: Period, weight: Weight) -> str:
    """Say what is drawn."""
    return f"tone, {ADJECTIVE[by]}, 95{theme.THIN}% interval, {WEIGHT_WORDS[weight]}"


def foot(summary: Summary) -> str:
    """Return the line under a chart: source, n, period, scorer and version, UTC."""
    if not summary.first or not summary.last:
        return "Source: articles in this store · days in UTC"
    articles = theme.counted(summary.articles, "article")
    return " · ".join(
        [
            f"Source: {articles} from {theme.counted(summary.outlets, 'outlet')}",
            theme.counted(summary.stories, "story", "stories"),
            f"{theme.day(summary.first)} – {theme.day(summary.last)}",
            f"scorer {', '.join(summary.scorers)}",
            "days in UTC",
        ]
    )


def _day(when: object) -> date | None:
    return when.date() if isinstance(when, datetime) else None


def _shift(
    tone: np.ndarray[tuple[int], np.dtype[np.float64]],
    n_eff: np.ndarray[tuple[int], np.dtype[np.float64]],
    error: np.ndarray[tuple[int], np.dtype[np.float64]],
) -> int | None:
    """Return the first period of the clearest shift between two levels, if there is a clear one.

    Each side needs five effective stories: two periods of two do not make a level.
    """
    best, found = CLEAR, None
    for split in range(1, len(tone)):
        sides = (slice(0, split), slice(split, None))
        if any(n_eff[side].sum() < 5 for side in sides):
            continue
        levels = [np.average(tone[side], weights=n_eff[side]) for side in sides]
        variances = [float(np.sum((n_eff[side] * error[side]) ** 2) / n_eff[side].sum() ** 2) for side in sides]
        gap = abs(float(levels[1] - levels[0]))
        clear = gap / float(np.sqrt(sum(variances)))
        if gap >= SMALLEST_SHIFT and clear > best:
            best, found = clear, split
    return found


def _now_and_before(series: pl.DataFrame) -> tuple[Point | None, Point | None]:
    drawn = series.filter(pl.col("tone").is_not_null()).sort("period")
    columns = ("period", "tone", "low", "high", "stories")
    points = [Point(**row) for row in drawn.select(columns).to_dicts()]
    if not points:
        return None, None
    now = points[-1]
    old = [one for one in points[:-1] if one.period <= now.period - timedelta(days=CHANGE_DAYS - 2)]
    return now, old[-1] if old else (points[-2] if len(points) > 1 else None)


def _negative(stories: pl.DataFrame) -> Share | None:
    if stories.is_empty():
        return None
    weight = stories["weight"].to_numpy()
    share = float((weight * (stories["tone"].to_numpy() <= NEGATIVE)).sum() / weight.sum())
    n_eff = float(weight.sum() ** 2 / (weight**2).sum())
    low, high = wilson(np.array([share]), np.array([n_eff]))
    return Share(share=share, low=float(low[0]), high=float(high[0]))
