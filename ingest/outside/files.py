"""Opens a file of an outside series, packed or not, tells its kind, and names its content. Knows no store."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from hashlib import blake2b
from pathlib import Path

from ingest.errors import SourceError
from ingest.outside.gkg import read_gkg
from ingest.outside.records import Read
from ingest.outside.tables import read_csv, read_json
from ingest.sources.found import WHOLE_JSON_BYTES, OnBytes, megabytes
from ingest.sources.shapes import is_gkg
from ingest.sources.streams import buffered, lines, open_stream, read_bounded
from ingest.text.decoding import looks_binary

MAX_BYTES, MAX_RATIO = 1_000_000_000, 100
"""Bytes that any file may have once unpacked, and times its packed size if it has more: rows of GKG shrink fourfold."""
_HEAD = 2_000
"""Bytes that tell the kind."""


def digest_of(path: Path, on_bytes: OnBytes | None = None) -> str:
    """Return a digest of what a file holds once it is unpacked, as 32 hexadecimal digits; a bomb is refused."""
    hashed, size = blake2b(digest_size=16), 0
    with _opened(path, on_bytes) as stream:
        most = max(MAX_BYTES, MAX_RATIO * path.stat().st_size)
        while piece := stream.read(1 << 20):
            hashed.update(piece)
            size += len(piece)
            if size > most:
                raise SourceError(f"{path} unpacks to more than {megabytes(most)}, which no series has")
    return hashed.hexdigest()


def read_outside(
    path: Path, pair: str | None, column: str | None, now: datetime, on_bytes: OnBytes | None = None
) -> Read:
    """Read the days of a series; raise SourceError where the file as a whole is none."""
    where = str(path)
    with _opened(path, on_bytes) as stream:
        head = stream.peek(_HEAD)[:_HEAD]
        if not head.strip():
            raise SourceError(f"{where} is empty")
        if looks_binary(head):
            raise SourceError(f"{where} looks binary; expected CSV, JSON or GKG rows. Save a spreadsheet as CSV")
        if head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in {b"{", b"["}:
            data = read_bounded(stream, WHOLE_JSON_BYTES)
            if data is None:
                raise SourceError(f"{where} has more than {megabytes(WHOLE_JSON_BYTES)}; a timeline is far smaller")
            return read_json(data, where, column, now)
        if is_gkg(head.decode("utf-8", "replace")):
            return read_gkg(stream, where, pair, now.date())
        return read_csv(lines(stream), where, column, now)


@contextmanager
def _opened(path: Path, on_bytes: OnBytes | None) -> Iterator[io.BufferedReader]:
    try:
        with path.open("rb") as file:
            packed = file.read(4) == b"PK\x03\x04"
        if not packed:
            with open_stream(path, on_bytes) as stream:
                yield stream
            return
        with zipfile.ZipFile(path) as archive:
            members = [one for one in archive.infolist() if not one.is_dir()]
            if len(members) != 1:
                raise SourceError(f"{path} holds {len(members)} files; expected one, as GDELT packs them")
            with archive.open(members[0]) as member, buffered(member) as stream:
                yield stream
            if on_bytes:
                on_bytes(path.stat().st_size)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise SourceError(f"{path} is damaged or cut short: {error}; nothing of it is kept, get it again") from error
    except OSError as error:
        raise SourceError(f"{path} cannot be read: {error.strerror or error}") from error
