"""The dashboard's entry: page settings and navigation, nothing else. Started by `detente dashboard`."""

from __future__ import annotations

import streamlit as st

from dashboard.widgets.page import safely
from dashboard.widgets.panels import style

PAGES = (
    st.Page("views/world.py", title="World", default=True),
    st.Page("views/pair.py", title="Two countries", url_path="pair"),
    st.Page("views/country.py", title="One country", url_path="country"),
    st.Page("views/compare.py", title="Compare", url_path="compare"),
    st.Page("views/article.py", title="One article", url_path="article"),
    st.Page("views/stories.py", title="Stories", url_path="stories"),
    st.Page("views/sources.py", title="Sources", url_path="sources"),
    st.Page("views/method.py", title="Method", url_path="method"),
)


def main() -> None:
    """Show the chosen page."""
    st.set_page_config(page_title="Detente", layout="wide", initial_sidebar_state=220)
    style()
    safely(st.navigation({"Detente": list(PAGES)}).run)


main()
