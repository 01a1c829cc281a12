from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from ingest.records import Failure, RawArticle
from ingest.sources.columns import Columns
from tests.sources.reading import SENTENCE


def article(row: dict[str, object]) -> RawArticle:
    found = Columns().article(row, "here")
    assert isinstance(found, RawArticle), found
    return found


@pytest.mark.parametrize(
    "name", ["text", "Body", "CONTENT", "full_text", "Full Text", "fulltext", "articleBody", "article-text"]
)
def test_text_goes_by_many_names(name: str) -> None:
    assert article({name: SENTENCE}).text == SENTENCE


@pytest.mark.parametrize(
    "name", ["published", "Date", "publishedAt", "publish_date", "dateTime", "pubDate", "publication date"]
)
def test_date_goes_by_many_names(name: str) -> None:
    assert article({"text": SENTENCE, name: "2018-11-05"}).published == "2018-11-05"


@pytest.mark.parametrize(
    ("value", "outlet"),
    [
        ("Norland Post", "Norland Post"),
        ({"id": None, "name": "Norland Post"}, "Norland Post"),
        ({"uri": "norlandpost.example", "title": "Norland Post"}, "Norland Post"),
        ("nan", None),
        ("  ", None),
        (None, None),
        (float("nan"), None),
        (True, None),
        ([], None),
        ({}, None),
    ],
)
def test_outlet_may_be_an_object_or_missing(value: object, outlet: str | None) -> None:
    assert article({"text": SENTENCE, "source": value}).outlet == outlet


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("Ann Lee", ("Ann Lee",)),
        ("By Ann Lee, Bo Chen and Cy Diaz", ("Ann Lee", "Bo Chen", "Cy Diaz")),
        (["Ann Lee", "Bo Chen"], ("Ann Lee", "Bo Chen")),
        ([{"name": "Ann Lee"}, {"name": None}], ("Ann Lee",)),
        ("['Ann Lee', \"Bo O'Hara\"]", ("Ann Lee", "Bo O'Hara")),
        ("[]", ()),
        (None, ()),
    ],
)
def test_authors_in_any_shape(value: object, names: tuple[str, ...]) -> None:
    assert article({"text": SENTENCE, "byline": value}).authors == names


@pytest.mark.parametrize(
    ("value", "published"),
    [
        (1541410500, "2018-11-05T09:35:00+00:00"),
        (1541410500000, "2018-11-05T09:35:00+00:00"),
        (1541410500.0, "2018-11-05T09:35:00+00:00"),
        ("1541410500", "2018-11-05T09:35:00+00:00"),
        ({"$date": 1541410500000}, "2018-11-05T09:35:00+00:00"),
        (20181105, "20181105"),
        (20181105093500, "20181105093500"),
        (2018, "2018"),
        (date(2018, 11, 5), "2018-11-05"),
        (datetime(2018, 11, 5, 9, 35, tzinfo=UTC), "2018-11-05T09:35:00+00:00"),
        (" 5 Nov 2018 ", "5 Nov 2018"),
        (float("inf"), None),
        pytest.param(10**400, None, id="huge"),
        (-9e10, "-90000000000.0"),
        (True, None),
        ("", None),
    ],
)
def test_dates_may_be_numbers(value: object, published: str | None) -> None:
    assert article({"text": SENTENCE, "timestamp": value}).published == published


@pytest.mark.parametrize(
    ("value", "language"),
    [
        ("en", "en"),
        ("en-US", "en"),
        ("EN_gb", "en"),
        ("English", "en"),
        ("eng", "en"),
        ("Russian", "ru"),
        ("fil", "fil"),
        ("?", None),
    ],
)
def test_language_as_code_or_name(value: str, language: str | None) -> None:
    assert article({"text": SENTENCE, "lang": value}).language == language


def test_uri_is_an_address_only_if_it_looks_like_one() -> None:
    assert article({"text": SENTENCE, "uri": "776655"}) == RawArticle(text=SENTENCE, where="here", given_id="776655")
    assert article({"text": SENTENCE, "uri": "https://a.example/1"}).url == "https://a.example/1"


def test_title_stands_in_for_missing_text() -> None:
    assert article({"headline": "Ferry returns", "text": None}).text == "Ferry returns"


def test_summary_stands_in_only_without_a_column_of_text() -> None:
    assert article({"title": "Ferry", "description": SENTENCE}).text == SENTENCE
    assert article({"title": "Ferry", "description": SENTENCE, "text": ""}).text == "Ferry"


def test_second_column_of_text_stands_in_for_an_empty_first() -> None:
    assert article({"content": SENTENCE, "text": ""}).text == SENTENCE


def test_text_may_be_paragraphs_or_html() -> None:
    assert article({"text": ["One.", "Two."]}).text == "One.\n\nTwo."
    assert article({"text": "<p>One.</p><p>Two.</p>"}).text == "One.\n\nTwo."


@pytest.mark.parametrize("value", [None, "", " \n", 7, {}, [], [{}], "<p></p>"])
def test_row_without_text_is_a_failure(value: object) -> None:
    assert Columns().article({"text": value}, "here") == Failure(where="here", reason="no text: text is empty")
