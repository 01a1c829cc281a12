from __future__ import annotations

from pathlib import Path

import pytest

from ingest.evaluate.shipped import FILES, Measured, shipped
from ingest.method import Constant, constants, markdown
from ingest.tone.scorer import DEFAULT, SCORERS, get_scorer

ROOT = Path(__file__).resolve().parents[1]
EVERY = [one for found in constants().values() for one in found]


@pytest.mark.parametrize("one", EVERY, ids=lambda one: f"{one.module}.{one.name}")
def test_every_constant_says_what_it_is(one: Constant) -> None:
    assert one.meaning, f"{one.module}.{one.name} needs a sentence beneath it: what it is, its unit, its source"


def test_the_constants_of_design_are_there_with_their_values() -> None:
    told = {(one.module, one.name): one.value for one in EVERY}
    assert told["ingest.index.interval", "RESAMPLES"] == "1\u202f000"
    assert told["ingest.index.baseline", "LENGTH"] == "730"
    assert told["ingest.stories.linking", "COPY_WINDOW"] == "14 days"


def test_the_page_of_the_docs_is_current() -> None:
    assert (ROOT / "docs" / "method.md").read_text(encoding="utf-8") == markdown(), (
        "run: python -m ingest.method > docs/method.md"
    )


@pytest.mark.parametrize("measured", shipped(), ids=lambda one: one.name)
def test_measured_accuracy_belongs_to_the_weights_that_ship(measured: Measured) -> None:
    told = {one["scorer"]: one["version"] for one in measured.scorers}
    assert told == {name: get_scorer(name).version for name in SCORERS}, f"run: {measured.command}"
    assert measured.scorers[0]["scorer"] == DEFAULT


def test_all_measured_files_ship_and_no_sentence_of_others() -> None:
    found = {one.name: one for one in shipped()}
    assert set(found) == set(FILES)
    assert all(not one["worst"] for one in found["dev"].scorers)
