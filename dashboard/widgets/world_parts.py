"""Parts of World: what stands under the map, the map as a table, alerts."""

from __future__ import annotations

import polars as pl
import streamlit as st

from dashboard import cache, theme
from dashboard.cache import Snapshot
from dashboard.evidence import country_name
from dashboard.page_choices import WorldView, span_words
from dashboard.widgets import panels
from dashboard.widgets.downloads import citation, downloads

MOST_ALERTS = 10


def map_foot(now: Snapshot, view: WorldView, levels: pl.DataFrame) -> None:
    """Say what the map was drawn from, and offer it."""
    time, scorers = cache.time_of(now, view.span), cache.scorers(now)
    first, last = (time.first, time.last) if time else (None, None)
    stories = int(levels["n"].sum()) // (1 if view.country else 2)
    n = f"{theme.counted(stories, 'story', 'stories')}, once for each of its pairs"
    days = f"{theme.day(first)} – {theme.day(last)}" if first and last else "no dated stories"
    lines = (f"Source: articles in this store · {n} · {days} · scorer {', '.join(scorers)} · days in UTC",)
    panels.foot(*lines)
    who = country_name(view.country) if view.country else "all countries"
    drawn = "mean of all stories, each once"
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        downloads(
            f"detente-world-{view.country or 'all'}", lambda: levels, chart="world_map",
            title=f"Tone of {who}, {span_words(view.span)}", subtitle=drawn, foot=lines,
        )  # fmt: skip
        citation(f"tone of {who} with others", drawn=drawn, first=first, last=last, n=n, scorers=scorers)


def map_table(levels: pl.DataFrame, view: WorldView) -> None:
    """Show the map's numbers as a table: for readers of the screen, and for all who want them exactly."""
    with st.expander("The map as a table", key="map_table", on_change="rerun") as opened:
        if not opened.open:
            return
        what = "Country" if view.country is None else f"With {country_name(view.country)}"
        rows = levels.filter(pl.col("country") != (view.country or "")).sort("n", descending=True)
        st.dataframe(
            {
                what: [country_name(code) for code in rows["country"]],
                "Tone": [theme.signed(tone) if tone is not None else "–" for tone in rows["tone"]],
                "95 % interval": [
                    theme.interval(low, high) if low is not None else "too few stories"
                    for low, high in rows.select("low", "high").iter_rows()
                ],
                "Stories": rows["n"].to_list(),
            },
            hide_index=True,
        )


@st.fragment
def alerts(now: Snapshot, country: str | None) -> None:
    """List what is unusual for a pair, by the rule of the index; only when it is asked for, as it reads three years."""
    with st.expander(
        "Unusual lately: pairs unlike their own last two years", key="alerts", on_change="rerun"
    ) as opened:
        if not opened.open:
            return
        rows = cache.alerts(now, country)
        panels.quiet(panels.text("alerts.md"))
        if rows.is_empty():
            panels.quiet("Nothing is unusual by this rule.")
        for row in rows.head(MOST_ALERTS).to_dicts():
            a, b = row["a"], row["b"]
            st.page_link("views/pair.py", label=f"{country_name(a)}–{country_name(b)}", query_params={"a": a, "b": b})
            change = f"{theme.signed(row['change'])} ({theme.interval(row['low'], row['high'])})"
            panels.quiet(
                f"{row['way'].capitalize()} than usual from {theme.day(row['first'])} to {theme.day(row['last'])}: "
                f"z {theme.signed(row['z'])}, change {change}, {row['n_eff']:.0f} stories, "
                f"{theme.counted(row['outlets'], 'outlet')}."
            )
