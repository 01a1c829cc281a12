"""What a person may type for a country."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.countries.gazetteer import countries, country_code
from ingest.errors import UnknownNameError


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("PAK", "PAK"),
        ("pak", "PAK"),
        ("pk", "PAK"),
        ("Pakistan", "PAK"),
        ("  pakistan ", "PAK"),
        ("PAKISTAN", "PAK"),
        ("Pakistani", "PAK"),
        ("pakistanis", "PAK"),
        ("Islamic Republic of Pakistan", "PAK"),
        ("US", "USA"),
        ("u.s.", "USA"),
        ("america", "USA"),
        ("americans", "USA"),
        ("UK", "GBR"),
        ("Britain", "GBR"),
        ("British", "GBR"),
        ("UAE", "ARE"),
        ("Burma", "MMR"),
        ("Zaire", "COD"),
        ("Swaziland", "SWZ"),
        ("Soviet Union", "RUS"),
        ("Persia", "IRN"),
        ("Holland", "NLD"),
        ("Dutch", "NLD"),
        ("Ivory Coast", "CIV"),
        ("Côte d'Ivoire", "CIV"),
        ("cote d’ivoire", "CIV"),
        ("Turkiye", "TUR"),
        ("Türkiye", "TUR"),
        ("Czech Republic", "CZE"),
        ("North Macedonia", "MKD"),
        ("Macedonia", "MKD"),
        ("DPRK", "PRK"),
        ("Niger", "NER"),
        ("Nigeria", "NGA"),
        ("Georgia", "GEO"),
        ("Kosovo", "XKX"),
        ("Palestine", "PSE"),
        ("Taiwan", "TWN"),
    ],
)
def test_country_code_understands(typed: str, code: str) -> None:
    assert country_code(typed) == code


@given(st.sampled_from(sorted(countries())), st.sampled_from([str, str.upper, str.lower, str.title]))
def test_country_code_of_every_code_and_name_in_any_case(code: str, case: type[str]) -> None:
    country = countries()[code]
    assert [country_code(case(one)) for one in (country.iso3, country.iso2, country.name)] == [code] * 3


@pytest.mark.parametrize(
    ("typed", "offered"),
    [("Pakstan", "Pakistan (PAK)"), ("Rusia", "Russia (RUS)"), ("Afganistan", "Afghanistan (AFG)")],
)
def test_country_code_offers_the_nearest(typed: str, offered: str) -> None:
    with pytest.raises(UnknownNameError) as raised:
        country_code(typed)
    assert str(raised.value).startswith(f"no country is called {typed!r}; give a name or an ISO 3166-1 alpha-3")
    assert offered in str(raised.value)


@pytest.mark.parametrize("typed", ["", "   ", "Xqzwvk", "🙂", "Putin", "Islamabad"])
def test_country_code_refuses_what_is_no_country(typed: str) -> None:
    with pytest.raises(UnknownNameError, match="no country is called"):
        country_code(typed)


@given(st.text(max_size=30))
def test_country_code_knows_or_says_so(typed: str) -> None:
    try:
        code = country_code(typed)
    except UnknownNameError as error:
        code = str(error)
    assert code in countries() or repr(typed) in code
