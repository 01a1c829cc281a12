"""The state of the stories page as plain query parameters, and back; validates everything. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from dashboard.address import EARLIEST, LATEST, LONGEST
from ingest.countries.gazetteer import countries

_STORY = re.compile(r"[0-9a-f]{16}")
MOST_WORDS = 200
"""Characters of a search."""


@dataclass(frozen=True, kw_only=True)
class StoryView:
    """What the stories page shows."""

    a: str | None = None
    """ISO 3166-1 alpha-3; with `b` a pair, alone a country with anybody."""
    b: str | None = None
    since: date | None = None
    until: date | None = None
    words: str = ""
    """Of headlines."""
    story: str | None = None
    """Id of the story that is open."""

    @property
    def countries(self) -> tuple[str, ...]:
        """The countries chosen, in order of the alphabet: a pair, one, or none."""
        return tuple(sorted(one for one in (self.a, self.b) if one))


def read_story_address(params: Mapping[str, str]) -> tuple[StoryView, tuple[str, ...]]:
    """Read a view from query parameters; what is not understood is left out and named in a note."""
    notes: list[str] = []

    def told(name: str, value: object | None, expected: str) -> object | None:
        text = params.get(name, "").strip()
        if text and value is None:
            notes.append(f"{name}={text[:LONGEST]} is not {expected} and is ignored.")
        return value

    a, b = (told(name, _country(params.get(name, "")), "the three-letter code of a country") for name in ("a", "b"))
    since, until = (told(name, _day(params.get(name, "")), "a day such as 2014-01-31") for name in ("from", "to"))
    story = told("story", _story(params.get("story", "")), "the id of a story")
    if a == b:
        b = None
    view = StoryView(
        a=str(a) if a else None,
        b=str(b) if b else None,
        since=since if isinstance(since, date) else None,
        until=until if isinstance(until, date) else None,
        words=params.get("q", "").strip()[:MOST_WORDS],
        story=str(story) if story else None,
    )
    return view, tuple(notes)


def write_story_address(view: StoryView) -> dict[str, str]:
    """Write a view as query parameters, without those that are open."""
    written = {
        "a": view.a or "",
        "b": view.b or "",
        "from": view.since.isoformat() if view.since else "",
        "to": view.until.isoformat() if view.until else "",
        "q": view.words,
        "story": view.story or "",
    }
    return {name: text for name, text in written.items() if text}


def _country(text: str) -> str | None:
    code = text.strip().upper()
    return code if code in countries() else None


def _story(text: str) -> str | None:
    return text.strip() if _STORY.fullmatch(text.strip()) else None


def _day(text: str) -> date | None:
    try:
        found = date.fromisoformat(text.strip())
    except ValueError:
        return None
    return found if EARLIEST <= found <= LATEST else None
