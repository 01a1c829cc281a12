"""Who is meant: the mentions of countries in a text, on the day it was published."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from ingest.countries.around import Around
from ingest.countries.gazetteer import Sense, forms
from ingest.countries.matcher import Found, find_known
from ingest.countries.rules import RULES, meant
from ingest.countries.scenes import dateline_end, is_only_a_venue, is_scene
from ingest.records import Mention


def find_mentions(text: str, on: date | None = None, headline: str = "", *, least: int = 1) -> list[Mention]:
    """Return the mentions of countries in `text`, in order; none where fewer than `least` countries can be meant.

    A leader counts while in office `on` that day, just after, and where a title tells the time ("the Obama
    administration"). Without a day, a name counts if it was only ever one
    country's. A surname that is also an ordinary name needs the full name, or the title of the office
    before it, somewhere in the text or the headline.
    """
    day = on.toordinal() if on else None
    resolved = _resolve(text, day)
    if not resolved:
        return []
    if least > 1:
        possible = {code for *_, sense in resolved for code in sense.countries}
        if len(possible) < least and possible.isdisjoint(_MISTAKEN):
            return []
    if begin := dateline_end(text):
        resolved = [one for one in resolved if one[0] >= begin]
    people = _named_people(text, resolved)
    if headline and any(sense.rule == "needs-name" and sense.person not in people for *_, sense in resolved):
        people |= _named_people(headline, _resolve(headline, day))
    careful = _careful_forms()
    certain = frozenset(
        [code for _, _, form, sense in resolved if not sense.rule and form not in careful for code in sense.countries]
    )
    named = {code for *_, sense in resolved if sense.kind != "capital" for code in sense.countries}
    mentions: list[Mention] = []
    for start, end, form, sense in resolved:
        codes, kind, _, _, rule, person, _ = sense
        if rule == "needs-name" and person not in people:
            continue
        if rule == "prefix" and text[end : end + 1] not in _HYPHENS:
            continue
        if rule or form in careful:
            codes = meant(form, kind, rule, Around(text, start, end, codes, certain))
        place = kind == "capital" and is_scene(text, start)
        if place and named.isdisjoint(codes) and is_only_a_venue(text, start, end):
            continue
        for code in codes:
            mentions.append(Mention(start, end, code, kind, place))  # noqa: PERF401 - mostly one
    return mentions


_MISTAKEN = frozenset(["COD", "COG", "DMA", "DOM", "KOR", "PRK"])
"""Countries whose short names a rule may give to another one than the gazetteer."""


def _resolve(text: str, day: int | None) -> list[tuple[int, int, str, Sense]]:
    """Match forms and choose their sense on the day; phrases and what nobody is on that day fall out."""
    return [
        (start, end, form, sense)
        for start, end, form, senses, sure in find_known(text)
        if (sense := sure or _sense_on(senses, day) or _once_in_office(text, (start, end, form, senses, sure), day))
        if sense.countries
    ]


def _sense_on(senses: tuple[Sense, ...], day: int | None) -> Sense | None:
    """Choose what a form means on a day: the surest sense, a country before a person; none if disputed."""
    if len(senses) == 1:
        sense = senses[0]
        return sense if day is None or sense.since <= day <= sense.until else None
    if day is not None:
        senses = tuple([sense for sense in senses if sense.since <= day <= sense.until])
    if len(senses) < 2:
        return senses[0] if senses else None
    first = min(senses, key=lambda sense: (sense.kind == "leader", len(sense.rule)))
    disputed = any(sense.countries != first.countries for sense in senses if sense.kind == first.kind)
    return None if disputed else first


REMEMBERED_DAYS = 60
"""For so long after a leader left, the press still means the country by the bare name: it tells what they did."""

_IN_THEIR_TIME = re.compile(
    r"(?:['’]s?)?(?:-| )(?:administration|government|presidency|cabinet|era\b|years\b|doctrine)"
)


def _once_in_office(text: str, match: Found, day: int | None) -> Sense | None:
    """Return whom a leader's name means before or after the time in office: told by a title, or gone just now.

    "Sanctions that the Obama administration imposed", "then-President Obama", "President-elect Trump".
    """
    if day is None:
        return None
    start, end, form, senses, _ = match
    leaders = [sense for sense in senses if sense.kind == "leader" and sense.rule != "needs-name"]
    if not leaders:
        return None
    told = _IN_THEIR_TIME.match(text, end) is not None
    meant = {
        sense
        for sense in leaders
        if 0 < day - sense.until <= REMEMBERED_DAYS
        or told
        or form.casefold().startswith(sense.role + " ")
        or _has_title(text, start, sense.role)
    }
    return max(meant, key=lambda one: one.until) if len({one.countries for one in meant}) == 1 else None


@cache
def _careful_forms() -> frozenset[str]:
    """Return the forms that have a rule of their own, as they are written."""
    return frozenset(form for form in forms() if form.casefold() in RULES)


def _named_people(text: str, resolved: list[tuple[int, int, str, Sense]]) -> set[int]:
    """Return the leaders that the text names in full or by their office."""
    return {
        sense.person
        for start, _, _, sense in resolved
        if sense.person >= 0 and (sense.rule != "needs-name" or _has_title(text, start, sense.role))
    }


_TITLES = {
    "prime minister": ("Prime Minister", "Premier", "PM"),
    "supreme leader": ("Ayatollah", "Supreme Leader"),
    "secretary of state": ("Secretary of State", "Secretary"),
    "defense secretary": ("Defense Secretary", "Secretary"),
    "defence minister": ("Defence Minister", "Defense Minister"),
    "federal councillor": ("President", "Federal Councillor"),
}
"""Titles that the press puts before a surname, where they are not the name of the office itself."""


def _has_title(text: str, start: int, role: str) -> bool:
    before = text[max(0, start - 40) : start].casefold()
    return any(before.endswith(title.casefold() + " ") for title in _TITLES.get(role, (role,)))


_HYPHENS = {"-", "‑", "–"}
