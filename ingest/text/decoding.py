"""Bytes to text: byte order marks, UTF-8, what was declared, then a guess; opens nothing."""

from __future__ import annotations

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16: its mark begins with the same two bytes
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHARSETS = (
    "iso8859",
    "cp",
    "koi8",
    "gb",
    "big5",
    "euc",
    "shift_jis",
    "iso2022",
    "mac",
    "tis",
    "latin",
    "utf-8",
    "utf-16",
    "hz",
)
"""Beginnings of the names of real charsets: none shall get `punycode` or `unicode_escape` by declaring it."""
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_SAMPLE = 20_000
"""Bytes looked at for a guess; more change nothing and cost time."""
_FEW = 0.15
"""Share of bytes over 127 below which a text that is not UTF-8 is taken as Windows-1252: Western languages
have up to 0.06, Cyrillic, Greek, Arabic and East Asian ones over 0.5."""


def decode(data: bytes, declared: str | None = None) -> str:
    """Decode a document; never fails, at worst some characters become U+FFFD.

    UTF-8 is tried before the declared charset, because text that happens to be valid UTF-8 is UTF-8.
    """
    if codec := bom_codec(data):
        return data.decode(codec, "replace")
    if codec := _utf16_without_mark(data):
        return data.decode(codec, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        # One broken byte in good UTF-8 must not turn the whole text into another charset.
        if _mostly_utf8(data[: max(_SAMPLE, error.start)]):
            return data.decode("utf-8", "replace")
    if declared and (codec := _charset(declared)) and codec != "utf-8":
        return data.decode(codec, "replace")
    return data.decode(_guess(data), "replace")


def decode_line(data: bytes) -> str:
    """Decode one line of a file whose other lines are UTF-8."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if not _mostly_utf8(data):
        try:
            return data.decode("cp1252")
        except UnicodeDecodeError:
            pass
    return data.decode("utf-8", "replace")


def bom_codec(data: bytes) -> str | None:
    """Name the codec that a byte order mark announces."""
    return next((codec for mark, codec in _BOMS if data.startswith(mark)), None)


def looks_binary(data: bytes) -> bool:
    """Tell bytes that are no text in any charset."""
    sample = data[:_SAMPLE]
    codec = bom_codec(sample) or _utf16_without_mark(sample)
    if codec is None and b"\x00" in data:
        return True
    text = sample.decode(codec or "latin-1", "replace")
    return len(_CONTROL.findall(text)) > len(text) * 0.05


def _mostly_utf8(data: bytes) -> bool:
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    return sum(not char.isascii() for char in text) - broken > broken


def _utf16_without_mark(data: bytes) -> str | None:
    """Tell UTF-16 by the zeros that every second byte of Western text is."""
    head = data[:200]
    if len(head) < 8 or b"\x00" not in head:
        return None
    half = len(head) // 2
    even, odd = head[::2].count(0), head[1::2].count(0)
    if odd > 0.8 * half and even == 0:
        return "utf-16-le"
    return "utf-16-be" if even > 0.8 * half and odd == 0 else None


def _charset(name: str) -> str | None:
    try:
        codec = codecs.lookup(name.strip("\"' ")).name
    except (LookupError, ValueError):
        return None
    # Browsers read a declared Latin-1 as Windows-1252, and so do those who declare it.
    return ("cp1252" if codec == "iso8859-1" else codec) if codec.startswith(_CHARSETS) else None


def _guess(data: bytes) -> str:
    sample = data[:_SAMPLE]
    if sum(byte > 127 for byte in sample) < _FEW * len(sample):
        return "cp1252"
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    return (best and _charset(best.encoding)) or "cp1252"
