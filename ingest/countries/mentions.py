"""Who is meant: the mentions of countries in a text, on the day it was published."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from ingest.countries.matcher import Match, find_forms
from ingest.countries.rules import RULES, Around, is_only_a_venue, meant
from ingest.records import Mention


def find_mentions(text: str, on: date | None = None, headline: str = "") -> list[Mention]:
    """Return the mentions of countries in `text`, in order.

    A leader counts while in office `on` that day. Without a day, a name counts if it was only ever one
    country's. A surname that is also an ordinary name needs the full name somewhere in the text or the
    headline.
    """
    found = find_forms(text)
    if not found:
        return []
    day = on.toordinal() if on else None
    dateline_ends = dateline_end(text)
    resolved = [(match, *_senses_on(match, day)) for match in found if match.start >= dateline_ends]
    people = _named_people(sense for _, *sense in resolved)
    if headline and any(rule == "needs-name" and person not in people for *_, rule, person in resolved):
        people |= _named_people(_senses_on(match, day) for match in find_forms(headline))
    certain = frozenset(
        code for match, codes, _, rule, _ in resolved if not rule and match.form.casefold() not in RULES for code in codes
    )
    named = frozenset(code for _, codes, kind, *_ in resolved if kind != "capital" for code in codes)
    mentions: list[Mention] = []
    for match, codes, kind, rule, person in resolved:
        if not codes or (rule == "needs-name" and person not in people):
            continue
        if rule == "prefix" and text[match.end : match.end + 1] not in {"-", "‑", "–"}:
            continue
        if rule or match.form.casefold() in RULES:
            codes = meant(match.form, rule, Around(text, match.start, match.end, codes, certain))  # noqa: PLW2901
        place = kind == "capital" and _is_scene(text, match.start)
        if place and named.isdisjoint(codes) and is_only_a_venue(_line(text, match), match.form):
            continue
        mentions += [Mention(match.start, match.end, code, kind, place) for code in codes]
    return mentions


def _named_people(senses: Iterable[Sequence[Any]]) -> set[int]:
    return {person for _, _, rule, person in senses if person >= 0 and rule != "needs-name"}


def _senses_on(match: Match, day: int | None) -> tuple[tuple[str, ...], str, str, int]:
    """Choose what a form means on a day: countries, kind, rule, person; no country if it is disputed."""
    senses = [sense for sense in match.senses if day is None or sense.since <= day <= sense.until]
    if not senses:
        return (), "", "", -1
    first = min(senses, key=lambda sense: (sense.kind == "leader", len(sense.rule)))
    if any(sense.countries != first.countries for sense in senses if sense.kind == first.kind):
        return (), "", "", -1
    return first.countries, first.kind, first.rule, first.person


_SCENE = re.compile(r"\b(?:[Ii]n|[Nn]ear|[Oo]utside|[Aa]round|[Aa]t|[Aa]cross)(?: the capital,?| central| downtown)? $")


def _line(text: str, match: Match) -> str:
    """Return about the sentence around a match."""
    begin = max(text.rfind(". ", 0, match.start), text.rfind("\n", 0, match.start)) + 1
    ends = [at for at in (text.find(". ", match.end), text.find("\n", match.end)) if at >= 0]
    return text[begin : min(ends, default=len(text))]


def _is_scene(text: str, start: int) -> bool:
    return _SCENE.search(text, max(0, start - 24), start) is not None


_DATELINE = re.compile(
    r"\W{0,3}(?:[A-ZÀ-Þ][A-ZÀ-Þ .,'’/-]{2,40}(?:, (?:[A-Z][a-z.]+ ?){1,3})?|[A-Z][a-z]+(?:[ -][A-Z][a-z]+){0,2}(?:, [A-Z][a-z]+)?)"
    r"(?:,? (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.? \d{1,2}(?:, \d{4})?)?\.?"
    r"(?: ?\([^)\n]{2,30}\)| ?/[A-Z][\w -]{1,20}/\.?)?\s*(?:[—–]|--|-(?= )|(?<=/)|(?<=/\.))"
)
_SENTENCE_LIKE = re.compile(r"\b(?:said|says|will|has|is|was|are|were|and|the)\b")


def dateline_end(text: str) -> int:
    """Return where a dateline ("VIENNA, March 3 (Reuters) —") ends, or 0: it is where, not who."""
    found = _DATELINE.match(text)
    if not found or _SENTENCE_LIKE.search(found.group()) or "-" in found.group().rstrip("- \n"):
        return 0
    return found.end()
