"""Open files as streams that are unpacked, counted and read in bounded pieces; knows no format."""

from __future__ import annotations

import codecs
import gzip
import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from ingest.sources.found import MAX_LINE_BYTES, OnBytes
from ingest.text.decoding import bom_codec

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_CHUNK = 1 << 18
"""Bytes read at once."""


@contextmanager
def open_stream(path: Path, on_bytes: OnBytes | None = None) -> Iterator[io.BufferedReader]:
    """Open a file, unpacked if its first bytes say gzip."""
    with (
        path.open("rb", buffering=0) as file,
        stream_of(cast("BinaryIO", file), on_bytes) as counted,
        unpacked(counted) as stream,
    ):
        yield stream


@contextmanager
def open_packed(path: Path, on_bytes: OnBytes | None = None) -> Iterator[io.BufferedReader]:
    """Open a file as it lies, for a reader that unpacks it by itself."""
    with path.open("rb", buffering=0) as file, stream_of(cast("BinaryIO", file), on_bytes) as stream:
        yield stream


@contextmanager
def unpacked(stream: io.BufferedReader) -> Iterator[io.BufferedReader]:
    """Undo gzip, if the first bytes say so and not by name; whoever reads bounds the size."""
    if stream.peek(2)[:2] != b"\x1f\x8b":
        yield stream
        return
    with gzip.GzipFile(fileobj=stream) as packed, buffered(packed) as plain:
        yield plain


@contextmanager
def stream_of(source: BinaryIO, on_bytes: OnBytes | None = None) -> Iterator[io.BufferedReader]:
    """Count and buffer a stream that belongs to the caller, who also closes it."""
    with buffered(_Counted(source, on_bytes)) as stream:
        yield stream


def buffered(stream: object) -> io.BufferedReader:
    """Give a stream the buffer with `peek` that the readers rely on."""
    return io.BufferedReader(cast("Any", stream), _CHUNK)


def chained(begun: bytes, rest: io.BufferedReader) -> io.BufferedReader:
    """Put what was already read of a stream in front of it again."""
    return buffered(_Chained(begun, rest))


def read_bounded(stream: io.BufferedReader, limit: int) -> bytes | None:
    """Read all, or None if there are more than `limit` bytes; never holds more than that."""
    data = stream.read(limit + 1)
    return data if len(data) <= limit else None


def lines(stream: io.BufferedReader, limit: int = MAX_LINE_BYTES) -> Iterator[tuple[int, bytes | None]]:
    """Yield each line in UTF-8 with its number from 1; None for one of more than `limit` bytes."""
    stream = _as_utf8(stream)
    number = 0
    while line := stream.readline(limit):
        number += 1
        if len(line) == limit and not line.endswith(b"\n"):
            while (rest := stream.readline(_CHUNK)) and not rest.endswith(b"\n"):
                pass
            yield number, None
        else:
            yield number, line


def cleaned(stream: io.BufferedReader) -> io.BufferedReader:
    """Make a stream UTF-8 throughout, for parsers that stop at a broken byte: that becomes U+FFFD."""
    codec = bom_codec(stream.peek(4)[:4])
    return buffered(_Recoded(stream, codec or "utf-8"))


def _as_utf8(stream: io.BufferedReader) -> io.BufferedReader:
    """Skip a byte order mark; turn UTF-16, which PowerShell writes, into UTF-8 on the way."""
    codec = bom_codec(stream.peek(4)[:4])
    if codec == "utf-8-sig":
        stream.read(3)
    elif codec:
        return buffered(_Recoded(stream, codec))
    return stream


class _Counted(io.RawIOBase):
    """A stream that reports how much of it was read."""

    def __init__(self, source: BinaryIO, on_bytes: OnBytes | None) -> None:
        self._source = source
        self._read: Callable[[int], bytes] = getattr(source, "read1", source.read)
        self._on_bytes = on_bytes

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return self._source.seekable()

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        return self._source.seek(offset, whence)

    def tell(self) -> int:
        return self._source.tell()

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer).cast("B")
        # read1, where there is one, does not wait for a full buffer: what a pipe gives comes through at once.
        data = self._read(len(view))
        view[: len(data)] = data
        if self._on_bytes and data:
            self._on_bytes(len(data))
        return len(data)


class _Chained(io.RawIOBase):
    """Bytes, then a stream."""

    def __init__(self, begun: bytes, rest: io.BufferedReader) -> None:
        self._begun = memoryview(begun)
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer).cast("B")
        data = self._begun[: len(view)] if self._begun else self._rest.read1(len(view))
        self._begun = self._begun[len(data) :] if self._begun else self._begun
        view[: len(data)] = data
        return len(data)


class _Recoded(io.RawIOBase):
    """A stream in another charset, as UTF-8."""

    def __init__(self, stream: io.BufferedReader, codec: str) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder(codec)("replace")
        self._ready = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer)
        while not self._ready:
            data = self._stream.read(_CHUNK)
            self._ready = self._decoder.decode(data, final=not data).encode("utf-8", "replace")
            if not data:
                break
        size = min(len(view), len(self._ready))
        view[:size], self._ready = self._ready[:size], self._ready[size:]
        return size
