"""The forms that stand for a country, from `data/countries/`; knows no text."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import NamedTuple

from ingest.data_files import rows
from ingest.errors import UnknownNameError

ALWAYS = (date.min.toordinal(), date.max.toordinal())

ORDINARY_WORDS = {"Male"}
"""What a name becomes without its accents and must not be taken for: Malé."""


class Sense(NamedTuple):
    """One meaning of a form."""

    countries: tuple[str, ...]
    """Alpha-3 codes it stands for; two for "the Koreas", none for a phrase that only looks like a country."""
    kind: str
    since: int
    until: int
    """Proleptic ordinals of the first and last day on which it means this."""
    rule: str
    """Empty, or the care it needs: `ambiguous`, `capital-common`, `prefix`, `surname`, `needs-name`."""
    person: int = -1
    """Number of the leader it names, or −1."""
    role: str = ""
    """Office of that leader."""


class Country(NamedTuple):
    """A country or territory of ISO 3166-1."""

    iso3: str
    iso2: str
    name: str
    status: str


@cache
def countries() -> dict[str, Country]:
    """Return every country by alpha-3 code."""
    return {row["iso3"]: Country(**row) for row in rows("countries", "countries.csv")}


@cache
def forms() -> dict[str, tuple[Sense, ...]]:
    """Return every written form with its senses: about 20,000, capitals and accents folded in."""
    table: dict[str, list[Sense]] = defaultdict(list)
    for form, sense in [*_names(), *_leaders(), *_phrases()]:
        for variant in _variants(form, sense):
            if sense not in table[variant]:
                table[variant].append(sense)
    return {form: tuple(senses) for form, senses in table.items()}


def country_code(name: str) -> str:
    """Turn what a person typed (code, name, demonym, former name) into an alpha-3 code."""
    wanted = name.strip()
    if wanted.upper() in countries():
        return wanted.upper()
    by_name = _typed_names()
    if found := by_name.get(wanted.casefold()):
        return found
    import difflib

    near = difflib.get_close_matches(wanted.casefold(), by_name, n=3, cutoff=0.6)
    hint = ", ".join(sorted({f"{countries()[by_name[key]].name} ({by_name[key]})" for key in near}))
    raise UnknownNameError(
        f"no country is called {name!r}; give a name or an ISO 3166-1 alpha-3 code"
        + (f", perhaps {hint}" if hint else ", such as Pakistan or PAK")
    )


@cache
def _typed_names() -> dict[str, str]:
    named = {c.iso2.casefold(): c.iso3 for c in countries().values()}
    for form, senses in forms().items():
        for sense in senses:
            if len(sense.countries) == 1 and sense.kind not in {"leader", "capital", "seat", "prefix"}:
                named.setdefault(form.casefold(), sense.countries[0])
    return named | {c.name.casefold(): c.iso3 for c in countries().values()}


def _names() -> Iterator[tuple[str, Sense]]:
    for row in rows("countries", "forms.csv"):
        rule = "prefix" if row["kind"] == "prefix" else row["rule"]
        codes = tuple(row["iso3"].split("+"))
        yield row["form"], Sense(codes, row["kind"], *_days(row), rule)


def _phrases() -> Iterator[tuple[str, Sense]]:
    for row in rows("countries", "not_countries.csv"):
        yield row["phrase"], Sense((), "phrase", *ALWAYS, "")


def _leaders() -> Iterator[tuple[str, Sense]]:
    people: dict[tuple[str, str], int] = {}
    for row in rows("countries", "leaders.csv"):
        person = people.setdefault((row["iso3"], row["name"]), len(people))
        surnames = _split(row["surname"])
        alone = row["alone"] == "yes"

        def sense(rule: str, row: dict[str, str] = row, person: int = person) -> Sense:
            return Sense((row["iso3"],), "leader", *_days(row), rule, person, row["role"].removeprefix("acting "))

        for full in _split(row["name"], row["aliases"]):
            # A name that is also listed as a surname ("King Fahd") is still a whole name.
            if full not in surnames or (full == row["name"] and not alone):
                yield full, sense("")
        for surname in surnames:
            yield surname, sense("surname" if alone else "needs-name")


def _split(*cells: str) -> list[str]:
    return list(dict.fromkeys(part.strip() for cell in cells for part in cell.split("|") if part.strip()))


def _days(row: dict[str, str]) -> tuple[int, int]:
    since = date.fromisoformat(row["since"]).toordinal() if row["since"] else ALWAYS[0]
    until = date.fromisoformat(row["until"]).toordinal() if row["until"] else ALWAYS[1]
    return since, until


def _variants(form: str, sense: Sense) -> set[str]:
    spelled = {form, form.replace("'", "’")} if "'" in form else {form}
    if not form.isascii():
        spelled |= {_without_accents(one) for one in spelled} - ORDINARY_WORDS
    # Prefixes never stand in capitals; short surnames in capitals are numerals and initials ("Pius XI").
    if sense.rule != "prefix" and (sense.kind != "leader" or len(form) > 3):
        spelled |= {one.upper() for one in spelled}
    return spelled


def _without_accents(text: str) -> str:
    plain = text.replace("ı", "i").replace("ø", "o").replace("ł", "l").replace("đ", "d").replace("Đ", "D")
    return "".join(c for c in unicodedata.normalize("NFD", plain) if not unicodedata.combining(c))
