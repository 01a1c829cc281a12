"""Every parser of input from strangers, as a function of bytes that must neither raise nor take long."""

from __future__ import annotations

import gzip
import io
import time
import zlib
from collections.abc import Callable
from datetime import UTC, datetime

from ingest.articles.addresses import canonical_url, own_address
from ingest.articles.clean import clean
from ingest.articles.dates import parse_date
from ingest.articles.identity import article_id, former_id
from ingest.articles.pasted import read_pasted
from ingest.pages import claimed_address, extracted
from ingest.records import Failure, RawArticle
from ingest.sources import Found
from ingest.sources.feed import feed_items
from ingest.sources.files import READERS
from ingest.sources.html import page_at
from ingest.sources.robots import Robots
from ingest.sources.streams import buffered, unpacked
from ingest.text.decoding import decode, decode_line, looks_binary
from ingest.text.htmltext import plain_text

NOW = datetime(2024, 5, 1, tzinfo=UTC)
SECONDS = 10.0
"""Of processor time. The inputs of a fuzzer are small: one that takes so long hides something worse than linear."""

Target = Callable[[bytes], None]


def _reader(suffix: str) -> Target:
    def read(data: bytes) -> None:
        with buffered(io.BytesIO(data)) as stream:
            if suffix == ".warc":
                found = list(READERS[suffix](stream, "fuzzed"))
            else:
                try:
                    with unpacked(stream) as plain:
                        found = list(READERS[suffix](plain, "fuzzed"))
                except (gzip.BadGzipFile, EOFError, zlib.error):
                    return  # `files.read_file` makes a failure of damaged packing
        for one in found:
            _whole_way(one)

    return read


def _whole_way(found: Found) -> None:
    """Take what a source found as far as the store would."""
    if isinstance(found, RawArticle):
        found = extracted(read_pasted(found) if found.page is None else found)
    if isinstance(found, Failure):
        assert found.reason
        assert found.where
        return
    assert found.text.strip(), "an article without text"
    cleaned = clean(found, NOW)
    cleaned.article.text.encode()
    former_id(found)
    assert cleaned.article.published is None or cleaned.article.published.year >= 1800
    assert len(article_id(found)) == 16


def _page(data: bytes) -> None:
    claimed_address(data)
    _whole_way(page_at(data, "fuzzed", url="https://a.example/b"))


def _feed(data: bytes) -> None:
    for one in feed_items(data, "fuzzed", charset="latin-1"):
        _whole_way(one)


def _address(data: bytes) -> None:
    for text in (data.decode("latin-1"), data.decode("utf-8", "surrogateescape")):
        canonical_url(text)
        once = canonical_url("https://a.example/" + text)
        assert canonical_url("https://" + once) == once
        own_address(text, "https://a.example/b")
        own_address("https://a.example/b", text)


def _text(data: bytes) -> None:
    looks_binary(data)
    for text in (decode(data), decode(data, "utf-16"), decode_line(data), data.decode("utf-8", "surrogateescape")):
        plain_text(text)
        parse_date(text, NOW)
        read_pasted(RawArticle(text=text, where="fuzzed", pasted=True))


def _robots(data: bytes) -> None:
    robots = Robots(lambda _: data.decode("utf-8", "replace"), time.monotonic)
    try:
        robots.check("https://a.example/b")
    except Exception as error:
        if type(error).__name__ != "RefusedError":
            raise
    robots.delay_s("https://a.example/b")


TARGETS: dict[str, Target] = {
    "text": _text,
    "address": _address,
    "page": _page,
    "feed": _feed,
    "robots": _robots,
    **{f"file{suffix or ' without suffix'}": _reader(suffix) for suffix in sorted(READERS)},
}
"""Name to target; a find is kept under the name."""


def run(name: str, data: bytes) -> None:
    """Run one target; raise what it raises, and TimeoutError if it takes long."""
    begun = time.process_time()
    TARGETS[name](data)
    taken = time.process_time() - begun
    if taken > SECONDS:
        raise TimeoutError(f"{name}: {taken:.1f} s for {len(data):,} bytes")
