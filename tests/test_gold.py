"""On labelled sentences of real news, both countries are found; the sentences are not part of this repository."""

from __future__ import annotations

import csv
import sys
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path

import pytest

from ingest.countries.mentions import find_mentions
from ingest.tone.candidates import find_candidates

GOLD = Path(__file__).resolve().parents[2] / "shared" / "gold"

pytestmark = pytest.mark.skipif(
    not (GOLD / "train.tsv").is_file(), reason=f"no labelled sentences: {GOLD}/train.tsv is not on this machine"
)


def rows() -> list[dict[str, str]]:
    """Return the labelled rows."""
    found = []
    for name in ("train.tsv", "dev.tsv"):
        with (GOLD / name).open(encoding="utf-8", newline="") as lines:
            found += list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    return found


def day(text: str) -> date | None:
    """Read a date as the sources of the gold set write it; a month is its first day, less is none."""
    for form in ("%Y-%m-%d", "%Y/%m/%d", "%Y-%m"):
        with suppress(ValueError):
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no zone
    return None


def test_both_countries_are_found_in_97_percent(capsys: pytest.CaptureFixture[str]) -> None:
    related_rows = [row for row in rows() if row["label"].strip() not in {"", "0"}]
    found = related = 0
    for row in related_rows:
        pair, on = {row["a"], row["b"]}, day(row["date"])
        found += pair <= {mention.country for mention in find_mentions(row["sentence"], on)}
        related += any({one.a, one.b} == pair for _, one in find_candidates(row["sentence"], on))
    with capsys.disabled():
        sys.stdout.write(
            f"\ngold: both countries found in {found / len(related_rows):.2%} of {len(related_rows)} sentences, "
            f"related in {related / len(related_rows):.2%}\n"
        )
    assert len(related_rows) > 1_000
    assert found / len(related_rows) >= 0.97
    assert related / len(related_rows) >= 0.95
