"""Take the pictures of the docs, over the whole sample: `make screenshots`."""

from __future__ import annotations

import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from ingest.pipeline import ingest
from ingest.sources import read_source
from ingest.store import Store
from tests.browser.conftest import CHROMIUM, FLAGS, PLOT, RAN, ROOT, SAMPLE, serving

CURVE, MAP = f"{PLOT} .scatterlayer path", f"{PLOT} .choroplethlayer path"
PICTURES = {
    "world.png": ("/?span=36500&days=90", MAP),
    "pair.png": ("/pair?a=RUS&b=TUR&by=quarter", CURVE),
    "pair-dark.png": ("/pair?a=ARE&b=ISR&by=year", CURVE),
    "country.png": ("/country?c=RUS&span=36500", ".dt-cell"),
    "compare.png": ("/compare?pairs=RUS-TUR,ARE-ISR,IND-PAK&by=year", CURVE),
    "article.png": ("/article", "textarea"),
    "stories.png": ("/stories", "h1"),
    "sources.png": ("/sources", ".dt-figures"),
    "method.png": ("/method", ".dt-table"),
}
"""Each with its address and what it waits for."""
SIZE = {"width": 1280, "height": 1000}


def main() -> None:
    """Write the pictures into docs/."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        store = Path(folder) / "store"
        ingest(read_source(str(SAMPLE)), Store(str(store)))
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        with serving(store) as address:
            for name, (path, there) in PICTURES.items():
                scheme = "dark" if "dark" in name else "light"
                page = browser.new_page(viewport=SIZE, color_scheme=scheme)  # type: ignore[arg-type]  # a TypedDict
                page.goto(address + path)
                page.wait_for_selector(there)
                page.wait_for_selector(RAN)
                page.wait_for_timeout(500)  # plotly's first resize
                page.screenshot(path=ROOT / "docs" / name)
                page.close()
        browser.close()


main()
