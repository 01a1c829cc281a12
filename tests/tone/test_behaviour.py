"""The default scorer does what `tests.eval.behaviour` asks, as often as when the floors were pinned."""

from __future__ import annotations

import json

import pytest

from ingest.tone.scorer import Scorer, get_scorer
from tests.eval.behaviour import CAPABILITIES, CASES, FLOORS, Capability, examine, generate
from tests.eval.report_behaviour import as_json, examine_all, failures, markdown

ALWAYS = {"name swap", "name swap, names with an article", "order of the pair", "typography"}
"""What no weights may change: it follows from how a sentence is masked, so no floor may be lowered."""


@pytest.fixture(scope="module")
def scorer() -> Scorer:
    return get_scorer("detente")


@pytest.mark.parametrize("capability", CAPABILITIES, ids=lambda one: one.name)
def test_capability(scorer: Scorer, capability: Capability) -> None:
    result = examine(scorer, capability)
    assert result.cases == CASES
    assert result.rate >= FLOORS[capability.name], failures({scorer.name: [result]}, CASES)


def test_there_are_enough_and_each_has_a_floor() -> None:
    names = [one.name for one in CAPABILITIES]
    assert len(names) == len(set(names)) >= 25
    assert list(FLOORS) == names
    assert all(FLOORS[name] == 1.0 for name in ALWAYS)


@pytest.mark.parametrize("capability", CAPABILITIES, ids=lambda one: one.name)
def test_cases_are_all_different_the_same_every_time_and_as_long_as_news(capability: Capability) -> None:
    cases = generate(capability)
    assert cases == generate(capability)
    assert len(set(cases)) == len(cases) == CASES
    assert capability.kind != "MFT" or all(len(case.expects) == len(case.asks) for case in cases)
    lengths = [len(ask.sentence.split()) for case in cases for ask in case.asks]
    assert min(lengths) >= 8
    assert max(lengths) <= 35


def test_reports_name_every_capability() -> None:
    examined = examine_all(["vader"])
    table = markdown(examined)
    assert all(f"| {one.name} | {one.kind} |" in table for one in CAPABILITIES)
    assert [one["capability"] for one in json.loads(as_json(examined))["vader"]] == [one.name for one in CAPABILITIES]
