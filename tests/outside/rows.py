"""Rows of GKG 2.1, all invented."""

from __future__ import annotations


def gkg_row(
    number: int,
    places: str | tuple[str, ...],
    tone: object,
    *,
    when: str = "20240105101500",
    version: int = 2,
    columns: int = 27,
) -> str:
    """Write a row of 27 columns that names these FIPS codes, as enhanced locations (2) or plain ones (1)."""
    codes = (places,) if isinstance(places, str) else places
    if version == 2:
        told = ";".join(f"1#Norland, {code}#{code}#{code}#01#1.5#2.5#{code}#{at}" for at, code in enumerate(codes))
    else:
        told = ";".join(f"1#Norland, {code}#{code}#{code}#1.5#2.5#{code}" for code in codes)
    fields = [""] * columns
    fields[0], fields[1], fields[2], fields[3] = f"{when}-{number}", when, "1", "norlandpost.example"
    fields[4] = f"https://norlandpost.example/{number}"
    fields[10 if version == 2 else 9] = told
    fields[15] = f"{tone},3.1,5.2,8.3,20.1,0.4,512"
    return "\t".join(fields)
