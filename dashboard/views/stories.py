"""Which articles are one story? The largest, by pair, days and words; one of them with who ran it and when."""

from __future__ import annotations

import streamlit as st

from dashboard import cache
from dashboard.widgets import panels, story_controls
from dashboard.widgets.stories import by_hand, story, story_list
from ingest.config import settings_from_environment
from ingest.errors import DetenteError


def main() -> None:
    """Show the page."""
    st.html('<h1 class="dt-ask">Which articles are one story?</h1>')
    try:
        now = cache.snapshot(settings_from_environment().store)
        if not now.version:
            st.markdown(panels.text("stories-empty.md"))
            return
        view, notes = story_controls.open_view()
        panels.notes(notes)
        if view.story:
            story(now, view.story)
        else:
            story_list(now, story_controls.controls(view, cache.pairs(now)))
        by_hand(now)
    except DetenteError as error:
        panels.quiet(str(error))


main()
