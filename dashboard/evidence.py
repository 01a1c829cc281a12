"""Evidence as HTML: every character that came from an article is escaped here. Pure; decides no layout.

What a stranger wrote never becomes markup: sentence, headline, outlet and text go through `html.escape`,
and an address becomes a link only if it is http or https.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from html import escape
from itertools import pairwise
from typing import NamedTuple
from urllib.parse import urlsplit

from dashboard import theme
from ingest.countries.gazetteer import countries

Spans = Sequence[tuple[int, int]]
Words = Sequence[tuple[int, int, float]]

FAINTEST, STRONGEST = 18, 60
"""Percent of tint of the weakest and the strongest driving word."""


class Piece(NamedTuple):
    """A stretch of a sentence that looks the same all along."""

    text: str
    country: str
    """Name of the country it mentions, both names if it stands for both; empty if none."""
    pull: float
    """How much it pulled the tone, −1 … +1; 0 for plain words."""


class Item(NamedTuple):
    """A piece of evidence with what is known of its article."""

    a: str
    b: str
    """ISO 3166-1 alpha-3, alphabetical."""
    sentence: str
    a_spans: Spans
    b_spans: Spans
    words: Words
    tone: float
    direction: str
    outlet: str | None = None
    published: datetime | None = None
    title: str | None = None
    url: str | None = None
    copies: int = 0
    """Other articles with the very same sentence."""
    was: float | None = None
    """The tone as scored, where an analyst corrected it."""
    corrected: str = ""
    """Who corrected it, when and why."""
    story: str = ""
    """Id of the story of its article."""
    struck: bool = False
    """An analyst struck it: it counts nowhere."""


def country_name(code: str) -> str:
    """Return the name of a country, or its code if there is none."""
    found = countries().get(code)
    return found.name if found else code


def pair_name(pair: str) -> str:
    """Return the names of the countries of a pair such as PAK-RUS."""
    return f"{country_name(pair[:3])}–{country_name(pair[4:])}"


def pieces(sentence: str, a_spans: Spans, b_spans: Spans, words: Words, names: tuple[str, str]) -> list[Piece]:
    """Cut a sentence where its look changes; together the pieces are the sentence, whatever the spans."""
    ends = [(one[0], one[1]) for one in (*a_spans, *b_spans)] + [(one[0], one[1]) for one in words]
    inside = [(max(0, start), min(len(sentence), end)) for start, end in ends]
    cuts = sorted({0, len(sentence), *(cut for start, end in inside if start < end for cut in (start, end))})
    found = []
    for start, end in pairwise(cuts):
        named = [name for name, spans in zip(names, (a_spans, b_spans), strict=True) if _covers(spans, start, end)]
        pull = next((weight for first, last, weight in words if first <= start and end <= last), 0.0)
        found.append(Piece(sentence[start:end], " and ".join(named), pull))
    return found


def marked(item: Item) -> str:
    """Return the sentence as HTML: both countries underlined, driving words tinted by their pull."""
    names = (country_name(item.a), country_name(item.b))
    return "".join(_piece(one) for one in pieces(item.sentence, item.a_spans, item.b_spans, item.words, names))


def chip(tone: float, word: str | None = None) -> str:
    """Return the tone as a chip: a swatch, the number and a word, so that colour never stands alone."""
    return (
        f'<span class="dt-chip"><i style="background:{theme.tone_colour(tone)}"></i>'
        f"{theme.signed(tone)} {escape(word or theme.tone_word(tone))}</span>"
    )


def toward(a: str, b: str, direction: str) -> str:
    """Say a direction in words: Pakistan toward Russia, mutual; empty if nobody acts."""
    one, other = country_name(a), country_name(b)
    return {"ab": f"{one} toward {other}", "ba": f"{other} toward {one}", "both": "mutual"}.get(direction, "")


def card(item: Item) -> str:
    """Return a piece of evidence: outlet · date · tone chip · direction, the headline, and the sentence."""
    facts = [
        f"<b>{escape(item.outlet)}</b>" if item.outlet else "outlet unknown",
        theme.day(item.published) if item.published else "no date",
        tone_chip(item),
        escape(toward(item.a, item.b, item.direction)),
        f"and in {theme.counted(item.copies, 'copy', 'copies')}" if item.copies else "",
    ]
    return (
        f'<div class="dt-card"><p class="dt-facts">{dots(facts)}</p>{headline(item.title, item.url)}'
        f'<p class="dt-sentence">{marked(item)}</p>{corrected(item)}</div>'
    )


def tone_chip(item: Item) -> str:
    """Return the tone of a piece of evidence; what an analyst corrected is struck through beside it."""
    if item.struck:
        return f'<s class="dt-was">{chip(item.tone)}</s> struck'
    if item.was is None:
        return chip(item.tone)
    return f'<s class="dt-was">{chip(item.was)}</s> {chip(item.tone)}'


def corrected(item: Item) -> str:
    """Return the line that says who corrected a piece of evidence, when and why; empty if nobody did."""
    return f'<p class="dt-corrected">{escape(item.corrected)}</p>' if item.corrected else ""


def headline(title: str | None, url: str | None) -> str:
    """Return the headline, as a link where there is a safe address; nothing if there is neither."""
    href = safe_link(url)
    text = escape(title or host_of(href) or "")
    if not text:
        return ""
    if href:
        text = f'<a href="{escape(href)}" target="_blank" rel="noopener noreferrer">{text}</a>'
    return f'<p class="dt-headline">{text}</p>'


def host_of(url: str | None) -> str | None:
    """Return the site of an address that may be followed: what stands for a headline where there is none."""
    return urlsplit(url).hostname if safe_link(url) and url else None


def in_place(text: str, start: int, end: int, item: Item) -> str:
    """Return the whole article with one sentence, at characters start … end, marked in its place."""
    start = max(0, start)
    end = max(start, min(len(text), end))
    if text[start:end] != item.sentence:
        return f'<div class="dt-article">{_paragraphs(escape(text))}</div>'
    body = f'{escape(text[:start])}<mark class="dt-here">{marked(item)}</mark>{escape(text[end:])}'
    return f'<div class="dt-article">{_paragraphs(body)}</div>'


def safe_link(url: str | None) -> str | None:
    """Return an address that may be followed: http or https with a host, and nothing else."""
    if not url or any(char.isspace() or ord(char) < 32 for char in url):
        return None
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return None
    return url if parts.scheme in {"http", "https"} and host else None


def driving(words: Words, sentence: str) -> list[tuple[str, float]]:
    """Return the driving words of a sentence with their pull, strongest first."""
    found = [(sentence[max(0, start) : end], weight) for start, end, weight in words]
    return sorted(((word, weight) for word, weight in found if word), key=lambda one: -abs(one[1]))


def _covers(spans: Spans, start: int, end: int) -> bool:
    return any(first <= start and end <= last for first, last in spans)


def _piece(piece: Piece) -> str:
    html = escape(piece.text)
    if piece.pull:
        sign = "dt-minus" if piece.pull < 0 else "dt-plus"
        tint = FAINTEST + (STRONGEST - FAINTEST) * min(1.0, abs(piece.pull))
        says = f"pulls the tone by {theme.signed(piece.pull)}"
        html = f'<span class="dt-word {sign}" style="--tint:{tint:.0f}%" title="{says}">{html}</span>'
    if piece.country:
        html = f'<u class="dt-country" title="{escape(piece.country)}">{html}</u>'
    return html


def dots(facts: Sequence[str]) -> str:
    """Put dots between facts, which are safe HTML; empty ones are left out."""
    return ' <span class="dt-dot">·</span> '.join(fact for fact in facts if fact)


def _paragraphs(html: str) -> str:
    """Keep the paragraphs of a text: CSS `white-space: pre-line` shows its line ends."""
    return html.replace("\r\n", "\n")
