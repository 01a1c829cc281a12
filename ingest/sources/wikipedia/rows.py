"""Rows of JSONL, CSV or Parquet in which items of the portal are passed on, as the same articles as from the pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

from ingest.records import Failure
from ingest.sources.found import MAX_ARTICLE_BYTES, Found
from ingest.sources.wikipedia.citation import Citation, outlet_name, split_credit
from ingest.sources.wikipedia.item import Item, article_of

CITED_SINCE = date(2010, 1, 1)
"""From about then on each item has to cite: what cites nothing and is no sentence is a heading."""
_COLUMNS = frozenset(["id", "date", "section", "topics", "text", "sources"])
_SAYS = re.compile(
    r"[.!?…\"”’')\]»]\s*$|[a-z]{3}[.!?][\"”’)]? "
    r"|\b(?:is|are|was|were|has|will|begins?|begun|dies|died|kills?|killed|resigns?|says|said|wins|won|announces?)\b"
)
"""What sentences have and the names of topics have not: a stop, or one of the commonest verbs of news."""
_LONGEST_TOPIC = 14
"""Words; a heading is a row of topics with commas between."""


def is_row(names: Iterable[str]) -> bool:
    """Tell whether a table's columns are those in which the portal's items are passed on as JSONL."""
    names = set(names)
    return names >= _COLUMNS and names <= _COLUMNS | {"countries"}


def article_of_row(row: Mapping[str, object], where: str) -> Found | None:
    """Return the article of such a row, the same one as read from the page; None if the row is something else.

    Its topics are not used: in the file that is passed around they are those of the items before.
    """
    told, text, sources, section = (row.get(name) for name in ("date", "text", "sources", "section"))
    if not (isinstance(told, str) and isinstance(text, str) and isinstance(sources, list)):
        return None
    try:
        day = date.fromisoformat(told)
    except ValueError:
        return None
    if not str(row.get("id")).startswith(f"{told}-"):
        return None
    if len(text) > MAX_ARTICLE_BYTES:
        return None  # told by whoever reads rows of any kind
    text, credited = split_credit(text.strip())
    outlets = [name for one in sources or credited if isinstance(one, str) and (name := outlet_name(one))]
    if day >= CITED_SINCE and not outlets and _is_heading(text):
        return Failure(where=where, reason=f"a heading, no news item: no sentence and no source, found {text[:60]!r}")
    known = section if isinstance(section, str) and section != "Uncategorized" else None
    item = Item(text=text, section=known, topics=(), cited=tuple(Citation("", name) for name in outlets))
    return article_of(item, day, where) if text else Failure(where=where, reason="no text: text is empty")


def _is_heading(text: str) -> bool:
    return not _SAYS.search(text) and all(len(topic.split()) <= _LONGEST_TOPIC for topic in re.split("[,;]", text))
