"""What can be taken from a view: the numbers as CSV and Parquet, the chart as PNG and SVG, the text to cite it by."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import streamlit as st

from dashboard import theme
from dashboard.cite import cite
from dashboard.widgets.panels import theme_kind
from ingest import __version__

_HTML = (
    '<div class="row"><button type="button" data-kind="png">PNG</button>'
    '<button type="button" data-kind="svg">SVG</button></div>'
)
_CSS = """
.row { display: flex; gap: 0.25rem; }
button { font: inherit; font-size: 0.875rem; line-height: 1.6; color: var(--st-text-color); background: none; border: 0;
  border-radius: 0.5rem;
  min-height: 2.5rem; padding: 0.25rem 0.5rem; cursor: pointer; }
button:hover { color: var(--st-primary-color); }
button:focus-visible { outline: 2px solid var(--st-primary-color); }
"""

_picture = st.components.v2.component(
    "detente_picture", html=_HTML, css=_CSS, js=Path(__file__).with_name("picture.js").read_text(encoding="utf-8")
)


def downloads(
    name: str, table: Callable[[], pl.DataFrame], *, chart: str, title: str, subtitle: str, foot: tuple[str, ...]
) -> None:
    """Offer a table as CSV and Parquet, and the chart with the key `chart` as PNG and SVG, with its words.

    The table is made only when it is asked for.
    """
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key=f"downloads_{name}"):
        numbers(name, table)
        palette = theme.PALETTES[theme_kind()]
        words = {"title": title, "subtitle": subtitle, "foot": list(foot)}
        colours = {"paper": palette.paper, "ink": palette.ink, "muted": palette.muted}
        _picture(key=f"picture_{name}", data={"chart": chart, "name": name, **words, **colours}, width="content")


def numbers(name: str, table: Callable[[], pl.DataFrame]) -> None:
    """Offer a table as CSV and Parquet; it is made when it is asked for."""
    st.download_button(
        "CSV", lambda: table().write_csv().encode(), f"{name}.csv", "text/csv",
        key=f"csv_{name}", type="tertiary", on_click="ignore", icon=":material/download:",
    )  # fmt: skip
    st.download_button(
        "Parquet", lambda: _parquet(table()), f"{name}.parquet", "application/vnd.apache.parquet",
        key=f"parquet_{name}", type="tertiary", on_click="ignore",
    )  # fmt: skip


def citation(what: str, *, drawn: str, first: date | None, last: date | None, n: str, scorers: tuple[str, ...]) -> None:
    """Offer the text to cite a view by, as of today and of this version."""
    today = datetime.now(UTC).date()
    text = cite(what, drawn=drawn, first=first, last=last, n=n, scorers=scorers, on=today, version=__version__)
    with st.popover("Cite this view", type="tertiary"):
        st.code(text, language=None, wrap_lines=True)


def _parquet(table: pl.DataFrame) -> bytes:
    from io import BytesIO

    out = BytesIO()
    table.write_parquet(out)
    return out.getvalue()
