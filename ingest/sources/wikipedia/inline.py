"""The markup inside one bullet to plain words and the links it cites. Pure; knows no page and no list."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import NamedTuple

import mwparserfromhell
from mwparserfromhell.nodes import Comment, ExternalLink, HTMLEntity, Tag, Template, Text, Wikilink
from mwparserfromhell.nodes._base import Node
from mwparserfromhell.wikicode import Wikicode

from ingest.articles.clean import domain
from ingest.sources.wikipedia.citation import Citation, outlet_name, split_credit

MAX_CHARS = 10_000
"""Characters of one bullet with its markup; the longest of 117,261 items has 1,221 without."""
MAX_MARKS = 200
"""Openings of markup in one bullet: the parser's time grows with their square, 0.05 s here; an item has some 20."""


class Rendered(NamedTuple):
    """What a reader sees of a bullet."""

    text: str
    cited: tuple[Citation, ...]
    own_words: int
    """Words that are in no link and not bold: a heading has hardly any."""


class _Cite(NamedTuple):
    url: str
    label: str


_Piece = str | _Cite

_OPENING = re.compile(r"\{\{|\[|<|'{2}|https?:")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_SILENT_LINK = re.compile(r"\s*(?:file|image|media|category|[a-z]{2,3}(?:-[a-z]+)?)\s*:", re.IGNORECASE)
_SILENT_TAGS = frozenset(
    ["ref", "gallery", "math", "score", "timeline", "table", "imagemap", "syntaxhighlight", "references"]
)
_FIRST_ARGUMENT = frozenset(
    "nowrap|nobr|ill|interlanguage link|flag|flagcountry|small|nobold|abbr|sic|vanchor|ship".split("|")
)
"""Templates that show their first argument; others that are not named here show nothing that is needed."""
_SIGNS = {"snd": " – ", "spnd": " – ", "spaced ndash": " – ", "ndash": "–", "mdash": "—", "'": "'", "'s": "'s"}
_CITE_TEMPLATE = re.compile(r"(?:cite|citation)\b", re.IGNORECASE)
_CITED_BY = ("work", "newspaper", "website", "publisher", "agency", "magazine", "journal")
_ARCHIVED = re.compile(r"(?:https?:)?//web\.archive\.org/web/[^/]+/(?=http)")
_WORD = re.compile(r"[^\W\d_]{2,}")
_LINKING = frozenset("and the of in on at to for by from with during over an as".split())
"""Words that headings have between their links too."""
_MARK = "\x00"
_LABEL_AFTER = re.compile(r"\s*(\([^()]{2,60}\))\]?")
"""A link that lacks its brackets, or has them in the wrong place, and then the outlet."""
_ROW = re.compile(r"\x00(?:(?:[ ,;/&]|and )*\x00)*")
_IN_BRACKETS = re.compile(r"[(\[] ?\x00 ?[)\]]")
_AFTER_END = re.compile(r"([.!?]) ?\x00 ?[.,;]")
_MARKED = re.compile(r"[\[(]? ?\x00")
_SPACE_BEFORE = re.compile(r" (?=[.,;:!?](?:\s|$))")


def render(markup: str) -> Rendered | str:
    """Read one bullet; a string says why it cannot be."""
    if len(markup) > MAX_CHARS:
        return f"{len(markup):,} characters; an item has at most {MAX_CHARS:,}"
    if (marks := count_marks(markup)) > MAX_MARKS:
        return f"{marks:,} links, templates and tags; an item has at most {MAX_MARKS}"
    code = mwparserfromhell.parse(_CONTROL.sub(" ", markup.lstrip("*#:; \t")))
    pieces = list(_walk(code))
    words, cited = _words(pieces)
    text, credited = split_credit(_tidy(words))
    if not cited:
        cited = [Citation("", outlet) for outlet in credited]
    own = "".join(piece for piece in _walk(code, own=True) if isinstance(piece, str))
    return Rendered(text, tuple(cited), sum(word.casefold() not in _LINKING for word in _WORD.findall(own)))


def count_marks(markup: str) -> int:
    """Count what may open a link, template or tag: what parsing costs."""
    return len(_OPENING.findall(markup))


def _walk(code: Wikicode, *, own: bool = False) -> Iterator[_Piece]:
    for node in code.nodes:
        yield from _node(node, own=own)


def _node(node: Node, *, own: bool) -> Iterator[_Piece]:  # noqa: C901 - one branch for each kind of node
    if isinstance(node, Text):
        yield str(node.value)
    elif isinstance(node, Wikilink):
        if not own:
            yield from _link(node)
    elif isinstance(node, ExternalLink):
        label = _plain(node.title) if node.title else ""
        yield _Cite(str(node.url).strip(), label)
    elif isinstance(node, Template):
        yield from _template(node)
    elif isinstance(node, HTMLEntity):
        yield html.unescape(str(node))
    elif isinstance(node, Tag):
        tag = str(node.tag).strip().lower()
        if tag == "br":
            yield " "
        if tag in _SILENT_TAGS:
            if node.contents and tag == "ref":
                yield from (piece for piece in _walk(node.contents) if isinstance(piece, _Cite))
        elif node.contents and not (own and tag == "b") and not (tag == "sup" and len(str(node.contents)) < 4):
            yield from _walk(node.contents, own=own)
    elif not isinstance(node, Comment):  # a heading or an argument in the middle of a line: its words
        yield str(node).strip("={}|")


def _link(link: Wikilink) -> Iterator[_Piece]:
    title = str(link.title)
    if _SILENT_LINK.match(title) and not (
        link.text and not re.match(r"\s*(?:file|image|category)", title, re.IGNORECASE)
    ):
        return
    if link.text and str(link.text).strip():
        yield from _walk(link.text)
    else:
        yield title.lstrip(": ").replace("_", " ")


def _template(template: Template) -> Iterator[_Piece]:
    name = " ".join(str(template.name).split()).lower()
    plain = [_plain(one.value) for one in template.params if not one.showkey]
    if _CITE_TEMPLATE.match(name):
        told = {str(one.name).strip().lower(): str(one.value) for one in template.params if one.showkey}
        outlet = next((told[key].strip("[]\n ") for key in _CITED_BY if told.get(key)), "")
        yield _Cite(told.get("url", "").strip(), f"({outlet})")
    elif name in _SIGNS:
        yield _SIGNS[name]
    elif name in {"convert", "cvt"} and len(plain) > 1:
        yield f"{plain[0]} {plain[1]}"
    elif name.startswith("lang") and plain:
        yield plain[-1]
    elif name in _FIRST_ARGUMENT and plain:
        yield plain[0]


def _plain(code: Wikicode) -> str:
    return " ".join("".join(p if isinstance(p, str) else p.label for p in _walk(code)).split())


def _words(pieces: list[_Piece]) -> tuple[str, list[Citation]]:
    """Part the words from the citations; a link whose label is part of a sentence is both, and cited last."""
    last = max((at for at, piece in enumerate(pieces) if isinstance(piece, str) and _WORD.search(piece)), default=-1)
    words: list[str] = []
    cited: list[Citation] = []
    beside: list[Citation] = []
    for at, piece in enumerate(pieces):
        if isinstance(piece, str):
            words.append(piece)
            continue
        url, label = piece
        if at < last and label and not label.startswith(("(", "[")):
            words.append(label)
            beside.append(Citation(url, _host(url)))
            continue
        words.append(f" {_MARK} ")
        after = pieces[at + 1] if at + 1 < len(pieces) else ""
        if not label and isinstance(after, str) and (found := _LABEL_AFTER.match(after)):
            label = found[1]
            pieces[at + 1] = after[found.end() :]
        outlet = outlet_name(label) or _host(url)
        if outlet or url:
            cited.append(Citation(url, outlet))
    return "".join(words), cited + beside


def _host(url: str) -> str | None:
    return domain(_ARCHIVED.sub("", url)) if url.startswith(("http://", "https://", "//")) else None


def _tidy(text: str) -> str:
    text = " ".join(text.replace("''", "").split())
    text = _ROW.sub(_MARK, text)
    text = _IN_BRACKETS.sub(_MARK, text)
    text = _AFTER_END.sub(r"\1", text)
    text = _MARKED.sub("", text)
    text = _SPACE_BEFORE.sub("", " ".join(text.split()))
    return text.strip(" |[]{}*•\u200b")
