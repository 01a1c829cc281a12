"""What was read out of one article: its facts, its pairs, the tone of each and why."""

from __future__ import annotations

from html import escape

import streamlit as st

from dashboard import theme
from dashboard.evidence import Item, chip, country_name, driving, headline, marked, toward
from dashboard.widgets.panels import quiet
from ingest.articles.clean import Cleaned
from ingest.records import Evidence, Reading

MOST_WORDS = 12


def article_result(cleaned: Cleaned, readings: list[Reading]) -> None:
    """Show the readings of one article, busiest pair first."""
    _facts(cleaned)
    if cleaned.unscored:
        quiet(f"This article cannot be scored: {cleaned.unscored}. Detente scores English texts.")
        return
    if not readings:
        quiet("No sentence of this article relates two countries, so there is no tone to tell.")
        return
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
    a, b = country_name(reading.a), country_name(reading.b)
    facts = [
        chip(reading.tone),
        f"label {reading.label}",
        escape(toward(reading.a, reading.b, reading.direction)),
    ]
    chances = [
        ("cooperative", reading.cooperative, theme.CLOSE),
        ("neutral", reading.neutral, theme.NEUTRAL),
        ("hostile", reading.hostile, theme.HOSTILE),
    ]
    bars = "".join(
        f'<span>{word}</span><span class="dt-bar"><i style="width:{100 * chance:.0f}%;background:{colour}">'
        f'</i></span><span class="dt-n">{theme.percent(chance)}</span>'
        for word, chance, colour in chances
    )
    sentences = "".join(_sentence(one) for one in reading.evidence)
    st.html(
        f'<div class="dt-card"><h2 class="dt-pair">{escape(a)}–{escape(b)}</h2>'
        f'<p class="dt-facts">{" · ".join(fact for fact in facts if fact)}</p>'
        f'<div class="dt-bars">{bars}</div>{sentences}</div>'
    )


def _sentence(one: Evidence) -> str:
    judged = one.judgement
    item = Item(one.a, one.b, one.sentence, one.a_spans, one.b_spans, judged.words, judged.tone, judged.direction)
    words = [f"{escape(word)} {theme.signed(weight)}" for word, weight in driving(judged.words, one.sentence)]
    why = ", ".join(words[:MOST_WORDS]) or "no word drove it"
    facts = [chip(judged.tone), escape(toward(one.a, one.b, judged.direction)), why]
    below = " · ".join(fact for fact in facts if fact)
    return f'<p class="dt-sentence">{marked(item)}</p><p class="dt-facts">{below}</p>'
