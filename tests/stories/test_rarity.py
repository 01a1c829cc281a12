"""The word list is sound, and telling words tell more than others."""

from __future__ import annotations

import pytest

from ingest.data_files import data_dir
from ingest.stories.rarity import ITEMS, LEAST, UNLISTED, rarities

ROWS = [
    line.split("\t")
    for line in data_dir().joinpath("stories", "words.tsv").read_text(encoding="utf-8").splitlines()[1:]
]


def test_each_word_is_there_once_folded_and_in_enough_items() -> None:
    words = [word for word, _ in ROWS]
    assert len(words) == len(set(words)) > 20_000
    assert [word for word in words if word != word.casefold() or not word.isalpha()] == []
    counts = [int(items) for _, items in ROWS]
    assert counts == sorted(counts, reverse=True)
    assert min(counts) == LEAST
    assert max(counts) < ITEMS


@pytest.mark.parametrize(
    ("less", "more"), [("the", "minister"), ("minister", "mackerel"), ("president", "aleppo"), ("said", "said")]
)
def test_rare_words_tell_more(less: str, more: str) -> None:
    known = rarities()
    assert known.get(less, UNLISTED) <= known.get(more, UNLISTED) <= UNLISTED
