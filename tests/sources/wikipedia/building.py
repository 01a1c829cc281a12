"""Items to the wikitext of a day's page, in the forms that the pages had over the years."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

Form = Literal["bullets", "header", "definitions", "content"]
FORMS: Final[tuple[Form, ...]] = ("bullets", "header", "definitions", "content")
"""As in 2002, 2006, 2012 and 2022."""

_BELOW, _ABOVE = "<!-- All news items below this line -->", "<!-- All news items above this line -->"
_NAME = re.compile(r"\b[A-Z][a-z]+(?: [A-Z][a-z]+)*\b")


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a page is to say."""

    text: str
    outlets: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    section: str | None = None


def page(items: Sequence[Told], day: date, form: Form) -> str:
    """Write a page with these items, whose sections and topics are kept where the form has such."""
    if form == "bullets":
        return "\n".join(_bullet(item, 1, number) for number, item in enumerate(items)) + "\n"
    nested = "\n".join(_nested(items, form))
    if form == "content":
        head = f"{{{{Current events|year={day.year}|month={day.month:02}|day={day.day:02}|content=\n"
        return f"{head}\n{_BELOW}\n{nested}\n{_ABOVE}}}}}\n"
    head = f"{{{{Current events header|{day.year}|{day.month:02}|{day.day:02}}}}}"
    return f"{head}\n\n{_BELOW}\n{nested}\n{_ABOVE}|}}\n"


def _nested(items: Sequence[Told], form: Form) -> list[str]:
    lines: list[str] = []
    section: str | None = None
    above: tuple[str, ...] = ()
    for number, item in enumerate(items):
        if form != "header" and item.section and item.section != section:
            lines.append(f";{item.section}" if form == "definitions" else f"'''{item.section}'''")
            section, above = item.section, ()
        topics = item.topics if form != "header" else ()
        for depth, topic in enumerate(topics, start=1):
            if above[:depth] != topics[:depth]:
                lines.append(f"{'*' * depth}[[{topic}]]{':' if form == 'definitions' else ''}")
        above = topics
        lines.append(_bullet(item, len(topics) + 1, number))
    return lines


def _bullet(item: Told, depth: int, number: int) -> str:
    links = " ".join(
        f"[https://{re.sub('[^a-z0-9]', '', outlet.lower()) or 'x'}.example/{number}-{at} ({_styled(outlet, at)})]"
        for at, outlet in enumerate(item.outlets)
    )
    return f"{'*' * depth}{' ' * (number % 2)}{_linked(item.text, number)} {links}".rstrip()


def _styled(outlet: str, at: int) -> str:
    return f"''{outlet}''" if at % 2 else outlet


def _linked(text: str, number: int) -> str:
    """Link names, plainly or under another title, and write what means something in wikitext as entities."""
    escaped = re.sub(r"[&<>\[\]{}|]|^[*#:;=!]|''+", lambda found: "".join(f"&#{ord(c)};" for c in found[0]), text)
    ways = ("[[{0}]]", "{0}", "[[{0} (country)|{0}]]", "''{0}''", "<!-- checked -->{0}")
    counted = 0

    def link(found: re.Match[str]) -> str:
        nonlocal counted
        counted += 1
        return ways[(number + counted) % len(ways)].format(found[0])

    return _NAME.sub(link, escaped)
