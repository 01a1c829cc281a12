"""The controls of World and Country, tied to the address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import streamlit as st

from dashboard.evidence import country_name
from dashboard.page_choices import (
    MOVE_DAYS,
    SORTS,
    SPANS,
    USUAL,
    CountryView,
    WorldView,
    read_country,
    read_world,
    span_words,
    write_country,
    write_world,
)
from dashboard.widgets.page import address, keep_address

_SORT_WORDS = {"stories": "most stories", "tone": "coldest first", "change": "largest change", "name": "name"}
ALL = "all"
"""Stands for no country in the list."""


def open_world(usual: int) -> tuple[str, ...]:
    """Bring the address into World's controls."""
    view, notes = address(read_world, "world")
    if isinstance(view, WorldView):
        st.session_state.world_country = view.country or ALL
        st.session_state.world_days, st.session_state.world_span = view.days, view.span or usual
    _keep("world_country", "world_days", "world_span")
    return notes


def world_question(codes: Sequence[str], usual: int) -> WorldView:
    """Ask which country, over what time; return the view and write it into the address."""
    st.session_state.setdefault("world_country", ALL)
    st.session_state.setdefault("world_span", usual)
    st.session_state.setdefault("world_days", 30)
    chosen = st.session_state.world_country
    heading = "How does the world stand?" if chosen == ALL else f"How does {country_name(chosen)} stand with the world?"
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="question"):
        st.html(
            f'<h1 class="dt-hidden">{heading}</h1><span class="dt-ask" aria-hidden="true">How does</span>',
            width="content",
        )
        options = [ALL, *sorted({*codes, *([] if chosen == ALL else [chosen])}, key=country_name)]
        st.selectbox(
            "Country", options, format_func=lambda one: "the world" if one == ALL else country_name(one),
            key="world_country", label_visibility="collapsed", width=230,
        )  # fmt: skip
        ending = "stand?" if chosen == ALL else "stand with the world?"
        st.html(f'<span class="dt-ask" aria-hidden="true">{ending}</span>', width="content")
        _span("world_span")
    country = st.session_state.world_country
    view = WorldView(
        country=None if country == ALL else country, days=st.session_state.get("world_days", 30),
        span=st.session_state.world_span,
    )  # fmt: skip
    keep_address(write_world(replace(view, span=_unless(view.span, usual))), "world")
    return view


def move_days() -> int:
    """Ask over how many days moves are told."""
    st.segmented_control(
        "Days of the moves", MOVE_DAYS, format_func=lambda days: f"{days} days", key="world_days", required=True,
        label_visibility="collapsed",
    )  # fmt: skip
    days: int = st.session_state.world_days
    return days


def open_country(first: str, usual: int) -> tuple[str, ...]:
    """Bring the address into Country's controls."""
    view, notes = address(read_country, "country")
    if isinstance(view, CountryView):
        st.session_state.country_country = view.country or first
        st.session_state.country_sort, st.session_state.country_span = view.sort, view.span or usual
    _keep("country_country", "country_sort", "country_span")
    return notes


def country_question(codes: Sequence[str], first: str, usual: int) -> CountryView:
    """Ask which country, in which order, over what time."""
    for name, value in (("country", first), ("sort", "stories"), ("span", usual)):
        st.session_state.setdefault(f"country_{name}", value)
    chosen = st.session_state.country_country
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="question"):
        st.html(
            f'<h1 class="dt-hidden">Who stands how with {country_name(chosen)}?</h1>'
            '<span class="dt-ask" aria-hidden="true">Who stands how with</span>',
            width="content",
        )
        st.selectbox(
            "Country", sorted({*codes, chosen}, key=country_name), format_func=country_name, key="country_country",
            label_visibility="collapsed", width=230,
        )  # fmt: skip
        st.html('<span class="dt-ask" aria-hidden="true">?</span>', width="content")
        st.selectbox(
            "Order", SORTS, format_func=lambda one: _SORT_WORDS[one], key="country_sort",
            label_visibility="collapsed", width=170,
        )  # fmt: skip
        _span("country_span")
    view = CountryView(country=chosen, sort=st.session_state.country_sort, span=st.session_state.country_span)
    keep_address(write_country(replace(view, span=_unless(view.span, usual))), "country")
    return view


def clicked_country(state: Mapping[str, object] | None) -> str | None:
    """Return the country that a click on the map chose."""
    points = state["selection"]["points"] if state else []  # type: ignore[index]
    for point in points:
        data = point.get("customdata")
        code = data.get("0") if isinstance(data, Mapping) else data[0] if data else point.get("location")
        if code:
            return str(code)
    return None


def _span(key: str) -> None:
    st.selectbox(
        "Time", SPANS, format_func=span_words, key=key,
        label_visibility="collapsed", width=150,
    )  # fmt: skip


def _unless(span: int, usual: int) -> int:
    """Leave the usual span out of an address, so that it stays the usual one as the store grows."""
    return USUAL if span == usual else span


def _keep(*keys: str) -> None:
    """Hold on to values of widgets that another page did not show: Streamlit forgets those."""
    for key in keys:
        if key in st.session_state:
            st.session_state[key] = st.session_state[key]
