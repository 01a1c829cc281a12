from __future__ import annotations

import pytest
from hypothesis import given, settings

from tests.fuzz.finds import FINDS
from tests.fuzz.inputs import SEEDS, inputs
from tests.fuzz.targets import TARGETS, run


@pytest.mark.parametrize("number", range(len(FINDS)))
def test_what_was_found_once_is_found_no_more(number: int) -> None:
    run(*FINDS[number])


@pytest.mark.parametrize("name", TARGETS)
def test_no_seed_makes_a_parser_raise(name: str) -> None:
    for seed in SEEDS:
        run(name, seed)


@pytest.mark.parametrize("name", TARGETS)
@settings(deadline=None, max_examples=10)
@given(data=inputs())
def test_no_input_makes_a_parser_raise(name: str, data: bytes) -> None:
    run(name, data)
