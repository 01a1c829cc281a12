"""How do two countries stand? Question, four figures, chart, why it moved, evidence."""

from __future__ import annotations

import streamlit as st

from dashboard import cache, theme
from dashboard.evidence import country_name
from dashboard.filters import Filter, filter_words
from dashboard.widgets import controls, panels
from dashboard.widgets.beneath import beneath
from dashboard.widgets.changes import change_list
from dashboard.widgets.choices import choices, reset
from dashboard.widgets.corrections import corrections_of_pair
from dashboard.widgets.curve import curve
from dashboard.widgets.evidence_list import evidence_heading, evidence_list, undated_list
from dashboard.widgets.page import opened
from dashboard.widgets.story_list import story_list


def main() -> None:
    """Show the page."""
    found = opened()
    if found is None:
        return
    now, pairs = found
    notes = controls.open_view(pairs)
    panels.intro()
    controls.question(pairs)
    choices(cache.outlet_counts(now, controls.pair()))
    view = controls.current()
    controls.save_view(view)
    panels.notes(notes)
    asked = controls.asked(now)
    shown = cache.shown(*asked)
    panels.figures(shown.summary, shown.by)
    curve(asked, view)
    if asked.wanted and not shown.summary.stories:
        _nothing_left(asked.pair, asked.wanted)
    if shown.summary.stories:
        beneath(asked)
        change_list(asked)
    corrections_of_pair(now, asked.pair)
    if shown.undated:
        panels.quiet(_undated(shown.undated))
        undated_list(now, asked.pair)
    if shown.summary.stories:
        if view.at:
            story_list(asked, view.at)
        evidence_heading(view.at, shown.periods)
        evidence_list(asked, view.at)


def _nothing_left(pair: cache.Pair, wanted: Filter) -> None:
    both = f"{country_name(pair[0])} and {country_name(pair[1])}"
    panels.quiet(f"No dated article about {both} is left with this choice: {filter_words(wanted, pair)}.")
    st.button("All outlets, either direction", key="reset", on_click=reset)


def _undated(articles: int) -> str:
    many = articles != 1
    return (
        f"{theme.counted(articles, 'article')} about this pair {'have' if many else 'has'} no date and "
        f"{'are' if many else 'is'} not plotted; give {'them' if many else 'it'} one with "
        "`detente ingest FILE --date 2017-09-26` or a line `Date: 2017-09-26` at the top."
    )


main()
