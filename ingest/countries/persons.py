"""When a name is a person's: Jordan the player, not the kingdom; Michelle Obama, not the president."""

from __future__ import annotations

import re

from ingest.countries.around import NOBODY, Around, Countries


def not_a_person(around: Around) -> Countries:
    """Keep the country unless the form names a person or stands among family and teammates."""
    if names_a_person(around) or (not around.certain and _FAMILY_OR_TEAM.search(around.text)):
        return NOBODY
    return around.countries


def names_a_person(around: Around) -> bool:
    """Tell whether a form that is also a first or family name (Jordan, Chad) names a person here."""
    if around.text[around.start : around.end].isupper() and around.before(20).isupper():
        return False
    if re.match(
        r"(?:,? (?:Jr|Sr)\b|, \d\d[,.]|,? who \w+ (?:is|was|has|his|her)\b|'s (?:mother|wife|father|career)\b)",
        around.after(40),
    ):
        return True
    after = around.word_after.removesuffix("'s").removesuffix("’s")
    if after[:1].isupper() and after not in _AFTER_A_COUNTRY and not after.isupper():
        return True
    return has_first_name(around)


def has_first_name(around: Around) -> bool:
    """Tell whether a capitalised word that may be a first name stands just before."""
    near = around.before(40)
    if near[-1:] != " " or ((last := near[:-1].rpartition(" ")[2]).isalpha() and last.islower()):
        return False  # a plain small word, or none: most are, and this look is quicker
    before = around.word_before
    return (
        before[:1].isupper()
        and not before.isupper()
        and before not in _NOT_A_FIRST_NAME
        and not before.endswith(("'s", "’s", "-"))
    )


def is_anothers_surname(around: Around) -> bool:
    """Tell whether a leader's surname is here somebody else's, or a thing's (Trump Tower)."""
    return has_first_name(around) or _THING.match(around.after()) is not None


_NOT_A_FIRST_NAME = frozenset(
    """A After Against Although Amid Among An And Are As At Because Before Beyond But By Can Could Did Does Earlier
    Even For From Had Has Have He Her Here His How However I If In Inside Into Is It Its Last Later Like Many May
    Meanwhile More Most Near Neighboring Neighbouring New No Nor Not Now Of On Once One Only Or Our Over Recently She
    Should Since So Some Still That The Their Then There These They This Those Though Through Thus To Today Towards
    Toward Two Under Unless Until Was We Were What When Where Whether Which While Who Why Will With Within Without
    Would Yesterday Yet You Also Both Former Current Outside Despite During Between Across Around About Only Instead
    Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August
    September October November December Mr Mr. Mrs Mrs. Ms Ms. Dr Dr. Sir Lord President Minister Chancellor Premier
    Secretary King Queen Prince Princess Emir Sultan Sheikh Ayatollah General Gen Gen. Marshal Senator Sen. Leader
    Governor Ambassador Commander Pope Candidate Republican Democrat Republic Kingdom Northern Southern Eastern
    Western Central North South East West Team Vladimir's Elect Comrade Taoiseach Tsar Strongman""".split()
)
"""Capitalised words that may stand before a country or a leader without being a person's first name."""

_AFTER_A_COUNTRY = frozenset(
    """Ambassador Army Air Armed Airports Aviation Bank Border Cabinet Central Coast Customs Defence Defense Economic
    Embassy Energy Federation Football Foreign Government Interior Intelligence King Military Ministry Minister
    National Navy Parliament Police Premier President Prime Prince Princess Queen Red Royal Senate Security Special
    State Strategy Supreme Trade Tourism Treaty Valley Vice War And But In On At For From To With After Before Is
    Was Will Has Had Says Said Agrees Signs Warns Calls Urges Accuses Denies Rejects Joins Backs Bans""".split()
)

_FAMILY_OR_TEAM = re.compile(
    r"\b(?:(?:his|her) (?:wife|husband|coach|mother|father|parents|career|agent|lawyer)|our best|teammates?|the coach"
    r"|point guard|touchdowns?|rebounds|actor|actress|singer)\b"
)

_THING = re.compile(r" (?:Tower|Hotel|Organi[sz]ation|University|Foundation|Plaza|Jr\b|Center|Institute)")
