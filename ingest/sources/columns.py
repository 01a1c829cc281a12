"""A row of a table to an article: which column is which, under the many names they go by; reads no file."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import TypeAlias

from ingest.articles.pasted import split_names
from ingest.records import Failure, RawArticle
from ingest.sources.cut import without_mark
from ingest.sources.found import MAX_ARTICLE_BYTES, Found, megabytes
from ingest.sources.shapes import without_text
from ingest.sources.wikipedia.rows import article_of_row, is_row
from ingest.text.htmltext import plain_text
from ingest.text.languages import language_code

_NAMES = {
    "text": "text body content article maintext full_text article_text articleBody story body_text story_text"
    " content_text content_html text_content story_sentences",
    "title": "title headline heading webTitle story_title",
    "published": "published dateTimePub dateTime date publish_date published_at pubdate date_publish date_published"
    " created_at timestamp time publication_date webPublicationDate indexed_date",
    "outlet": "outlet source publisher publication media media_name source_name source_domain domain newspaper site"
    " source_id",
    "url": "url link href permalink article_url web_url webUrl story_url uri",
    "authors": "authors author byline creator",
    "language": "language lang",
    "given_id": "id guid _id article_id uuid stories_id story_id processed_stories_id uri",
    "summary": "description summary abstract lead_paragraph snippet",
    "nested": "_source fields info article attributes",
}
"""Column names that are understood, the preferred one first; case, spaces, `_`, `-` and `.` do not matter.

A summary stands in only where a table has no column of text at all, or where the text is cut and shorter. `nested` is
an object that holds the rest of the row. Collected from the exports of NewsAPI.org, GNews, NewsData, Mediastack, Event
Registry, news-please, the Guardian, the New York Times, Elasticsearch and Media Cloud, and from public data sets.
"""

_MISSING = frozenset(
    {"", "nan", "none", "null", "n/a", "nat", "[removed]", "only available in paid plans", "multiple url matched"}
)
"""What services write for nothing: the last two are the text of NewsData and the source of `gdeltnews`, if unsure."""
_LONGEST_MISSING = max(map(len, _MISSING))
_DEEPEST = 3
"""Objects in objects that are looked into for the columns of an article."""
_NAMED_IN = ("name", "title", "main", "original", "rendered", "uri", "$oid", "$date", "#text")
"""Keys under which an object in place of a name keeps it, as {"source": {"name": "…"}}."""
_HTML = re.compile(r"</(?:p|div|li|h\d|a|span)>|<(?:p|br)\b[^<>]*>", re.IGNORECASE)

Plan: TypeAlias = dict[str, tuple[str, ...]]
"""For each field of an article the columns that may hold it, the preferred one first."""


class Columns:
    """Turns rows into articles; remembers what it worked out for each set of column names."""

    def __init__(self) -> None:
        self._plans: dict[tuple[str, ...], tuple[Plan, str | None]] = {}
        self._of_wikipedia: set[tuple[str, ...]] = set()

    def article(self, row: Mapping[str, object], where: str) -> Found:
        """Make an article of a row, or say what the row lacks."""
        row, fields, refused = self._planned(row)
        if refused:
            return Failure(where=where, reason=refused)
        if self._of_wikipedia and tuple(row) in self._of_wikipedia and (item := article_of_row(row, where)):
            return item
        title = _first(row, fields["title"])
        text = _body(row, fields["text"] or fields["summary"]) or title
        if text is None:
            return Failure(where=where, reason=_no_text(fields, tuple(row)))
        text, cut = without_mark(text)
        if cut and (summary := _body(row, fields["summary"])) and len(summary) > len(text):
            text = summary
        if len(text) > MAX_ARTICLE_BYTES:
            reason = f"text of {megabytes(len(text))}; an article has at most {megabytes(MAX_ARTICLE_BYTES)}"
            return Failure(where=where, reason=reason)
        return RawArticle(
            text=text,
            where=where,
            title=title,
            url=_url(row, fields["url"]),
            published=_date(row, fields["published"]),
            outlet=_first(row, fields["outlet"]),
            language=language_code(_first(row, fields["language"])),
            authors=_authors(row, fields["authors"]),
            given_id=_first(row, fields["given_id"]),
            cut=cut,
        )

    def _planned(self, row: Mapping[str, object]) -> tuple[Mapping[str, object], Plan, str | None]:
        """Return a row whose columns are those of an article, what they are, and why it is none."""
        for _ in range(_DEEPEST):
            names = tuple(row)
            if names not in self._plans:
                if len(self._plans) >= 256:  # rows from strangers may each have other names
                    self._plans.clear()
                    self._of_wikipedia.clear()
                self._plans[names] = plan(names), without_text(names)
                if is_row(names):
                    self._of_wikipedia.add(names)
            fields, refused = self._plans[names]
            inner = next((held for name in fields["nested"] if isinstance(held := row[name], dict)), None)
            if inner is None or any(not isinstance(row[name], dict) for name in fields["text"]):
                break
            row = {name: value for name, value in row.items() if value is not inner} | inner
        return row, fields, refused


def plan(names: Iterable[str]) -> Plan:
    """Tell which columns may hold which field."""
    known = [(_plain(name), name) for name in names if isinstance(name, str)]
    return {
        field: tuple(name for alias in aliases for plain, name in known if plain == alias)
        for field, aliases in _ALIASES.items()
    }


def no_article_columns(names: Iterable[str]) -> str | None:
    """Say why a table with these columns holds no articles; None if it may."""
    names = list(names)
    if refused := without_text(names):
        return refused
    fields = plan(names)
    if fields["text"] or fields["summary"] or fields["title"]:
        return None
    found = ", ".join(repr(str(name)[:40]) for name in names[:20]) + (" …" if len(names) > 20 else "")
    accepted = _NAMES["text"].replace(" ", ", ")
    return f"no column of text; found {found or 'none'}, expected one called {accepted}, or at least a title"


def _plain(name: str) -> str:
    return re.sub(r"[\s_.\-]+", "", name).lower().removeprefix("\ufeff")


_ALIASES = {field: tuple(_plain(alias) for alias in aliases.split()) for field, aliases in _NAMES.items()}


def _no_text(fields: Plan, names: tuple[str, ...]) -> str:
    if held := fields["text"] + fields["title"]:
        return f"no text: {' and '.join(held)} {'is' if len(held) == 1 else 'are'} empty"
    return no_article_columns(names) or "no text: the summary is empty"


def _first(row: Mapping[str, object], names: tuple[str, ...]) -> str | None:
    for name in names:
        if (value := _string(row[name])) is not None:
            return value
    return None


def _string(value: object) -> str | None:
    if isinstance(value, str):
        return (
            None
            if not value or (len(value) <= _LONGEST_MISSING and value.strip().lower() in _MISSING) or value.isspace()
            else value
        )
    if isinstance(value, dict):
        return next(
            (text for key in _NAMED_IN if isinstance(value.get(key), str | int) and (text := _string(value[key]))),
            None,
        )
    if isinstance(value, list) and value:
        return _string(value[0]) if not isinstance(value[0], list) else None
    if isinstance(value, bool) or value is None or (isinstance(value, float) and math.isnan(value)):
        return None
    return str(value) if isinstance(value, int | float) else None


def _body(row: Mapping[str, object], names: tuple[str, ...]) -> str | None:
    for name in names:
        value = row[name]
        if isinstance(value, list):  # paragraphs, or the sentences of Media Cloud
            if sentences := [part["sentence"] for part in value if isinstance(part, dict) and "sentence" in part]:
                value = " ".join(part for part in sentences if isinstance(part, str))
            else:
                value = "\n\n".join(part for part in value if isinstance(part, str))
        if isinstance(value, dict):
            value = _string(value)
        if isinstance(value, str) and _string(value) is not None:
            if _HTML.search(value):
                value = plain_text(value)
            if not value.isspace() and value:
                return value
    return None


def _url(row: Mapping[str, object], names: tuple[str, ...]) -> str | None:
    for name in names:
        value = _string(row[name])
        # A `uri` is as often a number as an address.
        if value and (_plain(name) != "uri" or value.startswith(("http://", "https://"))):
            return value.strip()
    return None


def _authors(row: Mapping[str, object], names: tuple[str, ...]) -> tuple[str, ...]:
    for name in names:
        value = row[name]
        found: list[str] = []
        for part in value if isinstance(value, list) else [value]:
            text = _string(part)
            if text is None:
                continue
            if text.startswith("[") and text.endswith("]"):  # a Python or JSON list, as data frames are saved to CSV
                found += [one or two for one, two in re.findall(r"'([^']+)'|\"([^\"]+)\"", text)]
            else:
                found += split_names(text)
        if found:
            return tuple(found)
    return ()


def _date(row: Mapping[str, object], names: tuple[str, ...]) -> str | None:
    for name in names:
        value = row[name]
        if isinstance(value, dict) and "$date" in value:
            value = value["$date"]
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, int | float) and not isinstance(value, bool):
            if (text := _from_number(value)) is not None:
                return text
        elif (text := _string(value)) is not None:
            text = text.strip()
            return _from_number(int(text)) if text.isascii() and text.isdigit() and len(text) in {10, 13} else text
    return None


def _from_number(value: float) -> str | None:
    """Read 1541410500 and 1541410500000 as time since 1970, and 20181105 as it stands."""
    if not abs(value) < 1e20:  # nor NaN
        return None
    digits = str(int(value))
    if re.fullmatch(r"(?:1[89]|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:\d{4}|\d{6})?", digits):
        return digits
    seconds = float(value)
    while abs(seconds) > 1e11:  # milli-, micro- or nanoseconds: 1e11 s is the year 5138
        seconds /= 1000
    if abs(seconds) < 1e8:  # before March 1973 it is hardly a time: a year, or the number of a row
        return str(value)
    try:
        return datetime.fromtimestamp(seconds, UTC).isoformat()
    except (ValueError, OverflowError, OSError):  # before the year 1
        return str(value)
