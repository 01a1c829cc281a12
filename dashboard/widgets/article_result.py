"""What was read out of one article: its facts, its pairs, the tone of each and why."""

from __future__ import annotations

from html import escape

import streamlit as st

from dashboard import cache, theme
from dashboard.evidence import Item, headline, toward
from dashboard.reading_card import head, sentence, vader_says
from dashboard.widgets.panels import quiet
from ingest.articles.clean import Cleaned
from ingest.records import Evidence, Reading


def article_result(cleaned: Cleaned, readings: list[Reading]) -> None:
    """Show the readings of one article, busiest pair first."""
    _facts(cleaned)
    if cleaned.unscored:
        quiet(f"This article cannot be scored: {cleaned.unscored}. Detente scores English texts.")
        return
    if not readings:
        quiet("No sentence of this article relates two countries, so there is no tone to tell.")
        return
    quiet(vader_says(cache.vader_alone(cleaned.article.text)))
    for reading in readings:
        _reading(reading)


def _facts(cleaned: Cleaned) -> None:
    article = cleaned.article
    date = theme.day(article.published) if article.published else cleaned.date_problem or "no date found"
    facts = {
        "Outlet": article.outlet or "not found",
        "Authors": ", ".join(article.authors) or "not found",
        "Date": date,
        "Language": article.language or "cannot be told",
    }
    rows = "".join(f"<span>{name}</span><span>{escape(value)}</span>" for name, value in facts.items())
    title = headline(article.title, article.url) or '<p class="dt-headline">No headline found</p>'
    st.html(f'<div class="dt-card">{title}<div class="dt-meta">{rows}</div></div>')


def _reading(reading: Reading) -> None:
    facts = [f"label {reading.label}", toward(reading.a, reading.b, reading.direction)]
    chances = (reading.cooperative, reading.neutral, reading.hostile)
    sentences = "".join(sentence(item, cache.vader_alone(item.sentence)) for item in map(_item, reading.evidence))
    st.html(head(reading.a, reading.b, reading.tone, facts, chances) + sentences)


def _item(one: Evidence) -> Item:
    judged = one.judgement
    return Item(one.a, one.b, one.sentence, one.a_spans, one.b_spans, judged.words, judged.tone, judged.direction)
