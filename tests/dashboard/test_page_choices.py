from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.page_choices import (
    MOVE_DAYS,
    SORTS,
    SPANS,
    USUAL,
    CompareView,
    CountryView,
    Layout,
    Scale,
    WorldView,
    read_compare,
    read_country,
    read_world,
    write_compare,
    write_country,
    write_world,
)
from ingest.index.series import PERIODS

country = st.sampled_from(["PAK", "RUS", "XKX", "TWN"])
pair = st.sampled_from(["PAK-RUS", "IND-PAK", "CHN-USA", "SRB-XKX"])
spans = st.sampled_from(SPANS)


@given(st.builds(WorldView, country=st.none() | country, days=st.sampled_from(MOVE_DAYS), span=spans | st.just(USUAL)))
def test_world_comes_back(view: WorldView) -> None:
    assert read_world(write_world(view)) == (view, ())


@given(st.builds(CountryView, country=st.none() | country, sort=st.sampled_from(SORTS), span=spans | st.just(USUAL)))
def test_country_comes_back(view: CountryView) -> None:
    assert read_country(write_country(view)) == (view, ())


@given(
    st.builds(
        CompareView,
        pairs=st.lists(pair, unique=True, max_size=6).map(tuple),
        by=st.sampled_from(PERIODS),
        scale=st.sampled_from(get_args(Scale)),
        layout=st.sampled_from(get_args(Layout)),
        span=spans,
    )
)
def test_compare_comes_back(view: CompareView) -> None:
    assert read_compare(write_compare(view)) == (view, ())


@given(
    st.dictionaries(
        st.sampled_from(["c", "days", "span", "sort", "pairs", "by", "scale", "layout"]), st.text(max_size=60)
    )
)
def test_any_address_gives_a_view(params: dict[str, str]) -> None:
    for read in (read_world, read_country, read_compare):
        _, notes = read(params)
        assert all(len(note) < 250 for note in notes)


def test_defaults_leave_the_address_empty() -> None:
    assert write_world(WorldView()) == {}
    assert write_country(CountryView()) == {}
    assert write_compare(CompareView()) == {}


@pytest.mark.parametrize(
    ("text", "pairs", "notes"),
    [
        ("rus-pak", ("PAK-RUS",), 0),
        ("PAK-RUS,RUS-PAK", ("PAK-RUS",), 0),
        ("PAK-PAK,XXX-RUS,IND-PAK", ("IND-PAK",), 2),
        ("A,,", (), 1),
    ],
)
def test_pairs_are_put_in_order_and_bad_ones_named(text: str, pairs: tuple[str, ...], notes: int) -> None:
    view, told = read_compare({"pairs": text})
    assert view.pairs == pairs
    assert len(told) == notes


def test_a_seventh_pair_is_left_out_and_named() -> None:
    codes = ["USA-CHN", "USA-RUS", "USA-IND", "USA-PAK", "USA-FRA", "USA-DEU", "USA-JPN"]
    view, (note,) = read_compare({"pairs": ",".join(codes)})
    assert len(view.pairs) == 6
    assert "JPN-USA" in note
