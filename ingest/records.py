"""The records that travel between the stages; knows no file, no table and no page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple

Direction = Literal["ab", "ba", "both", "none"]
Label = Literal["cooperative", "neutral", "hostile"]


@dataclass(frozen=True, kw_only=True, slots=True)
class RawArticle:
    """What a source found, as it found it: nothing cleaned, nothing guessed."""

    text: str
    """Body as given, at least one character that is not a space; empty while it is still in `page`."""
    where: str
    """Where it was read, for people: a path, `path:line`, or a URL."""
    title: str | None = None
    url: str | None = None
    published: str | None = None
    """Date as written in the source, in any form; parsed by `articles.dates`."""
    outlet: str | None = None
    language: str | None = None
    """ISO 639-1 if the source says so."""
    authors: tuple[str, ...] = ()
    given_id: str | None = None
    """The source's own identifier, unique within its outlet."""
    pasted: bool = False
    """The text is a whole page of plain text whose first and last lines may be headline, byline or credit."""
    cut: bool = False
    """The source gave only the beginning of the text."""
    summary: bool = False
    """The source says that the text is only a summary of what is at `url`."""
    page: bytes | None = None
    """A web page, unpacked, whose article is still to be found: `pages.extracted` does it, in a worker. The other
    fields then hold what its source knows beside it."""
    charset: str | None = None
    """Of `page`, if its server declared one."""
    fetched: datetime | None = None
    """Aware UTC time at which an archive fetched it; None: now."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Failure:
    """An input that could not become an article, and why."""

    where: str
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Article:
    """One published text."""

    text: str
    """Body without byline, headline and repost notice; evidence offsets count its characters."""
    article_id: str = ""
    """16 hexadecimal digits, see `articles.identity`."""
    title: str | None = None
    url: str | None = None
    outlet: str | None = None
    """Who published it first: registered domain, or the name given."""
    origin: str | None = None
    """Whose text it is, where another published it: the agency or outlet that the text credits ("(Reuters)")."""
    published: datetime | None = None
    """Aware UTC; None if the text does not say."""
    language: str | None = None
    """ISO 639-1, detected when not given; None if it cannot be told."""
    authors: tuple[str, ...] = ()
    fetched: datetime | None = None
    """Aware UTC time of ingestion."""


class Span(NamedTuple):
    """Half-open range of characters."""

    start: int
    end: int


class Mention(NamedTuple):
    """A span of text that stands for a country."""

    start: int
    end: int
    country: str
    """ISO 3166-1 alpha-3."""
    kind: str
    """How it is meant: name, demonym, adjective, capital, seat, leader, ..."""
    place: bool = False
    """True where a capital is only the scene ("talks in Vienna"), not an actor."""


class Candidate(NamedTuple):
    """A sentence that relates two countries and is to be judged."""

    sentence: str
    a: str
    b: str
    """ISO 3166-1 alpha-3, a before b in the alphabet."""
    a_spans: tuple[Span, ...]
    b_spans: tuple[Span, ...]
    """Where in the sentence each is mentioned; the same span for both if a reference ("both sides") stands for them."""
    other_spans: tuple[Span, ...]
    """Mentions of any third country: names too, so they carry no tone."""
    listed: bool = False
    """True if both are only members of a list, or one is only the scene: evidence only if a scorer finds a relation."""


class Word(NamedTuple):
    """A word that drove a tone."""

    start: int
    end: int
    weight: float
    """Its pull on the tone as the scorer accounts for it, −1 to +1; it may pull against the tone of the sentence."""


class Judgement(NamedTuple):
    """What a scorer says of one candidate."""

    cooperative: float
    neutral: float
    hostile: float
    """Probabilities, sum 1."""
    direction: Direction
    words: tuple[Word, ...]

    @property
    def tone(self) -> float:
        """−1 hostile … +1 cooperative: P(cooperative) − P(hostile)."""
        return self.cooperative - self.hostile


class Evidence(NamedTuple):
    """A judged sentence inside an article."""

    a: str
    b: str
    start: int
    end: int
    """Characters of the article's text."""
    sentence: str
    a_spans: tuple[Span, ...]
    b_spans: tuple[Span, ...]
    judgement: Judgement


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """The tone of one article for one pair: the mean of its evidence, weighted as the scorer has it."""

    a: str
    b: str
    cooperative: float
    neutral: float
    hostile: float
    direction: Direction
    label: Label
    evidence: tuple[Evidence, ...]

    @property
    def tone(self) -> float:
        """−1 hostile … +1 cooperative."""
        return self.cooperative - self.hostile


def pair_id(one: str, other: str) -> str:
    """Name an unordered pair: alphabetical alpha-3 codes, `PAK-RUS`."""
    return f"{min(one, other)}-{max(one, other)}"
