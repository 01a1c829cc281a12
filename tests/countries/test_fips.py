"""FIPS 10-4 is not ISO 3166: 67 of its codes are another country's there."""

from __future__ import annotations

import pytest

from ingest.countries.fips import fips_to_iso3
from ingest.countries.gazetteer import countries
from ingest.data_files import rows

TRAPS = """
AS AUS, AU AUT, CH CHN, CI CHL, SZ CHE, IV CIV, GM DEU, GA GMB, GB GAB, GG GEO, SP ESP, UP UKR, UK GBR, RS RUS, RI
SRB, KS KOR, KN PRK, IS ISR, IZ IRQ, EI IRL, IC ISL, JA JPN, TU TUR, TX TKM, TS TUN, TN TON, NI NGA, NG NER, NE NIU,
NU NIC, BM MMR, BH BLZ, BA BHR, BG BGD, BU BGR, BK BIH, BO BLR, BL BOL, DR DOM, DO DMA, LG LVA, LH LTU, LI LBR, LS
LIE, LT LSO, LO SVK, EZ CZE, PO PRT, PL POL, PA PRY, PM PAN, PS PLW, SF ZAF, ZA ZMB, ZI ZWE, WE PSE, GZ PSE, KV XKX,
TW TWN, HK HKG, AG DZA, AN AND, AJ AZE, CB KHM, CE LKA, CF COG, CG COD, CT CAF, CD TCD, DA DNK, EN EST, ES SLV, ET
ETH, HA HTI, HO HND, KR KIR, KU KWT, LE LBN, MA MDG, MO MAR, MG MNG, MI MWI, MP MUS, MU OMN, MJ MNE, OD SSD, PU GNB,
RM MHL, RP PHL, SG SEN, SN SGP, SU SDN, SW SWE, SE SYC, TI TJK, TO TGO, TD TTO, TT TLS, UV BFA, VM VNM, WA NAM, WI
ESH, WZ SWZ, YM YEM, US USA, FR FRA, IN IND, PK PAK
"""


@pytest.mark.parametrize("trap", TRAPS.split(","))
def test_code_means(trap: str) -> None:
    fips, iso3 = trap.split()
    assert fips_to_iso3()[fips] == iso3


def test_every_country_has_a_code_and_every_code_a_country() -> None:
    table = fips_to_iso3()
    assert set(table.values()) <= countries().keys()
    assert countries().keys() - set(table.values()) == {"ALA", "BES"}  # parts of Finland and of the Netherlands there
    assert [code for code in table if not (len(code) == 2 and code.isalpha() and code.isupper())] == []


def test_rows_are_listed_once_and_named_as_the_country_is() -> None:
    listed = list(rows("countries", "fips.csv"))
    assert len(listed) == len(fips_to_iso3())
    assert [row for row in listed if row["name"] != countries()[row["iso3"]].name] == []
    several = [row for row in listed if sum(row["iso3"] == other["iso3"] for other in listed) > 1]
    assert {row["iso3"] for row in several} == {"PSE", "SRB", "SJM"}
    assert all(row["note"] for row in several if (row["fips"], row["iso3"]) != ("RI", "SRB"))


def test_how_many_codes_mislead() -> None:
    iso2 = {country.iso2: iso3 for iso3, country in countries().items()}
    assert sum(iso2[fips] != iso3 for fips, iso3 in fips_to_iso3().items() if fips in iso2) == 67
