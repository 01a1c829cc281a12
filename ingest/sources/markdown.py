"""A Markdown file is one article: front matter names title, date and outlet, the rest becomes plain text."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from ingest.records import Failure, RawArticle
from ingest.sources.columns import Columns
from ingest.sources.found import Found
from ingest.sources.text import article_text
from ingest.text.htmltext import plain_text

if TYPE_CHECKING:
    from markdown_it.token import Token

MAX_MARKDOWN_BYTES = 1_000_000
"""Bytes of one Markdown file; markdown-it takes up to 20 s for each million that means harm."""

_FRONT = re.compile(r"\A\s*---[ \t]*\r?\n(.*?)(?:^|\n)(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_PAIR = re.compile(r"([A-Za-z_][\w -]{0,40}?)\s*:(?:\s+(.*)|\s*)")


def read_markdown(stream: io.BufferedReader, where: str) -> Iterator[Found]:
    """Yield the one article; without front matter its first lines may be a byline, as in pasted text."""
    source = article_text(stream, where, MAX_MARKDOWN_BYTES)
    if isinstance(source, Failure):
        yield source
        return
    front = _FRONT.match(source)
    row = _front_matter(front.group(1)) if front else {}
    try:
        heading, blocks = _render(source[front.end() :] if front else source)
    except (RecursionError, ValueError, IndexError) as error:
        yield Failure(
            where=where,
            reason=f"not readable as Markdown ({type(error).__name__}); save it as plain text (.txt)",
        )
        return
    text = "\n\n".join(([heading] if heading and not front else []) + blocks)
    found = Columns().article({"title": heading, **row, "text": text}, where)
    yield replace(found, pasted=front is None) if isinstance(found, RawArticle) else found


def _front_matter(block: str) -> dict[str, object]:
    """Read `key: value`, `key: [a, b]` and `key:` with `- a` lines below: the YAML that front matter uses."""
    row: dict[str, object] = {}
    last = ""
    for line in block.splitlines():
        if line.lstrip().startswith("- ") and last:
            held = row[last]
            row[last] = (
                [*held, _unquoted(line.strip()[2:])] if isinstance(held, list) else [_unquoted(line.strip()[2:])]
            )
        elif pair := _PAIR.fullmatch(line.rstrip()):
            last, value = pair.group(1), pair.group(2) or ""
            listed = value.startswith("[") and value.endswith("]")
            row[last] = [_unquoted(part) for part in value[1:-1].split(",")] if listed else _unquoted(value)
    return row


def _unquoted(value: str) -> str:
    value = value.strip()
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value


def _render(source: str) -> tuple[str | None, list[str]]:
    """Return the first level-one heading if it opens the text, and the other blocks as plain text."""
    from markdown_it import MarkdownIt

    title: str | None = None
    blocks: list[str] = []
    opened = ""
    for token in MarkdownIt("commonmark").parse(source):
        if token.type == "heading_open":
            opened = token.tag
        elif token.type == "inline":
            text = _inline(token.children or [])
            if opened == "h1" and title is None:
                title = text or None
            elif text:
                blocks.append(text)
            opened = ""
        elif token.type in {"code_block", "fence"}:
            blocks.append(token.content.strip())
        elif token.type == "html_block" and (text := plain_text(token.content)):
            blocks.append(text)
    return title, [block for block in blocks if block]


def _inline(children: list[Token]) -> str:
    pieces: list[str] = []
    for token in children:
        if token.type in {"text", "code_inline"}:
            pieces.append(token.content)
        elif token.type == "softbreak":
            pieces.append(" ")
        elif token.type == "hardbreak":
            pieces.append("\n")
    return "".join(pieces).strip()
