"""Which agency or outlet a text is from, by its own credit: "(Reuters)", "/TASS/", "first appeared on". Pure.

Only credits count, never a mention: "told Reuters" and "Xinhua reported" say who is quoted, not who wrote.
A credit stands in the dateline, in brackets or after a dash at the very end, or in a line of its own.
`articles.pasted.credit` reads the closing line of a repost ("This story first appeared on …"); this adds the wires.
"""

from __future__ import annotations

import re

_NAMES = {
    "Reuters": "reuters|thomson reuters",
    "Associated Press": "ap|a\\.p\\.|associated press|the associated press",
    "AFP": "afp|agence france-presse|agence france presse",
    "Xinhua": "xinhua|xinhua news agency",
    "TASS": "tass|itar-tass|itar tass",
    "UPI": "upi|united press international",
    "dpa": "dpa|deutsche presse-agentur",
    "EFE": "efe|agencia efe|efe-epa",
    "ANSA": "ansa",
    "Kyodo": "kyodo|kyodo news|jiji|jiji press",
    "Yonhap": "yonhap|yonhap news agency",
    "PTI": "pti|press trust of india",
    "ANI": "ani|asian news international",
    "IANS": "ians|indo-asian news service",
    "Anadolu": "aa|anadolu|anadolu agency",
    "Interfax": "interfax|interfax-ukraine",
    "RIA Novosti": "ria novosti|ria|sputnik",
    "Bernama": "bernama",
    "Antara": "antara|antara news",
    "IRNA": "irna|isna|mehr news agency|tasnim",
    "SANA": "sana",
    "SPA": "spa|saudi press agency",
    "WAM": "wam|emirates news agency",
    "KUNA": "kuna|kuwait news agency",
    "MENA": "mena|middle east news agency",
    "APP": "app|associated press of pakistan",
    "KCNA": "kcna|korean central news agency",
    "Ukrinform": "ukrinform",
    "PAP": "pap|polish press agency",
    "Press Association": "pa|pa media|press association",
    "AAP": "aap|australian associated press",
    "Canadian Press": "the canadian press|canadian press|cp",
    "Bloomberg": "bloomberg|bloomberg news",
    "PA Media": "pa news agency",
}
"""Agencies by the forms that their subscribers print. Source: the agencies' style of crediting, read on their sites."""

_AGENCY = {form: name for name, forms in _NAMES.items() for form in forms.replace("\\", "").split("|")}
_FORM = "|".join(sorted((re.escape(form) for form in _AGENCY), key=len, reverse=True))
_IN_DATELINE = re.compile(
    rf"^(?!The |An? |In )[^\n]{{0,90}}?"
    rf"(?:\((?:via )?(?P<a>{_FORM})\)|/(?P<b>{_FORM})/|\[(?P<c>{_FORM})\])\s{{0,3}}(?:[-—–:.]|\s|$)",
    re.IGNORECASE,
)
_BEFORE_DASH = re.compile(rf"^(?P<a>{_FORM})\s{{0,3}}[—–-]{{1,2}}\s", re.IGNORECASE)
_AT_END = re.compile(
    rf"(?:[(\[]\s*(?:source|with inputs? from|from|via|by|agencies,?|courtesy(?: of)?)?\s*:?\s*(?P<a>{_FORM})\s*[)\]]"
    rf"|[—–-]{{1,2}}\s*(?P<b>{_FORM})"
    rf"|\b(?:source|with inputs? from|credit|courtesy(?: of)?)\s*:?\s+(?P<c>{_FORM})"
    rf"|\n\s*(?P<d>{_FORM}))\s*\.?\s*$",
    re.IGNORECASE,
)
_COPYRIGHT = re.compile(rf"(?:copyright|©)\s*(?:\(c\)\s*)?(?:\d{{4}}\s*)?(?:by\s+)?(?P<a>{_FORM})\b", re.IGNORECASE)
_REUTERS_DESK = re.compile(r"\((?:additional )?reporting by [^()\n]{3,300}; ?(?:writing|editing) by ", re.IGNORECASE)
_AP_WRITER = re.compile(r"\bassociated press (?:writers?|reporters?|journalists?)\b[^\n]{3,200}\bcontributed\b", re.I)
_FIRST_ELSEWHERE = re.compile(
    r"\b(?i:(?:this|the)\s+(?:story|article|report|piece|post|commentary|interview|analysis)\s+"
    r"(?:was\s+|has\s+been\s+)?(?:originally|first)\s+(?:appeared|published|ran|posted)\s+(?:on|in|by|at)\s+"
    r"(?:the\s+website\s+of\s+)?)(?!(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? \d|\d)"
    r"(?P<a>(?:[Tt]he )?[A-Z0-9][\w&'’-]*(?:[. ](?:[A-Z0-9][\w&'’-]*|of|the|com|org|net|co|uk))*)",
)

_EDGE = 600
"""Characters at the end of a text in which a credit may stand."""

_FIRST = 160
"""Characters at the begin in which a dateline with its credit may stand."""


def origin(text: str) -> str | None:
    """Return who first published a text, if it says so: an agency under one name, or the outlet as written."""
    head, tail = text[:_FIRST].lstrip(), text[-_EDGE:].rstrip()
    for edge in (head, tail) if len(text) > _EDGE else (text,):
        if found := _FIRST_ELSEWHERE.search(edge):
            return _AGENCY.get(found["a"].casefold(), re.sub(r"^the ", "", found["a"]).strip(" ."))
    if _REUTERS_DESK.search(tail):
        return "Reuters"
    if _AP_WRITER.search(tail):
        return "Associated Press"
    for pattern, edge in ((_IN_DATELINE, head), (_BEFORE_DASH, head), (_COPYRIGHT, tail), (_AT_END, tail)):
        found = pattern.search(edge)
        name = next((form for form in found.groups() if form), "") if found else ""
        if name and _is_written_as_a_credit(name):
            return _AGENCY[name.casefold()]
    return None


def _is_written_as_a_credit(form: str) -> bool:
    """Tell "PA" and "dpa" from the words "pa", "app" and "aa": short forms in capitals, or as their agency writes."""
    return form == "dpa" or not form.islower()
