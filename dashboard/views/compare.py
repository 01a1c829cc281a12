"""How do these pairs compare? Up to six curves on one scale."""

from __future__ import annotations

from datetime import UTC, date, datetime

import polars as pl
import streamlit as st

from dashboard import cache, theme
from dashboard.cite import cite
from dashboard.comparison import as_table
from dashboard.figures.compare import COLOURS, compare
from dashboard.page_choices import CompareView
from dashboard.periods import ADJECTIVE
from dashboard.widgets import panels
from dashboard.widgets.chart import CONFIG
from dashboard.widgets.compare_controls import compare_question, open_compare, pair_name
from dashboard.widgets.downloads import citation, downloads
from dashboard.widgets.page import opened
from dashboard.widgets.pair_rows import PAIR_PAGE
from ingest import __version__


def main() -> None:
    """Show the page."""
    found = opened()
    if found is None:
        return
    now, pairs = found
    notes = open_compare(pairs)
    view = compare_question(pairs)
    panels.notes(notes)
    if not view.pairs:
        panels.quiet("Choose two pairs or more.")
        return
    curves = [(pair, cache.compared(now, (pair[:3], pair[4:]), view.by, view.scale, view.span)) for pair in view.pairs]
    _chart(now, view, curves)


def _chart(now: cache.Snapshot, view: CompareView, curves: list[tuple[str, pl.DataFrame]]) -> None:
    title = ", ".join(pair_name(pair) for pair in view.pairs)
    what = (
        f"tone, {ADJECTIVE[view.by]}, 95{theme.THIN}% interval, each story once"
        if view.scale == "tone"
        else f"z at the end of each {view.by}: tone of 28 days against the pair's own two years before"
    )
    panels.chart_heading(title, what)
    empty = [pair_name(pair) for pair, frame in curves if frame["value"].is_not_null().sum() == 0]
    if view.layout == "overlay":
        panels.key(_key(view))
    figure = compare(
        [(_label(pair) if view.layout == "overlay" else pair_name(pair), frame) for pair, frame in curves],
        scale=view.scale, layout=view.layout,
        kind=panels.theme_kind(),
    )  # fmt: skip
    st.plotly_chart(figure, width="stretch", theme=None, key="compare_chart", config=CONFIG, alt=f"{title}. {what}")
    if empty:
        why = "fewer than 90 days with stories in two years" if view.scale == "z" else "not enough stories"
        panels.quiet(f"Nothing is drawn of {', '.join(empty)}: {why}.")
    scorers, stories = cache.scorers(now), sum(int(frame["n"].sum()) for _, frame in curves)
    n = theme.counted(stories, "story", "stories")
    foot = (f"Source: articles in this store · {n} · scorer {', '.join(scorers)} · days in UTC",)
    panels.foot(*foot)
    days = [frame["period"] for _, frame in curves if frame.height]
    first, last = (min(map(_first, days)), max(map(_last, days))) if days else (None, None)
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        name = "detente-compare-" + "-".join(pair.replace("-", "") for pair in view.pairs)
        downloads(
            name, lambda: as_table(curves, view.scale), chart="compare_chart", title=title, subtitle=what, foot=foot
        )
        citation(
            cite(
                title,
                drawn=what,
                first=first,
                last=last,
                n=n,
                scorers=scorers,
                on=datetime.now(UTC).date(),
                version=__version__,
            )
        )
    with st.container(horizontal=True, gap="small"):
        for pair in view.pairs:
            st.page_link(PAIR_PAGE, label=pair_name(pair), query_params={"a": pair[:3], "b": pair[4:]})


def _label(pair: str) -> str:
    return pair.replace("-", "–")


def _first(days: pl.Series) -> date:
    return days.dt.date().min()  # type: ignore[return-value]  # a column of days


def _last(days: pl.Series) -> date:
    return days.dt.date().max()  # type: ignore[return-value]


def _key(view: CompareView) -> str:
    marks = [
        f'<span><i class="dt-line" style="border-color:{colour}" aria-hidden="true"></i> '
        f"{pair_name(pair)} ({_label(pair)})</span>"
        for pair, colour in zip(view.pairs, COLOURS, strict=False)
    ]
    return f'<p class="dt-key">{"".join(marks)}</p>'


main()
