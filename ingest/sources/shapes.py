"""Files of GDELT that hold no text: told by their columns, and who asks is sent to `detente outside`. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

GKG_COLUMNS = 27
"""Columns of GKG 2.1, tab-separated, without a header."""

_GKG_ROW = re.compile(r"\d{14}-T?\d+\t\d{14}\t")
_DOC_COLUMNS = ({"url", "seendate", "domain"}, {"url", "mobileurl", "date", "title"})
"""What the DOC 2.0 API gives for mode=artlist, as JSON and as CSV."""
_TIMELINE = ({"timeline"}, {"date", "series", "value"})
"""What it gives for mode=timelinetone and its like, as JSON and as CSV."""
_INSTEAD = "they are no articles; keep them as an outside series: detente outside add FILE --name NAME"


def without_text(names: Iterable[str]) -> str | None:
    """Say why rows with these columns are no articles although they come from a news service; None if they may be."""
    known = {re.sub(r"[\s_\ufeff]", "", name).lower() for name in names if isinstance(name, str)}
    if known & {"text", "body", "content"}:
        return None
    if any(columns <= known for columns in _DOC_COLUMNS):
        return f"rows of the GDELT DOC API have no text: {_INSTEAD}"
    if any(columns == known - {"querydetails"} for columns in _TIMELINE):
        return f"a timeline has no text: {_INSTEAD}"
    return None


def gkg_without_text(line: str) -> str | None:
    """Say why a line is no article if it is a row of the Global Knowledge Graph."""
    return f"rows of GDELT's GKG have no text: {_INSTEAD}" if is_gkg(line) else None


def is_gkg(line: str) -> bool:
    """Tell a row of GKG 2.1 from any other line."""
    return _GKG_ROW.match(line.lstrip("\ufeff")) is not None
