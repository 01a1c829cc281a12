from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.address import SIGNS, View, read_address, write_address
from dashboard.periods import Slice
from ingest.index.series import PERIODS
from ingest.index.stories import WEIGHTS

FULL = {
    "a": "PAK",
    "b": "RUS",
    "by": "month",
    "from": "2014-01-01",
    "to": "2017-12-31",
    "weight": "reach",
    "sign": "hostile",
    "at": "2017-09",
}
DAYS = st.dates(date(1800, 1, 1), date(2199, 12, 31))
VIEWS = st.builds(
    View,
    a=st.just("RUS"),
    b=st.sampled_from(["PAK", "USA"]),
    by=st.sampled_from(["auto", *PERIODS]),
    since=st.just(None),
    until=st.none() | DAYS,
    weight=st.sampled_from(WEIGHTS),
    sign=st.sampled_from(SIGNS),
    at=st.none() | st.tuples(DAYS, DAYS).map(lambda two: Slice(min(two), max(two))),
)


def test_full_address() -> None:
    view, notes = read_address(FULL)
    assert view == View(
        a="PAK", b="RUS", by="month", since=date(2014, 1, 1), until=date(2017, 12, 31), weight="reach", sign="hostile",
        at=Slice(date(2017, 9, 1), date(2017, 9, 30)),
    )  # fmt: skip
    assert notes == ()
    assert write_address(view) == FULL


def test_empty_address_is_the_default_view() -> None:
    assert read_address({}) == (View(), ())
    assert write_address(View()) == {}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a", "ZZZ"),
        ("b", "Pakistan; DROP"),
        ("by", "hour"),
        ("from", "2017-02-30"),
        ("to", "1066-10-14"),
        ("weight", "1"),
        ("at", "x"),
    ],
)
def test_what_is_not_understood_is_named(name: str, text: str) -> None:
    view, (note,) = read_address({name: text})
    assert view == View()
    assert note.startswith(f"{name}={text}")
    assert note.endswith("and is ignored.")


def test_same_country_twice() -> None:
    view, notes = read_address({"a": "PAK", "b": "pak"})
    assert (view.a, view.b, len(notes)) == ("PAK", None, 1)


def test_from_after_to() -> None:
    view, notes = read_address({"from": "2018-01-01", "to": "2017-01-01"})
    assert (view, len(notes)) == (View(), 1)


@given(st.dictionaries(st.sampled_from(list(FULL)) | st.text(), st.text()))
def test_reading_never_raises(params: dict[str, str]) -> None:
    view, notes = read_address(params)
    again, more = read_address(write_address(view))
    assert again == view
    assert more == ()
    assert all(isinstance(note, str) for note in notes)


@given(VIEWS)
def test_view_comes_back(view: View) -> None:
    assert read_address(write_address(view)) == (view, ())
