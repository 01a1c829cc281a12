"""Where the list of feeds and the memory of a watch are. Touches files; every write replaces a file as a whole."""

from __future__ import annotations

import os
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from ingest.data_files import data_dir
from ingest.errors import FeedListError
from ingest.feeds.feed_list import MAX_LIST_BYTES, Feed, read_list

NAME = "feeds.opml"


@dataclass(frozen=True, kw_only=True)
class FeedsFile:
    """Where feeds are read from, and where changes go."""

    path: Path
    """What is read: the named file, else the copy in the store's folder, else the list that comes with Detente."""
    own: Path | None
    """What is changed; None where there is no place for it. Never the list that comes with Detente, unless named."""

    def read(self) -> bytes:
        """Return the list as it is."""
        try:
            with self.path.open("rb") as file:
                return file.read(MAX_LIST_BYTES + 1)
        except OSError as error:
            raise FeedListError(
                f"the list of feeds cannot be read at {self.path}: {error.strerror or error}; "
                "name another with --feeds, or start one with: detente feeds add URL"
            ) from error

    def feeds(self) -> list[Feed]:
        """Return the feeds."""
        return read_list(self.read(), str(self.path))

    def replace(self, data: bytes) -> Path:
        """Put a changed list in its place; return where that is."""
        if self.own is None:
            raise FeedListError("this store has no folder for your list of feeds; name a file with --feeds")
        try:
            self.own.parent.mkdir(parents=True, exist_ok=True)
            replace_file(self.own, data)
        except OSError as error:
            raise FeedListError(
                f"the list of feeds cannot be written at {self.own}: {error.strerror or error}"
            ) from error
        return self.own


def feeds_file(told: str | None, store: str) -> FeedsFile:
    """Find the list: the file that was named, else the one in the store's folder, else the shipped one."""
    if told:
        named = Path(told).expanduser()
        return FeedsFile(path=named, own=named)
    own = None if "://" in store else Path(store) / NAME
    return FeedsFile(path=own if own and own.is_file() else data_dir() / NAME, own=own)


def state_file(store: str) -> Path:
    """Return where a watch of this store remembers: in its folder; for one elsewhere, in the user's cache."""
    if "://" not in store:
        return Path(store) / "watch.json"
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return cache / "detente" / f"watch-{blake2b(store.encode(), digest_size=8).hexdigest()}.json"


def replace_file(path: Path, data: bytes) -> None:
    """Write a file so that whoever reads it, and whenever this is killed, finds the old or the new one whole."""
    new = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        with new.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)
