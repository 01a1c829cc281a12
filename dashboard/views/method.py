"""How a number comes about, how right it is, and what it depends on."""

from __future__ import annotations

import streamlit as st

from dashboard import cache
from dashboard.method_tables import (
    confusion_table,
    constants_table,
    failures_list,
    figures_table,
    reliability,
    versions_table,
)
from dashboard.widgets import panels
from ingest.config import settings_from_environment
from ingest.evaluate.shipped import Measured, shipped
from ingest.method import constants


def main() -> None:
    """Show the page."""
    st.html('<h1 class="dt-ask">How are these numbers made?</h1>')
    st.markdown(panels.text("method.md"))
    panels.heading("How right it is")
    for measured in shipped():
        _measured(measured)
    panels.heading("Constants that shape a result")
    panels.quiet("Read from the code itself. Names lead to the file that uses them.")
    for step, found in constants().items():
        with st.expander(f"{step} ({len(found)})", key=f"constants_{step}"):
            st.html(constants_table(found))
    panels.heading("Versions")
    now = cache.snapshot(settings_from_environment().store)
    st.html(versions_table(cache.versions(now)))
    panels.heading("Whose words and data")
    st.markdown(panels.text("licences.md"))


def _measured(measured: Measured) -> None:
    first = measured.scorers[0]
    panels.subheading(measured.what[0].upper() + measured.what[1:])
    st.html(figures_table(measured))
    panels.quiet(
        "Macro-F1: over hostile, neutral, cooperative; sign: right sign among sentences that have one; calibration "
        f"error: how far stated and true shares of right answers are apart (ECE). Made by: {measured.command}"
    )
    with st.container(horizontal=True, gap="large", vertical_alignment="center", key=f"measured_{measured.name}"):
        st.html(confusion_table(first), width="content")
        st.html(reliability(first, panels.theme_kind()), width="content")
    if wrong := failures_list(first):
        with st.expander(f"Sentences that {first['scorer']} gets most wrong", key=f"worst_{measured.name}"):
            st.html(wrong)


main()
