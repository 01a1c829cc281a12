"""The portal's items passed on as JSONL are the same articles as from the pages."""

from __future__ import annotations

import gzip
import json
from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest

from ingest.articles.identity import article_id
from ingest.records import Failure, RawArticle
from ingest.sources.wikipedia.days import articles_of
from ingest.sources.wikipedia.rows import article_of_row
from tests.sources.reading import only_article, only_failure, read, write
from tests.sources.wikipedia.building import FORMS, Form, Told, page

CORPUS = Path(__file__).resolve().parents[4] / "shared" / "corpora" / "wikipedia_current_events.jsonl.gz"
ROW = {
    "id": "2016-05-03-4",
    "date": "2016-05-03",
    "section": "International relations",
    "topics": ["Of the item before"],
    "text": "Peru and Chile sign a treaty on the border.",
    "sources": ["AFP via Dawn", "BBC²"],
    "countries": ["PE", "CL"],
}


def lines(path: Path, *rows: object) -> Path:
    return write(path, "".join(json.dumps(row) + "\n" for row in rows))


def test_row_is_the_article_of_the_page(tmp_path: Path) -> None:
    found = only_article(lines(tmp_path / "a.jsonl", ROW))
    (same,) = articles_of(
        "'''International relations'''\n* [[Peru]] and [[Chile]] sign a treaty on the border. "
        "[http://a.b (''AFP'' via ''Dawn'')] [http://b.c (BBC)]",
        date(2016, 5, 3),
    )
    assert isinstance(same, RawArticle)
    assert article_id(found) == article_id(same)
    assert found == RawArticle(
        text=same.text,
        where=f"{tmp_path / 'a.jsonl'}:1",
        title="International relations",
        url=same.url,
        published="2016-05-03",
        outlet="AFP",
        language="en",
        authors=(
            "Wikipedia contributors, Portal:Current events/2016 May 3 (CC BY-SA 4.0)",
            "citing AFP",
            "citing BBC",
        ),
    )


def test_heading_that_leaked_in_is_a_failure_that_says_so(tmp_path: Path) -> None:
    row = ROW | {"text": "Russia–Taiwan relations, International sanctions during the war", "sources": []}
    assert only_failure(lines(tmp_path / "a.jsonl", row)).reason.startswith("a heading, no news item")


@pytest.mark.parametrize(
    "text",
    [
        "Peru votes.",
        'A "wall" of people is built in Lima',
        "Two storms hit Peru. The second was worse",
        "Four of the more than one hundred people who went to the coast of Peru by boat come back",
    ],
)
def test_sentence_without_a_source_stays_an_item_of_the_portal_itself(tmp_path: Path, text: str) -> None:
    found = only_article(lines(tmp_path / "a.jsonl", ROW | {"text": text, "sources": []}))
    assert (found.text, found.outlet) == (text, "wikipedia.org")


@pytest.mark.parametrize(
    "row",
    [
        {"id": 7, "date": "2016-05-03", "section": "x", "topics": [], "text": "Words.", "sources": []},
        {"id": "2016-05-03-4", "date": "yesterday", "section": "x", "topics": [], "text": "Words.", "sources": []},
        {"id": "2016-05-03-4", "date": "2016-05-03", "section": "x", "topics": [], "text": "Words.", "sources": "BBC"},
        {"id": "2016-05-03-4", "date": "2016-05-03", "text": "Words.", "source": "BBC"},
        ROW | {"text": "Words.", "author": "Ann Lee"},
    ],
)
def test_rows_of_another_kind_are_not_taken_for_the_portal_s(tmp_path: Path, row: object) -> None:
    found = only_article(lines(tmp_path / "a.jsonl", row))
    assert (found.text, found.url) == ("Words.", None)


@pytest.mark.parametrize("text", ["", " ", "https://a.example/x"])
def test_row_without_words_is_a_failure(tmp_path: Path, text: str) -> None:
    assert only_failure(lines(tmp_path / "a.jsonl", ROW | {"text": text})).reason.startswith("no text")


def test_many_rows_keep_their_places(tmp_path: Path) -> None:
    found = read(lines(tmp_path / "a.jsonl", ROW, {"text": "Other words."}, ROW | {"text": "More words."}))
    assert [one.where.rpartition(":")[2] for one in found] == ["1", "2", "3"]


@pytest.mark.skipif(not CORPUS.exists(), reason=f"NOT MEASURED: {CORPUS} is not on this machine")
@pytest.mark.parametrize("form", FORMS)
def test_real_items_written_as_pages_of_each_form_are_read_again(form: Form) -> None:
    """Every 40th day of 24 years: what is read has the words, day and outlet that the row has."""
    days: dict[date, list[tuple[Told, RawArticle]]] = defaultdict(list)
    with gzip.open(CORPUS, "rt", encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            day = date.fromisoformat(row["date"])
            if day.toordinal() % 40:
                continue
            found = article_of_row(row, "corpus")
            assert found is not None
            if isinstance(found, Failure):
                continue
            section = row["section"] if row["section"] != "Uncategorized" else None
            topics = tuple(f"Topic {number}" for number in range(len(row["topics"]) % 3))
            days[day].append(
                (Told(text=row["text"], outlets=tuple(row["sources"]), topics=topics, section=section), found)
            )
    total = same = outlets = headings = 0
    for day, pairs in days.items():
        read_again = articles_of(page([told for told, _ in pairs], day, form), day)
        by_id = {article_id(one): one for one in read_again if isinstance(one, RawArticle)}
        expected = {article_id(article): article for _, article in pairs}
        total += len(expected)
        same += len(expected.keys() & by_id.keys())
        outlets += sum(by_id[key].outlet == expected[key].outlet for key in expected.keys() & by_id.keys())
        headings += sum(one.text.startswith("Topic ") for one in by_id.values())
    assert total > 2_500
    assert same / total >= 0.999
    assert outlets / total >= 0.998
    assert headings == 0
