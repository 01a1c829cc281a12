"""What changed, on the page, over a store in which something did."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from dashboard import cache
from dashboard.cache import Asked, Range
from dashboard.filters import Filter
from ingest.store import Store, queries
from tests.dashboard.conftest import OTHER, PRAISE, THREAT, raw
from tests.dashboard.test_views import html, open_page
from tests.quick import ingest

MONTHS = [(year, month) for year in (2016, 2017) for month in range(1, 13)]


@pytest.fixture(scope="module")
def turned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Hold two years of two outlets, hostile before 2017, friendly after; one of the two is Russian by its domain."""
    place = tmp_path_factory.mktemp("changes") / "store"
    articles = [
        raw(
            (THREAT if year == 2016 else PRAISE).format(day=f"{year}-{month}-{number}"),
            f"{year}-{month:02d}-{number:02d}",
            outlet,
            f"{outlet} {year}-{month}-{number}",
        )
        for year, month in MONTHS
        for number in (3, 9, 20)
        for outlet in ("gazette.ru", "Morning Post")
    ]
    articles += [
        raw(OTHER.format(day=f"{year}-{month}"), f"{year}-{month:02d}-15", "gazette.ru") for year, month in MONTHS
    ]
    ingest(articles, Store(str(place)), now=datetime(2024, 1, 1, tzinfo=UTC))
    return place


@pytest.fixture
def asked(turned: Path) -> Asked:
    return Asked(cache.snapshot(str(turned)), ("PAK", "RUS"), "month", Range(), "unique", Filter())


def test_change_is_found_drawn_and_told(monkeypatch: pytest.MonkeyPatch, turned: Path, asked: Asked) -> None:
    found = cache.changes(asked)
    assert [(row["number"], row["period"].isoformat()) for row in found.to_dicts()] == [(1, "2017-01-01")]
    app = open_page(monkeypatch, turned, a="PAK", b="RUS", by="month")
    said = html(app)
    assert "What changed" in said
    assert "warmer since Jan 2017" in said
    assert "of which <span" in said
    assert [one.label for one in app.expander].count("Heaviest stories and words") == 1


def test_parts_sum_to_the_change(asked: Asked) -> None:
    (change,) = cache.changes(asked)["change"]
    parts = cache.parts(asked, 1)
    assert parts.tone + parts.mix + parts.volume == pytest.approx(change, abs=1e-9)


def test_stories_and_words_of_a_change_are_those_of_its_side(asked: Asked) -> None:
    stories = cache.heaviest_stories(asked, 1)
    assert len(stories) == 5
    assert all(story.published.year == 2017 and story.tone > 0 for story in stories)
    before, after = cache.words(asked, 1, 8)
    assert "threatened" in [word for word, _ in before]
    assert "praised" in [word for word, _ in after]


def test_changes_are_those_of_the_filter(asked: Asked) -> None:
    nothing = asked._replace(wanted=Filter(outlets=("Nowhere",)))
    assert cache.changes(nothing).is_empty()
    half = asked._replace(wanted=Filter(outlets=("gazette.ru",)))
    assert cache.parts(half, 1).mix == pytest.approx(0, abs=1e-9)


def test_press_of_a_country_is_told_by_its_domain(asked: Asked) -> None:
    drawn = cache.drawn(asked, 1, "press")
    assert [line.label for line in drawn.lines] == ["RUS"]
    assert drawn.says.startswith("Stories: press of Pakistan 0, press of Russia ")
    assert cache.outlet_counts(asked.now, asked.pair)["country"] == {"RUS": 72, "unknown": 72}


def test_volume_counts_all_stories_of_an_outlet(asked: Asked, turned: Path) -> None:
    totals = queries.told_by_outlets(Store(str(turned)))
    assert totals.columns == ["outlet", "day", "stories"]
    assert totals["stories"].sum() >= 72 + 24
    rows = cache.volume(asked)
    assert rows.height == len(MONTHS)
    assert ((rows["volume"] > 0) & (rows["volume"] <= 1)).all()
    hostile, friendly = rows.head(12), rows.tail(12)
    assert (hostile["pressure"] == hostile["volume"]).all()
    assert (friendly["pressure"] == 0).all()
