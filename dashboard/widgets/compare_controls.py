"""The controls of Compare, tied to the address."""

from __future__ import annotations

import polars as pl
import streamlit as st

from dashboard.evidence import pair_name
from dashboard.page_choices import MOST_PAIRS, SPANS, CompareView, read_compare, span_words, write_compare
from dashboard.periods import ADJECTIVE
from dashboard.widgets.page import address, keep_address
from ingest.index.series import PERIODS

_DEFAULTS = {"pairs": [], "by": "month", "scale": "tone", "layout": "overlay", "span": SPANS[-1]}
FIRST = 3
"""Pairs that are shown where the address names none: the busiest."""


def open_compare(pairs: pl.DataFrame) -> tuple[str, ...]:
    """Bring the address into the controls."""
    view, notes = address(read_compare, "compare")
    if isinstance(view, CompareView):
        for name in _DEFAULTS:
            st.session_state[f"compare_{name}"] = getattr(view, name)
        st.session_state.compare_pairs = list(view.pairs) or pairs["pair"].head(FIRST).to_list()
    for name, value in _DEFAULTS.items():
        st.session_state[f"compare_{name}"] = st.session_state.get(f"compare_{name}", value)
    return notes


def compare_question(pairs: pl.DataFrame) -> CompareView:
    """Ask which pairs are compared, and how."""
    st.html('<h1 class="dt-ask">How do these pairs compare?</h1>')
    chosen = st.session_state.compare_pairs
    options = [*pairs["pair"], *(one for one in chosen if one not in set(pairs["pair"]))]
    st.multiselect(
        f"Pairs, {MOST_PAIRS} at most", options, format_func=pair_name, key="compare_pairs", max_selections=MOST_PAIRS,
        placeholder="Type a country",
    )  # fmt: skip
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="compare_row"):
        _choice("compare_scale", "Scale", ("tone", "z"), {"tone": "Tone", "z": "Unusual (z)"})
        _choice(
            "compare_layout", "Layout", ("overlay", "multiples"), {"overlay": "Together", "multiples": "Side by side"}
        )
        st.selectbox(
            "Periods", PERIODS, format_func=lambda one: ADJECTIVE[one].capitalize(), key="compare_by",
            label_visibility="collapsed", width=130,
        )  # fmt: skip
        st.selectbox(
            "Time", SPANS, format_func=span_words,
            key="compare_span", label_visibility="collapsed", width=150,
        )  # fmt: skip
    view = CompareView(
        **{name: st.session_state[f"compare_{name}"] for name in _DEFAULTS if name != "pairs"},
        pairs=tuple(st.session_state.compare_pairs),
    )
    keep_address(write_compare(view), "compare")
    return view


def _choice(key: str, label: str, options: tuple[str, ...], words: dict[str, str]) -> None:
    st.segmented_control(
        label, options, format_func=lambda one: words[one], key=key, required=True, label_visibility="collapsed"
    )
