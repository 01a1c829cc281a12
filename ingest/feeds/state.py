"""What a watch remembers across restarts. One small JSON file beside the store.

What makes it safe: an entry says "unchanged since" only of a body whose every item is in the store, or is among the
entry's own waiting items. So an entry that is lost, old or another watcher's costs a request, never an article; and
it is written only after the store has committed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from ingest.errors import StoreError
from ingest.feeds.place import replace_file
from ingest.records import RawArticle


@dataclass(frozen=True, kw_only=True, slots=True)
class Waiting:
    """An item whose page could not be read yet."""

    item: RawArticle
    tries: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """What is known of one feed."""

    etag: str | None = None
    last_modified: str | None = None
    """Both as the server gave them, for the next request."""
    digest: str | None = None
    """Of the last body, see `items.digest_without_clock`."""
    polled: float = 0.0
    """Seconds since 1970, as `due`."""
    due: float = 0.0
    failures: int = 0
    """Polls in a row that gave nothing."""
    waiting: Mapping[str, Waiting] = field(default_factory=dict)
    """By article id."""
    aliases: frozenset[str] = frozenset()
    """Ids of items whose page turned out to have another address: they are in the store under that one."""


State = dict[str, Entry]
"""By the address of the feed."""


def load(path: Path) -> State:
    """Read the memory; one that is not there or damaged is empty, which costs a request for each feed."""
    try:
        told = json.loads(path.read_bytes())
        return {url: _entry(one) for url, one in told["feeds"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def save(path: Path, mine: State) -> State:
    """Write what I know, together with what another watch of the same store has written; return both."""
    both = merged(mine, load(path))
    told = {"feeds": {url: _plain(entry) for url, entry in both.items()}}
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_file(path, json.dumps(told).encode())
    except OSError as error:
        raise StoreError(f"the memory of the watch cannot be written at {path}: {error.strerror or error}") from error
    return both


def merged(mine: State, theirs: State) -> State:
    """Take of each feed what was found out last, mine if that is the same poll; only feeds that I know.

    What I wait for stays even then: the later poll need not have seen it. What only an earlier one of theirs waits for
    was in the body that I saw later.
    """
    both = dict(mine)
    for url, entry in mine.items():
        other = theirs.get(url)
        if other is not None and other.polled > entry.polled:
            waiting = {**entry.waiting, **other.waiting}
            both[url] = replace(other, waiting=waiting, aliases=entry.aliases | other.aliases)
    return both


def _plain(entry: Entry) -> dict[str, Any]:
    told = {"aliases": sorted(entry.aliases), "waiting": {key: asdict(one) for key, one in entry.waiting.items()}}
    names = ("etag", "last_modified", "digest", "polled", "due", "failures")
    return {name: getattr(entry, name) for name in names} | told


def _entry(told: dict[str, Any]) -> Entry:
    return Entry(
        etag=told["etag"],
        last_modified=told["last_modified"],
        digest=told["digest"],
        polled=float(told["polled"]),
        due=float(told["due"]),
        failures=int(told["failures"]),
        waiting={key: _waiting(one) for key, one in told["waiting"].items()},
        aliases=frozenset(told["aliases"]),
    )


def _waiting(told: dict[str, Any]) -> Waiting:
    item = told["item"]
    return Waiting(item=RawArticle(**(item | {"authors": tuple(item["authors"])})), tries=int(told["tries"]))
