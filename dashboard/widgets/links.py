"""Links between pages: within the session, so that nothing that was typed is lost."""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode

import streamlit as st
from streamlit.errors import StreamlitAPIException

PAGES = {
    "pair": ("views/pair.py", "./"),
    "article": ("views/article.py", "article"),
    "stories": ("views/stories.py", "stories"),
}


def page_link(page: str, label: str, **query: str) -> None:
    """Link to a page of the dashboard with its address; a plain link where a page runs by itself."""
    path, address = PAGES[page]
    try:
        st.page_link(path, label=label, query_params=query, width="content")
    except StreamlitAPIException:
        st.html(f'<a href="{address}?{escape(urlencode(query))}" target="_self">{escape(label)}</a>', width="content")
