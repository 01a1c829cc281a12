"""Ingest with the quickest scorer, for tests of all that is not tone."""

from __future__ import annotations

from functools import partial
from typing import Final

from ingest import pipeline

SCORER: Final = "vader"

ingest = partial(pipeline.ingest, scorer=SCORER)
