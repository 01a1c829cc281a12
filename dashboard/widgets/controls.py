"""The question of the pair page, and the state of all its controls: address and controls say the same."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import polars as pl
import streamlit as st

from dashboard.address import SIGNS, Sign, View, read_address, write_address
from dashboard.cache import Asked, Pair, Range, Snapshot
from dashboard.evidence import country_name
from dashboard.filters import Direction, Filter
from dashboard.periods import Slice, name_of

_VIEW, _ADDRESS, _NOTES = "view", "address", "notes"
"""Keys of the session: the view last shown, the address written for it, what was wrong with the one given."""

_FIELDS = (
    "a", "b", "by", "since", "until", "weight", "sign", "smooth", "direction", "places", "kinds", "outlets", "lines",
    "panels", "outside", "flip",
)  # fmt: skip
"""Fields of a view that have a widget, under the key `pair_<field>`."""

_LISTS = {"places", "kinds", "outlets", "panels"}
"""Those of which several are chosen: a tuple in a view, a list in a widget."""


def open_view(pairs: pl.DataFrame) -> tuple[str, ...]:
    """Bring the address into the controls when it was changed from outside; return notes about it."""
    params = st.query_params.to_dict()
    known: View | None = st.session_state.get(_VIEW)
    if known is None or (params and params != st.session_state.get(_ADDRESS)):
        st.session_state.setdefault("intro_hidden", bool(params))
        view, st.session_state[_NOTES] = read_address(params)
        known = _with_pair(view, pairs)
        _seed(known, anew=True)
    else:
        _seed(known, anew=False)
    st.session_state[_VIEW] = known
    return tuple(st.session_state[_NOTES])


def question(pairs: pl.DataFrame) -> None:
    """Ask the question in words, with the two countries as controls."""
    partners = _partners(pairs)
    a, b = st.session_state["pair_a"], st.session_state["pair_b"]
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="question"):
        st.html(
            f'<h1 class="dt-hidden">How do {country_name(a)} and {country_name(b)} stand?</h1>'
            '<span class="dt-ask" aria-hidden="true">How do</span>',
            width="content",
        )
        st.selectbox(
            "First country", _options(sorted(partners, key=country_name), a), format_func=country_name,
            key="pair_a", label_visibility="collapsed", width=200, on_change=_keep_partner, args=(partners,),
        )  # fmt: skip
        st.html('<span class="dt-ask" aria-hidden="true">and</span>', width="content")
        others = [one for one in sorted(partners, key=country_name) if one != a and one not in partners.get(a, ())]
        seconds = _options([*partners.get(a, ()), *others], b)
        st.selectbox(
            "Second country", seconds, format_func=country_name, key="pair_b", label_visibility="collapsed",
            width=200, on_change=_other_pair,
        )  # fmt: skip
        st.html('<span class="dt-ask" aria-hidden="true">stand?</span>', width="content")


def pair() -> Pair:
    """Return the two countries that the question names, in alphabetical order."""
    one, other = sorted((str(st.session_state["pair_a"]), str(st.session_state["pair_b"])))
    return one, other


def asked(now: Snapshot) -> Asked:
    """Return what the controls ask for, as the store knows it: a direction is that of the alphabetical pair there."""
    view, two = current(), pair()
    turned: dict[Direction, Direction] = {"all": "all", "ab": "ba", "ba": "ab"}
    direction = view.direction if view.a == two[0] else turned[view.direction]
    wanted = Filter(countries=view.places, kinds=view.kinds, outlets=view.outlets, direction=direction)
    return Asked(now, two, view.by, Range(view.since, view.until), view.weight, wanted)


def current() -> View:
    """Return the view that the controls say."""
    chosen = {name: _value(name) for name in _FIELDS}
    known: View = st.session_state[_VIEW]
    return replace(known, **chosen)


def change(**values: Any) -> None:
    """Give controls other values; for callbacks."""
    for name, value in values.items():
        st.session_state[f"pair_{name}"] = list(value) if name in _LISTS else value


def save_view(view: View) -> None:
    """Write the view into the address and the session."""
    written = write_address(view)
    st.session_state[_VIEW] = view
    if written != st.query_params.to_dict():
        st.query_params.from_dict(written)
    st.session_state[_ADDRESS] = written


def save_current() -> None:
    """Write what the controls say now; for a part of the page that reruns by itself."""
    save_view(current())


def sign_filter() -> Sign:
    """Ask which evidence is wanted."""
    st.segmented_control(
        "Evidence shown", SIGNS, format_func=str.capitalize, key="pair_sign", required=True,
        label_visibility="collapsed",
    )  # fmt: skip
    sign: Sign = st.session_state["pair_sign"]
    return sign


def period_control(at: Slice | None, periods: list[Slice]) -> None:
    """Ask for a period, latest first: the way to what a click on the chart does."""
    st.session_state["pair_at"] = at
    options = list(reversed(periods))
    st.selectbox(
        "Period of the evidence", options if at in options or at is None else [*options, at], index=None,
        key="pair_at", width=190, format_func=name_of, placeholder="All periods", label_visibility="collapsed",
        on_change=lambda: select(st.session_state["pair_at"]),
    )  # fmt: skip


def select(days: Slice | None) -> None:
    """Select days, or none; for callbacks."""
    known: View = st.session_state[_VIEW]
    st.session_state[_VIEW] = replace(known, at=days)


def _seed(view: View, *, anew: bool) -> None:
    """Give widgets their values: all of them, or those that another page has dropped."""
    for name in _FIELDS:
        key = f"pair_{name}"
        if anew or key not in st.session_state:
            value = getattr(view, name)
            st.session_state[key] = list(value) if name in _LISTS else value


def _value(name: str) -> Any:
    """Return what a widget says; one that the page does not show at the moment says what the view does."""
    if (key := f"pair_{name}") not in st.session_state:
        return getattr(st.session_state[_VIEW], name)
    value = st.session_state[key]
    return tuple(value) if name in _LISTS else value


def _with_pair(view: View, pairs: pl.DataFrame) -> View:
    """Fill in the countries that the address leaves open: the busiest pair, the busiest partner."""
    partners = _partners(pairs)
    a = view.a or (view.b and next(iter(partners.get(view.b, ())), None)) or str(pairs["a"][0])
    b = view.b or next((one for one in partners.get(a, partners) if one != a), None)
    if b is None or b == a:
        b = next(one for one in ("USA", "CHN") if one != a)
    return replace(view, a=a, b=b)


def _partners(pairs: pl.DataFrame) -> dict[str, list[str]]:
    """Return for every country the others it has readings with, busiest first."""
    found: dict[str, list[str]] = {}
    for a, b in pairs.select("a", "b").iter_rows():
        found.setdefault(a, []).append(b)
        found.setdefault(b, []).append(a)
    return found


def _options(countries: list[str], chosen: str) -> list[str]:
    return countries if chosen in countries else [*countries, chosen]


def _keep_partner(partners: dict[str, list[str]]) -> None:
    """Keep the second country if it has readings with a newly chosen first; else take the busiest."""
    a, b = st.session_state["pair_a"], st.session_state["pair_b"]
    if b not in partners.get(a, ()):
        st.session_state["pair_b"] = next(iter(partners.get(a, ())), b)
    _other_pair()


def _other_pair() -> None:
    """Forget what belongs to the pair shown before: the selected period and the names of its outlets."""
    select(None)
    change(outlets=())
