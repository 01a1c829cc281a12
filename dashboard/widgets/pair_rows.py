"""Lists of pairs: name, small curve, numbers, headline; each opens the pair's own page."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from dashboard import theme
from dashboard.evidence import safe_link
from dashboard.figures.spark import spark
from dashboard.widgets.panels import theme_kind
from dashboard.world import PairRow, spark_words

PAIR_PAGE = "views/pair.py"


def pair_list(rows: Sequence[PairRow], key: str, *, country: str | None = None) -> None:
    """Show rows, one pair each."""
    with st.container(gap="xxsmall", key=f"pairs_{key}"):
        for row in rows:
            with st.container(key=f"pair_{key}_{row.pair.replace('-', '_')}", gap="xxsmall"):
                first = country if country in {row.a, row.b} else row.a
                st.page_link(PAIR_PAGE, label=row.name, query_params={"a": str(first), "b": row.other(str(first))})
                st.html(row_html(row))


def row_html(row: PairRow) -> str:
    """Return the numbers, the curve and the headline of a row as HTML."""
    picture = spark(row.curve, kind=theme_kind(), says=spark_words(row))
    return f'<div class="dt-row"><div class="dt-row-numbers">{_numbers(row)}</div>{picture}{_headline(row)}</div>'


def _numbers(row: PairRow) -> str:
    if row.tone is None:
        return f'<span class="dt-quiet">not enough stories to say, {theme.counted(row.n, "story", "stories")}</span>'
    swatch = f'<i class="dt-swatch" style="background:{theme.tone_colour(row.tone)}"></i>'
    tone = f"{swatch}<b>{theme.signed(row.tone)}</b> {theme.tone_word(row.tone, 'mixed')}"
    if row.change is None:
        interval = theme.interval(row.low or 0.0, row.high or 0.0)
        stories = theme.counted(row.n, "story", "stories")
        return f'{tone}<br><span class="dt-quiet">95{theme.THIN}%: {interval} · {stories}</span>'
    arrow = "▲" if row.change > 0 else "▼"
    word = "warmer" if row.change > 0 else "colder"
    interval = theme.interval(row.change_low or 0.0, row.change_high or 0.0)
    return (
        f'<span aria-hidden="true">{arrow}</span> <b>{theme.signed(row.change)}</b> {word}, now {tone}<br>'
        f'<span class="dt-quiet">95{theme.THIN}%: {interval} · {theme.counted(row.n, "story", "stories")}, '
        f"{theme.count(row.n_before)} before</span>"
    )


def _headline(row: PairRow) -> str:
    head = row.headline
    if head is None:
        return ""
    title = escape(head.title or "Untitled")
    url = safe_link(head.url)
    linked = f'<a href="{escape(url)}" target="_blank" rel="noopener noreferrer">{title}</a>' if url else title
    facts = " · ".join(filter(None, [escape(head.outlet), theme.day(head.day), theme.signed(head.tone)]))
    return f'<div class="dt-row-head"><span class="dt-quiet">{facts}</span><br>{linked}</div>'
