"""How does the world stand? A map, the pairs that moved, the pairs that are told of most, alerts."""

from __future__ import annotations

import streamlit as st

from dashboard import cache, theme
from dashboard.evidence import country_name
from dashboard.figures.world_map import CONFIG, HEIGHT, PHONE_HEIGHT, world_map
from dashboard.page_choices import WorldView, span_words
from dashboard.widgets import panels
from dashboard.widgets.page import opened
from dashboard.widgets.pair_rows import pair_list
from dashboard.widgets.world_controls import ALL, clicked_country, move_days, open_world, world_question
from dashboard.widgets.world_parts import alerts, map_foot, map_table

LISTED = 6


def main() -> None:
    """Show the page."""
    if {"a", "b"} <= set(st.query_params):  # addresses of the pair page from when it was the first
        st.switch_page("views/pair.py", query_params=st.query_params.to_dict())
    found = opened()
    if found is None:
        return
    now, pairs = found
    notes = open_world(cache.usual_span(now))
    panels.intro()
    view = world_question([*pairs["a"], *pairs["b"]], cache.usual_span(now))
    panels.notes(notes)
    _map(now, view)
    last = cache.last_day(now)
    if last is None:
        panels.quiet("No article in this store has a date, so nothing can be told over time.")
        return
    moves, most = st.columns(2, gap="large")
    with moves:
        panels.heading("Moved most")
        days = move_days()
        rows, compared = cache.moved(now, days, view.country, LISTED)
        before = max(days, 28)
        panels.quiet(
            f"Tone of the {days} days to {theme.day(last)} against the {before} before, UTC. Listed: moves whose "
            f"95{theme.THIN}% interval leaves 0 out, largest first, of {theme.counted(compared, 'pair')} with five "
            "stories on both sides; chance alone would list one in twenty of them."
        )
        if not rows:
            panels.quiet("No pair has clearly moved in these days.")
        pair_list(rows, "moved", country=view.country)
    with most:
        panels.heading("Told of most")
        rows, every = cache.busiest(now, view.span, view.country, LISTED)
        panels.quiet(
            f"Pairs with most stories, {span_words(view.span)}, of {theme.counted(every, 'pair')} with two or more."
        )
        pair_list(rows, "busiest", country=view.country)
    alerts(now, view.country)


def _map(now: cache.Snapshot, view: WorldView) -> None:
    levels = cache.partners(now, view.country, view.span)
    who = (
        f"of {country_name(view.country)} with every other country"
        if view.country
        else "of each country with all others"
    )
    title = f"Tone {who}, {span_words(view.span)}"
    panels.chart_heading(
        title,
        f"from {theme.MINUS}1 hostile to +1 cooperative, mean of all stories, each once; "
        "faint: fewer than two stories; click a country to choose it",
    )
    figure = world_map(
        levels, chosen=view.country, kind=panels.theme_kind(), height=PHONE_HEIGHT if panels.on_phone() else HEIGHT
    )
    st.plotly_chart(
        figure, width="stretch", theme=None, key="world_map", config=CONFIG, on_select=_choose, selection_mode="points",
        alt=f"Map. {title}. The table beneath has the same numbers.",
    )  # fmt: skip
    map_foot(now, view, levels)
    map_table(levels, view)


def _choose() -> None:
    code = clicked_country(st.session_state.get("world_map"))
    if code:
        st.session_state.world_country = ALL if code == st.session_state.get("world_country") else code


main()
