"""The controls of the stories page, tied to the address."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
import streamlit as st

from dashboard.address import EARLIEST, LATEST
from dashboard.evidence import country_name
from dashboard.story_address import MOST_WORDS, StoryView, read_story_address, write_story_address

_VIEW, _ADDRESS, _NOTES = "story_view", "story_address", "story_notes"
_FIELDS = ("a", "b", "since", "until", "words")


def open_view() -> tuple[StoryView, tuple[str, ...]]:
    """Bring the address into the controls when it was changed from outside; return the view and notes about it."""
    params = st.query_params.to_dict()
    known: StoryView | None = st.session_state.get(_VIEW)
    anew = known is None or params != st.session_state.get(_ADDRESS)
    if known is None or anew:
        known, st.session_state[_NOTES] = read_story_address(params)
    for name in _FIELDS:
        if anew or f"story_{name}" not in st.session_state:
            st.session_state[f"story_{name}"] = getattr(known, name)
    save(known)
    return known, tuple(st.session_state[_NOTES])


def controls(view: StoryView, pairs: pl.DataFrame) -> StoryView:
    """Ask for a pair, days and words of headlines; return the view chosen."""
    codes = sorted({*pairs["a"], *pairs["b"]}, key=country_name)
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom", key="story_controls"):
        st.text_input("Words of a headline", key="story_words", max_chars=MOST_WORDS, width=260, type="search")
        for name, label in (("a", "A country"), ("b", "and another")):
            chosen = st.session_state[f"story_{name}"]
            st.selectbox(
                label, codes if chosen in codes or chosen is None else [*codes, chosen], index=None,
                format_func=country_name, key=f"story_{name}", placeholder="Any", width=180,
            )  # fmt: skip
        for name, label in (("since", "From"), ("until", "To")):
            st.date_input(label, None, EARLIEST, LATEST, key=f"story_{name}", format="YYYY-MM-DD", width=140)
    now = {name: st.session_state[f"story_{name}"] for name in _FIELDS}
    new = replace(view, **(now | {"words": (now["words"] or "").strip()}))
    if new.a == new.b:
        new = replace(new, b=None)
    save(new)
    return new


def save(view: StoryView) -> None:
    """Write the view into the address and the session."""
    written = write_story_address(view)
    st.session_state[_VIEW] = view
    if written != st.query_params.to_dict():
        st.query_params.from_dict(written)
    st.session_state[_ADDRESS] = written


def show(story: str | None) -> None:
    """Open a story, or the list; for callbacks."""
    view: StoryView = st.session_state[_VIEW]
    save(replace(view, story=story))
