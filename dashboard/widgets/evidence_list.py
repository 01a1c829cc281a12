"""Evidence, ten at a time, heaviest first, each with its whole article a click away."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard import cache, theme
from dashboard.cache import Asked, Found, Pair, Snapshot
from dashboard.evidence import card, in_place
from dashboard.periods import Slice, name_of
from dashboard.widgets.controls import period_control, save_current, select, sign_filter
from dashboard.widgets.corrections import correct
from dashboard.widgets.links import page_link
from dashboard.widgets.panels import quiet

STEP = 10
LEGEND = "Underlined: the two countries. Tinted: the words that drove the tone, + warmer, − colder."


def evidence_heading(at: Slice | None, periods: list[Slice]) -> None:
    """Say which evidence follows, and let it be chosen without the chart: by keyboard, by touch, by voice."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="evidence_heading"):
        which = name_of(at) if at else "all periods"
        st.html(f'<h2 class="dt-title" aria-label="Evidence: {which}">Evidence</h2>', width="content")
        period_control(at, periods)
        if at:
            st.button("Clear selection", key="clear_period", type="tertiary", on_click=select, args=(None,))


@st.fragment
def evidence_list(asked: Asked, at: Slice | None) -> None:
    """Show the evidence of the selected period, or of the whole range."""
    sign = sign_filter()
    save_current()
    now, pair, _, days, _, wanted = asked
    what = f"{pair}{days}{at}{sign}{wanted}"
    _show(now, what, lambda most: cache.evidence(now, pair, days, at, wanted, sign=sign, most=most))


@st.fragment
def undated_list(now: Snapshot, pair: Pair) -> None:
    """Show the evidence of articles without a date, once it is asked for."""
    opened = st.expander("Evidence of the articles without a date", type="compact", key="undated", on_change="rerun")
    if opened.open:
        with opened:
            _show(now, f"undated{pair}", lambda most: cache.undated_evidence(now, pair, most))


def _show(now: Snapshot, what: str, ask: Callable[[int], Found]) -> None:
    key = f"shown {what}"
    most = st.session_state.get(key, STEP)
    found = ask(most)
    if not found.items:
        quiet("No sentence of this kind.")
        return
    sentences, articles = theme.counted(found.sentences, "sentence"), theme.counted(found.articles, "article")
    quiet(f"{sentences} in {articles}, those that weigh most first. {LEGEND}")
    for article_id, start, end, item in found.items:
        with st.container(gap="xxsmall"):
            st.html(card(item))
            with st.container(
                horizontal=True, gap="small", vertical_alignment="center", key=f"actions {what} {article_id} {start}"
            ):
                correct(now, (article_id, start, end, item), what)
                page_link("article", "Open the article", id=article_id)
                if item.copies:
                    page_link("stories", "Its story", story=item.story)
            whole = st.expander(
                "Whole article", type="compact", key=f"whole {what} {article_id} {start}", on_change="rerun"
            )
            if whole.open:
                with whole:
                    st.html(in_place(cache.article_text(now, article_id), start, end, item))
    if found.sentences > len(found.items):
        st.button("Show ten more", key=f"more {what}", on_click=_grow, args=(key, most))


def _grow(key: str, most: int) -> None:
    st.session_state[key] = most + STEP
