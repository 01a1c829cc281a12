"""What a page says of itself in JSON-LD (schema.org): the node of its article, bounded in size and depth."""

from __future__ import annotations

import html
import json
import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence

import orjson

MAX_BYTES = 2_000_000
"""Characters of linked data read in one page; a live blog with 440 entries has 0.5 MB."""
MAX_NODES = 20_000

_ARTICLE = re.compile(r"(?:article|blogposting|report)$", re.IGNORECASE)
_LESSER = frozenset({"WebPage", "ItemPage", "VideoObject"})
_TAIL = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*;?\s*$|;\s*$")

Node = Mapping[str, object]


def article_node(blocks: Sequence[str]) -> Node:
    """Return the node of the page's article; of its web page if there is no article; else an empty one."""
    lesser: Node = {}
    budget = MAX_BYTES
    for block in blocks:
        budget -= len(block)
        if budget < 0:
            break
        for node in _nodes(_load(block)):
            kinds = _kinds(node)
            if any(_ARTICLE.search(kind) for kind in kinds):
                return node
            if not lesser and not _LESSER.isdisjoint(kinds) and ("datePublished" in node or "headline" in node):
                lesser = node
    return lesser


def text_of(node: Node, key: str) -> str | None:
    """Return a property as text, entities undone; None if it is no text."""
    value = node.get(key)
    if isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, Mapping):
        value = value.get("@value") or value.get("name")
    if not isinstance(value, str):
        return None
    return html.unescape(html.unescape(value)).strip() or None


def names_of(node: Node, key: str) -> list[str]:
    """Return the names of the people or organisations under a property."""
    value = node.get(key)
    found: list[str] = []
    for one in value[:50] if isinstance(value, list) else [value]:
        name = one.get("name") if isinstance(one, Mapping) else one
        found += [part for part in (name[:50] if isinstance(name, list) else [name]) if isinstance(part, str)]
    return [name for part in found if (name := html.unescape(html.unescape(part)).strip())]


def _load(block: str) -> object:
    text = _TAIL.sub("", _TAIL.sub("", block)).strip()
    try:
        return orjson.loads(text)
    except (orjson.JSONDecodeError, UnicodeEncodeError):
        pass
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def _nodes(value: object) -> Iterator[Node]:
    """Walk all objects, the outer ones first."""
    waiting: deque[object] = deque([value])
    seen = 0
    while waiting and seen < MAX_NODES:
        one = waiting.popleft()
        seen += 1
        if isinstance(one, dict):
            yield one
            waiting.extend(held for held in one.values() if isinstance(held, dict | list))
        elif isinstance(one, list):
            waiting.extend(held for held in one[:MAX_NODES] if isinstance(held, dict | list))


def _kinds(node: Node) -> frozenset[str]:
    told = node.get("@type")
    kinds = told[:20] if isinstance(told, list) else [told]
    return frozenset(kind.rpartition("/")[2] for kind in kinds if isinstance(kind, str))
