"""The wikitext of a day's page to its items, in every form that the pages had since 2002. Pure.

A page is headings and nested bullets: `;Armed conflicts`, `'''Armed conflicts'''`, then `*[[Topic]]`, then
`**Sentence. [https://… (Outlet)]`. A bullet is an item if it says something; one that only names what its
sub-bullets are about is a topic. Time and memory are linear in the page, whatever it holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from ingest.sources.wikipedia.inline import MAX_CHARS, Rendered, count_marks, render
from ingest.sources.wikipedia.item import Item

MAX_PAGE_CHARS = 2_100_000
"""Characters of a page: MediaWiki's own limit is 2 MiB; a day's page has some 30,000."""
MAX_PAGE_MARKS = 10_000
"""Lines and openings of markup on a page that are parsed, some three seconds at worst; a busy day has 1,500."""
MAX_DEPTH = 10
"""Levels of bullets that are told apart; pages have up to six."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Unreadable:
    """A part of a page that is not read."""

    reason: str


@dataclass(frozen=True, slots=True)
class _Line:
    depth: int
    """Stars before it; 0: a heading."""
    markup: str
    listed: bool = True


_BEGIN = re.compile(r"<!--\s*All news items below this line\s*-->", re.IGNORECASE)
_END = re.compile(r"<!--\s*All news items above this line\s*-->", re.IGNORECASE)
_CONTENT = re.compile(r"\{\{\s*Current events[^{}=]{0,40}(?:\|[^{}|]{0,60}){0,8}?\|\s*content\s*=", re.IGNORECASE)
_LIST = re.compile(r"[ \t]*([*#:;]+)[ \t]*(.*)")
_EQUALS = re.compile(r"(={1,6})(.{1,200}?)\1\s*")
_BOLD = re.compile(r"'''+([^']{1,200})'''+[\s:]*|<b>([^<]{1,200})</b>\s*")
_TABLE = re.compile(r"\s*(?:\{\||\|[}+-]?|!|\}\}|__)")
_ENDS = re.compile(r"[.!?…][\"'”’)\]»]*$")
_DAY_HEADING = re.compile(
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day\W*)?(?:\d{1,2}\W+)?(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)"
    r"[a-z]*\.?(?:\W+\d{1,2})?(?:\W+\d{4})?(?:\W+\(?[a-z]+day\)?)?",
    re.IGNORECASE,
)


def items_of(wikitext: str) -> Iterator[Item | Unreadable]:
    """Yield the items of a page in order; what is too long or too deep to be news is named and left out."""
    if len(wikitext) > MAX_PAGE_CHARS:
        yield Unreadable(reason=f"a page of {len(wikitext):,} characters; expected at most {MAX_PAGE_CHARS:,}")
        return
    lines = list(_lines(_body(wikitext)))
    section: str | None = None
    topics: dict[int, str] = {}
    marks = 0
    for line, following in zip_longest(lines, lines[1:]):
        marks += 1 + count_marks(line.markup)
        if marks > MAX_PAGE_MARKS:
            yield Unreadable(
                reason=f"more than {MAX_PAGE_MARKS:,} lines, links, templates and tags; the rest is not read"
            )
            return
        found = render(line.markup)
        if isinstance(found, str):
            yield Unreadable(reason=f"a bullet of {found}; it begins {line.markup[:40]!r}")
            continue
        if not line.depth:
            section = None if _DAY_HEADING.fullmatch(found.text) else found.text.rstrip(": ")[:200] or section
            topics = {}
            continue
        topics = {depth: topic for depth, topic in topics.items() if depth < line.depth}
        has_children = following is not None and following.depth > line.depth
        if _is_item(found, has_children=has_children, listed=line.listed):
            above = tuple(topics[depth] for depth in sorted(topics))
            yield Item(text=found.text, section=section, topics=above, cited=found.cited)
        elif topic := found.text.rstrip(": ")[:200]:
            topics[line.depth] = topic


def _is_item(found: Rendered, *, has_children: bool, listed: bool) -> bool:
    """Tell news from headings, which name a topic: they cite nothing, or end in no stop, and are hardly but links."""
    if not any(char.isalpha() for char in found.text):
        return False
    says = len(found.text.split()) >= 4 and found.own_words >= 2
    ends = bool(_ENDS.search(found.text))
    if found.text.endswith(":"):
        return False
    if not listed:
        return says and ends
    if has_children:
        return says and (ends or (bool(found.cited) and found.own_words >= 3))
    return bool(found.cited) or (says and (ends or found.own_words >= 3))


def _body(wikitext: str) -> str:
    """Return what lies between the page's own marks, or all of it; without comments."""
    begin, end = _BEGIN.search(wikitext), _END.search(wikitext)
    body = wikitext[
        begin.end() if begin else 0 : end.start() if end and (not begin or end.start() > begin.end()) else None
    ]
    body = _without_comments(body)
    if content := _CONTENT.search(body[:2_000]):
        body = body[content.end() :]
    if body.count("{{") < body.count("}}"):  # the end of {{Current events|content=…}}
        body = body.rstrip().removesuffix("}}")
    return body


def _without_comments(text: str) -> str:
    """Drop comments; one that is never closed ends with its line."""
    kept: list[str] = []
    at = 0
    closed = True
    while (begin := text.find("<!--", at)) >= 0:
        kept.append(text[at:begin])
        end = text.find("-->", begin) if closed else -1
        if end < 0:
            closed = False  # nor is any later one: do not look again
            end = text.find("\n", begin)
            at = len(text) if end < 0 else end
        else:
            at = end + 3
    return "".join([*kept, text[at:]])


def _lines(body: str) -> Iterator[_Line]:
    for line in _joined(body.split("\n")):
        if heading := _EQUALS.fullmatch(line.strip()) or _BOLD.fullmatch(line.strip()):
            yield _Line(0, heading[2] or heading[1] if heading.re is _BOLD else heading[2])
        elif listed := _LIST.fullmatch(line):
            marks, markup = listed.groups()
            bold = _BOLD.fullmatch(markup) if marks == ":" else None
            if bold or marks == ";":
                yield _Line(0, bold[1] or bold[2] if bold else markup)
            elif markup:
                yield _Line(min(len(marks), MAX_DEPTH), markup)
        elif line.strip() and not _TABLE.match(line):
            yield _Line(1, line, listed=False)


def _joined(lines: list[str]) -> Iterator[str]:
    """Join a line with the next ones while a template or reference is open in it."""
    held = ""
    open_marks = 0
    for line in lines:
        opened = line.count("{{") - line.count("}}") + line.count("<ref>") + line.count("<ref ") - line.count("</ref>")
        opened -= line.count("/>") if "<ref " in line else 0
        if held and (_LIST.match(line) or len(held) + len(line) > MAX_CHARS):
            yield held
            held, open_marks = "", 0
        held = f"{held} {line.strip()}" if held else line.rstrip("\r")
        open_marks += opened
        if open_marks <= 0:
            yield held
            held, open_marks = "", 0
    if held:
        yield held
