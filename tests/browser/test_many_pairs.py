"""World, Country, Compare and Method in a real browser."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest

from tests.browser.conftest import PLOT, RAN, Seen
from tests.browser.test_dashboard import no_sideways_scroll

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


def figure(page: Page) -> list[dict[str, Any]]:
    script = f"""() => document.querySelector('{PLOT}')._fullData.map(
        t => ({{name: t.name, locations: t.locations && Array.from(t.locations), z: t.z && Array.from(t.z)}}))"""
    found: list[dict[str, Any]] = page.evaluate(script)
    return found


def open_map(seen: Seen, query: str = "") -> Page:
    page = seen.open(f"/{query}")
    page.wait_for_selector(f"{PLOT} .choroplethlayer path")
    return page


def test_the_map_is_drawn_without_any_outside_host(seen: Seen) -> None:
    page = open_map(seen)
    traces = {trace["name"]: trace for trace in figure(page)}
    assert {"CHN", "USA"} <= set(traces["countries"]["locations"])
    assert all(-1 <= tone <= 1 for tone in traces["countries"]["z"])
    assert page.locator("h1").inner_text() == "How does the world stand?"
    assert seen.hosts == {"127.0.0.1"}


def test_a_country_is_chosen_by_its_address_and_by_the_map(seen: Seen) -> None:
    page = open_map(seen, "?c=USA")
    assert page.locator("h1").inner_text() == "How does United States stand with the world?"
    traces = {trace["name"]: trace for trace in figure(page)}
    assert "USA" not in traces["countries"]["locations"]
    assert "CHN" in traces["countries"]["locations"]


def test_a_click_on_the_map_chooses_a_country(seen: Seen) -> None:
    page = open_map(seen)
    script = f"""() => {{
        const traces = document.querySelector('{PLOT}')._fullData;
        const trace = traces.findIndex(t => t.name === 'countries');
        const at = Array.from(traces[trace].locations).indexOf('CHN');
        const area = document.querySelectorAll('.choroplethlayer .trace')[trace].querySelectorAll('path')[at];
        const box = area.getBoundingClientRect();
        return [box.x + box.width / 2, box.y + box.height / 2];
    }}"""
    where = page.evaluate(script)
    page.mouse.move(*where)
    page.mouse.click(*where)
    page.wait_for_url("**/?c=CHN*")
    page.wait_for_selector(RAN)
    assert page.locator("h1").inner_text() == "How does China stand with the world?"


def test_a_pair_of_the_list_opens_its_page(seen: Seen) -> None:
    page = open_map(seen)
    page.locator("[class*=st-key-pairs_busiest] a").first.click()
    page.wait_for_selector(f"{PLOT} .main-svg .scatterlayer")
    page.wait_for_selector(RAN)
    assert "/pair?" in page.url
    assert page.locator("h1").inner_text().endswith("stand?")


def test_country_and_compare_restore_their_address(seen: Seen) -> None:
    page = seen.open("/country?c=USA&sort=name")
    names = page.locator(".st-key-country_grid a p").all_inner_texts()
    assert names == sorted(names)
    assert "China" in names
    page = seen.open("/compare?pairs=PAK-RUS,IND-PAK&layout=multiples")
    page.wait_for_selector(f"{PLOT} .main-svg")
    assert page.locator(f"{PLOT} .scatterlayer").count() == 2


def test_numbers_and_pictures_are_taken_along(seen: Seen, tmp_path: Path) -> None:
    page = seen.open("/compare?pairs=PAK-RUS,IND-PAK")
    page.wait_for_selector(f"{PLOT} .main-svg")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="CSV").click()
    csv = tmp_path / "series.csv"
    waiting.value.save_as(csv)
    assert set(pl.read_csv(csv)["pair"]) == {"PAK-RUS", "IND-PAK"}
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Parquet").click()
    parquet = tmp_path / "series.parquet"
    waiting.value.save_as(parquet)
    assert set(pl.read_parquet(parquet)["pair"]) == {"PAK-RUS", "IND-PAK"}
    for kind, first in (("SVG", b"<svg"), ("PNG", b"\x89PNG")):
        with page.expect_download() as waiting:
            page.get_by_role("button", name=kind, exact=True).click()
        picture = tmp_path / f"chart.{kind.lower()}"
        waiting.value.save_as(picture)
        data = picture.read_bytes()
        assert data.startswith(first)
        if kind == "SVG":
            assert "Pakistan–Russia" in data.decode()
            assert "days in UTC" in data.decode()


@pytest.mark.parametrize("path", ["/", "/country?c=USA", "/compare?pairs=PAK-RUS,IND-PAK", "/method"])
def test_no_page_scrolls_sideways_on_a_phone(narrow: Seen, path: str) -> None:
    assert no_sideways_scroll(narrow.open(path))
