from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.feeds.schedule import MAX_AHEAD_S, MAX_BACK_OFF_S, is_due, next_due

NOW = 1_700_000_000.0
EVERY = st.floats(1, 86_400)
CHANCE = st.floats(0, 1)


@pytest.mark.parametrize(
    ("failures", "chance", "wait"),
    [
        (0, 0.5, 900),
        (1, 0, 1_800),
        (1, 1, 1_350),
        (2, 0, 3_600),
        (3, 0, 7_200),
        (6, 0, MAX_BACK_OFF_S),
        (99, 0, 43_200),
    ],
)
def test_each_failure_doubles_the_wait_less_a_chance(failures: int, chance: float, wait: float) -> None:
    assert next_due(NOW, 900, failures, None, chance) - NOW == wait


@given(EVERY, st.integers(0, 10_000), st.none() | st.floats(0, 86_400), CHANCE)
def test_a_feed_is_never_asked_before_its_time_nor_the_servers_nor_left_for_ever(
    every: float, failures: int, retry_after: float | None, chance: float
) -> None:
    wait = next_due(NOW, every, failures, retry_after, chance) - NOW
    assert wait >= max(every, retry_after or 0) - 0.001
    assert wait <= max(every, retry_after or 0, MAX_BACK_OFF_S if failures else 0) + 0.001


@given(EVERY, st.integers(0, 50), CHANCE)
def test_more_failures_never_bring_it_sooner_with_the_same_chance(every: float, failures: int, chance: float) -> None:
    waits = [next_due(NOW, every, count, None, chance) for count in (failures, failures + 1)]
    assert waits[0] <= waits[1]


def test_what_is_due_in_the_past_or_impossibly_far_ahead_is_due() -> None:
    assert [is_due(NOW, due) for due in (0, NOW, NOW + 1, NOW + MAX_AHEAD_S + 1)] == [True, True, False, True]
