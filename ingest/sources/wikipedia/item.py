"""An item of Portal:Current events as an article: whose words, who is cited, where to look, what makes it the same.

The words are Wikipedia's, so the authors say "Wikipedia contributors" with page and licence, and the address is that
of the page. The outlet is the one that the item cites first, as DESIGN has it of reposts: who published it *first*.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from ingest.articles.identity import digest, letters
from ingest.records import RawArticle
from ingest.sources.wikipedia.citation import Citation

WIKI = "https://en.wikipedia.org/wiki/"
ORIGIN = "wikipedia.org"
"""The outlet of an item that cites nobody."""
LICENCE = "CC BY-SA 4.0"
_MONTHS = (
    "January February March April May June July August September October November December"
).split()  # not `calendar.month_name`, which follows the machine's language
_FIRST_WORDS = 5
"""Words of an item that its address carries, so that a browser scrolls to it."""


def page_title(day: date) -> str:
    """Return the title of a day's page: `Portal:Current events/2010 January 1`."""
    return f"Portal:Current events/{day.year} {_MONTHS[day.month - 1]} {day.day}"


def day_of(title: str) -> date | None:
    """Return the day that a title names at its end; None if it names none."""
    found = re.search(r"/(\d{4}) ([A-Z][a-z]+) (\d{1,2})$", title.replace("_", " "))
    if not found or found[2] not in _MONTHS:
        return None
    try:
        return date(int(found[1]), _MONTHS.index(found[2]) + 1, int(found[3]))
    except ValueError:
        return None


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """A piece of news on a day's page."""

    text: str
    section: str | None
    """The heading that it is under."""
    topics: tuple[str, ...]
    """The bullets that it is under, the widest first."""
    cited: tuple[Citation, ...]


def article_of(item: Item, day: date, where: str) -> RawArticle:
    """Make an article of an item of that day."""
    return RawArticle(
        text=item.text,
        where=where,
        title=" · ".join(item.topics) or item.section,
        url=_address(item.text, day),
        published=day.isoformat(),
        outlet=next((one.outlet for one in item.cited if one.outlet), ORIGIN),
        language="en",
        authors=(f"Wikipedia contributors, {page_title(day)} ({LICENCE})", *_citing(item.cited)),
    )


def _citing(cited: Sequence[Citation]) -> Iterator[str]:
    for one in cited:
        yield f"citing {one.outlet}: {one.url}" if one.outlet and one.url else f"citing {one.outlet or one.url}"


def _address(text: str, day: date) -> str:
    """Return the page's address with what names the item: its words on its day, whatever else changes around it.

    In the query, which Wikipedia passes over, since an address is known without its fragment; the fragment makes a
    browser scroll to the words.
    """
    key = digest(f"{day.isoformat()}|{letters(text)}")
    words = quote(" ".join(text.split()[:_FIRST_WORDS]), safe="", errors="replace").replace("-", "%2D")
    return f"{WIKI}{quote(page_title(day).replace(' ', '_'), safe=':/')}?item={key}#:~:text={words}"
