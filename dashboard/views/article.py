"""What does one article say? A stored one, or one pasted or given by its address, which is not stored."""

from __future__ import annotations

import re

import streamlit as st

from dashboard import cache
from dashboard.widgets import panels
from dashboard.widgets.article_form import article_form
from dashboard.widgets.article_result import article_result
from dashboard.widgets.links import page_link
from dashboard.widgets.stored_article import stored_article
from ingest.config import settings_from_environment
from ingest.errors import DetenteError


def main() -> None:
    """Show the page."""
    st.html('<h1 class="dt-ask">What does one article say?</h1>')
    try:
        asked = st.query_params.get("id", "").strip()
        if re.fullmatch(r"[0-9a-f]{16}", asked):
            page_link("article", "Read another article")
            stored_article(cache.snapshot(settings_from_environment().store), asked)
            return
        panels.notes((f"id={asked[:40]} is not the id of an article and is ignored.",) if asked else ())
        panels.quiet(panels.text("article.md"))
        raw = article_form()
        if raw is not None:
            article_result(*cache.read(raw))
    except DetenteError as error:
        panels.quiet(str(error))


main()
