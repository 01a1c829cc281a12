"""A packed archive as plain bytes, member by member: damage is told with its place, and what follows it is read."""

from __future__ import annotations

import io
import re
import zlib

CHUNK = 1 << 18
"""Bytes given at once, at most; so a bomb is unpacked only as far as somebody reads."""
MAX_RATIO, FREE_BYTES = 100, 1_000_000_000
"""Times its packed size that an archive may unpack to beyond the free bytes; web pages unpack to 4 to 10 times."""

_MEMBER = re.compile(rb"\x1f\x8b\x08[\x00-\x1f]", re.DOTALL)


class DamageError(Exception):
    """A member cannot be unpacked; reading may go on with the next."""


class BombError(Exception):
    """The archive unpacks to far more than web pages do; reading ends."""


class Members:
    """The bytes of a stream, unpacked if its first bytes say gzip, with the place of each member."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream = stream
        self.packed = stream.peek(2)[:2] == b"\x1f\x8b"
        self.member = 0
        """Byte of the packed stream at which the member last read from begins; 0 if nothing is packed."""
        self._inflate: zlib._Decompress | None = None
        self._input = b""
        self._at = 0
        self._given = 0

    def read(self) -> bytes:
        """Return the next bytes, empty at the end; raise DamageError where some are lost."""
        data = self._unpack() if self.packed else self._stream.read1(CHUNK)
        self._given += len(data)
        if self.packed and self._given > FREE_BYTES + MAX_RATIO * self._at:
            raise BombError(f"it unpacks to more than {MAX_RATIO} times its size")
        return data

    def _unpack(self) -> bytes:
        while True:
            if not self._input:
                self._input = self._stream.read1(CHUNK)
            if self._inflate is None and not self._begin():
                return b""
            if self._inflate is None:
                continue
            ends = not self._input
            try:
                data = self._inflate.decompress(self._input, CHUNK)
            except zlib.error as error:
                self._inflate = None
                self._drop(1)  # the first byte of this very member, perhaps: look for another
                raise DamageError(f"the packed data is damaged ({str(error).partition(': ')[2] or error})") from error
            rest = self._inflate.unused_data if self._inflate.eof else self._inflate.unconsumed_tail
            if self._inflate.eof:
                self._inflate = None
            self._drop(len(self._input) - len(rest))
            if data:
                return data
            if ends and self._inflate is not None:
                self._inflate = None
                raise DamageError("the file ends in the middle of packed data: it was cut short; fetch it again")

    def _begin(self) -> bool:
        """Find the next member; False at the end."""
        found = _MEMBER.search(self._input)
        if found is None and self._input:
            more = self._stream.read1(CHUNK)
            if more:
                junk = len(self._input) - 3  # a member may begin in the last three bytes
                self._drop(max(junk, 0))
                self._input += more
            else:
                self._drop(len(self._input))
            return bool(more)
        if found is None:
            return False
        self._drop(found.start())
        self.member = self._at
        self._inflate = zlib.decompressobj(31)
        return True

    def _drop(self, size: int) -> None:
        self._at += size
        self._input = self._input[size:]
