"""How much a word tells: its rarity in a fixed sample of world news, never in what a store happens to hold.

Counting in the store would make the outcome depend on what has arrived so far, so the same two articles would be one
story today and two tomorrow. `data/stories/words.tsv` counts 117,261 news items of 2002 to 2026 (see data/README.md).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache

from ingest.data_files import data_dir

ITEMS = 117_261
"""News items that the words were counted in."""

LEAST = 4
"""Items that a word must be in to be listed; a word that is not listed counts as if in half as many."""


@cache
def rarities() -> Mapping[str, float]:
    """Return ln(items / items with the word) of each listed word, casefolded, without apostrophes."""
    lines = data_dir().joinpath("stories", "words.tsv").read_text(encoding="utf-8").splitlines()[1:]
    pairs = (line.split("\t") for line in lines)
    return {word: math.log(ITEMS / int(items)) for word, items in pairs}


UNLISTED = math.log(ITEMS * 2 / LEAST)
"""Rarity of a word in no list: 10.98."""
