"""Corrections, notes, stories and bundles in a real browser, over a copy of the sample store: other tests see none."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from ingest.bundle.archive import unpack
from ingest.bundle.verify import verify
from tests.browser.conftest import PLOT, RAN, Seen, looking, serving
from tests.browser.test_dashboard import no_sideways_scroll

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

SERIOUS = {"serious", "critical"}
NOT_OURS = {"exclude": [['[data-testid="stSidebarNav"]']]}
"""Streamlit's navigation puts its heading into the list of links."""


@pytest.fixture
def base(sample_store: Path, tmp_path: Path, chromium: Browser) -> Iterator[str]:  # noqa: ARG001 - no server without a browser
    place = tmp_path / "store"
    shutil.copytree(sample_store, place)
    with serving(place) as address:
        yield address


@pytest.fixture
def own(chromium: Browser, base: str) -> Iterator[Seen]:
    with looking(chromium, base, accept_downloads=True) as tab:
        yield tab


def settled(page: Page) -> None:
    page.wait_for_timeout(300)
    page.wait_for_selector(RAN)


def say(page: Page, button: str, *, why: str | None = None, name: str | None = None) -> None:
    """Fill in the open popover and send it."""
    if why:
        page.get_by_label("Why", exact=True).fill(why)
    if name:
        page.get_by_label("Your name").fill(name)
    page.get_by_role("button", name=button).click()
    settled(page)


def serious(page: Page) -> list[str]:
    """Return what axe-core finds that is serious, each with the elements it is about."""
    found = Axe().run(page, context=NOT_OURS).response["violations"]
    return [
        f"{one['id']}: {[node['target'] for node in one['nodes']][:5]}" for one in found if one["impact"] in SERIOUS
    ]


def tones(seen: Seen) -> list[float | None]:
    return list(seen.traces()["tone"]["y"])


def test_a_corrected_sentence_moves_the_curve_and_a_withdrawal_restores_it(own: Seen) -> None:
    page = own.open_chart("a=PAK&b=RUS&by=year")
    before = tones(own)
    page.get_by_role("button", name="Correct", exact=True).first.click()
    slider = page.get_by_role("slider")
    slider.wait_for()
    slider.press("Home")
    say(page, "Save the correction", why="read it again", name="N. Name")
    page.get_by_text("1 correction by analysts in this pair").wait_for()
    page.wait_for_function(f"before => JSON.stringify(Array.from(document.querySelector('{PLOT}')._fullData.find(t => t.name == 'tone').y)) != before", arg=_json(before))  # fmt: skip  # noqa: E501
    after = tones(own)
    changed = [number for number, (one, other) in enumerate(zip(before, after, strict=True)) if one != other]
    assert len(changed) == 1
    assert (after[changed[0]] or 0) < (before[changed[0]] or 0)
    card = page.locator(".dt-card", has=page.locator(".dt-corrected"))
    assert re.search(r"Corrected by N\. Name, .* UTC: read it again", card.inner_text())
    assert card.locator("s.dt-was .dt-chip").count() == 1
    assert "−1.00 hostile" in card.inner_text()
    page.get_by_text("1 correction by analysts in this pair").click()
    page.get_by_role("button", name="Withdraw", exact=True).click()
    page.get_by_label("Your name").wait_for()
    assert page.get_by_label("Your name").input_value() == "N. Name"
    say(page, "Withdraw it", why="it was right")
    page.wait_for_function("() => !document.body.innerText.includes('by analysts in this pair')")
    page.wait_for_selector(RAN)
    assert tones(own) == before
    assert page.locator(".dt-corrected").count() == 0


def _json(values: list[float | None]) -> str:
    import json

    return json.dumps(values).replace(" ", "")


def test_a_note_is_drawn_on_its_day(own: Seen) -> None:
    page = own.open_chart("a=PAK&b=RUS&by=month")
    page.get_by_role("button", name="Note on a date").click()
    page.get_by_label("Note, as it stands on the chart").fill("drills begin")
    page.get_by_role("textbox", name=re.compile("Day")).or_(
        page.get_by_role("group", name=re.compile("Day"))
    ).first.wait_for()
    _type_day(page, "2016-09-24")
    say(page, "Add the note", name="N. Name")
    page.get_by_role("button", name="1 note").wait_for()
    page.locator(f"{PLOT} .annotation-text", has_text="drills begin").wait_for()


def _type_day(page: Page, day: str) -> None:
    page.get_by_label("Note, as it stands on the chart").press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    page.keyboard.type(day.replace("-", ""))


def test_a_bundle_is_downloaded_and_holds(own: Seen, tmp_path: Path) -> None:
    page = own.open_chart("a=PAK&b=RUS&by=quarter&from=2015-01-01&weight=raw")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Replication bundle").click()
    path = tmp_path / waiting.value.suggested_filename
    assert path.name == "detente-PAK-RUS-quarter.zip"
    waiting.value.save_as(path)
    files = unpack(path)
    verdict = verify(files)
    assert verdict.differences == ()
    drawn = [one for one in tones(own) if one is not None]
    rows = [line.split(",") for line in files["plotted.csv"].decode().splitlines()[1:]]
    assert [float(row[3]) for row in rows if row[3]] == drawn


def open_stories(seen: Seen) -> Page:
    page = seen.open()
    page.get_by_role("link", name="Stories").click()
    page.get_by_role("heading", name="Largest stories").wait_for()
    settled(page)
    return page


def test_a_story_is_split_and_merged(own: Seen) -> None:
    page = open_stories(own)
    page.locator("[class*=st-key-open_] button").first.click()
    page.wait_for_url("**/stories?story=*")
    page.get_by_role("button", name="Not this story").nth(1).click()
    say(page, "Take it out", why="another event", name="N. Name")
    page.get_by_text("1 merge or split by hand").wait_for()
    assert page.locator(".dt-card").count() == 1
    title = page.locator("h2.dt-title").inner_text()
    page.get_by_role("button", name="Merge with another story").click()
    page.get_by_role("combobox", name=re.compile("The other story")).click()
    page.get_by_role("option").first.click()
    say(page, "Make them one story", why="the same event")
    page.get_by_text("2 merges and splits by hand").wait_for()
    assert page.locator(".dt-card").count() >= 2
    assert title
    page.get_by_role("button", name="All stories").click()
    page.get_by_role("heading", name="Largest stories").wait_for()
    assert page.url.endswith("/stories")


def test_an_article_is_opened_from_its_sentence(own: Seen) -> None:
    page = own.open_chart("a=PAK&b=RUS&by=year")
    sentence = page.locator(".dt-sentence").first.inner_text()
    page.get_by_role("link", name="Open the article").first.click()
    page.wait_for_url("**/article?id=*")
    page.get_by_text(re.compile("VADER alone would have said")).wait_for()
    settled(page)
    assert sentence in page.locator(".dt-sentence").all_inner_texts()
    page.get_by_text("Whole article, with the evidence marked").click()
    page.locator(".dt-article mark").first.wait_for()
    page.get_by_role("link", name="Two countries").click()
    page.wait_for_url("**a=PAK&b=RUS&by=year")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_pages_are_readable_at_any_width_and_by_screen_readers(
    chromium: Browser, address: str, scheme: Any, width: int
) -> None:
    with looking(chromium, address, viewport={"width": width, "height": 844}, color_scheme=scheme) as seen:
        page = seen.open_chart("a=PAK&b=RUS")
        assert no_sideways_scroll(page)
        page.get_by_role("button", name="Correct", exact=True).first.click()
        page.get_by_role("slider").wait_for()
        settled(page)
        assert serious(page) == []
        page.keyboard.press("Escape")
        page.get_by_role("link", name="Open the article").first.click()
        page.wait_for_url("**/article?id=*")
        page.get_by_text(re.compile("VADER alone would have said")).wait_for()
        settled(page)
        assert no_sideways_scroll(page)
        assert serious(page) == []
        page.get_by_role("link", name=re.compile("of its story")).click()
        page.wait_for_url("**/stories?story=*")
        page.get_by_role("button", name="All stories").wait_for()
        settled(page)
        assert no_sideways_scroll(page)
        assert serious(page) == []
        page.get_by_role("button", name="All stories").click()
        page.get_by_role("heading", name="Largest stories").wait_for()
        settled(page)
        assert no_sideways_scroll(page)
        assert serious(page) == []
