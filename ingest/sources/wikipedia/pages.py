"""Days to pages: asks for many titles at once and tells what became of each. Knows no wikitext."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ingest.errors import OversizedError
from ingest.sources.found import megabytes
from ingest.sources.web import MAX_BODY_BYTES
from ingest.sources.wikipedia.client import Api
from ingest.sources.wikipedia.item import day_of, page_title

TITLES = 50
"""Titles in one question; the most that MediaWiki allows to everybody."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """What a wiki has for a day."""

    day: date
    wikitext: str | None
    """None: there is no such page, or it cannot be read."""
    problem: str = ""
    """Why it cannot be read; empty if it is there or simply missing."""


def pages_of(days: Sequence[date], api: Api) -> Iterator[Page]:
    """Yield the page of each day, in order, fifty to a question; raises UnavailableError."""
    for begin in range(0, len(days), TITLES):
        yield from _ask(days[begin : begin + TITLES], api)


def _ask(days: Sequence[date], api: Api) -> Iterator[Page]:
    """Ask for some days; where the answer is too large, for each half of them."""
    pages: dict[str, Mapping[str, object]] = {}
    leads: dict[str, str] = {}
    try:
        for query in api.query(
            prop="revisions",
            rvprop="content|ids|timestamp",
            rvslots="main",
            redirects="1",
            titles="|".join(map(page_title, days)),
        ):
            leads |= _leads(query)
            for page in _objects(query.get("pages")):
                title = str(page.get("title"))
                if title not in pages or page.get("revisions"):  # a continued answer names pages again, without text
                    pages[title] = page
    except OversizedError:
        if len(days) == 1:
            problem = f"the answer for this page alone is larger than {megabytes(MAX_BODY_BYTES)}"
            yield Page(day=days[0], wikitext=None, problem=problem)
            return
        half = len(days) // 2
        yield from _ask(days[:half], api)
        yield from _ask(days[half:], api)
        return
    for day in days:
        yield _page(day, _follow(page_title(day), leads), pages)


def _page(day: date, title: str, pages: Mapping[str, Mapping[str, object]]) -> Page:
    page = pages.get(title)
    if page is None:
        return Page(day=day, wikitext=None, problem=f"the answer says nothing of {title!r}")
    if page.get("missing", False) is not False:  # "" in older answers
        return Page(day=day, wikitext=None)
    if page.get("invalid", False) is not False:
        return Page(
            day=day, wikitext=None, problem=f"the wiki takes the title for invalid: {page.get('invalidreason')}"
        )
    if day_of(title) != day:
        problem = f"redirects to {title!r}, which is no page of that day; it is not known what of it belongs to the day"
        return Page(day=day, wikitext=None, problem=problem)
    text, problem = _text(page)
    return Page(day=day, wikitext=text, problem=problem)


def _text(page: Mapping[str, object]) -> tuple[str | None, str]:
    """Return the wikitext of a page's revision, or why there is none; older wikis know no slots, or call it `*`."""
    for revision in _objects(page.get("revisions")):
        slots = revision.get("slots")
        main = slots.get("main") if isinstance(slots, dict) else revision
        if not isinstance(main, dict):
            continue
        model, content = main.get("contentmodel", "wikitext"), main.get("content", main.get("*"))
        if model != "wikitext":
            return None, f"the page holds {str(model)[:40]!r}; expected wikitext"
        if isinstance(content, str):
            return content, ""
    return None, "the answer has the page without its text"


def _leads(query: Mapping[str, object]) -> dict[str, str]:
    """Return which title stands for which: normalised ones and redirects."""
    pairs = [*_objects(query.get("normalized")), *_objects(query.get("redirects"))]
    return {str(pair.get("from")): str(pair.get("to")) for pair in pairs}


def _follow(title: str, leads: Mapping[str, str]) -> str:
    for _ in range(len(leads)):  # no longer: a redirect may lead to itself
        if title not in leads:
            break
        title = leads[title]
    return title


def _objects(value: object) -> list[Mapping[str, object]]:
    """Return the objects of a list, or of an object whose keys are only numbers, as older answers have it."""
    held = list(value.values()) if isinstance(value, dict) else value
    return [one for one in held if isinstance(one, dict)] if isinstance(held, list) else []
