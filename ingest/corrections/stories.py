"""Stories merged and split by hand. Pure: entries and the stories of the articles they name in, new names out.

Entries are replayed in order of time. A story falls into pieces: each article that was ever split off, and the rest; a
merge puts two pieces (and all that they are with by then) together, a split takes its article out again. So articles
that arrive late follow their story, and merges of different stories may come in any order.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import polars as pl

from ingest.articles.identity import digest
from ingest.corrections.in_force import Corrections


class ByHand(NamedTuple):
    """New names of stories, and of single articles, which go before."""

    stories: dict[str, str]
    articles: dict[str, str]


class _Piece(NamedTuple):
    kind: str
    """`one` article, or the `rest` of a story."""
    id: str


def by_hand(corrections: Corrections, story_of: Mapping[str, str]) -> ByHand:
    """Name the stories that entries make; `story_of` gives those of linked articles, any other is its own."""
    entries = corrections.of("merge", "split")
    named = sorted({one for entry in entries for one in (entry.article, entry.other) if one})
    alone = {entry.article for entry in entries if entry.kind == "split" and entry.article}
    rest = {one: _Piece("rest", story_of.get(one, one)) for one in named}
    piece = {one: _Piece("one", one) if one in alone else rest[one] for one in named}
    blocks: dict[_Piece, set[_Piece]] = {}
    for one in named:
        _unite(blocks, rest[one], piece[one])
    for entry in entries:
        article = piece[entry.article or ""]
        if entry.kind == "merge":
            _unite(blocks, article, piece[entry.other or ""])
        else:
            blocks[article].discard(article)
            blocks[article] = {article}
    stories: dict[str, str] = {}
    articles: dict[str, str] = {}
    for part, block in blocks.items():
        name = min(_name(each, alone) for each in block)
        if part.kind == "one":
            articles[part.id] = name
        elif name != part.id:
            stories[part.id] = name
            if part.id in named and part.id not in alone and part.id not in story_of:
                articles[part.id] = name  # an undated article has a story id of its own that links do not know
    return ByHand(stories, articles)


def with_hand(rows: pl.LazyFrame, hand: ByHand) -> pl.LazyFrame:
    """Give rows with `article_id, story_id` the stories that were made by hand."""
    if not hand.stories and not hand.articles:
        return rows
    as_story = pl.col("story_id").replace(list(hand.stories), list(hand.stories.values()))
    as_article = pl.col("article_id").replace_strict(
        list(hand.articles), list(hand.articles.values()), default=None, return_dtype=pl.String
    )
    return rows.with_columns(pl.coalesce(as_article, as_story).alias("story_id"))


def _unite(blocks: dict[_Piece, set[_Piece]], one: _Piece, other: _Piece) -> None:
    mine, yours = blocks.setdefault(one, {one}), blocks.setdefault(other, {other})
    if mine is not yours:
        mine |= yours
        blocks.update(dict.fromkeys(yours, mine))


def _name(piece: _Piece, alone: set[str]) -> str:
    """Name a story after its first article; where that was split off, by a name of its own."""
    return digest(f"rest of {piece.id}") if piece.kind == "rest" and piece.id in alone else piece.id
