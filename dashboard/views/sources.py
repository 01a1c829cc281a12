"""Where do the articles come from, and what is missing? Outlets, what is not scored, what failed."""

from __future__ import annotations

import streamlit as st

from dashboard import cache
from dashboard.widgets import panels, source_tables
from ingest.config import settings_from_environment
from ingest.errors import DetenteError


def main() -> None:
    """Show the page."""
    st.html('<h1 class="dt-ask">Where do the articles come from?</h1>')
    try:
        now = cache.sources_snapshot(settings_from_environment().store)
        if not now.version:
            st.markdown(panels.text("sources-empty.md"))
            return
        sources, unscored, failures = cache.sources(now), cache.unscored(now), cache.failures(now)
    except DetenteError as error:
        panels.quiet(str(error))
        return
    if sources.is_empty() and failures.is_empty():
        st.markdown(panels.text("sources-empty.md"))
        return
    source_tables.figures(sources, failures.height)
    source_tables.outlets_table(sources, cache.outlet_places(now))
    source_tables.unscored_table(unscored)
    source_tables.failed_list(failures, now.uri)


main()
