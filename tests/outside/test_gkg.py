"""The daily mean tone of documents that name both countries of a pair."""

from __future__ import annotations

import io
import sys
import time
from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.countries.fips import fips_to_iso3
from ingest.outside import gkg
from ingest.outside.records import DAYS, Read
from ingest.sources.streams import buffered
from tests.outside.rows import gkg_row

TODAY = date(2024, 5, 1)
DAY = date(2024, 1, 5)


def read(*rows: str | bytes, pair: str | None = None) -> Read:
    content = b"\n".join(row if isinstance(row, bytes) else row.encode() for row in rows) + b"\n"
    return gkg.read_gkg(buffered(io.BytesIO(content)), "a.gkg.csv", pair, TODAY)


def days(found: Read) -> list[tuple[object, ...]]:
    return found.days.select("pair", "day", "value", "n").rows()


def test_mean_of_documents_that_name_both() -> None:
    found = read(
        gkg_row(1, ("PK", "IN", "PK"), -4.0),
        gkg_row(2, ("IN", "CH", "PK"), -2.0),
        gkg_row(3, ("PK", "US"), 9.0),
        gkg_row(4, "IN", 9.0),
        gkg_row(5, ("PK", "IN"), 1.0, when="20240106000000"),
        pair="IND-PAK",
    )
    assert days(found) == [("IND-PAK", DAY, -3.0, 2), ("IND-PAK", date(2024, 1, 6), 1.0, 1)]
    assert (found.kind, found.rows, found.failures.count) == ("mean", 5, 0)


def test_all_pairs_if_none_is_named() -> None:
    found = read(gkg_row(1, ("PK", "IN", "CH"), -4.0), gkg_row(2, ("CH", "IN"), 2.0))
    assert days(found) == [
        ("CHN-IND", DAY, -1.0, 2),
        ("CHN-PAK", DAY, -4.0, 1),
        ("IND-PAK", DAY, -4.0, 1),
    ]


@pytest.mark.parametrize(
    ("fips", "pair"),
    [
        (("AS", "AU"), "AUS-AUT"), (("CH", "SZ"), "CHE-CHN"), (("GM", "GA"), "DEU-GMB"), (("NI", "NG"), "NER-NGA"),
        (("RS", "RI"), "RUS-SRB"), (("KS", "KN"), "KOR-PRK"), (("IS", "IZ"), "IRQ-ISR"), (("UP", "UK"), "GBR-UKR"),
        (("WE", "IS"), "ISR-PSE"), (("GZ", "IS"), "ISR-PSE"), (("KV", "RI"), "SRB-XKX"), (("TU", "TX"), "TKM-TUR"),
    ],
)  # fmt: skip
def test_codes_are_fips_not_iso(fips: tuple[str, str], pair: str) -> None:
    assert days(read(gkg_row(1, fips, 1.0))) == [(pair, DAY, 1.0, 1)]


def test_plain_locations_stand_in_for_enhanced_ones() -> None:
    assert days(read(gkg_row(1, ("PK", "IN"), 1.0, version=1))) == [("IND-PAK", DAY, 1.0, 1)]


def test_two_places_of_one_country_or_an_unknown_code_make_no_pair() -> None:
    assert days(read(gkg_row(1, ("WE", "GZ"), 1.0), gkg_row(2, ("PK", "OS", "", "ZZ"), 1.0))) == []


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (gkg_row(1, ("PK", "IN"), 1.0, columns=26), "26 columns, a row of GKG 2.1 has 27"),
        (gkg_row(1, ("PK", "IN"), 1.0) + "\tmore", "28 columns"),
        ("one column", "1 columns"),
        (gkg_row(1, ("PK", "IN"), 1.0, when="20241305101500"), "its date is none of GDELT's"),
        (gkg_row(1, ("PK", "IN"), 1.0, when="00000000000000"), "its date is none of GDELT's"),
        (gkg_row(1, ("PK", "IN"), 1.0, when="99990105101500"), "its date is none of GDELT's"),
        (gkg_row(1, ("PK", "IN"), 1.0, when="19700105101500"), "its date is none of GDELT's"),
        (gkg_row(1, ("PK", "IN"), "cold"), "its tone is no number"),
        (gkg_row(1, ("PK", "IN"), "nan"), "its tone is no number"),
        (gkg_row(1, ("PK", "IN"), "inf"), "its tone is no number"),
        (gkg_row(1, ("PK", "IN"), "1e9"), "its tone is no number"),
        (gkg_row(1, ("PK", "IN"), ""), "its tone is no number"),
    ],
)
def test_broken_rows_are_failures_and_the_rest_counts(row: str, reason: str) -> None:
    good = gkg_row(2, ("PK", "IN"), -3.0)
    found = read(good, row, b"\xff\xfe\x00 \x80", good)
    assert days(found) == [("IND-PAK", DAY, -3.0, 2)]
    assert found.failures.count == 2
    assert found.failures.first[0].where == "a.gkg.csv:2"
    assert reason in found.failures.first[0].reason


def test_hostile_rows_are_bounded() -> None:
    good = gkg_row(1, ("PK", "IN"), -3.0)
    places = gkg_row(2, ("PK", "IN"), 1.0).replace("1#Norland", ";" * 4_000_000 + "1#Norland", 1)
    found = read("a" + "\t" * 4_000_000, "x" * 6_000_000, places, good)
    assert days(found) == [("IND-PAK", DAY, -1.0, 2)]
    reasons = sorted(one.reason for one in found.failures.first)
    assert reasons == ["4000001 columns, a row of GKG 2.1 has 27", "a row of more than 5 MB; skipped"]


def test_documents_that_name_very_many_countries_are_left_out() -> None:
    many = tuple(fips_to_iso3())
    found = read(gkg_row(1, many, 1.0), gkg_row(2, ("PK", "IN"), -3.0), pair="IND-PAK")
    assert (days(found), found.left_out) == ([("IND-PAK", DAY, -3.0, 1)], 1)


@given(
    st.lists(st.tuples(st.sampled_from(["PK", "IN", "CH", "RS"]), st.floats(-90, 90)), max_size=20), st.integers(1, 9)
)
def test_size_of_the_batches_changes_nothing(told: list[tuple[str, float]], size: int) -> None:
    rows = [gkg_row(at, ("PK", code), tone) for at, (code, tone) in enumerate(told)]
    whole = read(*rows)
    before = gkg.BATCH_BYTES
    gkg.BATCH_BYTES = size * 300
    try:
        parts = read(*rows)
    finally:
        gkg.BATCH_BYTES = before
    assert parts.days.select("pair", "day", "n").equals(whole.days.select("pair", "day", "n"))
    assert all(abs(one - other) < 1e-9 for one, other in zip(parts.days["value"], whole.days["value"], strict=True))


@given(st.lists(st.binary(max_size=200) | st.text(max_size=60).map(str.encode), max_size=10))
def test_no_bytes_make_it_raise(rows: list[bytes]) -> None:
    found = read(*rows, gkg_row(1, ("PK", "IN"), 1.0))
    assert found.days.schema == pl.Schema(DAYS)
    assert found.rows >= found.failures.count


def test_rows_a_second() -> None:
    rows = [gkg_row(at, ("PK", "IN", "CH", "RS", "US") * 4, at % 50 - 25) for at in range(20_000)]
    content = "\n".join(row.replace("\t\t\t", "\t" + "THEME_OF_THE_DAY,17;" * 300 + "\t\t", 1) for row in rows).encode()
    began = time.process_time()
    found = gkg.read_gkg(buffered(io.BytesIO(content)), "a", None, TODAY)
    took = time.process_time() - began
    sys.stdout.write(f"GKG: {len(rows) / took:,.0f} rows/s, {len(content) / took / 1e6:,.0f} MB/s\n")
    assert found.days["n"].sum() == 200_000
