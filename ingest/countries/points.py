"""Where countries lie that the outlines of a world map leave out: too small, or not drawn on their own."""

from __future__ import annotations

import csv
from functools import cache

from ingest.data_files import data_dir


@cache
def points() -> dict[str, tuple[float, float]]:
    """Return latitude and longitude in degrees by ISO 3166-1 alpha-3 code (`data/countries/points.csv`)."""
    with (data_dir() / "countries" / "points.csv").open(encoding="utf-8", newline="") as lines:
        return {row["code"]: (float(row["latitude"]), float(row["longitude"])) for row in csv.DictReader(lines)}
