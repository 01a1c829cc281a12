"""The chart as a control: clicking a point or a bar, or drawing a box, selects periods."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import plotly.graph_objects as go
import streamlit as st

from dashboard.periods import Slice, slice_of
from dashboard.widgets.controls import select
from dashboard.widgets.panels import on_phone
from ingest.index.series import Period

_KEY = "tone_chart"

CONFIG = {
    "displaylogo": False,
    "modeBarButtonsToRemove": [
        "zoom2d",
        "pan2d",
        "zoomIn2d",
        "zoomOut2d",
        "autoScale2d",
        "resetScale2d",
        "lasso2d",
    ],
    "showTips": False,
}


def chart(figure: go.Figure, by: Period, alt: str) -> None:
    """Show a figure whose points carry the first day of their period in `customdata`.

    On a phone the chart takes no touches, so that a finger on it scrolls the page: plotly takes either all
    or none, and Streamlit asks for all where a chart is a control. The list of periods does the same.
    """
    if on_phone():
        figure.update_layout(dragmode=False)
        st.plotly_chart(figure, width="stretch", theme=None, key=_KEY, config=CONFIG, alt=alt)
        return
    st.plotly_chart(
        figure, width="stretch", theme=None, key=_KEY, config=CONFIG, alt=alt,
        on_select=lambda: _selected(by), selection_mode=("points", "box"),
    )  # fmt: skip


def chosen_days(selection: Mapping[str, object], by: Period) -> Slice | None:
    """Turn a selection into days: from the first period that was hit to the last."""
    points = selection.get("points")
    starts = [start for point in points if (start := _start(point))] if isinstance(points, Sequence) else []
    if not starts:
        return None
    return Slice(slice_of(min(starts), by).first, slice_of(max(starts), by).last)


def _start(point: object) -> date | None:
    data = point.get("customdata") if isinstance(point, Mapping) else None
    first = (
        (data.get("0") if isinstance(data, Mapping) else data[0] if isinstance(data, Sequence) and data else None)
        if data
        else None
    )
    try:
        return date.fromisoformat(str(first))
    except ValueError:
        return None


def _selected(by: Period) -> None:
    state = st.session_state.get(_KEY)
    if state and (days := chosen_days(state["selection"], by)):
        select(days)
