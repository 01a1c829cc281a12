"""What changed: the numbered rules of the chart, each with its parts, and at a click its stories and words."""

from __future__ import annotations

from functools import partial

import streamlit as st

from dashboard import cache
from dashboard.cache import Asked
from dashboard.change_list import Change, change_head, parts_line, words_lines
from dashboard.periods import name_of, slice_of
from dashboard.stories import story_card
from dashboard.widgets.controls import select
from dashboard.widgets.page import safely
from dashboard.widgets.panels import quiet

WORDS = 8
"""Words told of either side."""


def change_list(asked: Asked) -> None:
    """Show the change points of what is drawn."""
    found = cache.changes(asked)
    by = cache.shown(*asked).by
    with st.container(key="changes", gap="small"):
        st.html('<h2 class="dt-title">What changed</h2>')
        if found.is_empty():
            quiet("No lasting change of level that chance would not give as well.")
            return
        quiet(
            "The numbered rules of the chart, found in the curve before smoothing. Of each change, tone is the same "
            "outlets reading otherwise, mix is outlets that came or went, volume is some telling more than others."
        )
        for row in found.select(Change.__dataclass_fields__.keys()).to_dicts():
            change = Change(**row)
            with st.container(gap="xxsmall"):
                st.html(change_head(change, by) + parts_line(cache.parts(asked, change.number)))
                _why(asked, change)


@st.fragment
def _why(asked: Asked, change: Change) -> None:
    opened = st.expander(
        "Heaviest stories and words", type="compact", key=f"why {asked} {change.number}", on_change="rerun"
    )
    if not opened.open:
        return
    with opened:
        safely(partial(_reasons, asked, change))


def _reasons(asked: Asked, change: Change) -> None:
    at = slice_of(change.period, cache.shown(*asked).by)
    for story in cache.heaviest_stories(asked, change.number):
        st.html(story_card(story))
    st.html(words_lines(*cache.words(asked, change.number, WORDS)))
    if st.button(f"Read {name_of(at)}", key=f"read {change.number}", type="tertiary", on_click=select, args=(at,)):
        st.rerun()
