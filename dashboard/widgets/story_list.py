"""The stories of a selected period, each with its articles, and these with their sentences."""

from __future__ import annotations

from html import escape

import streamlit as st

from dashboard import cache, theme
from dashboard.cache import Asked
from dashboard.periods import Slice, name_of
from dashboard.stories import Story, articles_of_story, story_card
from dashboard.widgets.panels import quiet

STEP = 5


@st.fragment
def story_list(asked: Asked, at: Slice) -> None:
    """Show the stories that are drawn in some days, those that most outlets ran first."""
    now, pair, _, days, _, wanted = asked
    key = f"stories {pair}{days}{at}{wanted}"
    most = st.session_state.get(key, STEP)
    found, there = cache.stories_of(now, pair, days, at, wanted, most=most)
    if not found:
        return
    with st.container(key="stories"):
        st.html(f'<h2 class="dt-title">Stories: {escape(name_of(at))}</h2>')
    quiet(f"{theme.counted(there, 'story', 'stories')}; those that most outlets ran and that read clearest come first.")
    for story in found:
        _story(asked, story)
    if there > len(found):
        st.button("Show five more", key=f"more {key}", on_click=_grow, args=(key, most))


def _story(asked: Asked, story: Story) -> None:
    now, pair, _, days, _, wanted = asked
    with st.container(gap="xxsmall"):
        st.html(story_card(story))
        opened = st.expander(
            "Articles and sentences", type="compact", key=f"story {pair}{days}{wanted} {story.key}", on_change="rerun"
        )
        if opened.open:
            with opened:
                items = cache.story_evidence(now, pair, days, story.key, wanted).items
                st.html(articles_of_story([(article_id, item) for article_id, _, _, item in items]))


def _grow(key: str, most: int) -> None:
    st.session_state[key] = most + STEP
