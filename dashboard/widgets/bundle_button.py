"""The button that makes a replication bundle of what is shown."""

from __future__ import annotations

import streamlit as st

from dashboard import cache
from dashboard.address import Lines
from dashboard.cache import Asked


def bundle_button(asked: Asked, smooth: int, lines: Lines) -> None:
    """Offer the bundle of the curve as it is filtered and smoothed; it is made when the button is pressed."""
    pair, by = asked.pair, cache.shown(*asked).by
    told = "" if lines == "all" else "Of the curve of all together, not of the lines beside it. "
    st.download_button(
        "Replication bundle", lambda: cache.bundle(asked, smooth), f"detente-{pair[0]}-{pair[1]}-{by}.zip",
        "application/zip", key="bundle", type="tertiary", on_click="ignore", icon=":material/folder_zip:",
        help=f"{told}Evidence, weights, settings, corrections, versions. Check it with: detente verify FILE",
    )  # fmt: skip
