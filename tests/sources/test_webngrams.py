"""Articles that were taken apart to Web NGrams are put together again; measured on the sample, which is our own."""

from __future__ import annotations

import gzip
import json
import random
import sys
import time
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.records import Failure, RawArticle
from ingest.sources import webngrams
from ingest.sources.assembly import Piece, assemble
from tests.sample import sample_rows
from tests.sources.reading import only_failure, read, write

Row = dict[str, object]


def ngrams(text: str, url: str, kind: int = 1) -> list[Row]:
    """Take a text apart as GDELT does: each word with up to seven before and after it, and its decile."""
    words, between, around = (text.split(), " ", 7) if kind == 1 else (list(text), "", 12)
    return [
        {
            "date": "2024-01-05T10:15:00Z",
            "ngram": word,
            "lang": "en" if kind == 1 else "zh",
            "type": kind,
            "pos": 10 * at // len(words) * 10,
            "pre": between.join(words[max(0, at - around) : at]),
            "post": between.join(words[at + 1 : at + 1 + around]),
            "url": url,
        }
        for at, word in enumerate(words)
    ]


def rebuilt(rows: Iterable[Row]) -> dict[str, str]:
    found = webngrams.read_ngrams(((str(at), row) for at, row in enumerate(rows)), "file")
    return {str(one.url): one.text for one in found if isinstance(one, RawArticle)}


LONG = [" ".join(str(row["text"]) for row in sample_rows()[at::90]) for at in range(90)]
"""Ninety texts of some 450 words; of articles far apart, since neighbours in the sample are copies."""


@pytest.mark.parametrize(("missing", "exact", "words"), [(0.0, 0.97, 0.999), (0.2, 0.95, 0.995), (0.5, 0.70, 0.98)])
def test_share_of_articles_that_come_out_exactly(missing: float, exact: float, words: float) -> None:
    chance = random.Random(20_240_105)  # noqa: S311 - no secret
    texts = {f"https://a.example/{at}": text for at, text in enumerate(LONG)}
    rows = [row for url, text in texts.items() for row in ngrams(text, url) if chance.random() >= missing]
    chance.shuffle(rows)
    began = time.process_time()
    found = rebuilt(rows)
    rate = len(rows) / (time.process_time() - began)
    assert found.keys() == texts.keys()
    same = sum(found[url].split() == text.split() for url, text in texts.items()) / len(texts)
    kept = sum(_shared(found[url], text) for url, text in texts.items()) / len(texts)
    sys.stdout.write(f"{missing:.0%} of rows missing: {same:.1%} exact, {kept:.2%} of words, {rate:,.0f} rows/s\n")
    assert same >= exact
    assert kept >= words


def _shared(one: str, other: str) -> float:
    from collections import Counter

    there, wanted = Counter(one.split()), Counter(other.split())
    return (there & wanted).total() / wanted.total()


@given(st.lists(st.integers(0, 10**6).map(str), min_size=1, max_size=60, unique=True), st.randoms())
def test_any_text_without_a_word_twice_comes_out_whole(words: list[str], chance: random.Random) -> None:
    rows = ngrams(" ".join(words), "https://a.example/1")
    chance.shuffle(rows)
    assert list(rebuilt(rows).values()) == [" ".join(words)]


@given(st.lists(st.sampled_from("abcde"), min_size=1, max_size=60), st.randoms())
def test_no_word_is_lost_or_made_up_however_often_it_comes(words: list[str], chance: random.Random) -> None:
    rows = ngrams(" ".join(words), "https://a.example/1")
    chance.shuffle(rows)
    (found,) = rebuilt(rows).values()
    assert set(found.split()) == set(words)


def test_languages_without_spaces_are_characters(tmp_path: Path) -> None:
    text = "两国部长在港口城市会面并讨论新的渡轮航线双方表示满意"
    rows = ngrams(text, "https://a.example/zh", kind=2)
    path = write(tmp_path / "a.json", "\n".join(map(json.dumps, rows)))
    (found,) = read(path)
    assert isinstance(found, RawArticle)
    assert (found.text, found.language) == (text, "zh")


def test_a_file_of_rows_is_told_by_its_first_line_packed_or_not(tmp_path: Path) -> None:
    lines = "\n".join(json.dumps(row) for at in (1, 2) for row in ngrams(LONG[at], f"https://a.example/{at}"))
    for name, content in (("a.webngrams.json.gz", gzip.compress(lines.encode())), ("a.jsonl", lines.encode())):
        path = write(tmp_path / name, content)
        assert read(path) == [
            RawArticle(
                text=" ".join(LONG[at].split()),
                where=f"{path}: https://a.example/{at}",
                url=f"https://a.example/{at}",
                published="2024-01-05T10:15:00Z",
                language="en",
            )
            for at in (1, 2)
        ]


def test_what_is_missing_in_between_makes_no_sentence() -> None:
    rows = ngrams(LONG[0], "https://a.example/1")
    (found,) = rebuilt(rows[:60] + rows[120:]).values()
    first, second = found.split("\n\n")
    words = LONG[0].split()
    assert (first, second) == (" ".join(words[:67]), " ".join(words[113:]))


def test_the_end_of_the_page_in_front_of_its_beginning_is_dropped() -> None:
    rows = ngrams(LONG[0], "https://a.example/1")
    for row in rows[:7]:
        row["pre"] = f"read more of this / {row['pre']}"
    (found,) = rebuilt(rows).values()
    assert found == " ".join(LONG[0].split())


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"url": "file:///etc/passwd"}, "no url that is an address"),
        ({"url": None}, "no url that is an address"),
        ({"ngram": 7}, "not all text"),
        ({"pre": ["a"]}, "not all text"),
        ({"ngram": " "}, "the ngram is empty"),
        ({"ngram": "a " * 500}, "longer than any word"),
    ],
)
def test_rows_that_are_none_are_failures_and_the_rest_goes_on(change: Row, reason: str) -> None:
    good = ngrams(LONG[0], "https://a.example/1")
    rows = [*good[:5], good[5] | change, *good[5:]]
    found = list(webngrams.read_ngrams(((f"f:{at}", row) for at, row in enumerate(rows, start=1)), "f"))
    failure, article = found
    assert isinstance(failure, Failure)
    assert failure.where == "f:6"
    assert reason in failure.reason
    assert isinstance(article, RawArticle)
    assert article.text == " ".join(LONG[0].split())


def test_odd_positions_and_dates_do_no_harm() -> None:
    rows = ngrams("They met in the harbour town.", "https://a.example/1")
    for row, pos in zip(rows, (None, "x", -10, 10**30, 1.5, "²"), strict=True):
        row["pos"], row["date"], row["lang"] = pos, None, 3
    assert list(rebuilt(rows).values()) == ["They met in the harbour town."]


@pytest.mark.parametrize(("name", "most"), [("MAX_ROWS", 20), ("MAX_ARTICLES", 0), ("MAX_CHARACTERS", 1_000)])
def test_too_many_rows_are_told(name: str, most: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(webngrams, "MAX_ROWS_OF_ARTICLE", 50)
    path = write(tmp_path / "a.jsonl", "\n".join(map(json.dumps, ngrams(LONG[0], "https://a.example/1"))))
    assert "an article has 50 at most" in only_failure(path).reason
    monkeypatch.setattr(webngrams, name, most)
    (reason,) = [one.reason for one in read(path) if isinstance(one, Failure)]
    assert reason.startswith("too large for a file of n-grams; its ")


@pytest.mark.parametrize("words", [(1,) * 15, tuple(range(15))])
def test_hostile_pieces_take_time_that_grows_with_their_number_only(words: tuple[int, ...]) -> None:
    took = []
    for count in (2_000, 8_000):
        pieces = [Piece(0, False, words if at % 2 else (*words[:-1], at + 100)) for at in range(count)]
        began = time.process_time()
        assemble(pieces, 4)
        took.append(time.process_time() - began)
    assert took[1] < 12 * took[0] + 0.5
