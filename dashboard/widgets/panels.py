"""Panels that show and do not ask: style, figures, notes, the welcome of an empty store."""

from __future__ import annotations

from html import escape
from pathlib import Path

import streamlit as st

from dashboard import theme
from dashboard.periods import in_period, since_period
from dashboard.summary import Point, Summary
from ingest.index.series import Period

FOLDER = Path(__file__).resolve().parent.parent
UP, DOWN = "▲", "▼"


def style() -> None:
    """Send the style sheet and the colours of the reader's theme; once a page."""
    css = FOLDER.joinpath("style.css").read_text(encoding="utf-8")
    st.html(f"<style>{theme.css_variables(theme_kind())}\n{css}</style>")


def theme_kind() -> theme.Kind:
    """Tell whether the reader's page is light or dark."""
    return "dark" if st.context.theme.type == "dark" else "light"


def on_phone() -> bool:
    """Tell whether the reader's browser is a phone's."""
    return "Mobi" in st.context.headers.get("User-Agent", "")


def text(name: str) -> str:
    """Return a text shown to the reader, from `dashboard/text/`."""
    return FOLDER.joinpath("text", name).read_text(encoding="utf-8")


def notes(lines: tuple[str, ...]) -> None:
    """Show what was not understood, quietly."""
    if lines:
        st.html(f'<p class="dt-quiet" role="status">{"<br>".join(escape(line) for line in lines)}</p>')


def quiet(line: str) -> None:
    """Show one quiet line; `line` may come from anywhere."""
    st.html(f'<p class="dt-quiet">{escape(line)}</p>')


def intro() -> None:
    """Explain the page on a first, plain visit, until it is hidden."""
    if st.session_state.get("intro_hidden"):
        return
    with st.container(border=True, horizontal=True, vertical_alignment="center", key="intro"):
        quiet(text("intro.md"))
        st.button("Hide this", key="hide_intro", type="tertiary", on_click=_hide_intro)


def welcome() -> None:
    """Say what Detente is and how to fill it: the page of an empty store."""
    st.html('<h1 class="dt-ask">How do two countries stand?</h1>')
    st.markdown(text("empty.md"))
    st.page_link("views/article.py", label="Or try it on one article, without a store", icon=":material/arrow_forward:")


def chart_heading(title: str, subtitle: str) -> None:
    """Write the title of a chart; outside the figure, so that it wraps on a narrow page."""
    st.html(f'<h2 class="dt-title">{escape(title)}</h2><p class="dt-subtitle">{escape(subtitle)}</p>')


def heading(text: str) -> None:
    """Write the heading of a part of a page."""
    st.html(f'<h2 class="dt-title">{escape(text)}</h2>')


def subheading(text: str) -> None:
    """Write the heading of a part of a part."""
    st.html(f'<h3 class="dt-subhead">{escape(text)}</h3>')


def key(html: str) -> None:
    """Show the key of a chart, own safe HTML; nothing if it is empty."""
    if html:
        st.html(html)


def foot(*lines: str) -> None:
    """Write the lines under a chart."""
    st.html(f'<p class="dt-foot">{"<br>".join(escape(line) for line in lines if line)}</p>')


def figures(summary: Summary, by: Period) -> None:
    """Show the four figures: now, change, stories, share negative."""
    cells = [_now(summary.now, by), _change(summary, by), _stories(summary), _negative(summary)]
    st.html(f'<div class="dt-figures">{"".join(cells)}</div>')


def plain_figures(cells: list[tuple[str, str, str]]) -> None:
    """Show figures, each a label, a value and a note; any of them may come from anywhere."""
    html = "".join(_cell(label, escape(value), escape(note)) for label, value, note in cells)
    st.html(f'<div class="dt-figures">{html}</div>')


def _now(now: Point | None, by: Period) -> str:
    if now is None:
        return _cell("Now", "–", "not enough stories to say")
    value = f"{theme.signed(now.tone)} <small>±{now.half:.2f}</small>"
    swatch = f'<i class="dt-swatch" style="background:{theme.tone_colour(now.tone)}"></i>'
    word = theme.tone_word(now.tone, "mixed")
    n = f"n{theme.THIN}={theme.THIN}{theme.count(now.stories)}"
    note = f"{swatch}<b>{word}</b> {in_period(now.period, by)}, {n}"
    return _cell("Now", value, note)


def _change(summary: Summary, by: Period) -> str:
    now, before = summary.now, summary.before
    if now is None or before is None:
        return _cell("Change", "–", "only one period has enough stories" if now else "not enough stories to say")
    delta = now.tone - before.tone
    half = (now.half**2 + before.half**2) ** 0.5
    clear = abs(delta) > half
    word = ("warmer" if delta > 0 else "colder") if clear else "no clear change"
    arrow = f'<span aria-hidden="true">{UP if delta > 0 else DOWN}</span> ' if clear else ""
    value = f"{arrow}{theme.signed(delta)} <small>±{half:.2f}</small>"
    return _cell(f"Change {since_period(before.period, by)}", value, f"<b>{word}</b>")


def _stories(summary: Summary) -> str:
    outlets = theme.counted(summary.outlets, "outlet")
    value = f"{theme.count(summary.stories)} <small>/ {outlets}</small>"
    return _cell("Stories", value, f"in {theme.counted(summary.articles, 'article')}")


def _negative(summary: Summary) -> str:
    share = summary.negative
    if share is None:
        return _cell("Strained or hostile", "–", "no stories")
    low, high = f"{100 * share.low:.0f}", theme.percent(share.high)
    note = f"95{theme.THIN}%: {low}–{high} of {theme.counted(summary.stories, 'story', 'stories')}"
    return _cell("Strained or hostile", theme.percent(share.share), note)


def _cell(label: str, value: str, note: str) -> str:
    """Put own, already safe HTML into a figure."""
    return (
        f'<div class="dt-figure"><div class="dt-label">{escape(label)}</div>'
        f'<div class="dt-value">{value}</div><div class="dt-note">{note}</div></div>'
    )


def _hide_intro() -> None:
    st.session_state["intro_hidden"] = True
