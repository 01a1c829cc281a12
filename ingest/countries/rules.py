"""What fools a matcher: one small rule for each form that is often something else.

Each rule looks at the text around a match and returns the countries that are meant, or none.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from ingest.countries.around import NOBODY, Around, Countries
from ingest.countries.matcher import find_forms
from ingest.countries.persons import is_anothers_surname, names_a_person, not_a_person

_GEORGIA_COUNTRY = re.compile(
    r"Tbilisi|Georgian|Abkhaz|Osseti|Saakashvili|Ivanishvili|Zourabichvili|Kobakhidze|Garibashvili|Margvelashvili"
    r"|Kavelashvili|Batumi|Caucasus|Black Sea|former Soviet|Rose Revolution"
)
_GEORGIA_STATE = re.compile(
    r"Atlanta|Savannah|Augusta|Macon|Fulton County|Kemp\b|Raffensperger|Abrams|Ossoff|Warnock|Bulldogs|Alabama"
    r"|Carolina|Florida|Tennessee|Texas|Arizona|Nevada|Michigan|Wisconsin|Pennsylvania|Ohio|Virginia|Mississippi"
    r"|[Gg]overnor|\bGov\.|\bSen\.|\bRep\.|[Rr]unoff|[Ss]wing state|US state|U\.S\. state|state of $|primary"
    r"|Republican|Democrat|[Cc]ongress(?:man|woman)|state (?:legislature|law|senat|Senat|troopers)|peach"
)
_US_STATE_AFTER_TOWN = re.compile(r"(?:^|[\s(\"“])([A-Z][a-z]+(?: [A-Z][a-z]+)?), $")


def _georgia(around: Around) -> Countries:
    town = _US_STATE_AFTER_TOWN.search(around.before(40))
    if town and town.group(1) not in {"Tbilisi", "Batumi", "Gori", "Kutaisi", "Rustavi", "Poti"}:
        near = around.before(80)
        listed = re.search(r"\b(?:Ukraine|Moldova|Armenia|Azerbaijan|Russia|Turkey|Belarus), $", near)
        if not listed:
            return NOBODY
    if names_a_person(around) and around.word_after not in {"Dream"}:
        return NOBODY
    if _GEORGIA_COUNTRY.search(around.text):
        return around.countries
    return NOBODY if _GEORGIA_STATE.search(around.before(120) + around.after(120)) else around.countries


_BIRD_AFTER = re.compile(
    r"(?:['’]s)? (?:sandwich|breast|dinner|leg|meat|burger|bacon|farm|stuffing|gravy|trot|hunt|soup|leftover|recipe"
    r"|carcass|vulture|roast|drumstick|wing|sausage|shoot|supper|Hill|Creek|producers|growers|pardon)",
    re.IGNORECASE,
)
_BIRD_BEFORE = re.compile(
    r"(?:[Rr]oast(?:ed)?|Thanksgiving|Christmas|[Ww]ild|[Ff]rozen|[Cc]old|[Ff]ried|[Ss]tuffed|[Ss]moked|[Gg]round"
    r"|[Cc]arv(?:e|ed|ing)(?: the| a)?|[Pp]ardon(?:ed|s|ing)?(?: the| a)?|[Bb]utterball|[Oo]cellated|[Tt]albot):? $"
)


def _turkey(around: Around) -> Countries:
    if _BIRD_AFTER.match(around.after()) or _BIRD_BEFORE.search(around.before(30)):
        return NOBODY
    return around.countries


_PRONOUN_BEFORE = re.compile(
    r"\b(?:LET|GIVE|GIVES|TELL|TELLS|JOIN|HELP|SHOW|FOLLOW|CONTACT|MAKE|MAKES|CALL|EMAIL|ABOUT|ALL OF|BOTH OF|REST OF"
    r"|LIKE|NONE OF|SOME OF|MOST OF|MANY OF|LEAVE|TRUST|LOVE|HELPS|SAVE|TAKES|TAUGHT|HATE) $"
)


def _us(around: Around) -> Countries:
    if around.after(1) == "$":
        return NOBODY
    near = around.before(80) + around.after(80)
    shouting = not any(char.islower() for char in near) and any(char.isalpha() for char in near)
    return NOBODY if shouting and _PRONOUN_BEFORE.search(around.before(12)) else around.countries


def _congo(around: Around) -> Countries:
    other = "Brazzaville" in around.text or "Sassou" in around.text or "COG" in around.certain
    return ("COG",) if other and "COD" not in around.certain and "Kinshasa" not in around.text else ("COD",)


def _korea(around: Around) -> Countries:
    return ("PRK",) if "PRK" in around.certain and "KOR" not in around.certain else ("KOR",)


def _dominican(around: Around) -> Countries:
    if re.search(
        r"\b(?:[Ff]riars?|[Oo]rder|[Nn]uns?|[Pp]riests?|[Ss]isters?|[Cc]onvent|[Mm]onks?|[Mm]onastery)\b",
        around.before(30) + " " + around.after(30),
    ):
        return NOBODY
    return ("DMA",) if "DMA" in around.certain and "DOM" not in around.certain else ("DOM",)


def _guinea(around: Around) -> Countries:
    return NOBODY if re.match(r" (?:pigs?|fowls?|worms?)\b", around.after(), re.IGNORECASE) else around.countries


_US_CITY = re.compile(r"(?:Seattle|Spokane|Tacoma|Olympia|Vancouver|Redmond|Bellevue|Everett|Yakima), $")
_WASHINGTON_STATE = re.compile(
    r" (?:state\b(?! department)|Redskins|Nationals|Capitals|Wizards|Commanders|Huskies|Irving|Monument|Heights|County"
    r"|Square|Street|Avenue|University|Bridge|Crossing|Mystics)"
)
_WASHINGTON_PERSON = re.compile(
    r"\b(?:George|Denzel|Kerry|Booker|Booker T\.|Dinah|Martha|Mount|Lake|Port|Fort|Desmond|Grover|Western|Eastern|Lt\.?"
    r" Col\.?|Officer|Sgt\.?|Mr\.?|Ms\.?|Mrs\.?) $"
)


def _washington(around: Around) -> Countries:
    before = around.before(30)
    if _US_CITY.search(before) or _WASHINGTON_PERSON.search(before) or _WASHINGTON_STATE.match(around.after()):
        return NOBODY
    return around.countries


def _brussels(around: Around) -> Countries:
    """Brussels is the European Union in most news; it is Belgium only where Belgians are about."""
    return around.countries if "Belgi" in around.before(150) + around.after(150) else NOBODY


def _english(around: Around) -> Countries:
    speaks = re.match(
        r" (?:government|officials?|troops|forces|army|court|authorities|police|voters|law)\b", around.after()
    )
    return around.countries if speaks else NOBODY


def _polish(around: Around) -> Countries:
    verb = re.match(r" (?:your|my|the|his|her|their|our|it|up|off)\b", around.after())
    return NOBODY if verb and around.before(2) in {"", '"', "“", ". ", "\n"} else around.countries


def _macedonia(around: Around) -> Countries:
    region = re.search(
        r"\b(?:region|province|part|north) of $|\b(?:Greek|Aegean|Central|Eastern|Western) $",
        around.before(24),
    )
    return NOBODY if region else around.countries


def _jersey(around: Around) -> Countries:
    return around.countries if re.search(r"Guernsey|Channel Island|St\.? Helier", around.text) else NOBODY


def _america(around: Around) -> Countries:
    return (
        NOBODY
        if re.search(r"\b(?:Latin|South|North|Central|Meso|Miss|Captain|Copa|Bank of|Voice of) $", around.before(12))
        else around.countries
    )


def _gb(around: Around) -> Countries:
    return NOBODY if re.search(r"\d ?$", around.before(2)) else around.countries  # "16 GB of memory"


_REUNION_ISLAND = re.compile(r"[Ii]slands?\b|Indian Ocean|Mauriti|Madagas|Malagasy|Mayotte|Comor|Seychell|Saint-Denis")


def _reunion(around: Around) -> Countries:
    """Reunion without its accent is mostly a meeting of a family or a class."""
    told = around.before(3) == "La " or _REUNION_ISLAND.search(around.before(80) + around.after(80))
    return around.countries if told else NOBODY


_OWNS = re.compile(r"(?:['’]s?)?(?: [A-Z][\w-]*)* ")
_OF = re.compile(r" of (?:the )?$")


def _office(around: Around) -> Countries:
    """Leave a ministry or council to the country that owns it: "Iran's Supreme National Security Council".

    Many states have one; that country stands just before, or after "of".
    """
    before, after = around.before(48), around.after(48)
    owners = [
        match.senses
        for match in find_forms(before)
        if _OWNS.fullmatch(before, match.end) and any(sense.countries for sense in match.senses)
    ] + [match.senses for match in find_forms(after) if _OF.fullmatch(after[: match.start])]
    ours = all(any(sense.countries == around.countries for sense in senses) for senses in owners[-1:])
    return around.countries if ours else NOBODY


def _only_if_named_elsewhere(around: Around) -> Countries:
    """Small capitals that are commonly other places (Georgetown, Victoria) need their country in the text."""
    return around.countries if around.certain.issuperset(around.countries) else NOBODY


RULES: dict[str, Callable[[Around], Countries]] = {
    "america": _america,
    "brussels": _brussels,
    "chad": not_a_person,
    "congo": _congo,
    "congolese": _congo,
    "dominican": _dominican,
    "dominicans": _dominican,
    "english": _english,
    "gb": _gb,
    "georgia": _georgia,
    "guinea": _guinea,
    "holland": not_a_person,
    "jersey": _jersey,
    "jordan": not_a_person,
    "korea": _korea,
    "korean": _korea,
    "koreans": _korea,
    "macedonia": _macedonia,
    "polish": _polish,
    "reunion": _reunion,
    "turkey": _turkey,
    "us": _us,
    "washington": _washington,
}


def meant(form: str, kind: str, rule: str, around: Around) -> Countries:
    """Return the countries a form stands for at this place."""
    if decide := RULES.get(form.casefold()):
        return decide(around)
    if rule == "ambiguous" and kind in {"seat", "official"}:
        return _office(around)
    if rule == "capital-common":
        return _only_if_named_elsewhere(around)
    if rule == "surname" and is_anothers_surname(around):
        return NOBODY
    return around.countries
