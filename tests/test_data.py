"""The versioned data files are sound."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from itertools import combinations

import pytest
from babel import Locale
from babel.core import get_global

from ingest.articles.pasted import credit
from ingest.countries.gazetteer import countries
from ingest.data_files import data_dir, rows
from ingest.records import RawArticle
from ingest.stories.exact import story_id
from ingest.tone.sentences import split_sentences
from tests.sample import sample_rows

COUNTRIES = list(rows("countries", "countries.csv"))
FORMS = list(rows("countries", "forms.csv"))
LEADERS = list(rows("countries", "leaders.csv"))
PHRASES = list(rows("countries", "not_countries.csv"))

KINDS = {"name", "official", "short", "former", "adjective", "demonym", "capital", "seat", "prefix"}
RULES = {"", "ambiguous", "capital-common"}

WITHOUT_A_CAPITAL = {
    "ISR": "Jerusalem is claimed by two, Tel Aviv is a seat",
    "PSE": "the same",
    "SGP": "the city is the country",
    "VAT": "the city is the country",
    "HKG": "the city is the country",
    "MAC": "the city is the country",
    "GIB": "the city is the country",
    "SMR": "San Marino, the city, is San Marino, the country",
    "STP": "São Tomé is the name of the island too",
    "ESH": "El Aaiún is held by Morocco",
    "IMN": "Douglas is a first name",
    "BMU": "Hamilton is a family name",
    "NFK": "Kingston is the capital of Jamaica",
    "AIA": "The Valley is any valley",
    "IOT": "nobody lives there",
    "CCK": "West Island is any island",
    "BLM": "Gustavia is not in the news",
    "SPM": "its capital has its name",
    "TKL": "it has none",
}
WITHOUT_AN_ADJECTIVE = {
    "COG": "Congolese is shared, and decided by rule",
    "DMA": "Dominican is shared, and decided by rule",
    "MAF": "Saint-Martinois is not English",
    "SJM": "there is none",
}

MOST_IN_THE_NEWS = """USA CHN RUS GBR FRA DEU JPN IND PAK AFG IRQ IRN ISR PSE SYR LBN TUR EGY SAU ARE QAT YEM JOR KWT
    LBY TUN DZA MAR SDN ETH SOM KEN NGA ZAF ZWE COD RWA UGA PRK KOR TWN VNM PHL IDN MYS THA MMR BGD LKA NPL AUS NZL CAN
    MEX CUB VEN COL BRA ARG CHL PER UKR BLR POL HUN ITA ESP GRC NLD BEL CHE SWE SRB GEO ARM AZE KAZ""".split()
HEADS = {
    *("president", "acting president", "interim president", "prime minister", "acting prime minister", "premier"),
    *("king", "queen", "emir", "sultan", "chancellor", "supreme leader", "general secretary"),
}
"""Offices of a head of state or government."""
OTHERWISE_LED = {
    ("IRQ", 2004): "the Coalition Provisional Authority; a council with a new head each month",
    ("MMR", 2001): "a junta: Than Shwe is its leader in the file",
    ("MMR", 2002): "the same",
    ("MMR", 2003): "the same",
    ("ARG", 2002): "five presidents in two weeks; on 1 January the Chamber's president, Camaño, was acting",
}

Row = dict[str, str]


def window(row: Row) -> tuple[date, date]:
    """Return the first and last day of a row."""
    return (
        date.fromisoformat(row["since"]) if row["since"] else date.min,
        date.fromisoformat(row["until"]) if row["until"] else date.max,
    )


def overlap(one: Row, other: Row) -> bool:
    """Tell if two rows hold on more than the one day on which an office is handed over."""
    return max(window(one)[0], window(other)[0]) < min(window(one)[1], window(other)[1])


def disputed(by_form: dict[str, list[Row]]) -> list[tuple[str, str, str]]:
    """Return the forms that mean two countries at one time."""
    return [
        (form, one["iso3"], other["iso3"])
        for form, meanings in by_form.items()
        for one, other in combinations(meanings, 2)
        if one["iso3"] != other["iso3"] and overlap(one, other)
    ]


def unclean(texts: Iterable[str]) -> list[str]:
    """Return what is empty, untrimmed, unprintable, double-spaced or without a capital."""
    return [
        text
        for text in texts
        if not text.strip() or text != " ".join(text.split()) or not text.isprintable() or text == text.lower()
    ]


# --- countries


def test_countries_have_unique_codes_of_the_right_shape() -> None:
    for column, shape in (("iso3", "[A-Z]{3}"), ("iso2", "[A-Z]{2}")):
        codes = [row[column] for row in COUNTRIES]
        assert len(set(codes)) == len(codes)
        assert [code for code in codes if not re.fullmatch(shape, code)] == []
    names = [row["name"] for row in COUNTRIES]
    assert len(set(names)) == len(names)
    assert unclean(names) == []


def test_countries_by_status() -> None:
    counts = Counter(row["status"] for row in COUNTRIES)
    assert counts.keys() == {"un", "observer", "other", "territory"}
    assert counts["un"] == 193
    by_status = {status: {row["iso3"] for row in COUNTRIES if row["status"] == status} for status in counts}
    assert by_status["observer"] == {"PSE", "VAT"}
    assert by_status["other"] == {"TWN", "XKX"}


def test_countries_have_the_codes_and_names_of_cldr() -> None:
    territories = Locale("en").territories
    assert [row["iso2"] for row in COUNTRIES if row["iso2"] not in territories] == []
    known = {form["form"] for form in FORMS}
    unnamed = set()
    for row in COUNTRIES:
        name = territories[row["iso2"]].split(" (")[0].replace("’", "'")
        if {name, name.replace("&", "and"), name.replace("St.", "Saint").replace("&", "and")}.isdisjoint(known):
            unnamed.add(name)
    assert unnamed == {"Congo - Kinshasa", "Congo - Brazzaville", "Cocos"}  # nobody writes that


def test_countries_have_the_alpha_3_codes_of_cldr() -> None:
    theirs = {code: aliases[0] for code, aliases in get_global("territory_aliases").items() if len(aliases) == 1}
    assert {row["iso3"]: theirs.get(row["iso3"], row["iso2"]) for row in COUNTRIES} == {
        row["iso3"]: row["iso2"] for row in COUNTRIES
    }
    assert {row["iso3"] for row in COUNTRIES} - theirs.keys() == {"XKX"}


def test_no_country_of_cldr_is_missing() -> None:
    theirs = {code for code in map(str, Locale("en").territories) if re.fullmatch("[A-Z]{2}", code)}
    assert theirs - {row["iso2"] for row in COUNTRIES} == {
        *("AQ", "BV", "GS", "HM", "TF", "UM"),  # nobody lives there
        *("AC", "CP", "CQ", "DG", "EA", "IC", "TA"),  # parts of others, with codes of their own
        *("EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"),  # unions, and codes that stand for nothing
    }


# --- forms


def test_forms_have_known_codes_kinds_and_rules() -> None:
    assert {code for row in FORMS for code in row["iso3"].split("+")} <= countries().keys()
    assert {row["kind"] for row in FORMS} == KINDS
    assert {row["rule"] for row in FORMS} == RULES


def test_forms_are_clean() -> None:
    assert unclean(row["form"] for row in FORMS) == []
    assert [row["form"] for row in FORMS if len(row["form"]) < 2] == []


def test_forms_are_not_listed_twice() -> None:
    counts = Counter((row["form"], row["iso3"], row["since"]) for row in FORMS)
    assert [form for form, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("status", ["un", "observer", "other", "territory"])
def test_every_country_has_a_name_an_adjective_and_a_capital(status: str) -> None:
    kinds: dict[str, set[str]] = defaultdict(set)
    for row in FORMS:
        for code in row["iso3"].split("+"):
            kinds[code].add(row["kind"])
    codes = {row["iso3"] for row in COUNTRIES if row["status"] == status}
    assert {code for code in codes if "name" not in kinds[code]} == set()
    assert {code for code in codes if not kinds[code] & {"adjective", "demonym"}} == WITHOUT_AN_ADJECTIVE.keys() & codes
    assert {code for code in codes if "capital" not in kinds[code]} == WITHOUT_A_CAPITAL.keys() & codes


def test_no_form_means_two_countries_at_one_time() -> None:
    by_form: dict[str, list[Row]] = defaultdict(list)
    for row in FORMS:
        by_form[row["form"]].append(row)
    assert disputed(by_form) == []


def test_forms_of_two_countries_are_few() -> None:
    assert {row["iso3"] for row in FORMS if "+" in row["iso3"]} == {"KOR+PRK", "SDN+SSD", "COD+COG"}


def test_no_form_is_also_a_phrase() -> None:
    assert {row["form"] for row in FORMS} & {row["phrase"] for row in PHRASES} == set()


@pytest.mark.parametrize("table", [FORMS, LEADERS], ids=["forms", "leaders"])
def test_dates_are_dates_in_order(table: list[Row]) -> None:
    assert [row for row in table if window(row)[0] > window(row)[1]] == []


# --- phrases


def test_phrases_are_clean_unique_and_have_a_reason() -> None:
    phrases = [row["phrase"] for row in PHRASES]
    assert [one for one in phrases if not one.strip() or one != " ".join(one.split()) or not one.isprintable()] == []
    assert [one for one, count in Counter(phrases).items() if count > 1] == []
    assert [row for row in PHRASES if not row["reason"].strip()] == []


def test_no_leader_is_hidden_by_a_phrase() -> None:
    phrases = {row["phrase"] for row in PHRASES}
    assert {row["name"] for row in LEADERS for name in names(row) if name in phrases} == set()


# --- leaders


def names(row: Row) -> set[str]:
    """Return the full names of a leader."""
    return {row["name"], *filter(None, row["aliases"].split("|"))}


def test_leaders_have_every_column() -> None:
    assert [row for row in LEADERS if row["iso3"] not in countries()] == []
    needed = ("name", "surname", "role", "since", "source")
    assert [row for row in LEADERS if not all(row[column].strip() for column in needed)] == []
    assert {row["alone"] for row in LEADERS} == {"yes", "no"}


def test_leaders_names_are_clean() -> None:
    cells = [part for row in LEADERS for column in ("name", "aliases", "surname") for part in row[column].split("|")]
    assert unclean(part for part in cells if part) == []
    assert [row["name"] for row in LEADERS if "||" in row["aliases"] + row["surname"]] == []


def test_leaders_are_not_listed_twice() -> None:
    counts = Counter((row["iso3"], row["name"], row["role"], row["since"]) for row in LEADERS)
    assert [row for row, count in counts.items() if count > 1] == []


def test_no_full_name_belongs_to_two_countries_at_one_time() -> None:
    by_name: dict[str, list[Row]] = defaultdict(list)
    for row in LEADERS:
        for name in names(row):
            by_name[name].append(row)
    assert disputed(by_name) == []


def test_no_surname_that_stands_alone_belongs_to_two_countries_at_one_time() -> None:
    by_name: dict[str, list[Row]] = defaultdict(list)
    for row in LEADERS:
        for surname in row["surname"].split("|") if row["alone"] == "yes" else []:
            by_name[surname].append(row)
    assert disputed(by_name) == []


def test_countries_most_in_the_news_are_led_every_year() -> None:
    assert len(set(MOST_IN_THE_NEWS)) == len(MOST_IN_THE_NEWS) >= 60
    led = {
        (row["iso3"], year)
        for row in LEADERS
        if row["role"] in HEADS
        for year in range(2001, 2026)
        if window(row)[0] <= date(year, 1, 1) <= window(row)[1]
    }
    assert {(code, year) for code in MOST_IN_THE_NEWS for year in range(2001, 2026)} - led == OTHERWISE_LED.keys()


# --- sample


def test_sample_is_large_enough() -> None:
    files = sorted((data_dir() / "sample").glob("*.jsonl"))
    assert len(sample_rows()) >= 300
    assert len(files) >= 15
    assert [path.name for path in files if not re.fullmatch(r"[a-z]{3}-[a-z]{3}\.jsonl", path.name)] == []
    pairs = [path.stem.upper().split("-") for path in files]
    assert [pair for pair in pairs if pair != sorted(pair) or not countries().keys() >= set(pair)] == []


def test_sample_rows_are_whole() -> None:
    columns = {"id", "outlet", "title", "published", "authors", "text"}
    assert [row["id"] for row in sample_rows() if row.keys() != columns] == []
    assert [row["id"] for row in sample_rows() if not (row["title"].strip() and row["text"].strip())] == []


def test_sample_ids_are_unique() -> None:
    assert len({row["id"] for row in sample_rows()}) == len(sample_rows())


def test_sample_dates_are_from_2014_to_2026() -> None:
    days = [date.fromisoformat(row["published"]) for row in sample_rows()]
    assert {day.year for day in days} == set(range(2014, 2027))


def test_sample_is_plainly_a_sample() -> None:
    assert {row["outlet"] for row in sample_rows() if not row["outlet"].startswith("Sample ")} == set()


def test_sample_articles_are_short() -> None:
    sizes = {row["id"]: len(split_sentences(row["text"])) for row in sample_rows()}
    assert {name: size for name, size in sizes.items() if not 3 <= size <= 8} == {}


def test_sample_has_copies() -> None:
    stories = Counter(story_id(credit(RawArticle(text=row["text"], where="")).text) for row in sample_rows())
    assert sum(count - 1 for count in stories.values()) >= 20
