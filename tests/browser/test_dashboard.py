"""The dashboard in a real browser; every tab is held to `conftest.looking`: no other host, error or dialog."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import PLOT, RAN, Seen, looking

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

ATTACK = (
    "Minister says <script>alert(1)</script><img src=x onerror=alert(2)> to talks\n\n"
    "<b onmouseover=alert(3)>Russia</b> praised Pakistan for its help <script>alert(4)</script><img src=x "
    "onerror=alert(5)> and both countries signed an agreement on Monday."
)


def click_on(page: Page, selector: str) -> None:
    """Click the middle of a drawn mark; plotly listens to the mouse, not to the mark."""
    box = page.locator(selector).bounding_box()
    assert box is not None
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.move(*middle)
    page.mouse.click(*middle)


def no_sideways_scroll(page: Page) -> bool:
    script = """() => [document.documentElement, document.querySelector('[data-testid="stMain"]')]
        .every(e => e.scrollWidth <= e.clientWidth)"""
    return bool(page.evaluate(script))


def paper(page: Page) -> str:
    return str(page.evaluate(f"getComputedStyle(document.querySelector('{PLOT} .main-svg')).backgroundColor"))


def test_pair_page_draws_what_the_store_says(seen: Seen) -> None:
    page = seen.open_chart("a=PAK&b=RUS&by=year")
    traces = seen.traces()
    assert set(traces) == {"interval", "alone", "tone", "stories"}
    assert traces["tone"]["x"] == ["2014-01-01", "2015-01-01", "2016-01-01", "2017-01-01"]
    assert all(-1 <= tone <= 1 for tone in traces["tone"]["y"])
    told = page.locator(".dt-figure").nth(2).inner_text()
    assert f"\n{sum(traces['stories']['y'])} " in told
    assert page.get_by_text("Sample articles written for Detente about real events; not press reports.").is_visible()
    assert page.locator("h1").inner_text() == "How do Pakistan and Russia stand?"
    assert page.get_by_role("combobox", name=re.compile("First country")).count() == 1


def test_click_on_a_point_shows_its_sentences(seen: Seen) -> None:
    page = seen.open_chart("a=PAK&b=RUS&by=year")
    click_on(page, f"{PLOT} .scatterlayer .trace >> nth=-1 >> .points path >> nth=1")
    page.get_by_role("heading", name="Evidence: 2015").wait_for()
    assert page.url.endswith("?a=PAK&b=RUS&by=year&at=2015")
    page.wait_for_selector(RAN)
    dates = page.locator(".dt-card .dt-facts").all_inner_texts()
    assert dates
    assert all(" 2015 · " in facts for facts in dates)
    sentence = page.locator(".dt-sentence").first
    assert sentence.locator("u.dt-country").count() >= 2
    page.get_by_text("Whole article").first.click()
    page.locator(".dt-article").wait_for()
    assert sentence.inner_text() in page.locator(".dt-article").inner_text()
    page.get_by_role("button", name="Clear selection").click()
    page.get_by_role("heading", name="Evidence: all periods").wait_for()
    assert page.url.endswith("?a=PAK&b=RUS&by=year")


def test_click_on_a_bar_opens_a_period_without_a_point(seen: Seen) -> None:
    page = seen.open_chart("a=PAK&b=RUS&by=month")
    traces = seen.traces()
    number = next(
        i
        for i, (tone, stories) in enumerate(zip(traces["tone"]["y"], traces["stories"]["y"], strict=True))
        if tone is None and stories
    )
    click_on(page, f"{PLOT} .barlayer .point >> nth={number}")
    page.wait_for_url(f"**at={traces['stories']['x'][number][:7]}")
    page.locator(".dt-card").first.wait_for()


def test_filter_by_sign(seen: Seen) -> None:
    page = seen.open_chart("a=IND&b=PAK")
    page.get_by_role("radio", name="Hostile").or_(page.get_by_role("button", name="Hostile")).first.click()
    page.wait_for_url("**sign=hostile")
    page.wait_for_selector(RAN)
    chips = page.locator(".dt-card .dt-chip").all_inner_texts()
    assert chips
    assert all(chip.strip().startswith("−") for chip in chips)


def test_deep_link_restores_the_view(seen: Seen) -> None:
    page = seen.open_chart(
        "a=RUS&b=PAK&by=quarter&from=2015-01-01&to=2017-12-31&weight=raw&sign=cooperative&at=2017-Q3"
    )
    assert page.locator("h1").inner_text() == "How do Russia and Pakistan stand?"
    assert page.get_by_role("heading", name="Evidence: Q3 2017").is_visible()
    assert page.get_by_text("tone, quarterly, 95").inner_text().endswith("every article")
    traces = seen.traces()
    assert traces["tone"]["x"][0] >= "2015"
    assert (
        page.evaluate(f"document.querySelector('{PLOT}').layout.shapes.filter(s => s.name == 'selected').length") == 1
    )
    page.get_by_role("button", name="More").click()
    assert page.get_by_role("radio", name="Every article").is_checked()


def test_choosing_a_country_changes_address_and_chart(seen: Seen) -> None:
    page = seen.open_chart("a=PAK&b=RUS")
    page.get_by_role("combobox", name=re.compile("Second country")).fill("Indi")
    page.keyboard.press("Enter")
    page.wait_for_url("**/pair?a=PAK&b=IND")
    page.get_by_role("heading", name=re.compile("Pakistan–India:")).wait_for()


def test_page_switch_keeps_the_view(seen: Seen) -> None:
    page = seen.open_chart("a=CHN&b=USA&by=year")
    page.get_by_role("link", name="One article").click()
    page.get_by_role("heading", name="What does one article say?").wait_for()
    page.get_by_role("link", name="Two countries").click()
    page.wait_for_url("**a=CHN&b=USA&by=year")


@pytest.mark.parametrize(("scheme", "colour"), [("light", "rgb(255, 255, 255)"), ("dark", "rgb(20, 24, 28)")])
@pytest.mark.parametrize("width", [390, 1280])
def test_every_width_and_theme(chromium: Browser, address: str, scheme: str, colour: str, width: int) -> None:
    with looking(chromium, address, viewport={"width": width, "height": 844}, color_scheme=scheme) as seen:
        page = seen.open_chart("a=CHN&b=USA")
        assert no_sideways_scroll(page)
        assert paper(page) == colour
        box = page.locator(PLOT).bounding_box()
        assert box is not None
        assert box["height"] >= 400
        assert box["x"] + box["width"] <= width


def test_pasted_attack_stays_text(seen: Seen) -> None:
    page = seen.open()
    page.get_by_role("link", name="One article").click()
    page.get_by_label("Text of the article").fill(ATTACK)
    page.get_by_role("button", name="Read it").click()
    page.get_by_role("heading", name="Pakistan–Russia").wait_for()
    page.wait_for_selector(RAN)
    shown = page.locator(".dt-sentence").first.inner_text()
    assert "<script>alert(4)</script><img src=x onerror=alert(5)>" in shown
    assert page.locator(".stHtml script, .stHtml img, .stHtml [onmouseover]").count() == 0


def test_example_article_is_read(seen: Seen) -> None:
    page = seen.open()
    page.get_by_role("link", name="One article").click()
    page.get_by_role("button", name="Fill in an example").click()
    page.get_by_role("heading", name="Greece–Turkey").wait_for()
    assert "8 Dec 2023" in page.locator(".dt-meta").inner_text()


def test_undated_articles_can_be_read(seen: Seen) -> None:
    page = seen.open_chart("a=PAK&b=RUS")
    assert page.get_by_text("1 article about this pair has no date").is_visible()
    page.get_by_text("Evidence of the articles without a date").click()
    page.get_by_text("Sample Wire · no date").wait_for()


def test_empty_store_is_friendly(chromium: Browser, empty_address: str) -> None:
    with looking(chromium, empty_address) as seen:
        page = seen.open()
        page.get_by_role("heading", name="No articles yet").wait_for()
        assert "detente ingest data/sample" in page.locator("code").inner_text()
        page.get_by_role("link", name="Or try it on one article").click()
        page.get_by_role("heading", name="What does one article say?").wait_for()
