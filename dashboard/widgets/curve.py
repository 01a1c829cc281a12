"""The curve with all that lies over it, its heading, its foot and what can be taken from it."""

from __future__ import annotations

import streamlit as st

from dashboard import cache, theme
from dashboard.address import View
from dashboard.cache import Asked
from dashboard.drawn import Drawn, key_of, key_words, subtitle, table
from dashboard.evidence import country_name
from dashboard.figures.difference import difference
from dashboard.figures.notes import with_notes
from dashboard.figures.tone_over_time import tone_over_time
from dashboard.periods import ADJECTIVE
from dashboard.summary import chart_title, foot
from dashboard.widgets import panels
from dashboard.widgets.bundle_button import bundle_button
from dashboard.widgets.chart import CONFIG, chart
from dashboard.widgets.downloads import citation, downloads
from dashboard.widgets.notes import notes_control


def curve(asked: Asked, view: View) -> None:
    """Show the tone over time as it is asked for."""
    shown = cache.shown(*asked)
    names = (country_name(str(view.a)), country_name(str(view.b)))
    drawn = cache.drawn(asked, view.smooth, view.lines)
    title = chart_title(shown.series, names, shown.by)
    told = subtitle(shown.by, view, asked.wanted, asked.pair)
    panels.chart_heading(title, told)
    panels.key(key_of(drawn.lines, theme.PALETTES[panels.theme_kind()]))
    figure = tone_over_time(
        drawn.series,
        shown.by,
        kind=panels.theme_kind(),
        at=view.at,
        why_empty=_why_empty(names, bool(view.since or view.until or asked.wanted)),
        lines=drawn.lines,
        changes=drawn.changes,
    )
    on_dates = [(one.day, str(one.value)) for one in cache.notes(asked.now, asked.pair) if one.day]
    figure = with_notes(figure, on_dates, kind=panels.theme_kind())
    chart(figure, shown.by, alt=f"{title}. {told}. {key_words(drawn.lines)}")
    if view.lines == "ways":
        _difference(asked, drawn)
    words = (foot(shown.summary), drawn.says, panels.text("sample.md") if shown.summary.sample else "")
    with st.container(gap="xxsmall", key="foot"):
        panels.foot(*words)
        if shown.summary.stories:
            _downloads(asked, view, title, told, tuple(word for word in words if word))


def _downloads(asked: Asked, view: View, title: str, told: str, words: tuple[str, ...]) -> None:
    """Offer what is drawn, the bundle behind it, the text to cite it by, and notes on its dates."""
    shown = cache.shown(*asked)
    summary = shown.summary
    stories = theme.counted(summary.stories, "story", "stories")
    name = f"detente-{asked.pair[0]}-{asked.pair[1]}-{shown.by}"
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="downloads"):
        downloads(
            name, lambda: table(cache.drawn(asked, view.smooth, view.lines)), chart="tone_chart", title=title,
            subtitle=told, foot=words,
        )  # fmt: skip
        bundle_button(asked, view.smooth, view.lines)
        citation(
            title, drawn=told, first=summary.first, last=summary.last, scorers=summary.scorers,
            n=f"{stories} in {theme.counted(summary.articles, 'article')}",
        )  # fmt: skip
        notes_control(asked.now, asked.pair, view.at.first if view.at else None)


def _difference(asked: Asked, drawn: Drawn) -> None:
    """Show how far the two ways are apart, over the same time."""
    by, pair = cache.shown(*asked).by, asked.pair
    title = f"Difference: {pair[0]} toward {pair[1]} minus {pair[1]} toward {pair[0]}"
    told = f"tone, {ADJECTIVE[by]}, not smoothed, 95{theme.THIN}% interval from stories resampled together"
    panels.chart_heading(title, told)
    figure = difference(cache.difference(asked), drawn.series["period"].to_list(), by, kind=panels.theme_kind())
    st.plotly_chart(figure, width="stretch", theme=None, key="difference_chart", config=CONFIG, alt=f"{title}. {told}")


def _why_empty(names: tuple[str, str], narrowed: bool) -> str:
    return f"No dated article relates {names[0]} and {names[1]}" + (" in this choice" if narrowed else "")
