"""Turn what a source found into an article; touches no file and no network."""

from __future__ import annotations

import re
from datetime import datetime
from typing import NamedTuple
from urllib.parse import urlsplit

from ingest.articles.addresses import unwrapped
from ingest.articles.dates import parse_date
from ingest.articles.identity import article_id
from ingest.articles.language import detect_language
from ingest.records import Article, RawArticle
from ingest.stories.wire import origin

LANGUAGES = frozenset({"en"})
"""Languages that can be scored."""

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


class Cleaned(NamedTuple):
    """An article, and what a person should know about it."""

    article: Article
    unscored: str
    """Why it cannot be scored; empty if it can."""
    date_problem: str
    """Why it has no date although one was given; empty otherwise."""


def clean(raw: RawArticle, now: datetime) -> Cleaned:
    """Find outlet, date and language; tell if the article can be scored.

    `raw` has been through `articles.pasted`, and `now` is the aware UTC time of ingestion.
    """
    text = plain_lines(raw.text)
    title = one_line(raw.title)
    if not text and title:
        text = title
    date = parse_date(raw.published, now)
    language = (raw.language or "").lower().replace("_", "-").split("-")[0][:3] or detect_language(text)
    article = Article(
        article_id=article_id(raw),
        url=one_line(raw.url),
        outlet=one_line(raw.outlet) or domain(raw.url),
        origin=one_line(origin(text)),
        title=title,
        text=text,
        published=date.when,
        language=language,
        authors=tuple(name for author in raw.authors if (name := one_line(author))),
        fetched=min(raw.fetched or now, now),
    )
    return Cleaned(article, _why_unscored(article), date.problem)


def domain(url: str | None) -> str | None:
    """Return the registered domain of a URL, as far as it can be told without a list: host without `www.`."""
    if not url:
        return None
    try:
        host = urlsplit(unwrapped(url)).hostname
    except ValueError:
        return None
    return re.sub(r"^(?:www\d?|m|amp|mobile|edition|rss|feeds)\.", "", host) if host else None


def plain_lines(text: str) -> str:
    """Drop control characters and lone surrogates; make line ends one."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def one_line(text: str | None) -> str | None:
    """Squeeze to one line; nothing becomes None."""
    return " ".join(_CONTROL.sub("", text).split())[:1_000] or None if text else None


def _why_unscored(article: Article) -> str:
    if not any(char.isalpha() for char in article.text):
        return "no text"
    if article.language is None:
        return "language unknown"
    if article.language not in LANGUAGES:
        return f"language {article.language}"
    return ""
