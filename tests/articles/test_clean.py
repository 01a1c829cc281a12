from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.articles.clean import Cleaned, clean, domain, one_line, plain_lines
from ingest.articles.identity import article_id
from ingest.records import Article, RawArticle

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
TEXT = "The ministers of both countries met on Monday and agreed on the terms of the treaty."


def test_article_is_made() -> None:
    raw = RawArticle(
        text=f"  {TEXT}\r\n\r\nMore\x00 of it.\n",
        where="here",
        title=" Ministers\n meet ",
        url="https://www.example.com/a?utm_source=x",
        published="2021-05-03",
        authors=(" Ines  Calderon", "\n"),
    )
    assert clean(raw, NOW) == Cleaned(
        Article(
            article_id=article_id(raw),
            text=f"{TEXT}\n\nMore of it.",
            title="Ministers meet",
            url="https://www.example.com/a?utm_source=x",
            outlet="example.com",
            published=datetime(2021, 5, 3, tzinfo=UTC),
            language="en",
            authors=("Ines Calderon",),
            fetched=NOW,
        ),
        unscored="",
        date_problem="",
    )


def test_bad_date_is_told_and_the_article_stays() -> None:
    found = clean(RawArticle(text=TEXT, where="here", published="05/11/2018"), NOW)
    assert (found.article.published, found.unscored) == (None, "")
    assert found.date_problem == "date '05/11/2018' is ambiguous; write 2018-11-05 or 2018-05-11"


@pytest.mark.parametrize(
    ("text", "language", "unscored"),
    [
        (TEXT, None, ""),
        (TEXT, "en-GB", ""),
        (TEXT, "EN_us", ""),
        (TEXT, "fr", "language fr"),
        ("Les ministres des deux pays se sont rencontrés lundi à Paris pour discuter du traité.", None, "language fr"),
        ("12 - 7, 2021.", None, "no text"),
        ("...", "en", "no text"),
        ("Ok ok", None, "language unknown"),
    ],
)
def test_article_that_cannot_be_scored_says_why(text: str, language: str | None, unscored: str) -> None:
    assert clean(RawArticle(text=text, where="here", language=language), NOW).unscored == unscored


def test_title_stands_in_for_a_text_of_control_characters() -> None:
    assert clean(RawArticle(text="\x00\x01", where="here", title="Peru and Chile meet"), NOW).article.text == (
        "Peru and Chile meet"
    )


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://www.example.com/a", "example.com"),
        ("https://WWW.Example.com:8080/a", "example.com"),
        ("https://m.example.co.uk/a", "example.co.uk"),
        ("https://feeds.example.com/a", "example.com"),
        ("https://news.example.com/a", "news.example.com"),
        ("https://user:secret@example.com/a", "example.com"),
        ("example.com/a", None),
        ("https://[broken/a", None),
        ("", None),
        (None, None),
    ],
)
def test_domain(url: str | None, expected: str | None) -> None:
    assert domain(url) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("a\r\nb\rc\n", "a\nb\nc"), ("\x00a\x1fb\x7f", "ab"), ("a\ud800b", "ab"), ("\ta\tb", "a\tb"), ("", "")],
)
def test_plain_lines(text: str, expected: str) -> None:
    assert plain_lines(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"), [(" a \n b ", "a b"), ("\x00", None), ("", None), (None, None), ("x" * 2_000, "x" * 1_000)]
)
def test_one_line(text: str | None, expected: str | None) -> None:
    assert one_line(text) == expected


ANYTHING = st.text(st.characters(exclude_categories=[]), max_size=80)


@given(ANYTHING, st.none() | ANYTHING, st.none() | ANYTHING, st.none() | ANYTHING)
def test_anything_is_cleaned(text: str, title: str | None, url: str | None, published: str | None) -> None:
    article, unscored, _ = clean(
        RawArticle(text=text, where="here", title=title, url=url, published=published, language="en"), NOW
    )
    article.text.encode()
    assert article.text == article.text.strip()
    assert "\r" not in article.text
    assert bool(unscored) != any(char.isalpha() for char in article.text)
    for field in (article.title, article.url, article.outlet):
        assert field is None or (field.encode() and "\n" not in field)
