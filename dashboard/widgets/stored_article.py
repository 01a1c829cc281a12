"""An article of the store: its facts, its story, and for each pair the tone, the sentences and ways to correct them."""

from __future__ import annotations

from datetime import datetime
from html import escape

import streamlit as st

from dashboard import cache, theme
from dashboard.cache import Snapshot
from dashboard.evidence import Item, country_name, headline, toward
from dashboard.reading_card import head, sentence, vader_says, whole_text
from dashboard.story_words import moment
from dashboard.widgets.corrections import correct, in_force
from dashboard.widgets.links import page_link
from dashboard.widgets.panels import quiet


def stored_article(now: Snapshot, article_id: str) -> None:
    """Show an article by its id, or say that there is none."""
    article = cache.stored_article(now, article_id)
    if article is None:
        quiet(
            "There is no article with this id in the store; it may have been given another one, or be in another store."
        )
        return
    readings = cache.stored_readings(now, article_id)
    _facts(article)
    _story(now, article)
    if article["unscored"]:
        quiet(f"This article is stored but not scored: {article['unscored']}. Detente scores English texts.")
        return
    if not readings:
        quiet("No sentence of this article relates two countries, so there is no tone to tell.")
        return
    quiet(vader_says(cache.vader_alone(str(article["text"]))))
    for row, pieces in readings:
        _reading(now, article_id, row, pieces)
    opened = st.expander("Whole article, with the evidence marked", type="compact", key="whole", on_change="rerun")
    if opened.open:
        opened.html(whole_text(str(article["text"]), [piece for _, pieces in readings for piece in pieces]))
    mine = tuple([one for one in cache.corrections(now) if article_id in {one.article, one.other}])
    in_force(now, mine, f"{theme.counted(len(mine), 'correction')} by analysts of this article", "article")


def _facts(article: dict[str, object]) -> None:
    published = article["published"]
    authors = article["authors"] or []
    facts = {
        "Outlet": article["outlet"] or "not found",
        "Text by": article["origin"] or "",
        "Authors": ", ".join(authors) if isinstance(authors, list) else "",
        "Date": moment(published) if isinstance(published, datetime) else "no date found",
        "Language": article["language"] or "cannot be told",
    }
    rows = "".join(f"<span>{name}</span><span>{escape(str(value))}</span>" for name, value in facts.items() if value)
    url = article["url"]
    title = headline(str(article["title"] or "") or None, str(url) if url else None)
    st.html(
        f'<div class="dt-card">{title or "<p class=dt-headline>No headline found</p>"}'
        f'<div class="dt-meta">{rows}</div></div>'
    )


def _story(now: Snapshot, article: dict[str, object]) -> None:
    members, _ = cache.story(now, str(article["story_id"]))
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        if members.height > 1:
            page_link("stories", f"One of {members.height} articles of its story", story=str(article["story_id"]))
        else:
            page_link("stories", "The only article of its story", story=str(article["story_id"]))


def _reading(now: Snapshot, article_id: str, row: dict[str, object], pieces: list[tuple[int, int, Item]]) -> None:
    a, b = str(row["pair"])[:3], str(row["pair"])[4:]
    if row["struck"]:
        names = f"{country_name(a)}–{country_name(b)}"
        st.html(
            f'<div class="dt-card"><h2 class="dt-pair">{escape(names)}</h2>'
            '<p class="dt-facts">All its sentences are struck by hand: no reading</p></div>'
        )
    else:
        chances = tuple(float(str(row[name])) for name in ("cooperative", "neutral", "hostile"))
        facts = [f"label {row['label']}", toward(a, b, str(row["direction"])), "corrected" if row["corrected"] else ""]
        st.html(head(a, b, float(str(row["tone"])), facts, chances))  # type: ignore[arg-type]  # three of them
    for start, end, item in pieces:
        with st.container(gap="xxsmall"):
            st.html(sentence(item, cache.vader_alone(item.sentence)))
            if not item.struck:
                correct(now, (article_id, start, end, item), "article")
