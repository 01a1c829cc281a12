"""What a source yields, and the sizes that no input may exceed; reads nothing."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import TypeAlias

from ingest.records import Failure, RawArticle

Found: TypeAlias = RawArticle | Failure
Reader: TypeAlias = Callable[[io.BufferedReader, str], Iterator[Found]]
"""Reads one stream; the second argument names it for people and becomes `where`."""
OnBytes: TypeAlias = Callable[[int], None]
"""Told how many more bytes were read from disk or network, packed as they are; for progress bars."""

MAX_ARTICLE_BYTES = 5_000_000
"""Bytes of one article (characters, in a table); a report printed in full has 1 MB."""
MAX_PAGE_BYTES = 20_000_000
"""Bytes of one saved page or feed after unpacking; trafilatura's own limit."""
MAX_LINE_BYTES = 50_000_000
"""Bytes of one line of JSONL or CSV; far above MAX_ARTICLE_BYTES, since other columns may hold raw pages."""
WHOLE_JSON_BYTES = 20_000_000
"""Bytes of a .json file that is held in memory as a whole (it takes some ten times that); a larger one is streamed."""


def megabytes(size: int) -> str:
    """Write a size for people."""
    return f"{size / 1_000_000:.0f} MB"
