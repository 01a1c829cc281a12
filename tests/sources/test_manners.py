from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.sources.manners import MAX_HOSTS, MAX_REST_S, REST_S, Manners, retry_after_s
from tests.sources.conftest import FakeClock

NOW = datetime(2024, 5, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("told", "seconds"),
    [
        ("120", 120),
        (" 0 ", 0),
        ("Wed, 01 May 2024 12:02:00 GMT", 120),
        ("Wed, 01 May 2024 11:00:00 GMT", 0),
        ("99999999999999999999", MAX_REST_S),
        ("Fri, 31 Dec 9999 23:59:59 GMT", MAX_REST_S),
        ("-5", None),
        ("soon", None),
        ("", None),
        (None, None),
        ("²", None),
    ],
)
def test_retry_after_is_seconds_or_a_date(told: str | None, seconds: float | None) -> None:
    assert retry_after_s(told, NOW) == seconds


@given(st.text(max_size=40))
def test_any_retry_after_is_bounded(told: str) -> None:
    assert 0 <= (retry_after_s(told, NOW) or 0) <= MAX_REST_S


def test_turns_of_a_host_are_booked_one_after_the_other(clock: FakeClock) -> None:
    manners = Manners(clock=clock)
    assert [manners.take_turn("a", 0) for _ in range(3)] == [0, 1, 2]
    assert manners.take_turn("b", 0) == 0
    assert manners.ready_at("a") == clock.now + 3
    assert manners.take_turn("a", 10) == 12


def test_a_host_rests_as_long_as_it_asks_or_after_troubles_in_a_row(clock: FakeClock) -> None:
    manners = Manners(clock=clock, troubles=2)
    manners.troubled("a", 60)
    manners.troubled("b", None)
    manners.answered("b")
    manners.troubled("b", None)
    assert [manners.rests_s(host) for host in "abc"] == [60, 0, 0]
    manners.troubled("b", None)
    assert manners.rests_s("b") == REST_S
    clock.now += 100
    assert [manners.rests_s(host) for host in "ab"] == [0, REST_S - 100]


def test_without_a_number_of_troubles_a_host_is_asked_on(clock: FakeClock) -> None:
    manners = Manners(clock=clock)
    for _ in range(50):
        manners.troubled("a", None)
    assert manners.rests_s("a") == 0


def test_only_so_many_hosts_are_remembered(clock: FakeClock) -> None:
    manners = Manners(clock=clock)
    for number in range(MAX_HOSTS + 10):
        manners.take_turn(str(number), 0)
    assert manners.take_turn("0", 0) == 0
    assert manners.take_turn(str(MAX_HOSTS + 9), 0) == 1
