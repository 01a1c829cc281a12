from __future__ import annotations

from datetime import UTC, date, datetime

import polars as pl
import pytest

from dashboard.summary import Point, Summary, chart_title, foot, summarise
from tests.dashboard.series import month, series

NAMES = ("Pakistan", "Russia")


def readings(*rows: tuple[str, str, float]) -> pl.DataFrame:
    """Make readings of (day, outlet, tone), each a story of its own."""
    return pl.DataFrame(
        {
            "pair": ["PAK-RUS"] * len(rows),
            "story_id": [str(number) for number in range(len(rows))],
            "article_id": [str(number) for number in range(len(rows))],
            "published": [datetime.fromisoformat(day).replace(tzinfo=UTC) for day, _, _ in rows],
            "outlet": [outlet for _, outlet, _ in rows],
            "tone": [tone for _, _, tone in rows],
            "scorer": ["vader"] * len(rows),
            "scorer_version": ["1"] * len(rows),
        },
        schema_overrides={"published": pl.Datetime("us", "UTC")},
    )


@pytest.mark.parametrize(
    ("rows", "title"),
    [
        ([], "not enough stories to say"),
        ([(month(1), None, 1)], "not enough stories to say"),
        ([(month(9), 0.3, 4)], "friendly in Sep 2017"),
        ([(month(n), 0.3, 4) for n in range(1, 9)], "friendly, no lasting change since Jan 2017"),
        ([(month(n), 0.2 if n < 5 else 0.45, 4) for n in range(1, 9)], "friendly, warmer since May 2017"),
        ([(month(n), 0.3 if n < 5 else -0.3, 4) for n in range(1, 9)], "strained since May 2017, friendly before"),
        ([(month(1), 0.3, 2), (month(2), -0.3, 2)], "mixed, no lasting change since Jan 2017"),
    ],
)
def test_title_says_no_more_than_the_series(rows: list[tuple[date, float | None, int]], title: str) -> None:
    assert chart_title(series(*rows), NAMES, "month") == f"Pakistan–Russia: {title}"


def test_summary() -> None:
    frame = readings(("2017-01-05", "Sample A", -0.5), ("2017-02-05", "Sample B", 0.5), ("2017-02-06", "Sample B", 0.1))
    told = series((month(1), 0.1, 2), (month(2), None, 1), (month(3), 0.2, 5), (month(5), 0.4, 3))
    summary = summarise(frame, told, "unique")
    assert summary.now == Point(period=month(5), tone=0.4, low=0.4 - 0.1, high=0.4 + 0.1, stories=3)
    assert summary.before is not None
    assert summary.before.period == month(1)
    assert (summary.stories, summary.articles, summary.outlets) == (3, 3, 2)
    assert summary.negative is not None
    assert summary.negative.share == pytest.approx(1 / 3)
    assert summary.negative.low < 1 / 3 < summary.negative.high
    assert summary.sample
    assert (
        foot(summary)
        == "Source: 3 articles from 2 outlets · 3 stories · 5 Jan 2017 – 6 Feb 2017 · scorer vader 1 · days in UTC"
    )


def test_change_without_an_older_period_is_since_the_one_before() -> None:
    summary = summarise(readings(), series((month(4), 0.2, 5), (month(5), 0.4, 3)), "unique")
    assert summary.before is not None
    assert summary.before.period == month(4)


def test_summary_of_nothing() -> None:
    assert summarise(readings(), series(), "unique") == Summary(
        now=None,
        before=None,
        negative=None,
        stories=0,
        articles=0,
        outlets=0,
        first=None,
        last=None,
        scorers=(),
        sample=False,
    )


def test_press_is_not_called_sample() -> None:
    frame = readings(("2017-01-05", "Sample A", 0.1), ("2017-01-05", "Reuters", 0.1))
    assert not summarise(frame, series(), "unique").sample
