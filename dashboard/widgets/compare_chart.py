"""The curves of several pairs, what they were drawn from, and the way to each pair's own page."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl
import streamlit as st

from dashboard import cache, theme
from dashboard.cache import Snapshot
from dashboard.comparison import as_table
from dashboard.evidence import pair_name
from dashboard.figures.compare import compare
from dashboard.page_choices import SPANS, CompareView
from dashboard.periods import ADJECTIVE, period_name
from dashboard.widgets import panels
from dashboard.widgets.chart import CONFIG
from dashboard.widgets.downloads import citation, downloads
from dashboard.widgets.pair_rows import PAIR_PAGE

Curves = list[tuple[str, pl.DataFrame]]
"""Pairs, and columns of `dashboard.comparison` of each."""


def compare_chart(now: Snapshot, view: CompareView, curves: Curves) -> None:
    """Show the curves of a view."""
    title, told = ", ".join(pair_name(pair) for pair in view.pairs), _told(view)
    together, kind = view.layout == "overlay", panels.theme_kind()
    panels.chart_heading(title, told)
    if together:
        panels.key(_key(view, theme.PALETTES[kind].many))
    named = [(_code(pair) if together else pair_name(pair), frame) for pair, frame in curves]
    figure = compare(named, view.by, scale=view.scale, layout=view.layout, kind=kind)
    st.plotly_chart(figure, width="stretch", theme=None, key="compare_chart", config=CONFIG, alt=f"{title}. {told}")
    if empty := [pair_name(pair) for pair, frame in curves if frame["value"].is_not_null().sum() == 0]:
        why = "fewer than 90 days with stories in two years" if view.scale == "z" else "not enough stories"
        panels.quiet(f"Nothing is drawn of {', '.join(empty)}: {why}.")
    _foot(now, view, curves, title, told)
    _table(view, curves)
    _links(now, view)


def _told(view: CompareView) -> str:
    if view.scale == "tone":
        return f"tone, {ADJECTIVE[view.by]}, 95{theme.THIN}% interval, each story once"
    return f"z at the end of each {view.by}: tone of 28 days against the pair's own two years before"


def _foot(now: Snapshot, view: CompareView, curves: Curves, title: str, told: str) -> None:
    scorers, stories = cache.scorers(now), sum(int(frame["n"].sum()) for _, frame in curves)
    n = theme.counted(stories, "story", "stories")
    lines = (f"Source: articles in this store · {n} · scorer {', '.join(scorers)} · days in UTC",)
    panels.foot(*lines)
    days: list[date] = [day for _, frame in curves for day in frame.filter(pl.col("n") > 0)["period"]]
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        name = "detente-compare-" + "-".join(pair.replace("-", "") for pair in view.pairs)
        table = as_table(curves, view.scale)
        downloads(name, lambda: table, chart="compare_chart", title=title, subtitle=told, foot=lines)
        first, last = (min(days), max(days)) if days else (None, None)
        citation(title, drawn=told, first=first, last=last, n=n, scorers=scorers)


def _table(view: CompareView, curves: Curves) -> None:
    """Show the numbers as a table: for readers of the screen, and for all who want them exactly."""
    with st.expander("The curves as a table", key="compare_table", on_change="rerun") as opened:
        if not opened.open:
            return
        rows = (
            as_table(curves, view.scale).filter(pl.col("stories") > 0).sort("period", "pair", descending=[True, False])
        )
        st.dataframe(
            {
                "Period": [period_name(day, view.by) for day in rows["period"]],
                "Pair": [pair_name(pair) for pair in rows["pair"]],
                view.scale.capitalize(): [theme.signed(one) if one is not None else "–" for one in rows[view.scale]],
                "95 % interval": [
                    theme.interval(low, high) if low is not None and high is not None else "–"
                    for low, high in rows.select("low", "high").iter_rows()
                ],
                "Stories": rows["stories"].to_list(),
            },
            hide_index=True,
        )


def _links(now: Snapshot, view: CompareView) -> None:
    last = cache.last_day(now)
    since = {"from": str(last - timedelta(days=view.span - 1))} if last and view.span != SPANS[-1] else {}
    with st.container(horizontal=True, gap="small"):
        for pair in view.pairs:
            query = {"a": pair[:3], "b": pair[4:], "by": view.by} | since
            st.page_link(PAIR_PAGE, label=pair_name(pair), query_params=query)


def _code(pair: str) -> str:
    return pair.replace("-", "–")


def _key(view: CompareView, colours: tuple[str, ...]) -> str:
    marks = [
        f'<span><i class="dt-line" style="border-color:{colour}" aria-hidden="true"></i> '
        f"{pair_name(pair)} ({_code(pair)})</span>"
        for pair, colour in zip(view.pairs, colours, strict=False)
    ]
    return f'<p class="dt-key">{"".join(marks)}</p>'
