"""Read an article pasted as plain text: which first and last lines are headline, byline, date or credit."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.records import RawArticle

_HEADER = re.compile(
    r"(title|headline|date|published|author|authors|by|outlet|source|publisher|url|link|language|id)\s*:\s*(\S.*)",
    re.IGNORECASE,
)
_BYLINE = re.compile(r"(?:by|from)\s+((?:[^\W\d_][\w.'’-]*\s*(?:,|and|&)?\s*){2,12})", re.IGNORECASE)
_NAME_WORD = r"(?:[^\W\d_a-z][\w'’]*(?:-[^\W\d_][\w'’]*)*|[A-Z]\.|de|da|del|van|von|bin|al|el|la|le|di|du|ten|der)"
_BARE_NAMES = re.compile(
    rf"{_NAME_WORD}(?: {_NAME_WORD}){{1,3}}(?:(?:, | and | & ){_NAME_WORD}(?: {_NAME_WORD}){{1,3}}){{0,4}}"
)
_SAYS = r"(?:originally|first)\s+(?:appeared|published|ran|posted)"
_CREDIT = re.compile(
    r"(?:^\W*|[.!?]\W+)(?:(?:an?\s+(?:\w+\s+)?version\s+of\s+)?th(?:is|e)\s+"
    r"(?:story|article|report|piece|post|column|essay|commentary|interview|analysis)\s+|it\s+)?"
    rf"(?:was\s+|has\s+been\s+)?{_SAYS}\s+"
    r"(?:on|in|by|at)\s+(?:the\s+website\s+of\s+)?(?:the\s+)?"
    r"(?P<outlet>(?!\d{1,2}\s+[a-z]|\d{4}\b)[^\W_][\w .&'’-]{1,60}?)"
    r"(?=\s+(?:&|and)\s+(?:is|has|was)\b|\s+(?:on|in)\s+\w+\s+\d|\s+is\s|\s+website|[.,;()]|\s*$)",
    re.IGNORECASE,
)
_CREDIT_BARE = re.compile(
    r"(?:\(?\s*(?:source|courtesy(?: of)?|via|copyright|©)\s*:?\s*(?P<outlet>[A-Z][\w .&'’-]{1,60}?)\s*\)?\.?)",
    re.IGNORECASE,
)
_REPUBLISHED = re.compile(
    r"(?:re-?posted|re-?published|re-?printed)(?:\s+here)?\s+(?:with\s+(?:the\s+)?permission|from|courtesy)\s*"
    r"(?:of|from|by)?\s*(?:the\s+)?(?P<outlet>[A-Z][\w .&'’-]{1,60}?)?\s*\.?$",
    re.IGNORECASE,
)
_DATE_LINE = re.compile(
    r"(?:published|posted|updated|date)?:?\s*(?:on\s+)?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?"
    r"(\d{4}-\d{2}-\d{2}(?:[T ][\d:.+Z-]+)?|\d{1,2}(?:st|nd|rd|th)?\s+[a-z]{3,9}\.?,?\s+\d{4}"
    r"|[a-z]{3,9}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4})"
    r"(?:[,\s]+\d{1,2}:\d{2}.*)?",
    re.IGNORECASE,
)
_DATE_TO_PARSE = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b")


def read_pasted(raw: RawArticle) -> RawArticle:
    """Take headline, authors, date and outlet out of the first and last lines of a pasted text."""
    if not raw.pasted:
        return credit(raw)
    found: dict[str, str] = {}
    lines = raw.text.strip().split("\n")
    authors: tuple[str, ...] = ()
    while lines:
        line = lines[0].strip()
        if not line:
            pass
        elif len(lines) > 1 and (header := _HEADER.fullmatch(line)):
            found.setdefault(header.group(1).lower(), header.group(2).strip())
        elif len(lines) > 1 and "date" not in found and (dated := _DATE_LINE.fullmatch(line)):
            found["date"] = _DATE_TO_PARSE.sub("", dated.group(1))
        elif len(lines) > 1 and not authors and (names := _names(line)):
            authors = names
        elif "title" not in found and _is_headline(lines):
            found["title"] = line.lstrip("# ")
        else:
            break
        lines.pop(0)
    named = found.get("authors") or found.get("author") or found.get("by")
    return credit(
        replace(
            raw,
            text="\n".join(lines).strip() or raw.text,
            title=raw.title or found.get("title") or found.get("headline"),
            published=raw.published or found.get("date") or found.get("published"),
            outlet=raw.outlet or found.get("outlet") or found.get("publisher") or found.get("source"),
            url=raw.url or found.get("url") or found.get("link"),
            language=raw.language or found.get("language"),
            given_id=raw.given_id or found.get("id"),
            authors=raw.authors or (split_names(named) if named else authors),
        )
    )


def credit(raw: RawArticle) -> RawArticle:
    """Take the outlet of first publication from a closing line, and the line out of the text."""
    body, _, last = raw.text.rstrip().rpartition("\n")
    last = last.strip()
    if not body.strip() or len(last) > 300:
        return raw
    told = _CREDIT.search(last) or _REPUBLISHED.search(last) or _CREDIT_BARE.fullmatch(last)
    if not told:
        return raw
    outlet = (told.group("outlet") or "").strip(" .") or raw.outlet
    return replace(raw, text=body.rstrip(), outlet=outlet)


def split_names(text: str) -> tuple[str, ...]:
    """Split "Ann Lee, Bo Chen and Cy Diaz" into names."""
    parts = re.split(r"\s*(?:,|;|\band\b|&|\|)\s*", text.removeprefix("By ").removeprefix("by ").strip())
    return tuple(part for part in parts if part)


def _names(line: str) -> tuple[str, ...]:
    if len(line) > 120 or line.endswith((".", "?", "!", ":")):
        return ()
    if by := _BYLINE.fullmatch(line):
        return split_names(by.group(1))
    if not _BARE_NAMES.fullmatch(line):
        return ()
    # Two to four capitalised words may be a name or a short headline: a headline about countries is not a name.
    from ingest.countries.matcher import find_forms

    about_a_country = any(
        sense.kind not in {"leader", "phrase"} for match in find_forms(line) for sense in match.senses
    )
    return () if about_a_country else split_names(line)


def _is_headline(lines: list[str]) -> bool:
    """Tell a headline: one short line without a full stop, and a longer text after it."""
    line, rest = lines[0].strip(), "\n".join(lines[1:]).strip()
    if line.startswith("#"):
        return True
    return (
        len(line) <= 200
        and not line.endswith((".", ":", ",", ";", '."', ".”"))
        and len(rest) > len(line)
        and " — " not in line
    )
