"""Who is meant: `traps.tsv`, a sentence a row, and what needs more than a sentence."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest

from ingest.countries.mentions import REMEMBERED_DAYS, find_mentions
from ingest.countries.references import countries_of
from ingest.countries.scenes import dateline_end
from ingest.data_files import rows
from ingest.records import Mention
from ingest.tone.sentences import split_sentences

with Path(__file__).with_name("traps.tsv").open(encoding="utf-8", newline="") as lines:
    TRAPS = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def acting(text: str, on: date | None = None, headline: str = "") -> set[str]:
    """Return the countries that act in any sentence of a text."""
    mentions = find_mentions(text, on, headline)
    return {
        country
        for start, end in split_sentences(text)
        for country in countries_of([one for one in mentions if start <= one.start < end])
    }


def named(text: str, on: date | None = None, headline: str = "") -> list[tuple[str, str]]:
    """Return what was found: the words and the country."""
    return [(text[one.start : one.end], one.country) for one in find_mentions(text, on, headline)]


@pytest.mark.parametrize("row", [pytest.param(row, id=f"{row['id']}-{row['trap']}") for row in TRAPS])
def test_trap(row: dict[str, str]) -> None:
    on = date.fromisoformat(row["date"]) if row["date"] else None
    assert acting(row["text"], on) == set(row["countries"].split()) - {"-"}


def test_traps_are_many_and_differ() -> None:
    assert len(TRAPS) >= 689
    assert len({row["id"] for row in TRAPS}) == len(TRAPS)
    assert len({(row["text"], row["date"]) for row in TRAPS}) == len(TRAPS)


# --- places: a capital may be the government or only the scene


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Talks between Iran and Oman took place in Ankara.", {"IRN", "OMN"}),
        ("Iran opened an embassy in Ankara.", {"IRN", "TUR"}),
        ("Iran criticised Ankara over the dam.", {"IRN", "TUR"}),
        ("Russia and Ukraine resumed talks near Minsk.", {"RUS", "UKR"}),
        ("A bomb went off in central Ankara.", {"TUR"}),
        ("Negotiators met in Vienna for a new round of talks.", set()),
        ("Vienna expelled two Russian diplomats.", {"AUT", "RUS"}),
    ],
)
def test_capital_is_an_actor_or_a_scene(text: str, expected: set[str]) -> None:
    assert acting(text) == expected


def test_scene_is_marked() -> None:
    text = "Iran and Oman met in Ankara."
    assert find_mentions(text) == [
        Mention(0, 4, "IRN", "name"),
        Mention(9, 13, "OMN", "name"),
        Mention(21, 27, "TUR", "capital", place=True),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He was born in Georgetown.", []),
        ("Guyana said that Georgetown would not yield.", [("Guyana", "GUY"), ("Georgetown", "GUY")]),
        ("Officers in Wellington said New Zealand would help.", [("Wellington", "NZL"), ("New Zealand", "NZL")]),
        ("The boots were made in Wellington.", []),
    ],
)
def test_common_capital_needs_its_country(text: str, expected: list[tuple[str, str]]) -> None:
    assert named(text) == expected


# --- datelines: where, not who


@pytest.mark.parametrize(
    "dateline",
    [
        "VIENNA — ",
        "VIENNA, March 3 — ",
        "VIENNA, March 3 (Reuters) — ",
        "VIENNA (AP) — ",
        "VIENNA (AP) -- ",
        "VIENNA, Austria (AP) – ",
        "VIENNA, Sept. 3, 2017 (Xinhua) — ",
        "Vienna, Austria — ",
        "ISLAMABAD/VIENNA — ",
        "NEW DELHI - ",
        "SÃO PAULO — ",
    ],
)
def test_dateline_names_nobody(dateline: str) -> None:
    text = dateline + "Iran accused Russia of delay."
    assert text[dateline_end(text) :].lstrip() == "Iran accused Russia of delay."
    assert named(text) == [("Iran", "IRN"), ("Russia", "RUS")]


@pytest.mark.parametrize(
    "text",
    [
        "Iran accused Russia of delay.",
        "Iran and Russia — neighbours across the Caspian — signed.",
        "Iran said: Russia is late.",
        "US-Iran talks - a timeline",
        "Iran is angry — and says so.",
        "",
        "—",
    ],
)
def test_dateline_is_not_seen_where_there_is_none(text: str) -> None:
    assert dateline_end(text) == 0


@pytest.mark.parametrize(
    "text",
    [
        "North Korea — which tested a missile — angered Japan.",
        "North Korea – long at odds with Japan – tested a missile.",
        "North Korea, Japan — and few others — stayed away.",
    ],
)
def test_aside_after_a_country_is_no_dateline(text: str) -> None:
    assert named(text) == [("North Korea", "PRK"), ("Japan", "JPN")]


# --- prefixes, and forms that are often something else


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sino-Russian trade grew.", [("Sino", "CHN"), ("Russian", "RUS")]),
        ("Franco–German ties cooled.", [("Franco", "FRA"), ("German", "DEU")]),
        ("Franco died in 1975.", []),
        ("Indo‑Pakistani talks stalled.", [("Indo", "IND"), ("Pakistani", "PAK")]),
        ("the Sino Group", []),
    ],
)
def test_prefix_needs_its_hyphen(text: str, expected: list[tuple[str, str]]) -> None:
    assert named(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Russian Ministry of Defence said Ukraine fired.", {"RUS", "UKR"}),
        ("India's Ministry of Defence blamed Pakistan.", {"IND", "PAK"}),
        ("India’s Ministry of Defence blamed Pakistan.", {"IND", "PAK"}),
        ("Iran's National Security Council met.", {"IRN"}),
        ("The Pakistani Foreign Office summoned the Afghan envoy.", {"PAK", "AFG"}),
        ("Russia's Pacific Fleet held a drill off Japan.", {"RUS", "JPN"}),
        ("The Ministry of Defence of Ukraine denied it.", {"UKR"}),
        ("The British Ministry of Defence denied it.", {"GBR"}),
        ("The Ministry of Defence in Whitehall denied it.", {"GBR"}),
        ("Iran told the British Foreign Office to wait.", {"IRN", "GBR"}),
        ("Iran warned the Foreign Office.", {"IRN", "GBR"}),
    ],
)
def test_office_that_many_countries_have_belongs_to_the_one_named(text: str, expected: set[str]) -> None:
    assert acting(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The laptop has 16 GB of memory.", set()),
        ("GB won two medals and France three.", {"GBR", "FRA"}),
        ("Reunion plans were cancelled.", set()),
        ("FAMILY REUNION ENDS IN TEARS", set()),
        ("France sent more police to Reunion island.", {"FRA", "REU"}),
        ("Two boats left Réunion for Mauritius.", {"REU", "MUS"}),
    ],
)
def test_form_that_is_an_ordinary_word(text: str, expected: set[str]) -> None:
    assert acting(text) == expected


# --- leaders


def test_surname_alone_counts_while_in_office() -> None:
    assert named("Putin called.", date(2018, 1, 1)) == [("Putin", "RUS")]


@pytest.mark.parametrize(
    ("name", "country", "since", "until"),
    [
        ("George W. Bush", "USA", date(2000, 12, 13), date(2009, 1, 20)),
        ("Angela Merkel", "DEU", date(2005, 11, 22), date(2021, 12, 8)),
        ("Theresa May", "GBR", date(2016, 7, 13), date(2019, 7, 24)),
        ("Bill English", "NZL", date(2016, 12, 12), date(2017, 10, 26)),
        ("Hamid Karzai", "AFG", date(2001, 12, 22), date(2014, 9, 29)),
    ],
)
def test_leader_counts_from_the_first_day_until_forgotten(name: str, country: str, since: date, until: date) -> None:
    text, day, remembered = f"{name} spoke.", timedelta(days=1), timedelta(days=REMEMBERED_DAYS)
    found = [named(text, on) for on in (since - day, since, until + remembered, until + remembered + day)]
    assert found == [[], [(name, country)], [(name, country)], []]


def _begins_with_title(row: dict[str, str]) -> bool:
    return row["name"].casefold().startswith(row["role"].removeprefix("acting ") + " ")


def test_every_leader_counts_on_the_days_of_the_file_and_is_remembered_for_a_while() -> None:
    terms: dict[str, list[tuple[int, int, str]]] = {}
    for row in rows("countries", "leaders.csv"):
        since = date.fromisoformat(row["since"]).toordinal()
        until = date.fromisoformat(row["until"]).toordinal() if row["until"] else date.max.toordinal()
        for form in {row["name"], *row["aliases"].split("|"), *row["surname"].split("|")}:
            terms.setdefault(form, []).append((since, until, row["iso3"]))
    wrong = []
    told_by_title = {row["name"] for row in rows("countries", "leaders.csv") if _begins_with_title(row)}
    for name in terms.keys() & {row["name"] for row in rows("countries", "leaders.csv")} - told_by_title:
        ends = {until + REMEMBERED_DAYS for _, until, _ in terms[name] if until < date.max.toordinal()}
        for day in {edge for since, until, _ in terms[name] for edge in (since - 1, since, until)} | {
            edge for end in ends for edge in (end, end + 1)
        }:
            expected = {country for since, until, country in terms[name] if since <= day <= until} or {
                country for _, until, country in terms[name] if until < day <= until + REMEMBERED_DAYS
            }
            on = date.fromordinal(day)
            found = {one.country for one in find_mentions(f"{name} spoke.", on)}
            if found != expected and len(expected) < 2:
                wrong.append((name, on.isoformat(), expected, found))
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "headline", "on", "expected"),
    [
        ("Brown spoke to reporters.", "", date(2009, 1, 1), []),
        ("Gordon Brown spoke. Brown left.", "", date(2009, 1, 1), [("Gordon Brown", "GBR"), ("Brown", "GBR")]),
        ("Brown spoke. Gordon Brown left.", "", date(2009, 1, 1), [("Brown", "GBR"), ("Gordon Brown", "GBR")]),
        ("Prime Minister Brown spoke. Brown left.", "", date(2009, 1, 1), [("Brown", "GBR"), ("Brown", "GBR")]),
        ("PM Brown spoke.", "", date(2009, 1, 1), [("Brown", "GBR")]),
        ("Inspector Brown spoke.", "", date(2009, 1, 1), []),
        ("Brown spoke to reporters.", "Gordon Brown to visit", date(2009, 1, 1), [("Brown", "GBR")]),
        ("Brown spoke to reporters.", "Prime Minister Brown to visit", date(2009, 1, 1), [("Brown", "GBR")]),
        ("Brown spoke to reporters.", "Brown to visit", date(2009, 1, 1), []),
        ("Prime Minister Brown spoke.", "", date(2012, 1, 1), []),
        ("Gordon Brown spoke. Brown left.", "", date(2012, 1, 1), []),
    ],
)
def test_ordinary_surname_needs_name_or_title(
    text: str, headline: str, on: date, expected: list[tuple[str, str]]
) -> None:
    assert named(text, on, headline) == expected


def test_headline_names_nobody_by_itself() -> None:
    assert named("The visit was short.", date(2018, 1, 1), "Russia and Iran talk") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Vladimir Putin called.", [("Vladimir Putin", "RUS")]),
        ("Putin called.", [("Putin", "RUS")]),
        ("Angela Merkel called.", [("Angela Merkel", "DEU")]),
        ("Trump called.", [("Trump", "USA")]),
        ("Brown called.", []),
        ("Salva Kiir called.", []),  # of Sudan, then of South Sudan
    ],
)
def test_undated_text_knows_only_names_of_one_country(text: str, expected: list[tuple[str, str]]) -> None:
    assert named(text) == expected


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2010, 1, 1), [("Salva Kiir", "SDN")]),
        (date(2012, 1, 1), [("Salva Kiir", "SSD")]),
    ],
)
def test_leader_of_two_countries_in_turn(on: date, expected: list[tuple[str, str]]) -> None:
    assert named("Salva Kiir called.", on) == expected


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(1980, 1, 1), [("GDR", "DEU")]),
        (date(2019, 1, 1), []),
        (None, [("GDR", "DEU")]),
    ],
)
def test_former_state_counts_while_it_lasted(on: date | None, expected: list[tuple[str, str]]) -> None:
    assert named("The GDR opened a road.", on) == expected


def test_form_of_two_countries_stands_for_both() -> None:
    assert named("The two Koreas talk.") == [("two Koreas", "KOR"), ("two Koreas", "PRK")]
