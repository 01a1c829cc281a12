from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from dashboard.world import pair_rows
from tests.dashboard.test_views import address, html, open_page


def test_world_is_the_first_page(monkeypatch: pytest.MonkeyPatch, store: Path) -> None:
    app = open_page(monkeypatch, store)
    said = html(app)
    assert "How does the world stand?" in said
    assert "Tone of each country with all others" in said
    assert "Told of most" in said
    assert "of 2 pairs with two or more" in said
    assert "Detente reads news articles" in said


def test_world_of_one_country_and_its_address(monkeypatch: pytest.MonkeyPatch, store: Path) -> None:
    app = open_page(monkeypatch, store, c="PAK", days="90")
    assert "How does Pakistan stand with the world?" in html(app)
    assert address(app) == {"c": "PAK", "days": "90"}
    app.selectbox(key="world_country").set_value("all").run()
    assert address(app) == {"days": "90"}


def test_world_names_what_it_does_not_understand(monkeypatch: pytest.MonkeyPatch, store: Path) -> None:
    app = open_page(monkeypatch, store, c="NOWHERE", days="8")
    assert "c=NOWHERE is not the three-letter code of a country" in html(app)
    assert "days=8 is not 7 or 30 or 90" in html(app)


def test_old_addresses_of_the_pair_page_still_open_it(monkeypatch: pytest.MonkeyPatch, store: Path) -> None:
    app = open_page(monkeypatch, store, a="PAK", b="RUS")
    assert "How do Pakistan and Russia stand?" in html(app)


def test_country_lists_its_partners(monkeypatch: pytest.MonkeyPatch, store: Path) -> None:
    app = open_page(monkeypatch, store)
    app.switch_page("views/country.py").run()
    assert not app.exception
    assert "partner" in html(app)
    app.selectbox(key="country_country").set_value("NOR").run()
    assert "Norway: 1 partner" in html(app)
    assert address(app)["c"] == "NOR"


def test_compare_takes_the_busiest_pairs_and_others(monkeypatch: pytest.MonkeyPatch, store: Path) -> None:
    app = open_page(monkeypatch, store)
    app.switch_page("views/compare.py").run()
    assert not app.exception
    assert "Pakistan–Russia, India–Norway" in html(app)
    app.multiselect(key="compare_pairs").set_value([]).run()
    assert "Choose two pairs or more." in html(app)


@pytest.mark.parametrize("page", ["world", "country", "compare"])
def test_citation_of_many_pairs_tells_the_days(monkeypatch: pytest.MonkeyPatch, store: Path, page: str) -> None:
    app = open_page(monkeypatch, store)
    app.switch_page(f"views/{page}.py").run()
    cited = [one.value for one in app.code if one.value.startswith("Detente ")]
    assert len(cited) == 1
    assert "2017 (UTC)" in cited[0]


@pytest.mark.parametrize("page", ["views/world.py", "views/country.py", "views/compare.py"])
def test_pages_about_many_pairs_welcome_with_an_empty_store(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, page: str
) -> None:
    app = open_page(monkeypatch, tmp_path / "nothing")
    app.switch_page(page).run()
    assert not app.exception
    assert "No articles yet" in "\n".join(one.value for one in app.markdown)


def test_method_tells_constants_accuracy_and_versions(monkeypatch: pytest.MonkeyPatch, store: Path) -> None:
    app = open_page(monkeypatch, store)
    app.switch_page("views/method.py").run()
    assert not app.exception
    said = html(app)
    assert "How are these numbers made?" in said
    assert "ingest.index.interval" in said
    assert "said cooperative" in said
    assert "readings in this store by " in said


def test_small_curves_of_a_list_share_their_time() -> None:
    lines = pl.DataFrame(
        [
            ("PAK-RUS", date(2017, 1, 1), 0.1, 0.0, 0.2, 5),
            ("PAK-RUS", date(2017, 2, 1), 0.2, 0.1, 0.3, 5),
            ("IND-PAK", date(2017, 6, 1), -0.1, -0.2, 0.0, 4),
        ],
        ("pair", "period", "tone", "low", "high", "n"),
        orient="row",
    )
    found = pl.DataFrame({"pair": ["PAK-RUS", "IND-PAK"], "tone": 0.1, "low": 0.0, "high": 0.2, "n": [10, 4]})
    for row in pair_rows(found, lines):
        assert (row.curve[0][0], row.curve[-1][0]) == (date(2017, 1, 1), date(2017, 6, 1))
        assert sum(point[1] is not None for point in row.curve) == (2 if row.pair == "PAK-RUS" else 1)
