"""The pair page in a real browser: every control, what lies beneath the curve, why it changed, down to the sentence."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import polars as pl
import pytest

from tests.browser.conftest import PLOT, RAN, Seen, looking
from tests.browser.test_correcting import serious

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser


def settle(page: Page) -> None:
    """Wait until a changed choice has been drawn."""
    page.wait_for_timeout(300)
    page.wait_for_selector(RAN)


def query(page: Page) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


def choose(page: Page, label: str, option: str) -> None:
    """Choose from a list by keyboard, as a reader without a mouse does."""
    box = page.get_by_role("combobox", name=re.compile(label))
    box.evaluate("e => e.scrollIntoView({block: 'center'})")
    box.fill(option)
    page.keyboard.press("Enter")
    settle(page)


def traces(page: Page, key: str) -> dict[str, dict[str, list[object]]]:
    script = f"""() => document.querySelector('.st-key-{key} .js-plotly-plot')._fullData.map(
        t => ({{name: t.name, x: Array.from(t.x), y: Array.from(t.y)}}))"""
    page.wait_for_selector(f".st-key-{key} .js-plotly-plot .main-svg")
    return {trace["name"]: trace for trace in page.evaluate(script)}


def test_every_control_changes_chart_and_address(seen: Seen) -> None:
    page = seen.open_chart("a=CHN&b=USA&by=quarter")
    before = seen.traces()["tone"]["y"]
    choose(page, "Smoothing", "Mean of 3")
    assert query(page)["smooth"] == "3"
    assert seen.traces()["tone"]["y"] != before
    assert page.get_by_text("trailing mean of 3 quarters").first.is_visible()
    choose(page, "Curves", "Each way")
    assert query(page)["lines"] == "ways"
    assert {"China toward United States", "United States toward China"} <= set(seen.traces())
    assert "difference" in traces(page, "difference_chart")
    choose(page, "Curves", "Raw and adjusted")
    assert "adjusted for the mix of outlets" in seen.traces()
    choose(page, "Curves", "One curve")
    page.get_by_role("button", name="More", exact=True).click()
    page.get_by_role("radio", name="Every article").check(force=True)
    settle(page)
    page.get_by_role("radio", name="China toward United States").check(force=True)
    settle(page)
    assert query(page) == {"a": "CHN", "b": "USA", "by": "quarter", "smooth": "3", "weight": "raw", "toward": "ab"}
    assert page.get_by_text("every article, China toward United States").first.is_visible()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="All days").first.click()
    page.get_by_role("spinbutton", name="year, From").click()
    page.keyboard.type("20170101")
    page.keyboard.press("Tab")
    page.locator(".dt-figures").click()
    page.wait_for_url("**from=2017-01-01**")
    settle(page)
    assert query(page)["from"] == "2017-01-01"
    assert min(str(day) for day in seen.traces()["tone"]["x"]) >= "2017"


def test_outlets_are_filtered_by_name_with_counts(seen: Seen) -> None:
    page = seen.open_chart("a=CHN&b=USA&by=year")
    whole = sum(seen.traces()["stories"]["y"])
    page.get_by_role("button", name="All outlets").first.click()
    page.get_by_role("combobox", name=re.compile("^Outlet")).click()
    option = page.get_by_role("option").nth(0)
    name, _, count = option.inner_text().rpartition(" · ")
    option.click()
    settle(page)
    assert query(page)["outlet"] == name
    assert sum(seen.traces()["stories"]["y"]) <= int(count) < whole
    assert page.get_by_text(f"only {name}").first.is_visible()
    page.keyboard.press("Escape")
    outlets = page.locator(".dt-card .dt-facts b").all_inner_texts()
    assert outlets
    assert set(outlets) == {name}


def test_deep_link_restores_every_choice(seen: Seen) -> None:
    link = "a=USA&b=CHN&by=year&from=2015-01-01&smooth=3&toward=ba&lines=press&kind=unknown&panel=negative%7Coutside"
    page = seen.open_chart(link)
    said = page.locator(".dt-subtitle").first.inner_text()
    assert said.startswith("tone, yearly, trailing mean of 3 years, 95")
    assert "only unclassified outlets, China toward United States" in said
    assert "share" in traces(page, "negative_chart")
    assert page.get_by_role("combobox", name=re.compile("Outside series")).is_visible()
    assert query(page)["panel"] == "negative|outside"
    page.reload()
    page.wait_for_selector(f"{PLOT} .main-svg")
    settle(page)
    assert page.locator(".dt-subtitle").first.inner_text() == said


def test_choice_that_leaves_nothing_speaks(seen: Seen) -> None:
    page = seen.open("/pair?a=CHN&b=USA&outlet=The+Nowhere+Times")
    page.get_by_text("is left with this choice: only The Nowhere Times.").wait_for()
    page.get_by_role("button", name="All outlets, either direction").click()
    page.wait_for_selector(f"{PLOT} .main-svg")
    settle(page)
    assert query(page) == {"a": "CHN", "b": "USA"}


def test_from_the_point_to_the_story_to_the_sentence(seen: Seen) -> None:
    page = seen.open_chart("a=PAK&b=RUS&by=year&at=2016")
    page.get_by_role("heading", name="Stories: 2016").wait_for()
    page.get_by_text("Articles and sentences").first.click()
    sentence = page.locator(".st-key-story_2016 .dt-sentence, .dt-card .dt-sentence").first
    sentence.wait_for()
    settle(page)
    assert sentence.locator("u.dt-country").count() >= 2
    assert page.locator(".dt-card .dt-headline a").first.get_attribute("href").startswith("https://example.org/")  # type: ignore[union-attr]


def test_panels_are_drawn_when_asked_for(seen: Seen) -> None:
    page = seen.open_chart("a=PAK&b=RUS&by=year")
    assert page.locator(".st-key-negative_chart").count() == 0
    page.get_by_role("button", name="Negative share").click()
    settle(page)
    shares = [one for one in traces(page, "negative_chart")["share"]["y"] if one is not None]
    assert shares
    assert all(0 <= float(str(one)) <= 100 for one in shares)
    page.get_by_role("button", name="Volume and pressure").click()
    settle(page)
    bars = traces(page, "pressure_chart")
    assert all(
        float(str(bad)) <= float(str(all_))
        for bad, all_ in zip(bars["pressure"]["y"], bars["volume"]["y"], strict=True)
    )
    assert query(page)["panel"] == "negative|pressure"


def test_outside_series_of_the_reader(seen: Seen, tmp_path: Path) -> None:
    rows = "".join(
        f"{year}-{month:02d}-01;{100 + year + month},5;{month}\n"
        for year in range(2014, 2019)
        for month in range(1, 13)
    )
    good, bad = tmp_path / "gpr.csv", tmp_path / "bad.csv"
    good.write_text("Date;GPRD;other\n" + rows, encoding="utf-16")
    bad.write_text("name,size\na,1\n", encoding="utf-8")
    page = seen.open_chart("a=PAK&b=RUS&by=year&panel=outside")
    choose(page, "Outside series", "A CSV of your own")
    page.locator('input[type="file"]').set_input_files(str(bad))
    page.get_by_text("bad.csv has no column of dates").wait_for()
    page.locator('input[type="file"]').set_input_files(str(good))
    page.get_by_role("heading", name="Tone and gpr").wait_for()
    settle(page)
    drawn = traces(page, "outside_chart")
    assert set(drawn) == {"tone", "outside"} or page.get_by_text("are needed to set them side by side").is_visible()
    assert "outside" not in query(page)
    page.get_by_text("Turn it over").click()
    settle(page)
    assert query(page)["flip"] == "yes"


def test_csv_holds_what_is_drawn(seen: Seen) -> None:
    page = seen.open_chart("a=CHN&b=USA&by=year&lines=ways")
    with page.expect_download() as download:
        page.get_by_role("button", name=re.compile("CSV")).first.click()
    assert download.value.suggested_filename == "detente-CHN-USA-year.csv"
    rows = list(csv.DictReader(io.StringIO(Path(download.value.path()).read_text(encoding="utf-8"))))
    drawn = seen.traces()
    assert [row["period"] for row in rows] == drawn["tone"]["x"]
    told = {row["period"]: row["CHN_to_USA_tone"] for row in rows}
    line = drawn["China toward United States"]
    for day, tone in zip(line["x"], line["y"], strict=True):
        assert (float(told[str(day)]) if told[str(day)] else None) == (
            pytest.approx(tone) if tone is not None else None
        )


def test_every_download_opens(seen: Seen, tmp_path: Path) -> None:
    page = seen.open_chart("a=CHN&b=USA&by=year&lines=ways")
    held = {}
    for label in ("CSV", "Parquet", "PNG", "SVG"):
        with page.expect_download() as download:
            page.get_by_role("button", name=re.compile(label)).first.click()
        held[label] = tmp_path / download.value.suggested_filename
        download.value.save_as(held[label])
    table = pl.read_parquet(held["Parquet"])
    assert table["period"].cast(pl.String).to_list() == pl.read_csv(held["CSV"])["period"].to_list()
    assert held["PNG"].read_bytes().startswith(b"\x89PNG")
    drawing = held["SVG"].read_text(encoding="utf-8")
    assert "China–United States" in drawing
    assert "by who acts or speaks toward whom" in re.sub(r"</text><text[^>]*>", " ", drawing)


def test_cited_as_it_is_drawn(seen: Seen) -> None:
    page = seen.open_chart("a=CHN&b=USA&by=year&smooth=3&toward=ab")
    page.get_by_role("button", name="Cite this view").click()
    cited = page.locator('[data-testid="stPopoverBody"] code').inner_text()
    assert page.locator(".dt-subtitle").first.inner_text() in cited
    assert re.search(r"\d+ stories in \d+ articles; scored by detente ", cited)


def test_notes_on_dates_stand_on_the_chart(seen: Seen) -> None:
    page = seen.open_chart("a=IND&b=PAK&by=year&at=2016")
    page.get_by_role("button", name="Note on a date").click()
    page.get_by_label("Note, as it stands on the chart").fill("Uri")
    page.get_by_label("Your name").fill("N. Name")
    page.get_by_role("button", name="Add the note").click()
    page.get_by_role("button", name="1 note").wait_for()
    settle(page)
    told = page.evaluate(
        f"document.querySelector('{PLOT}').layout.annotations.filter(a => a.name == 'note').map(a => a.text)"
    )
    assert told == ["Uri"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_is_cut_and_everything_can_be_read(chromium: Browser, address: str, scheme: str, width: int) -> None:
    with looking(chromium, address, viewport={"width": width, "height": 900}, color_scheme=scheme) as seen:
        page = seen.open_chart("a=CHN&b=USA&by=year&lines=ways&panel=negative%7Cpressure%7Coutside&at=2018")
        settle(page)
        wide = "e => e.scrollWidth <= e.clientWidth"
        assert page.locator('[data-testid="stMain"]').evaluate(wide)
        assert serious(page) == []
