from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.address import LINES, LONGEST, SIGNS, SMOOTH, View, read_address, write_address
from dashboard.filters import DIRECTIONS
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
    "smooth": "3",
    "toward": "ba",
    "place": "RUS|unknown",
    "kind": "state|public",
    "outlet": "A %7C B|100%25|Dawn",
    "lines": "press",
    "panel": "negative|outside",
    "outside": "GPR",
    "flip": "yes",
}
DAYS = st.dates(date(1800, 1, 1), date(2199, 12, 31))
NAMES = st.lists(
    st.text(min_size=1, max_size=20).map(str.strip).filter(lambda one: one and one.isprintable()),
    unique=True,
    max_size=5,
).map(tuple)
VIEWS = st.builds(
    View,
    a=st.just("RUS"),
    b=st.sampled_from(["PAK", "USA"]),
    by=st.sampled_from(["auto", *PERIODS]),
    since=st.just(None),
    until=st.none() | DAYS,
    weight=st.sampled_from(WEIGHTS),
    sign=st.sampled_from(SIGNS),
    smooth=st.sampled_from(SMOOTH),
    direction=st.sampled_from(DIRECTIONS),
    places=st.sampled_from([(), ("RUS",), ("unknown", "PAK")]),
    kinds=st.sampled_from([(), ("state",), ("unknown", "public")]),
    outlets=NAMES,
    lines=st.sampled_from(LINES),
    panels=st.sampled_from([(), ("negative",), ("outside", "pressure")]),
    outside=st.text(max_size=20).map(str.strip).filter(str.isprintable),
    flip=st.booleans(),
    at=st.none() | st.tuples(DAYS, DAYS).map(lambda two: Slice(min(two), max(two))),
)


def test_full_address() -> None:
    view, notes = read_address(FULL)
    assert view == View(
        a="PAK", b="RUS", by="month", since=date(2014, 1, 1), until=date(2017, 12, 31), weight="reach", sign="hostile",
        at=Slice(date(2017, 9, 1), date(2017, 9, 30)), smooth=3, direction="ba", places=("RUS", "unknown"),
        kinds=("state", "public"), outlets=("A | B", "100%", "Dawn"), lines="press", panels=("negative", "outside"),
        outside="GPR", flip=True,
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
        ("smooth", "2"),
        ("smooth", "³"),
        ("toward", "c"),
        ("place", "RUS|XXX"),
        ("kind", "state|rich"),
        ("outlet", "|".join(map(str, range(51)))),
        ("outlet", "a\u0000b"),
        ("outlet", "a" * 201),
        ("lines", "two"),
        ("panel", "negative|positive"),
        ("outside", "a\nb"),
        ("flip", "1"),
    ],
)
def test_what_is_not_understood_is_named(name: str, text: str) -> None:
    view, (note,) = read_address({name: text})
    assert view == View()
    assert note.startswith(f"{name}={text[:LONGEST]} is not ")
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
