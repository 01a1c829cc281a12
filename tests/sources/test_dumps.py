"""Files as news services give them, told by their shape; all values are invented."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from ingest.articles.dates import parse_date
from ingest.records import RawArticle
from ingest.sources.cut import without_mark
from tests.invented import NOW
from tests.sources.reading import SENTENCE, only_article, only_failure, read, write

URL = "https://norlandpost.example/ferry"


def one(tmp_path: Path, document: object) -> RawArticle:
    return only_article(write(tmp_path / "dump.json", json.dumps(document)))


def test_event_registry(tmp_path: Path) -> None:
    article = {
        "uri": "776655", "lang": "eng", "isDuplicate": False, "date": "2018-11-05", "time": "09:35:00",
        "dateTime": "2018-11-05T09:35:00Z", "dateTimePub": "2018-11-05T09:10:00Z", "dataType": "news", "sim": 0,
        "url": URL, "title": "Ferry line returns", "body": SENTENCE,
        "source": {"uri": "norlandpost.example", "dataType": "news", "title": "Norland Post"},
        "authors": [{"uri": "ann_lee@norlandpost.example", "name": "Ann Lee", "type": "author", "isAgency": False}],
        "sentiment": 0.2, "wgt": 279106500,
    }  # fmt: skip
    expected = {
        "text": SENTENCE, "title": "Ferry line returns", "url": URL, "published": "2018-11-05T09:10:00Z",
        "outlet": "Norland Post", "language": "en", "authors": ("Ann Lee",), "given_id": "776655",
    }  # fmt: skip
    where = tmp_path / "dump.json"
    envelope = {"articles": {"results": [article], "totalResults": 1, "page": 1, "count": 1, "pages": 1}}
    assert one(tmp_path, envelope) == RawArticle(where=f"{where}:1", **expected)  # type: ignore[arg-type]
    assert one(tmp_path, {"776655": {"info": article}}) == RawArticle(where=f"{where}:1", **expected)  # type: ignore[arg-type]


def test_newsapi_org_gives_a_beginning(tmp_path: Path) -> None:
    article = {
        "source": {"id": None, "name": "Norland Post"}, "author": "Ann Lee", "title": "Ferry line returns",
        "description": "Short.", "url": URL, "urlToImage": None, "publishedAt": "2018-11-05T09:10:00Z",
        "content": "The ministers met in the harbour town and spo… [+1234 chars]",
    }  # fmt: skip
    found = one(tmp_path, {"status": "ok", "totalResults": 1, "articles": [article]})
    assert (found.text, found.cut) == ("The ministers met in the harbour town and…", True)
    assert (found.outlet, found.authors, found.published) == ("Norland Post", ("Ann Lee",), "2018-11-05T09:10:00Z")
    longer = one(tmp_path, {"articles": [article | {"description": SENTENCE}]})
    assert (longer.text, longer.cut) == (SENTENCE, True)


def test_newsapi_org_removed_articles_and_errors_are_failures(tmp_path: Path) -> None:
    removed = {
        "source": {"name": "[Removed]"},
        "title": "[Removed]",
        "description": "[Removed]",
        "content": "[Removed]",
    }
    path = write(tmp_path / "dump.json", json.dumps({"status": "ok", "articles": [removed]}))
    assert only_failure(path).reason == "no text: content and title are empty"
    path = write(tmp_path / "none.json", json.dumps({"status": "ok", "totalResults": 0, "articles": []}))
    assert only_failure(path).reason == "the answer holds no articles"
    told = {"articles": [], "message": "You have made too many requests"}
    path = write(tmp_path / "told.json", json.dumps(told))
    assert only_failure(path).reason == "the answer holds no articles; it says: You have made too many requests"


def test_gnews(tmp_path: Path) -> None:
    article = {
        "title": "Ferry line returns", "description": "Short.", "content": "Both sides agreed on it. ... [1234 chars]",
        "url": URL, "publishedAt": "2018-11-05T09:10:00Z", "source": {"name": "Norland Post", "url": "https://a.example"},
    }  # fmt: skip
    found = one(tmp_path, {"totalArticles": 1, "articles": [article]})
    assert (found.text, found.cut, found.outlet) == ("Both sides agreed on it.", True, "Norland Post")


def test_newsdata_sells_its_text_apart(tmp_path: Path) -> None:
    article = {
        "article_id": "a1", "title": "Ferry", "link": URL, "creator": ["Ann Lee"], "description": SENTENCE,
        "content": "ONLY AVAILABLE IN PAID PLANS", "pubDate": "2018-11-05 09:10:00", "source_id": "norland",
        "source_name": "Norland Post", "language": "english",
    }  # fmt: skip
    found = one(tmp_path, {"status": "success", "totalResults": 1, "results": [article]})
    assert (found.text, found.title, found.language, found.outlet) == ("Ferry", "Ferry", "en", "Norland Post")


@pytest.mark.parametrize(
    "document",
    [
        {"hits": {"total": 1, "hits": [{"_id": "x1", "_score": 1, "_source": {"title": "Ferry", "body": SENTENCE}}]}},
        {"response": {"status": "ok", "results": [{"id": "x1", "webTitle": "F", "fields": {"bodyText": SENTENCE}}]}},
        {"data": [{"type": "news", "id": "x1", "attributes": {"headline": "Ferry", "content": SENTENCE}}]},
        {"stories": [{"id": "x1", "article": {"title": "Ferry", "text": SENTENCE}}]},
        [{"id": "x1", "story_sentences": [{"sentence": part} for part in SENTENCE.split(" and ")]}],
    ],
    ids=["elasticsearch", "guardian", "json-api", "nested-article", "media-cloud-sentences"],
)
def test_text_is_found_where_it_is_nested(tmp_path: Path, document: object) -> None:
    found = one(tmp_path, document)
    assert found.text in {SENTENCE, SENTENCE.replace(" and ", " ")}
    assert found.given_id == "x1"


def test_nesting_without_end_is_looked_into_three_times(tmp_path: Path) -> None:
    row: dict[str, object] = {"text": SENTENCE}
    for _ in range(20):
        row = {"fields": row}
    assert only_failure(write(tmp_path / "a.jsonl", json.dumps(row))).reason.startswith("no column of text")


def test_media_cloud_csv_and_json(tmp_path: Path) -> None:
    header = "stories_id,publish_date,title,url,language,ap_syndicated,media_id,media_name,media_url,text"
    line = (
        f'1500900,2018-11-05 09:10:00,Ferry line returns,{URL},en,False,17,Norland Post,http://a.example,"{SENTENCE}"'
    )
    (cells,) = csv.reader([line])
    row = dict(zip(header.split(","), cells, strict=True)) | {"stories_id": 1500900}
    told = (SENTENCE, "Ferry line returns", URL, "2018-11-05 09:10:00", "Norland Post", "en", "1500900")
    for found in (only_article(write(tmp_path / "mc.csv", f"{header}\n{line}\n")), one(tmp_path, [row])):
        assert told == (
            found.text, found.title, found.url, found.published, found.outlet, found.language, found.given_id
        )  # fmt: skip


@pytest.mark.parametrize("delimiter", ["|", ",", "\t"])
@pytest.mark.parametrize("date", ["2024-01-05", "20240105T101500Z", "20240105101500", "2024-01-05T10:15:00Z"])
def test_text_rebuilt_from_web_ngrams_by_others(tmp_path: Path, delimiter: str, date: str) -> None:
    table = [["Text", "Date", "URL", "Source"], [SENTENCE, date, URL, "Multiple URL matched"]]
    path = write(tmp_path / "20240105101500.webngrams.articles.csv", "\n".join(map(delimiter.join, table)))
    found = only_article(path)
    assert (found.text, found.url, found.outlet) == (SENTENCE, URL, None)
    when = parse_date(found.published, NOW.replace(year=2025)).when
    assert when is not None
    assert when.date().isoformat() == "2024-01-05"


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        (
            "doc.json",
            json.dumps({"articles": [{"url": URL, "title": "F", "seendate": "x", "domain": "d"}] * 3}),
            "DOC API",
        ),
        ("doc.csv", f"\ufeffURL,MobileURL,Date,Title\n{URL},,2024-01-05 10:15:00,Ferry\n", "DOC API"),
        (
            "tone.json",
            json.dumps({"query_details": {}, "timeline": [{"series": "Average Tone", "data": []}]}),
            "timeline",
        ),
        ("tone.csv", "Date,Series,Value\n2024-01-05,Average Tone,-2.1\n", "timeline"),
        ("a.gkg.csv", "20240105101500-1\t20240105101500\t1\tnorlandpost.example" + "\t" * 23 + "\n", "GKG"),
    ],
)
def test_what_has_no_text_is_one_failure_that_says_where_it_belongs(
    tmp_path: Path, name: str, content: str, reason: str
) -> None:
    failure = only_failure(write(tmp_path / name, content))
    assert reason in failure.reason
    assert "detente outside add FILE" in failure.reason


def test_unknown_shapes_say_what_is_expected(tmp_path: Path) -> None:
    failure = only_failure(write(tmp_path / "a.json", json.dumps({"weather": {"wind": 3}, "page": 1})))
    assert failure.reason.startswith("no column of text; found 'weather', 'page', expected one called text, body")
    assert len(read(write(tmp_path / "b.json", json.dumps({"articles": [{"x": 1}, {"text": SENTENCE}]})))) == 2


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("They met in the harbour. [+99 chars]", "They met in the harbour."),
        ("They met in the har… [+99 chars]", "They met in the…"),
        ("They met in the har... [99 chars]", "They met in the…"),
        ("Word… [+1 chars]", "Word"),
        ("A list [1] and a note [2]", None),
        ("He said [laughs]", None),
        ("", None),
    ],
)
def test_mark_of_a_cut_is_taken_off(text: str, kept: str | None) -> None:
    assert without_mark(text) == ((text, False) if kept is None else (kept, True))
