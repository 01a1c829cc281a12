"""The ZIP of a bundle: the same bytes for the same files, and no trust in a ZIP that comes from elsewhere.

Read is only what a bundle has: the names of `settings.NAMES`, each once, up to a size, and never written to disk.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

from ingest.bundle.settings import NAMES
from ingest.errors import BundleError

MOST_BYTES = 1 << 30
"""Of all files unpacked: evidence of some three million sentences."""

MOST_RATIO, FROM_BYTES = 150, 16 << 20
"""Unpacked to packed, from that size on, beyond which a file is a bomb: sentences shrink to a fourth, copies of one to
a thirtieth."""

_TIME = (1980, 1, 1, 0, 0, 0)
_STEP = 1 << 20


def pack(files: Mapping[str, bytes]) -> bytes:
    """Return the ZIP of these files, in the order of `NAMES`; no clock, no user, no system is in it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in NAMES:
            info = zipfile.ZipInfo(name, _TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3
            info.external_attr = 0o644 << 16
            archive.writestr(info, files[name], compresslevel=6)
    return out.getvalue()


def unpack(path: Path) -> dict[str, bytes]:
    """Return the files of a bundle; refuse what is none."""
    try:
        with zipfile.ZipFile(path) as archive:
            infos = archive.infolist()
            _check(infos, path)
            left = MOST_BYTES
            files = {}
            for info in infos:
                files[info.filename] = _read(archive, info, left)
                left -= len(files[info.filename])
            return files
    except FileNotFoundError as error:
        raise BundleError(f"there is no file {path}") from error
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise BundleError(f"{path} is no whole ZIP: {error}") from error


def _check(infos: list[zipfile.ZipInfo], path: Path) -> None:
    names = [info.filename for info in infos]
    if strange := next((name for name in names if name not in NAMES), None):
        raise BundleError(f"{path} is refused: it holds {strange!r:.80}; expected only {', '.join(NAMES)}")
    if len(set(names)) < len(names):
        raise BundleError(f"{path} is refused: it holds a file twice")
    if lacking := next((name for name in NAMES if name not in names), None):
        raise BundleError(f"{path} is no bundle: it has no {lacking}")
    if any(info.flag_bits & 1 for info in infos):
        raise BundleError(f"{path} is refused: it is encrypted")
    if sum(info.file_size for info in infos) > MOST_BYTES:
        raise BundleError(f"{path} is refused: unpacked it has more than {MOST_BYTES >> 20} MB")


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo, left: int) -> bytes:
    """Read a file step by step: what a ZIP says of its sizes is not to be trusted."""
    parts: list[bytes] = []
    size = 0
    with archive.open(info) as file:
        while part := file.read(_STEP):
            size += len(part)
            if size > left or (size > FROM_BYTES and size > MOST_RATIO * max(info.compress_size, 1)):
                raise BundleError(f"{info.filename} is refused: it unpacks to far more than evidence does")
            parts.append(part)
    return b"".join(parts)
