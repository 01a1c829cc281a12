"""Which reader reads which file: the one table of suffixes."""

from __future__ import annotations

import stat
import zlib
from collections.abc import Iterator
from pathlib import Path

from ingest.records import Failure
from ingest.sources.csv_file import read_csv
from ingest.sources.feed import read_feed
from ingest.sources.found import Found, OnBytes, Reader
from ingest.sources.html import read_html
from ingest.sources.jsonl import read_json, read_jsonl
from ingest.sources.markdown import read_markdown
from ingest.sources.parquet import read_parquet
from ingest.sources.streams import open_packed, open_stream
from ingest.sources.text import read_text
from ingest.sources.warc import read_warc

READERS: dict[str, Reader] = {
    "": read_text,
    ".txt": read_text,
    ".text": read_text,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".html": read_html,
    ".htm": read_html,
    ".xhtml": read_html,
    ".jsonl": read_jsonl,
    ".ndjson": read_jsonl,
    ".json": read_json,
    ".csv": read_csv,
    ".tsv": read_csv,
    ".parquet": read_parquet,
    ".rss": read_feed,
    ".atom": read_feed,
    ".rdf": read_feed,
    ".xml": read_feed,
    ".warc": read_warc,
}
"""Suffix to reader; any of them may be followed by .gz."""


PACKED = frozenset(".zip .tar .tgz .7z .rar .bz2 .xz .zst .lz4 .br .wacz".split())
"""Archives that are not opened: their members may bear any name and unpack to any size."""


def suffix_of(name: str) -> str:
    """Return the suffix that tells the kind, small and without .gz."""
    path = Path(name.lower())
    return Path(path.stem).suffix if path.suffix == ".gz" else path.suffix


def read_file(path: Path, on_bytes: OnBytes | None = None) -> Iterator[Found]:
    """Yield what one file holds; what cannot be read is a failure, and what was read before it stays."""
    where = str(path)
    suffix = suffix_of(path.name)
    try:
        mode = path.stat().st_mode
        # A pipe, as in `detente ingest <(zcat news.gz)`, has no name to go by.
        reader = read_jsonl if stat.S_ISFIFO(mode) else READERS.get(suffix)
        if reader is None and path.suffix.lower() in PACKED:
            reason = f"{path.suffix.lower()} archives are not opened; unpack it into a folder and ingest that"
            yield Failure(where=where, reason=reason)
            return
        if reader is None:
            known = " ".join(sorted(known for known in READERS if known))
            yield Failure(where=where, reason=f"unknown kind of file {suffix}; known: {known}, each also with .gz")
            return
        opened = open_packed if reader is read_warc else open_stream
        with opened(path, on_bytes) as stream:
            yield from reader(stream, where)
    except (EOFError, zlib.error) as error:
        yield Failure(
            where=where,
            reason=f"the packed file is damaged or cut short: {error}; what was readable before was read",
        )
    except OSError as error:
        yield Failure(where=where, reason=f"cannot be read: {error.strerror or error}")
