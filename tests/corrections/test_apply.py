"""What corrections make of evidence and readings."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.corrections.apply import changes, with_changes
from ingest.corrections.in_force import Corrections, in_force
from ingest.readings import label, readings_of
from ingest.records import Evidence, Judgement
from ingest.scoring import _mean
from ingest.tone.scorer import get_scorer, likeliest
from tests.corrections.making import strike, tone, withdraw

ONE, TWO = "0" * 16, "f" * 16
SENTENCES = ("Russia praised Pakistan.", "Russia blamed Pakistan.", "Russia met Pakistan.")
SHARES = ("cooperative", "neutral", "hostile")


def shares() -> st.SearchStrategy[tuple[float, float, float]]:
    def scaled(parts: tuple[float, float, float]) -> tuple[float, float, float]:
        total = sum(parts)
        return parts[0] / total, parts[1] / total, parts[2] / total

    return st.tuples(*[st.floats(0.001, 1)] * 3).map(scaled)


def evidence(judged: list[tuple[float, float, float]], scorer: str = "detente", **other: Any) -> pl.DataFrame:
    """Make evidence of one article; each sentence stands where the one before ends."""
    return pl.DataFrame(
        [
            {
                "article_id": ONE,
                "pair": "PAK-RUS",
                "start": 30 * number,
                "sentence": SENTENCES[number % 3],
                "direction": ("ab", "none", "both")[number % 3],
                "tone": c - h,
                "cooperative": c,
                "neutral": n,
                "hostile": h,
                "scorer": scorer,
            }
            | other
            for number, (c, n, h) in enumerate(judged)
        ],
        schema_overrides={"start": pl.Int32},
    )


def applied(rows: pl.DataFrame, told: Corrections) -> pl.DataFrame:
    return with_changes(rows.lazy(), changes(rows, told)).collect()


@pytest.mark.parametrize("scorer", ["detente", "vader"])
@given(judged=st.lists(shares(), min_size=1, max_size=40))
def test_frames_average_bit_for_bit_as_scoring_does(scorer: str, judged: list[tuple[float, float, float]]) -> None:
    rows = evidence(judged, scorer).sample(fraction=1, shuffle=True, seed=len(judged))
    pieces = [
        Evidence("PAK", "RUS", 0, 1, "x", (), (), Judgement(*three, ("ab", "none", "both")[number % 3], ()))
        for number, three in enumerate(judged)
    ]
    expected = _mean("PAK", "RUS", pieces, get_scorer(scorer))
    (found,) = readings_of(rows).to_dicts()
    assert [found[name] for name in ("tone", *SHARES, "direction", "label", "sentences")] == [
        expected.tone, *[getattr(expected, name) for name in SHARES], expected.direction, expected.label, len(judged),
    ]  # fmt: skip


@given(shares())
def test_labels_are_those_of_the_scorers(three: tuple[float, float, float]) -> None:
    rows = pl.concat([evidence([three], name) for name in ("detente", "detente-fast", "vader")])
    vader = get_scorer("vader").label(*three)
    assert rows.select(label()).to_series().to_list() == [likeliest(*three), likeliest(*three), vader]


@given(st.floats(-1, 1))
def test_a_corrected_tone_is_the_tone_and_its_label_has_its_sign(value: float) -> None:
    rows = evidence([(0.7, 0.2, 0.1)])
    (row,) = applied(rows, in_force([tone(ONE, SENTENCES[0], value)])).to_dicts()
    assert row["tone"] == pytest.approx(value, abs=1e-12)
    assert sum(row[name] for name in SHARES) == pytest.approx(1)
    assert min(row[name] for name in SHARES) >= -1e-12
    assert (row["corrected"], row["tone_was"]) == (True, pytest.approx(0.6))
    (reading,) = readings_of(applied(rows, in_force([tone(ONE, SENTENCES[0], value)]))).to_dicts()
    word = "neutral" if abs(value) < 0.1 else None if abs(value) < 0.15 else "cooperative" if value > 0 else "hostile"
    assert word is None or reading["label"] == word


@given(st.lists(shares(), min_size=2, max_size=5), st.floats(-1, 1), st.booleans())
def test_apply_and_withdraw_leaves_all_as_it_was(
    judged: list[tuple[float, float, float]], value: float, strikes: bool
) -> None:
    rows = evidence(judged)
    one = strike(ONE, "RUS", SENTENCES[1], start=30) if strikes else tone(ONE, SENTENCES[1], value, start=30)
    there, back = in_force([one]), in_force([one, withdraw(one)])
    assert not applied(rows, there).equals(applied(rows, Corrections()))
    assert applied(rows, back).equals(applied(rows, Corrections()))


@given(st.permutations(range(4)), st.lists(shares(), min_size=6, max_size=6))
def test_independent_entries_may_come_in_any_order(order: list[int], judged: list[tuple[float, float, float]]) -> None:
    rows = pl.concat([evidence(judged[:3]), evidence(judged[3:], article_id=TWO)])

    def told(minutes: list[int]) -> Corrections:
        return in_force(
            [
                tone(ONE, SENTENCES[0], 0.5, minute=minutes[0]),
                tone(ONE, SENTENCES[1], -0.5, start=30, minute=minutes[1]),
                strike(TWO, "PAK", SENTENCES[0], minute=minutes[2]),
                tone(TWO, SENTENCES[2], 1.0, start=60, minute=minutes[3]),
            ]
        )

    def plain(frame: pl.DataFrame) -> pl.DataFrame:
        return frame.drop("correction")  # the id holds the minute

    assert plain(applied(rows, told(order))).equals(plain(applied(rows, told([0, 1, 2, 3]))))


def test_the_latest_tone_counts_and_a_strike_wins() -> None:
    rows = evidence([(0.1, 0.2, 0.7)])
    early, late = tone(ONE, SENTENCES[0], 0.3), tone(ONE, SENTENCES[0], 0.8, minute=5)
    assert applied(rows, in_force([late, early]))["tone"].item() == pytest.approx(0.8)
    assert applied(rows, in_force([late, early, strike(ONE, "PAK", minute=1)])).is_empty()
    kept = with_changes(rows.lazy(), changes(rows, in_force([strike(ONE, "PAK")])), with_struck=True).collect()
    assert kept.select("struck", "corrected", "tone").rows() == [(True, True, pytest.approx(-0.6))]


def test_words_that_moved_are_found_and_words_that_stand_twice_are_told_apart() -> None:
    rows = evidence([(0.1, 0.2, 0.7)] * 4)  # the fourth has the words of the first
    moved = in_force([tone(ONE, SENTENCES[1], 1.0, start=777)])
    assert applied(rows, moved)["corrected"].to_list() == [False, True, False, False]
    second = in_force([tone(ONE, SENTENCES[0], 1.0, start=90)])
    assert applied(rows, second)["corrected"].to_list() == [False, False, False, True]
    unknown = in_force([tone(ONE, "Russia left Pakistan.", 1.0)])
    assert not applied(rows, unknown)["corrected"].any()


def test_a_country_is_struck_from_all_its_pairs_and_a_pair_from_one() -> None:
    rows = pl.concat([evidence([(0.1, 0.2, 0.7)], pair=pair) for pair in ("IND-PAK", "IND-RUS", "PAK-RUS")])
    assert applied(rows, in_force([strike(ONE, "PAK")]))["pair"].to_list() == ["IND-RUS"]
    assert applied(rows, in_force([strike(ONE, "IND-PAK")]))["pair"].to_list() == ["IND-RUS", "PAK-RUS"]
    assert applied(rows, in_force([strike(TWO, "PAK")])).height == 3
