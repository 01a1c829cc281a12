from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from ingest.pipeline import ingest
from ingest.records import RawArticle
from ingest.store import Store

PRAISE = "Russia and Pakistan praised their growing friendship and signed an agreement on day {day}."
THREAT = "Russia threatened Pakistan with sanctions after the attack on day {day}."
OTHER = "India praised Norway for its help on day {day}."
HOSTILE_TEXT = "<script>alert(1)</script> Russia praised Pakistan for <img src=x onerror=alert(2)> and signed a treaty."


def raw(text: str, published: str | None, outlet: str, title: str = "A headline", url: str | None = None) -> RawArticle:
    return RawArticle(text=text, where="test", published=published, outlet=outlet, title=title, url=url, language="en")


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Hold a year of articles about two pairs, one article without a date, one that attacks the page."""
    place = tmp_path_factory.mktemp("pages") / "store"
    articles = [
        raw(
            text.format(day=f"{month}-{number}"),
            f"2017-{month:02d}-{number:02d}",
            f"Outlet {number}",
            f"Headline {month}-{number}",
        )
        for month in range(1, 13)
        for number, text in enumerate((PRAISE, THREAT, OTHER), start=1)
    ]
    articles += [
        raw("Pakistan thanked Russia for its help, the undated report said.", None, "Outlet 9"),
        raw(HOSTILE_TEXT, "2017-12-24", "<b>Outlet</b>", "<img src=x onerror=alert(3)>", "javascript:alert(4)"),
    ]
    ingest(articles, Store(str(place)), now=datetime(2024, 1, 1, tzinfo=UTC))
    return place
