"""The patch file: reads it, and adds to its end. The only part of corrections that touches the disk.

A line is added by one write at the end of the file, under a lock where the system has one, so two processes never mix
their lines. Killed half-way, a line lacks its end: it is told and passed over, and the next entry begins a new line.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path

from ingest.corrections.entry import LONGEST_LINE, Entry, made, read_line, write_line
from ingest.corrections.in_force import Corrections, in_force
from ingest.errors import CorrectionError

NAME = "corrections.jsonl"

MOST_BYTES = 64 * 1024 * 1024
"""A larger file is none that people wrote."""


@dataclass(frozen=True, kw_only=True)
class Told:
    """What the file says."""

    entries: tuple[Entry, ...] = ()
    """In the order of the lines, each once."""
    problems: tuple[str, ...] = ()
    """Lines that are no entries, and why."""

    @cached_property
    def in_force(self) -> Corrections:
        """What counts."""
        return in_force(self.entries)


@dataclass(frozen=True, kw_only=True)
class CorrectionsFile:
    """The patch file of a store."""

    path: Path | None
    """None: the store has no folder, and no file was named."""

    def version(self) -> str:
        """Return what changes with every entry; empty where there is no file. One look at the folder."""
        try:
            seen = self.path.stat() if self.path else None
        except OSError:
            return ""
        return f"{seen.st_ino}:{seen.st_size}:{seen.st_mtime_ns}" if seen else ""

    def read(self) -> Told:
        """Return all entries; nothing where there is no file."""
        if self.path is None:
            return Told()
        try:
            with self.path.open("rb") as file:
                data = file.read(MOST_BYTES + 1)
        except FileNotFoundError:
            return Told()
        except OSError as error:
            raise CorrectionError(
                f"the corrections cannot be read at {self.path}: {error.strerror or error}"
            ) from error
        if len(data) > MOST_BYTES:
            raise CorrectionError(f"{self.path} has more than {MOST_BYTES >> 20} MB; expected a file of corrections")
        return read_entries(data, str(self.path))

    def add(self, entry: Entry, now: datetime) -> Entry:
        """Add an entry made now; return it as it stands in the file, later than all that were there."""
        return self.add_together([entry], now)[0]

    def add_together(self, entries: Sequence[Entry], now: datetime) -> list[Entry]:
        """Add entries made now, one after the other, with none of others between; all are checked first."""
        with self._open() as file:
            there = self.read().entries
            first = max([now, *(one.at + timedelta(microseconds=1) for one in there)])
            whole = [made(replace(one, at=first + timedelta(microseconds=n))) for n, one in enumerate(entries)]
            known = {one.id for one in there}
            if lost := next((one for one in whole if one.kind == "withdraw" and one.entry not in known), None):
                raise CorrectionError(
                    f"no entry has the id {lost.entry}; see the entries with: detente corrections list"
                )
            self._append(file, whole)
        return whole

    def add_all(self, entries: Sequence[Entry]) -> list[Entry]:
        """Add the entries of another file that are not there yet, as they are; return those."""
        with self._open() as file:
            there = {one.id for one in self.read().entries}
            new = list({one.id: one for one in entries if one.id not in there}.values())
            self._append(file, new)
        return new

    @contextmanager
    def _open(self) -> Iterator[int]:
        if self.path is None:
            raise CorrectionError(
                "this store has no folder for corrections; name a file with --corrections or DETENTE_CORRECTIONS"
            )
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            file = os.open(self.path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o644)
        except OSError as error:
            raise CorrectionError(
                f"the corrections cannot be written at {self.path}: {error.strerror or error}; "
                "name another file with --corrections"
            ) from error
        try:
            _lock(file)
            yield file
        finally:
            os.close(file)  # and with it the lock

    def _append(self, file: int, entries: Sequence[Entry]) -> None:
        size = os.fstat(file).st_size
        torn = size > 0 and os.pread(file, 1, size - 1) != b"\n"
        for entry in entries:
            data = ("\n" * torn + write_line(entry)).encode()
            torn = False
            try:
                whole = os.write(file, data) == len(data)
            except OSError as error:
                raise CorrectionError(
                    f"the correction could not be written at {self.path}: {error.strerror or error}"
                ) from error
            if not whole:
                raise CorrectionError(f"the correction could not be written at {self.path}: the disk is full")
        os.fsync(file)


def corrections_file(told: str | None, store: str) -> CorrectionsFile:
    """Find the patch file: the one that was named, else the one in the store's folder."""
    if told:
        return CorrectionsFile(path=Path(told).expanduser())
    return CorrectionsFile(path=None if "://" in store else Path(store) / NAME)


def read_entries(data: bytes, where: str) -> Told:
    """Read the lines of a patch file; what is no entry is told."""
    entries: dict[str, Entry] = {}
    problems = []
    lines = data.split(b"\n")
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            if len(line) > LONGEST_LINE:
                raise CorrectionError("the line is too long for an entry")  # noqa: TRY301 - told as all others are
            entry = read_line(line.decode())
        except (CorrectionError, UnicodeDecodeError) as error:
            why = "it is no UTF-8" if isinstance(error, UnicodeDecodeError) else str(error)
            last = " (the last line: not finished)" if number == len(lines) else ""
            problems.append(f"{where}, line {number}{last}, is not applied: {why}")
            continue
        entries.setdefault(entry.id, entry)
    return Told(entries=tuple(entries.values()), problems=tuple(problems))


def _lock(file: int) -> None:
    """Wait for the file; where the system has no such lock, one write at the end must do."""
    try:
        from fcntl import LOCK_EX, flock
    except ImportError:
        return
    try:
        flock(file, LOCK_EX)
    except OSError:
        return  # a file system without locks
