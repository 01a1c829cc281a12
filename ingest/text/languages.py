"""Names and codes of languages as sources write them, to ISO 639-1."""

from __future__ import annotations

import re

_KNOWN = """
ar ara arabic|bg bul bulgarian|bn ben bengali|ca cat catalan|cs ces cze czech|da dan danish
|de deu ger german|el ell gre greek|en eng english|es spa spanish|et est estonian|fa fas per persian farsi
|fi fin finnish|fr fra fre french|he heb hebrew iw|hi hin hindi|hr hrv croatian|hu hun hungarian
|hy hye arm armenian|id ind indonesian|is isl ice icelandic|it ita italian|ja jpn japanese
|ka kat geo georgian|kk kaz kazakh|ko kor korean|lt lit lithuanian|lv lav latvian|mk mkd mac macedonian
|ms msa may malay|nl nld dut dutch|no nor norwegian nb nob bokmål|pl pol polish|ps pus pashto
|pt por portuguese|ro ron rum romanian|ru rus russian|sk slk slo slovak|sl slv slovenian slovene
|sq sqi alb albanian|sr srp serbian|sv swe swedish|sw swa swahili|ta tam tamil|te tel telugu|th tha thai
|tr tur turkish|uk ukr ukrainian|ur urd urdu|uz uzb uzbek|vi vie vietnamese
|zh zho chi chinese cmn mandarin
"""
_CODES = {name: group.split()[0] for group in _KNOWN.split("|") for name in group.split()}
"""ISO 639-1, 639-2/B, 639-3 and English names of the languages that newspapers are mostly written in."""


def language_code(name: str | None) -> str | None:
    """Return ISO 639-1 for "en", "en-GB", "eng" or "English"; another code as it is, anything else None."""
    if not name:
        return None
    first = re.split(r"[-_\s(,;]", name.strip().lower(), maxsplit=1)[0]
    if first in _CODES:
        return _CODES[first]
    return first if re.fullmatch(r"[a-z]{2,3}", first) and first not in {"und", "unk", "mul", "zxx", "nan"} else None
