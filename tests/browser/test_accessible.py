"""Every page for every reader: axe-core finds nothing serious, and the keyboard reaches all controls."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

import pytest

from tests.browser.conftest import PLOT, RAN, ROOT, looking
from tests.browser.test_dashboard import no_sideways_scroll

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

PAGES = {
    "world": "/",
    "pair": "/pair?a=PAK&b=RUS&by=year",
    "country": "/country?c=USA",
    "compare": "/compare?pairs=PAK-RUS,IND-PAK&by=year",
    "article": "/article",
    "stories": "/stories",
    "sources": "/sources",
    "method": "/method",
}
OURS = '[data-testid="stMain"]'
"""What is ours: Streamlit's own navigation and toolbar are its own affair."""

TABBED = 80
"""Presses of Tab within which the controls of a page are reached."""


def violations(page: Page) -> list[str]:
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, context=OURS, options={"resultTypes": ["violations"]})
    return [
        f"{one['id']}: {one['help']} ({one['nodes'][0]['html'][:160]})"
        for one in found.response["violations"]
        if one["impact"] in {"serious", "critical"}
    ]


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
@pytest.mark.parametrize("name", PAGES)
def test_nothing_serious_stands_in_anybodys_way(
    chromium: Browser, address: str, name: str, scheme: Literal["light", "dark"], width: int
) -> None:
    with looking(chromium, address, color_scheme=scheme, viewport={"width": width, "height": 900}) as seen:
        page = seen.open(PAGES[name])
        if name in {"world", "pair", "compare"}:
            page.wait_for_selector(f"{PLOT} .main-svg")
        page.wait_for_selector(RAN)
        assert violations(page) == []
        assert no_sideways_scroll(page)


@pytest.mark.parametrize("name", ["world", "country", "compare"])
def test_the_keyboard_reaches_the_choice_of_a_country(chromium: Browser, address: str, name: str) -> None:
    wanted = {"world": "Country", "country": "Country", "compare": "Pairs"}[name]
    script = "() => document.activeElement?.getAttribute('aria-label') || ''"
    with looking(chromium, address) as seen:
        page = seen.open(PAGES[name])
        labels = []
        for _ in range(TABBED):
            page.keyboard.press("Tab")
            labels.append(str(page.evaluate(script)))
            if wanted in labels[-1]:
                break
        assert wanted in labels[-1], labels


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["world", "pair", "country", "compare"])
def test_a_link_that_has_the_focus_shows_it(
    chromium: Browser, address: str, name: str, scheme: Literal["light", "dark"]
) -> None:
    script = """() => { const e = document.activeElement; const c = getComputedStyle(e);
        return e.matches('[data-testid="stMain"] a[href]') ? [c.outlineStyle, c.outlineWidth] : null }"""
    with looking(chromium, address, color_scheme=scheme) as seen:
        page = seen.open(PAGES[name])
        page.wait_for_selector(f"{OURS} a[href]")
        for _ in range(TABBED):
            page.keyboard.press("Tab")
            if outline := page.evaluate(script):
                break
        assert outline == ["solid", "2px"]


def test_a_pair_is_chosen_without_a_mouse(chromium: Browser, address: str) -> None:
    script = "() => document.activeElement?.getAttribute('aria-label') || ''"
    with looking(chromium, address) as seen:
        page = seen.open(PAGES["pair"])
        for _ in range(TABBED):
            page.keyboard.press("Tab")
            if page.evaluate(script) == "First country":
                break
        page.keyboard.press("ArrowDown")
        page.get_by_role("option", name="India").first.wait_for()
        page.keyboard.type("India")
        page.keyboard.press("Enter")
        page.wait_for_url("**/pair?*IND*")


def test_every_page_of_the_navigation_is_held() -> None:
    entry = (ROOT / "dashboard" / "app.py").read_text(encoding="utf-8")
    assert set(re.findall(r'st\.Page\("views/(\w+)\.py"', entry)) == set(PAGES)
