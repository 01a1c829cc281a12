"""Stories of a period as HTML: what happened, in how many articles, how it read; every foreign character is escaped."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from html import escape
from itertools import groupby
from typing import NamedTuple

from dashboard import theme
from dashboard.evidence import Item, chip, dots, headline, host_of, marked, toward


class Story(NamedTuple):
    """One piece of news about a pair, as far as a view shows it."""

    key: int
    """Its number in `dashboard.coding`."""
    tone: float
    """Mean of its readings, −1 … +1."""
    articles: int
    outlets: int
    outlet: str | None
    """Of its first article, as the three below."""
    published: datetime
    title: str | None
    url: str | None
    sentence: str = ""
    """Its heaviest sentence about the pair, where there is no headline."""


def story_card(story: Story) -> str:
    """Return a story: outlet that had it first · date · tone · how many ran it, and the headline."""
    ran = theme.counted(story.articles, "article")
    if story.outlets > 1:
        ran += f" in {theme.counted(story.outlets, 'outlet')}"
    facts = [
        f"<b>{escape(story.outlet)}</b>" if story.outlet else "outlet unknown",
        theme.day(story.published),
        chip(story.tone),
        ran,
    ]
    title = headline(story.title or host_of(story.url), story.url)
    if story.sentence:
        title = f'<p class="dt-said">{escape(story.sentence)}</p>{title}'
    return f'<div class="dt-card dt-story"><p class="dt-facts">{dots(facts)}</p>{title}</div>'


def articles_of_story(items: Sequence[tuple[str, Item]]) -> str:
    """Return the articles of a story, each with all its sentences about the pair; items come with the article's id."""
    return "".join(_article([item for _, item in group]) for _, group in groupby(items, key=lambda one: one[0]))


def _article(items: list[Item]) -> str:
    first = items[0]
    facts = [
        f"<b>{escape(first.outlet)}</b>" if first.outlet else "outlet unknown",
        theme.day(first.published) if first.published else "no date",
    ]
    sentences = "".join(
        f'<p class="dt-sentence">{marked(one)}</p>'
        f'<p class="dt-facts">{dots([chip(one.tone), escape(toward(one.a, one.b, one.direction))])}</p>'
        for one in items
    )
    return (
        f'<div class="dt-card"><p class="dt-facts">{dots(facts)}</p>{headline(first.title, first.url)}{sentences}</div>'
    )
