"""The two ways to give an article: its text, or its address."""

from __future__ import annotations

from datetime import date

import streamlit as st

from dashboard import cache
from dashboard.address import EARLIEST, LATEST
from dashboard.evidence import safe_link
from dashboard.widgets.panels import quiet, text
from ingest.errors import DetenteError
from ingest.records import Failure, RawArticle

_GIVEN = "article_given"
"""Key of the session: what was given last, kept while the reader is on the page."""

PASTE, ADDRESS = "Paste a text", "Give an address"


def article_form() -> RawArticle | None:
    """Return the article that was given, if one was."""
    way = st.segmented_control(
        "How to give the article", (PASTE, ADDRESS), default=PASTE, required=True, key="article_way",
        label_visibility="collapsed", persist_state="session",
    )  # fmt: skip
    return _pasted() if way == PASTE else _fetched()


def _pasted() -> RawArticle | None:
    with st.form("paste", border=False):
        body = st.text_area("Text of the article", key="article_text", height=220, persist_state="session")
        with st.container(horizontal=True, gap="small"):
            title = st.text_input("Headline, if it is not in the text", key="article_title", width=420)
            when = st.date_input(
                "Date, if it is not in the text", value=None, min_value=EARLIEST, max_value=LATEST,
                format="YYYY-MM-DD", key="article_date", width=220,
            )  # fmt: skip
        with st.container(horizontal=True, gap="small"):
            asked = st.form_submit_button("Read it", type="primary")
            st.form_submit_button("Fill in an example", on_click=_example)
    if asked or st.session_state.pop("article_example", False):
        st.session_state[_GIVEN] = _raw(st.session_state["article_text"], title, when)
        if st.session_state[_GIVEN] is None:
            quiet("There is no text yet: paste an article, or fill in the example.")
    given = st.session_state.get(_GIVEN)
    return given if isinstance(given, RawArticle) and given.text.strip() == body.strip() else None


def _fetched() -> RawArticle | None:
    with st.form("fetch", border=False):
        url = st.text_input("Address of a page or feed", key="article_url", placeholder="https://…").strip()
        asked = st.form_submit_button("Fetch and read it", type="primary")
    if not url:
        if asked:
            quiet("There is no address yet: it begins with https:// or http://.")
        return None
    if safe_link(url) is None:
        quiet("This is not an address on the web: it must begin with https:// or http:// and name a host.")
        return None
    try:
        with st.spinner("Fetching the page", show_time=False):
            found = cache.fetch(url)
    except DetenteError as error:
        quiet(str(error))
        return None
    articles = [one for one in found if isinstance(one, RawArticle)]
    for failure in [one for one in found if isinstance(one, Failure)][:3]:
        quiet(f"{failure.where}: {failure.reason}")
    if not articles:
        if not found:
            quiet("There is no article at this address.")
        return None
    if len(articles) == 1:
        return articles[0]
    return st.selectbox(
        f"{len(articles)} articles were found",
        articles,
        format_func=lambda one: one.title or one.where,
        key="article_which",
    )


def _raw(body: str, title: str, when: date | None) -> RawArticle | None:
    if not body.strip():
        return None
    return RawArticle(
        text=body,
        where="pasted text",
        title=title.strip() or None,
        published=when.isoformat() if when else None,
        pasted=True,
    )


def _example() -> None:
    st.session_state["article_text"] = text("example.txt")
    st.session_state["article_title"] = ""
    st.session_state["article_date"] = None
    st.session_state["article_example"] = True
