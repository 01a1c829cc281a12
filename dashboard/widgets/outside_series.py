"""An outside series beneath the curve: one that is in the store, or a CSV that stays in this session."""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import blake2b

import polars as pl
import streamlit as st

from dashboard import cache, theme
from dashboard.cache import Pair, Snapshot
from dashboard.figures.outside import outside as outside_figure
from dashboard.outside import MOST_MB, Outside, beside, read_file, together, value_columns
from dashboard.periods import ADJECTIVE
from dashboard.widgets.chart import CONFIG
from dashboard.widgets.panels import chart_heading, notes, quiet, theme_kind
from ingest.errors import DetenteError, SourceError
from ingest.index.series import Period

_OWN = "outside_file"
"""Key of the session: the digest of the file, its column, and what was read of it or what is wrong with it."""

FILE = "\u2063"
"""Choice of the reader's own file: a character that cannot be seen, so no address holds it."""


def outside_panel(now: Snapshot, pair: Pair, series: pl.DataFrame, by: Period, *, right: int = 0) -> None:
    """Ask for a series and show it beside the tone."""
    chosen = _chosen(now, pair)
    if chosen is None:
        return
    found = beside(series, chosen, by, flip=bool(st.session_state["pair_flip"]))
    name = chosen.name + (", turned over" if st.session_state["pair_flip"] else "")
    title, subtitle = f"Tone and {name}", f"{ADJECTIVE[by]}, each in standard deviations from its own mean"
    chart_heading(title, f"{subtitle}; solid: tone, dashed: {name}")
    figure = outside_figure(found, by, name, kind=theme_kind(), right=right)
    st.plotly_chart(figure, width="stretch", theme=None, key="outside_chart", config=CONFIG, alt=f"{title}. {subtitle}")
    quiet(together(found, ADJECTIVE[by], name))
    st.checkbox("Turn it over (for a series where more is worse)", key="pair_flip")


def _chosen(now: Snapshot, pair: Pair) -> Outside | None:
    stored = cache.outside_names(now, cache.outside_version(now), pair)
    told = st.session_state.get("pair_outside", "")
    options = ["", *stored, FILE]
    if told and told not in options:
        notes((f"There is no outside series called {told} for this pair; choose another or load a file.",))
        st.session_state["pair_outside"] = ""
    name = st.selectbox("Outside series", options, key="pair_outside", format_func=_label, width=360)
    if name == FILE:
        return _own_file()
    if not name:
        quiet(
            "Lay a series that others have measured beside the tone: one of the store (detente outside add), or a CSV "
            "with date and value, as GPR, IntenSE or GDELT give it. It is never mixed into our tone."
        )
        return None
    return cache.outside_series(now, cache.outside_version(now), pair, name)


def _own_file() -> Outside | None:
    given = st.file_uploader(
        "CSV with date and value", type=["csv", "tsv", "txt"], key="outside_upload", max_upload_size=MOST_MB
    )
    if given is None:
        quiet(f"At most {MOST_MB} MB. The file stays in this session, is not stored, and a link does not carry it.")
        return None
    data = given.getvalue()
    try:
        columns = value_columns(given.name, data)
        column = (
            st.selectbox("Column of the value", columns, key="outside_column", width=360)
            if len(columns) > 1
            else (columns[0] if columns else None)
        )
        read = _read(given.name, data, column)
    except DetenteError as error:
        notes((str(error),))
        return None
    if read.left_out:
        notes((read.left_out,))
    first, last = read.days["day"].min(), read.days["day"].max()
    quiet(f"{theme.counted(read.days.height, 'day')}, {theme.day(first)} – {theme.day(last)}")  # type: ignore[arg-type]
    return read


def _read(name: str, data: bytes, column: str | None) -> Outside:
    """Read the file once in a session, not at every click."""
    key = (blake2b(data, digest_size=16).digest(), name, column)
    held = st.session_state.get(_OWN)
    if held is None or held[0] != key:
        try:
            held = (key, read_file(name, data, column, datetime.now(UTC)))
        except SourceError as error:
            held = (key, error)
        st.session_state[_OWN] = held
    if isinstance(held[1], SourceError):
        raise held[1]
    read: Outside = held[1]
    return read


def _label(name: str) -> str:
    return {"": "None", FILE: "A CSV of your own"}.get(name, name)
