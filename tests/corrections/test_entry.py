"""An entry and its line: whole, readable, and not to be edited."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.corrections.entry import Entry, made, read_line, write_line
from ingest.errors import CorrectionError
from tests.corrections.making import entry, merge, note, split, strike, tone, withdraw

ONE, TWO = "0" * 16, "f" * 16
TEXTS = st.text(max_size=60).filter(lambda one: bool(one.strip()))

ENTRIES = [
    tone(ONE, "Russia praised Pakistan.", -0.25),
    strike(ONE, "PAK"),
    strike(ONE, "PAK-RUS", "Russia praised Pakistan."),
    merge(ONE, TWO),
    split(TWO),
    note(date(2017, 9, 26), "drills begin"),
    withdraw(split(TWO)),
]


@pytest.mark.parametrize("one", ENTRIES, ids=lambda one: one.kind)
def test_a_line_gives_the_entry_again(one: Entry) -> None:
    line = write_line(one)
    assert line.count("\n") == 1
    assert read_line(line) == one


def test_a_line_reads_in_a_fixed_order() -> None:
    assert list(json.loads(write_line(ENTRIES[0]))) == [
        "id", "at", "by", "kind", "pair", "article", "start", "end", "sentence", "quote", "value", "reason",
    ]  # fmt: skip


@given(TEXTS, TEXTS, st.floats(-1, 1))
def test_whatever_people_write_is_one_line_and_comes_back(by: str, reason: str, value: float) -> None:
    try:
        one = made(replace(ENTRIES[0], by=by, reason=reason, value=value))
    except CorrectionError as error:
        assert "it must say" in str(error)  # noqa: PT017 - nothing but controls and spaces was written
        return
    line = write_line(one)
    assert line.splitlines() == [line[:-1]]
    assert read_line(line) == one
    assert len(line.encode()) < 16_384


@pytest.mark.parametrize("one", ENTRIES, ids=lambda one: one.kind)
def test_an_edited_line_is_refused(one: Entry) -> None:
    told = json.loads(write_line(one)) | {"by": "Somebody else"}
    with pytest.raises(CorrectionError, match="edited by hand"):
        read_line(json.dumps(told))


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"value": 1.5}, "expected a tone from -1 to 1"),
        ({"value": float("nan")}, "expected a tone from -1 to 1"),
        ({"value": True}, "expected a tone from -1 to 1"),
        ({"pair": "RUS-PAK"}, "alphabetical order"),
        ({"article": "../x"}, "16 hexadecimal digits"),
        ({"by": " \n "}, "who corrects"),
        ({"reason": ""}, "say why"),
        ({"start": 9, "end": 3}, "start before end"),
        ({"other": TWO}, "has no other"),
        ({"at": datetime(2026, 1, 1)}, "its zone"),  # noqa: DTZ001 - that is the case
        ({"sentence": None}, "must have sentence"),
    ],
)
def test_what_cannot_be_applied_is_refused(change: dict[str, object], expected: str) -> None:
    with pytest.raises(CorrectionError, match=expected):
        made(replace(ENTRIES[0], **change))  # type: ignore[arg-type]


def test_strikes_name_a_country_or_a_pair_and_merges_two_stories() -> None:
    for value in ("Pakistan", "PAK-PAK", "RUS-PAK", 3):
        with pytest.raises(CorrectionError, match="expected a country such as"):
            entry("strike", article=ONE, value=value)
    with pytest.raises(CorrectionError, match="with itself"):
        merge(ONE, ONE)


@pytest.mark.parametrize(
    "line",
    ["", "{", "[]", "3", '{"id": 1}', '{"id": "x", "at": "soon", "by": "b", "kind": "note"}', '{"colour": "red"}',
     "[" * 9_000, '{"id":"' + "x" * 20_000 + '"}', '{"id": "x", "at": "2026-01-01T00:00:00Z", "by": "b", "kind": "z"}'],
)  # fmt: skip
def test_what_is_no_entry_is_told_in_words(line: str) -> None:
    with pytest.raises(CorrectionError):
        read_line(line)
