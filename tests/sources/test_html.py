from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from ingest.records import RawArticle
from ingest.text.htmltext import plain_text
from tests.sources.reading import PAGE, PARAGRAPHS, only_article, only_failure, write


@pytest.mark.parametrize("name", ["a.html", "a.htm", "a.html.gz"])
def test_saved_page_is_one_article(tmp_path: Path, name: str) -> None:
    data = PAGE.encode()
    path = write(tmp_path / name, gzip.compress(data) if name.endswith(".gz") else data)
    assert only_article(path) == RawArticle(
        text="\n".join(PARAGRAPHS),
        where=str(path),
        title="Ferry line returns",
        url="https://norlandpost.example/ferry",
        published="2018-11-05T08:00:00Z",
        outlet="The Norland Post",
        language="en",
        authors=("Ann Lee",),
    )


def test_declared_charset_is_believed(tmp_path: Path) -> None:
    page = PAGE.replace("<head>", '<head><meta charset="windows-1251">').replace("Norland ", "Норландия ")
    assert only_article(write(tmp_path / "a.html", page.encode("cp1251"))).text.startswith("Норландия and Sudland")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "the page is empty"),
        (b"<html><body></body></html>", "no article text"),
        (b"<form><input></form>", "no article text"),
        (b"\x00\x01\x02" * 50, "looks binary"),
        (b"<p>" * 200_000, "more than 30,000 tags"),
        (b"a" * 20_000_001, "more than 20 MB"),
    ],
)
def test_page_without_article_is_a_failure(tmp_path: Path, data: bytes, reason: str) -> None:
    assert reason in only_failure(write(tmp_path / "a.html", data)).reason


def test_packed_bomb_is_refused(tmp_path: Path) -> None:
    assert "more than 20 MB" in only_failure(write(tmp_path / "a.html.gz", gzip.compress(b" " * 60_000_000))).reason


def test_deeply_nested_page_does_no_harm(tmp_path: Path) -> None:
    assert only_failure(write(tmp_path / "a.html", b"<div>" * 90_000 + b"text")).reason


def test_plain_text_keeps_paragraphs_and_drops_scripts() -> None:
    fragment = "<p>One &amp; two<br>three</p><script>x()</script><ul><li>four</li></ul>five\n six <b>7</b>, eight"
    assert plain_text(fragment) == "One & two\nthree\n\nfour\n\nfive six 7, eight"


def test_plain_text_after_a_script_is_kept() -> None:
    assert plain_text("one<script>two</script> three") == "one three"


@pytest.mark.parametrize(
    ("text", "plain"), [("3 < 4 > 2", "3 < 4 > 2"), ("a &lt; b", "a < b"), ("", ""), ("<!-- -->", "")]
)
def test_plain_text_without_tags(text: str, plain: str) -> None:
    assert plain_text(text) == plain
