"""The charts beneath the curve, each computed once it is asked for: negative share, pressure, an outside series."""

from __future__ import annotations

from functools import partial

import plotly.graph_objects as go
import streamlit as st

from dashboard import cache
from dashboard.address import PANELS, Panel
from dashboard.cache import Asked
from dashboard.figures.negative_share import negative_share
from dashboard.figures.pressure import pressure
from dashboard.figures.time_axis import LETTERS
from dashboard.periods import ADJECTIVE
from dashboard.theme import THIN
from dashboard.widgets.chart import CONFIG
from dashboard.widgets.controls import current, save_current
from dashboard.widgets.outside_series import outside_panel
from dashboard.widgets.page import safely
from dashboard.widgets.panels import chart_heading, theme_kind

LABELS: dict[Panel, str] = {
    "negative": "Negative share",
    "pressure": "Volume and pressure",
    "outside": "Outside series",
}


@st.fragment
def beneath(asked: Asked) -> None:
    """Ask which charts are wanted and show them."""
    chosen: list[Panel] = st.pills(
        "More charts", PANELS, selection_mode="multi", format_func=lambda one: LABELS[one], key="pair_panels"
    )
    save_current()
    for panel in PANELS:
        if panel in chosen:
            with st.container(gap="xsmall", key=f"panel_{panel}"):
                safely(partial(_SHOW[panel], asked))


def _negative(asked: Asked) -> None:
    shown = cache.shown(*asked)
    title = "Share of strained or hostile stories"
    subtitle = f"tone at or below −0.15, {ADJECTIVE[shown.by]}, 95{THIN}% Wilson interval"
    chart_heading(title, subtitle)
    _draw(
        negative_share(shown.series, shown.by, kind=theme_kind(), right=_right()),
        "negative_chart",
        f"{title}. {subtitle}",
    )


def _pressure(asked: Asked) -> None:
    shown = cache.shown(*asked)
    title = "Volume and pressure"
    subtitle = (
        f"stories about the pair per 1{THIN}000 of an outlet's stories, mean over outlets, {ADJECTIVE[shown.by]}; "
        "brown: strained or hostile (pressure)"
    )
    chart_heading(title, subtitle)
    _draw(
        pressure(cache.volume(asked), shown.by, kind=theme_kind(), right=_right()),
        "pressure_chart",
        f"{title}. {subtitle}",
    )


def _outside(asked: Asked) -> None:
    shown = cache.shown(*asked)
    outside_panel(asked.now, asked.pair, shown.series, shown.by, right=_right())


def _right() -> int:
    """Return the pixels that the chart above keeps free for the letters of its lines, so that days stay above days."""
    return 0 if current().lines == "all" else LETTERS


def _draw(figure: go.Figure, key: str, alt: str) -> None:
    st.plotly_chart(figure, width="stretch", theme=None, key=key, config=CONFIG, alt=alt)


_SHOW = {"negative": _negative, "pressure": _pressure, "outside": _outside}
