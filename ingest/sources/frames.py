"""The records of a WARC file as bytes: where each begins and ends, and what is damaged; looks into none.

Here and not in fastwarc, which ends silently at a truncated file and for good at a damaged record.
"""

from __future__ import annotations

import io
import re
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from ingest.sources.found import MAX_PAGE_BYTES
from ingest.sources.members import BombError, DamageError, Members

MAX_HEADER_BYTES = 64_000
"""Bytes of the header of a record; usual ones have 600."""
MAX_RECORD_BYTES = MAX_PAGE_BYTES + 100_000
"""Bytes of a record that is held: the largest page and its headers."""
BEGINNING = 16_000
"""Bytes given of a record that is larger."""

_LENGTH = re.compile(rb"^Content-Length[ \t]*:[ \t]*(\d{1,15})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_BEGINS = re.compile(rb"(?:\A|\n)WARC/[01]\.")
_BLANK = b"\r\n"


@dataclass(frozen=True, kw_only=True, slots=True)
class Frame:
    """One record, or a place where there should be one."""

    offset: int
    """Byte of the file where it begins; where it is packed, where its member begins."""
    number: int = 0
    """Which record of the file it is, from 1, those not wanted and those damaged included."""
    data: bytes = b""
    """Header and block; only the beginning if `whole` is False, empty if there is a problem."""
    whole: bool = True
    problem: str = ""
    """Why it cannot be read; empty if it can."""


def frames(stream: io.BufferedReader, wanted: Callable[[bytes], bool]) -> Iterator[Frame]:
    """Yield the records whose header is wanted, and one problem for each stretch that is damaged.

    Memory is bounded by MAX_RECORD_BYTES. After damage it goes on with the next beginning of a record.
    """
    archive = _Archive(stream)
    lost = False
    number = 0
    while True:
        number += 1
        try:
            frame = archive.next(wanted)
        except DamageError as error:
            frame = Frame(offset=archive.damaged(), problem=str(error))
        except BombError as error:
            yield Frame(offset=archive.offset(), number=number, problem=f"{error}; the rest is not read")
            return
        if frame is None:
            return
        if not frame.problem:
            lost = False
            if frame.data:
                yield replace(frame, number=number)
        elif not lost:
            lost = True
            yield replace(frame, number=number)


class _Archive:
    """A buffer over the unpacked bytes that begins with the next record."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._members = Members(stream)
        self._buffer = bytearray()
        self._start = 0  # of the buffer, in the unpacked bytes
        self._marks: deque[tuple[int, int]] = deque()  # where in the unpacked bytes a member begins, and where packed

    def next(self, wanted: Callable[[bytes], bool]) -> Frame | None:
        """Return the next record, an empty frame for one that is not wanted, None at the end."""
        while self._has(1) and self._buffer[0] in _BLANK:
            self._drop(len(self._buffer) - len(self._buffer.lstrip(_BLANK)))
        if not self._buffer:
            return None
        if not (self._has(7) and _BEGINS.match(self._buffer)):
            offset = self.offset()
            self._find_beginning()
            return Frame(offset=offset, problem="not a WARC record: expected WARC/1.0 or WARC/1.1 here")
        header = self._header_size()
        if header is None:
            return self._broken(f"a header without end within {MAX_HEADER_BYTES // 1000} KB")
        told = bytes(self._buffer[:header])
        length = _LENGTH.search(told)
        if length is None:
            return self._broken("the header tells no length of the record")
        return self._block(header + int(length.group(1)), wanted=wanted(told))

    def offset(self) -> int:
        """Where the buffer begins in the file."""
        if not self._members.packed:
            return self._start
        while len(self._marks) > 1 and self._marks[1][0] <= self._start:
            self._marks.popleft()
        return self._marks[0][1] if self._marks else 0

    def damaged(self) -> int:
        """Give up what came before the damage; return where that was."""
        offset = self.offset() if self._buffer else self._members.member
        self._drop(len(self._buffer))
        return offset

    def _block(self, end: int, *, wanted: bool) -> Frame:
        if wanted and end <= MAX_RECORD_BYTES:
            return self._record(end)
        frame = Frame(offset=self.offset(), data=self._beginning() if wanted else b"", whole=False)
        skipped = self._skip(end)
        return skipped if skipped.problem else frame

    def _record(self, end: int) -> Frame:
        if not self._has(end):
            got, all_of_it = len(self._buffer), end
            return self._broken(
                f"the file ends in the middle of this record, after {got:,} of {all_of_it:,} bytes: "
                "it was cut short; fetch it again"
            )
        if not self._ends_at(end):
            return self._broken("the record is longer or shorter than its header tells")
        frame = Frame(offset=self.offset(), data=bytes(self._buffer[:end]))
        self._drop(end)
        return frame

    def _skip(self, end: int) -> Frame:
        """Drop a record unseen; a problem if the file ends in it."""
        offset, left = self.offset(), end
        while left:
            if not self._buffer and not self._fill():
                reason = f"the file ends in the middle of this record, {left:,} bytes early: it was cut short"
                return Frame(offset=offset, problem=f"{reason}; fetch it again")
            size = min(left, len(self._buffer))
            self._drop(size)
            left -= size
        return Frame(offset=offset)

    def _broken(self, problem: str) -> Frame:
        """Report a record, and look for the next beginning right after its own."""
        frame = Frame(offset=self.offset(), problem=problem)
        self._drop(5)
        self._find_beginning()
        return frame

    def _find_beginning(self) -> None:
        while True:
            found = _BEGINS.search(self._buffer)
            if found and self._buffer[found.start() : found.start() + 1] == b"\n":
                self._drop(found.start() + 1)
                return
            if found:
                return
            self._drop(max(len(self._buffer) - 8, 0))
            if not self._fill():
                self._drop(len(self._buffer))
                return

    def _beginning(self) -> bytes:
        self._has(BEGINNING)
        return bytes(self._buffer[:BEGINNING])

    def _header_size(self) -> int | None:
        looked = 0
        while True:
            found = self._buffer.find(b"\r\n\r\n", max(looked - 3, 0), MAX_HEADER_BYTES)
            if found >= 0:
                return found + 4
            looked = len(self._buffer)
            if looked >= MAX_HEADER_BYTES or not self._fill():
                return None

    def _ends_at(self, end: int) -> bool:
        """Tell whether an empty line, or the end of the file, follows; some writers leave out half of it."""
        self._has(end + 4)
        after = bytes(self._buffer[end : end + 4])
        return after in {b"\r\n\r\n", b""} or (not after.strip(_BLANK) and len(after) < 4) or after.startswith(b"\n\n")

    def _has(self, size: int) -> bool:
        while len(self._buffer) < size:
            if not self._fill():
                return False
        return True

    def _fill(self) -> bool:
        data = self._members.read()
        if self._members.packed and (not self._marks or self._marks[-1][1] != self._members.member):
            self._marks.append((self._start + len(self._buffer), self._members.member))
        self._buffer += data
        return bool(data)

    def _drop(self, size: int) -> None:
        del self._buffer[:size]
        self._start += size
