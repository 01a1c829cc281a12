"""The partners of one country as a grid of small curves."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl
import streamlit as st

from dashboard import cache, theme
from dashboard.cache import Snapshot
from dashboard.evidence import country_name
from dashboard.figures.spark import spark
from dashboard.page_choices import CountryView, span_words
from dashboard.widgets import panels
from dashboard.widgets.downloads import citation, numbers
from dashboard.widgets.pair_rows import PAIR_PAGE
from dashboard.world import PairRow, spark_words

STEP = 24
"""Partners shown at once."""


def grid(rows: Sequence[PairRow], country: str) -> None:
    """Show partners in a grid that flows: four a row on a wide page, one on a phone."""
    key = f"partners {country}"
    most = st.session_state.get(key, STEP)
    with st.container(horizontal=True, gap="medium", key="country_grid"):
        for row in rows[:most]:
            other = row.other(country)
            with st.container(width=222, gap="xxsmall", key=f"partner_{other}"):
                st.page_link(PAIR_PAGE, label=country_name(other), query_params={"a": country, "b": other})
                st.html(_cell(row))
    if len(rows) > most:
        left = min(STEP, len(rows) - most)
        st.button(f"Show {left} more", key="more_partners", on_click=_grow, args=(key, most))


def country_foot(now: Snapshot, view: CountryView, rows: Sequence[PairRow], title: str, subtitle: str) -> None:
    """Say what the grid was drawn from, and offer it."""
    time, scorers, country = cache.time_of(now, view.span), cache.scorers(now), str(view.country)
    first, last = (time.first, time.last) if time else (None, None)
    n = f"{theme.counted(sum(row.n for row in rows), 'story', 'stories')}, once for each partner"
    panels.foot(f"Source: articles in this store · {n} · scorer {', '.join(scorers)} · days in UTC")
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        numbers(f"detente-{country}", lambda: _table(rows, country))
        citation(title, drawn=subtitle, first=first, last=last, n=n, scorers=scorers)
    panels.quiet(f"Partners without a story are not listed ({span_words(view.span)}).")


def _cell(row: PairRow) -> str:
    picture = spark(row.curve, kind=panels.theme_kind(), width=216, height=60, says=spark_words(row))
    if row.tone is None:
        told = f'<span class="dt-quiet">not enough stories to say · {theme.counted(row.n, "story", "stories")}</span>'
        return f'<div class="dt-cell">{picture}<div>{told}</div></div>'
    swatch = f'<i class="dt-swatch" style="background:{theme.tone_colour(row.tone)}"></i>'
    tone = f"{swatch}<b>{theme.signed(row.tone)}</b> {theme.tone_word(row.tone, 'mixed')}"
    told = f"{tone} · {theme.counted(row.n, 'story', 'stories')}"
    return f'<div class="dt-cell">{picture}<div>{told}<br><span class="dt-quiet">{_change(row)}</span></div></div>'


def _change(row: PairRow) -> str:
    if row.change is None:
        return "change: not enough stories to say"
    interval = theme.interval(row.change_low or 0.0, row.change_high or 0.0)
    clear = (row.change_low or 0.0) > 0 or (row.change_high or 0.0) < 0
    word = ("▲ warmer" if row.change > 0 else "▼ colder") if clear else "no clear change"
    return f"{word} {theme.signed(row.change)} ({interval})"


def _table(rows: Sequence[PairRow], country: str) -> pl.DataFrame:
    return pl.DataFrame(
        [
            {
                "country": country, "partner": row.other(country), "tone": row.tone, "low": row.low, "high": row.high,
                "stories": row.n, "change": row.change, "change_low": row.change_low, "change_high": row.change_high,
            }
            for row in rows
        ]
    )  # fmt: skip


def _grow(key: str, most: int) -> None:
    st.session_state[key] = most + STEP
