"""Folders and globs: finds the files, in order, and leaves reading them to `files`."""

from __future__ import annotations

import glob
import re
import stat
from collections.abc import Iterator
from pathlib import Path

from ingest.records import Failure
from ingest.sources.files import READERS, read_file, suffix_of
from ingest.sources.found import Found, OnBytes

_LIKE_URL = re.compile(
    r"(?:https?:?/|www\.)|[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|info|eu|uk|de|fr|ru|cn|in|pk|news)(?:/|$)",
    re.IGNORECASE,
)


def read_path(source: str, on_bytes: OnBytes | None = None) -> Iterator[Found]:
    """Yield what the files of a path, folder or glob hold."""
    for path in _paths(source):
        if isinstance(path, Failure):
            yield path
        else:
            yield from read_file(path, on_bytes)


def size_of(source: str) -> int:
    """Add up the bytes of the files that would be read."""
    total = 0
    for path in _paths(source):
        if isinstance(path, Path) and suffix_of(path.name) in READERS:
            try:
                total += path.stat().st_size
            except OSError:
                continue
    return total


def _paths(source: str) -> Iterator[Path | Failure]:
    try:
        path = Path(source).expanduser()
        kind = _kind(path)
    except (ValueError, RuntimeError) as error:
        yield Failure(where=source, reason=f"not the name of a file: {error}")
        return
    except OSError as error:
        if glob.has_magic(source):
            yield from _glob(str(path))
        else:
            yield Failure(where=source, reason=_missing(source, error))
        return
    if kind == "folder":
        yield from _walk(path)
    elif kind == "device":
        yield Failure(where=source, reason="neither a file nor a folder")
    else:
        yield path


def _glob(pattern: str) -> Iterator[Path | Failure]:
    empty = True
    # Sorted as a whole: names are small, and the same order every time makes runs comparable.
    for name in sorted(glob.glob(pattern, recursive=True)):  # noqa: PTH207 - Path.glob takes no absolute pattern
        empty = False
        path = Path(name)
        if not path.is_dir():
            yield path
        elif "**" not in pattern:  # with it, the files inside match by themselves
            yield from _walk(path)
    if empty:
        yield Failure(where=pattern, reason="no file matches this pattern")


def _walk(top: Path) -> Iterator[Path | Failure]:
    """Yield the files below a folder, sorted, none hidden; a folder linked into itself is entered once."""
    entered: set[tuple[int, int]] = set()
    empty = True
    waiting = [top]
    while waiting:
        path = waiting.pop()
        try:
            status = path.stat()
            if stat.S_ISDIR(status.st_mode):
                if (status.st_dev, status.st_ino) in entered:
                    continue
                entered.add((status.st_dev, status.st_ino))
                waiting += sorted((p for p in path.iterdir() if not p.name.startswith(".")), reverse=True)
                continue
        except OSError as error:
            empty = False
            yield Failure(where=str(path), reason=f"cannot be read: {error.strerror or error}")
            continue
        empty = False
        # A pipe or device in a folder would block for ever.
        yield (path if stat.S_ISREG(status.st_mode) else Failure(where=str(path), reason="neither a file nor a folder"))
    if empty:
        yield Failure(where=str(top), reason="the folder is empty")


def _kind(path: Path) -> str:
    mode = path.stat().st_mode
    if stat.S_ISDIR(mode):
        return "folder"
    return "file" if stat.S_ISREG(mode) or stat.S_ISFIFO(mode) else "device"


def _missing(source: str, error: OSError) -> str:
    if not isinstance(error, FileNotFoundError | NotADirectoryError):
        return f"cannot be read: {error.strerror or error}"
    if _LIKE_URL.match(source):
        return f"no such file: {source}; for a web address write https:// in front"
    return f"no such file: {source}"
