"""What does one article say? Paste it or give its address; nothing is stored."""

from __future__ import annotations

import streamlit as st

from dashboard import cache
from dashboard.widgets import panels
from dashboard.widgets.article_form import article_form
from dashboard.widgets.article_result import article_result
from ingest.errors import DetenteError


def main() -> None:
    """Show the page."""
    st.html('<h1 class="dt-ask">What does one article say?</h1>')
    panels.quiet(panels.text("article.md"))
    raw = article_form()
    if raw is None:
        return
    try:
        cleaned, readings = cache.read(raw)
    except DetenteError as error:
        panels.quiet(str(error))
        return
    article_result(cleaned, readings)


main()
