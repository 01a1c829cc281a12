from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest

from ingest.feeds.crew import Crew
from ingest.sources.manners import Manners
from ingest.sources.web import Web
from tests.running import until


def crew_of(threads: int, manners: Manners | None = None) -> Crew[object]:
    manners = manners or Manners(min_delay_s=0)

    def make_web(*, sleep: Callable[[float], None]) -> Web:
        return Web(manners=manners, sleep=sleep)

    return Crew(make_web, manners, threads)


def results(crew: Crew[object]) -> Iterator[object]:
    while crew.pending:
        if (one := crew.next(1)) is not None:
            yield one


def test_every_job_is_done_once_though_there_are_more_than_threads() -> None:
    with crew_of(3) as crew:
        for number in range(200):
            crew.add(f"host {number % 7}", lambda _, number=number: number + 1)  # type: ignore[misc]
        assert set(results(crew)) == set(range(1, 201))
        assert not crew.busy


def test_a_host_is_in_the_hands_of_one_thread_at_a_time_and_in_order() -> None:
    inside, most, order = [0], [0], []
    lock = threading.Lock()

    def job(number: int) -> int:
        with lock:
            inside[0] += 1
            most[0] = max(most[0], inside[0])
        order.append(number)
        with lock:
            inside[0] -= 1
        return number

    with crew_of(8) as crew:
        for number in range(100):
            crew.add("one", lambda _, number=number: job(number))  # type: ignore[misc]
        list(results(crew))
    assert (most[0], order) == (1, list(range(100)))


def test_a_host_that_hangs_holds_up_no_other() -> None:
    gate = threading.Event()
    with crew_of(2) as crew:
        crew.add("slow", lambda _: gate.wait(20))
        for number in range(20):
            crew.add("quick", lambda _, number=number: f"job {number}")  # type: ignore[misc]
        assert [crew.next(5) for _ in range(20)] == [f"job {number}" for number in range(20)]
        gate.set()
        assert crew.next(5) is True


def test_an_error_in_a_job_is_raised_in_the_owners_thread_and_the_crew_goes_on() -> None:
    def broken(_: Web) -> object:
        raise ZeroDivisionError

    with crew_of(1) as crew:
        crew.add("a", broken)
        crew.add("a", lambda _: "next")
        with pytest.raises(ZeroDivisionError):
            crew.next(5)
        assert crew.next(5) == "next"


def test_what_waits_for_its_turn_ends_at_once_when_the_crew_stops() -> None:
    manners = Manners(min_delay_s=3_600)
    begun = threading.Event()

    def wait(web: Web) -> object:
        begun.set()
        web._sleep(3_600)
        return "never"

    with crew_of(2, manners) as crew:
        crew.add("a", wait)
        assert begun.wait(5)
        crew.stop()
        until(lambda: not crew.busy, 5)
        assert crew.next(0) is None


def test_results_that_nobody_takes_hold_the_crew_back() -> None:
    done: list[int] = []
    with crew_of(2) as crew:
        for number in range(50):
            crew.add(f"host {number}", lambda _, number=number: done.append(number) or number)  # type: ignore[func-returns-value,misc]
        until(lambda: len(done) >= 4, 5)
        assert len(done) <= 4  # two in the queue, one in each thread's hands
        assert len(list(results(crew))) == 50
