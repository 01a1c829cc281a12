"""One reading of an article as HTML: its pair, tone and chances, its sentences, VADER beside them. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from dashboard import theme
from dashboard.evidence import Item, chip, corrected, country_name, driving, marked, tone_chip, toward

MOST_WORDS = 12
"""Driving words that are listed under a sentence."""


def head(a: str, b: str, tone: float, facts: list[str], chances: tuple[float, float, float]) -> str:
    """Return the head of a reading: the pair, its tone, further facts, P(cooperative, neutral, hostile)."""
    named = zip(
        ("cooperative", "neutral", "hostile"), chances, (theme.CLOSE, theme.NEUTRAL, theme.HOSTILE), strict=True
    )
    bars = "".join(
        f'<span>{word}</span><span class="dt-bar"><i style="width:{100 * chance:.0f}%;background:{colour}">'
        f'</i></span><span class="dt-n">{theme.percent(chance)}</span>'
        for word, chance, colour in named
    )
    told = " · ".join([chip(tone), *[escape(one) for one in facts if one]])
    return (
        f'<div class="dt-card"><h2 class="dt-pair">{escape(country_name(a))}–{escape(country_name(b))}</h2>'
        f'<p class="dt-facts">{told}</p><div class="dt-bars">{bars}</div></div>'
    )


def sentence(item: Item, vader: float) -> str:
    """Return a piece of evidence with its tone, its driving words, and what VADER alone says of it."""
    words = [f"{escape(word)} {theme.signed(weight)}" for word, weight in driving(item.words, item.sentence)]
    facts = [
        tone_chip(item),
        escape(toward(item.a, item.b, item.direction)),
        ", ".join(words[:MOST_WORDS]) or ("" if item.was is not None else "no word drove it"),
        f"VADER alone: {theme.signed(vader)} {theme.tone_word(vader)}",
    ]
    struck = " dt-struck" if item.struck else ""
    return (
        f'<div class="dt-evidence{struck}"><p class="dt-sentence">{marked(item)}</p>'
        f'<p class="dt-facts">{" · ".join(fact for fact in facts if fact)}</p>{corrected(item)}</div>'
    )


def vader_says(whole: float) -> str:
    """Say what VADER alone makes of the whole text, and what that is."""
    return (
        f"VADER alone would have said {theme.signed(whole)} ({theme.tone_word(whole)}) of the whole text. It adds up "
        "good and bad words and knows no countries: one number for every pair. Below, it is told for each sentence."
    )


def whole_text(text: str, pieces: Sequence[tuple[int, int, Item]]) -> str:
    """Return a whole article with the sentences that are evidence marked; of one for several pairs, the first."""
    parts: list[str] = []
    done = 0
    for start, end, item in sorted(pieces, key=lambda one: one[0]):
        if start < done or text[start:end] != item.sentence:
            continue
        parts += [escape(text[done:start]), f'<mark class="dt-here">{marked(item)}</mark>']
        done = end
    body = "".join(parts) + escape(text[done:])
    return f'<div class="dt-article">{body}</div>'
