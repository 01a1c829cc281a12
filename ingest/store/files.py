"""Where the files of a Delta table are, and where they cannot be. Knows no table."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import unquote

from ingest.errors import StoreError

_UNUSABLE = re.compile(r"[\[\]^|\\]|%[0-9A-Fa-f]{2}")
"""What deltalake 1.6 does not take in a local path: it panics, or looks into another folder."""


def paths_of(uris: Iterable[str]) -> list[str]:
    """Return what polars reads: Delta tables write a local path as in a URL, `a%20b` for `a b`."""
    return sorted(uri if "://" in uri else unquote(uri) for uri in uris)


def check_place(uri: str) -> None:
    """Refuse a folder whose name the tables do not take."""
    if "://" not in uri and (found := _UNUSABLE.search(str(Path(uri).absolute()))):
        raise StoreError(
            f"the store cannot be at {uri}: its tables do not take {found[0]!r} in the name of a folder; "
            "choose another with --store"
        )
