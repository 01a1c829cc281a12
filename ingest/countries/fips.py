"""Country codes of FIPS 10-4, which GDELT uses, to ISO 3166-1 alpha-3: many look like another country's ISO code."""

from __future__ import annotations

from functools import cache

from ingest.data_files import rows


@cache
def fips_to_iso3() -> dict[str, str]:
    """Return the alpha-3 code of each FIPS code: `AS` is Australia, `AU` Austria, `CH` China, `SZ` Switzerland.

    Codes of seas and of places where nobody lives are not in it.
    """
    return {row["fips"]: row["iso3"] for row in rows("countries", "fips.csv")}
