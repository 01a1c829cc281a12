"""The dashboard's entry: page settings and navigation, nothing else. Started by `detente dashboard`."""

from __future__ import annotations

import streamlit as st

from dashboard.widgets.panels import style


def main() -> None:
    """Show the chosen page."""
    st.set_page_config(page_title="Detente", layout="wide", initial_sidebar_state=220)
    style()
    st.navigation(
        {
            "Detente": [
                st.Page("views/pair.py", title="Two countries", default=True),
                st.Page("views/article.py", title="One article", url_path="article"),
                st.Page("views/sources.py", title="Sources", url_path="sources"),
            ]
        }
    ).run()


main()
