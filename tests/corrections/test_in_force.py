"""Which entries count."""

from __future__ import annotations

from datetime import date
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from ingest.corrections.entry import Entry
from ingest.corrections.in_force import in_force
from tests.corrections.making import merge, note, split, strike, tone, withdraw

SENTENCE = "Russia praised Pakistan."
IDS = [f"{number:016x}" for number in range(6)]


@st.composite
def logs(draw: st.DrawFn) -> list[Entry]:
    """Draw entries, some of which withdraw earlier ones, a minute apart."""
    entries: list[Entry] = []
    for minute in range(draw(st.integers(0, 12))):
        over = draw(st.booleans())
        if entries and over:
            entries.append(withdraw(draw(st.sampled_from(entries)), minute))
            continue
        one, other = draw(st.permutations(IDS))[:2]
        entries.append(
            draw(
                st.sampled_from(
                    [
                        tone(one, SENTENCE, draw(st.floats(-1, 1)), minute=minute),
                        strike(one, "PAK", minute=minute),
                        merge(one, other, minute),
                        split(one, minute),
                        note(date(2017, 1, 1 + minute), "seen", minute=minute),
                    ]
                )
            )
        )
    return entries


@given(logs(), st.randoms())
def test_the_order_of_lines_does_not_matter(entries: list[Entry], random: Random) -> None:
    mixed = [*entries, *entries[:3]]
    random.shuffle(mixed)
    assert in_force(mixed) == in_force(entries)


@given(logs())
def test_to_withdraw_what_was_just_added_changes_nothing(entries: list[Entry]) -> None:
    new = split(IDS[0], minute=100)
    assert in_force([*entries, new]) == in_force([*entries, new, withdraw(new, 101), withdraw(withdraw(new, 101), 102)])
    assert in_force([*entries, new, withdraw(new, 101)]) == in_force(entries)


@given(logs())
def test_every_entry_counts_or_is_withdrawn_by_one_that_counts(entries: list[Entry]) -> None:
    counted = {one.id for one in in_force(entries).entries}
    over: set[str] = set()
    for one in reversed(entries):
        if one.kind == "withdraw" and one.id not in over:
            over.add(str(one.entry))
    assert counted == {one.id for one in entries if one.kind != "withdraw" and one.id not in over}


def test_what_touches_a_pair_is_told() -> None:
    told = in_force([tone(IDS[0], SENTENCE, 0.5), strike(IDS[1], "IND", minute=1)])
    assert [told.touches(pair) for pair in ("PAK-RUS", "IND-PAK", "CHN-IND", "CHN-RUS", None)] == [
        True, True, True, False, True,
    ]  # fmt: skip
    assert not in_force([merge(IDS[0], IDS[1])]).touches(None)
