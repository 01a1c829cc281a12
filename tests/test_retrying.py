"""Which places are read again, and which failures are over then."""

from __future__ import annotations

import pytest

from ingest.records import Failure, RawArticle
from ingest.retrying import Failed, attempt

FILES = {"news.csv", "odd.txt:17", "saved.rss", "a.json", "folder/b.html"}


def _failed(where: str, reason: str = "bad") -> Failed:
    return Failed(failure_id=f"{where} {reason}", where=where, reason=reason)


def _article(where: str) -> RawArticle:
    return RawArticle(text="Text.", where=where)


@pytest.mark.parametrize(
    ("where", "place"),
    [
        ("news.csv", "news.csv"),
        ("news.csv:17", "news.csv"),
        ("odd.txt:17", "odd.txt:17"),
        ("saved.rss: item 3", "saved.rss"),
        ("a.json: https://a.example/1", "a.json"),
        ("https://a.example/1", "https://a.example/1"),
        ("https://a.example/rss: item 3", "https://a.example/rss"),
        ("https://a.example/news.jsonl:17", "https://a.example/news.jsonl"),
        ("https://a.example/news.csv.gz:17", "https://a.example/news.csv.gz"),
        ("https://a.example:8080", "https://a.example:8080"),
        ("https://a.example/wiki/Talk:17", "https://a.example/wiki/Talk:17"),
        ("standard input:3", None),
        ("gone.csv:17", None),
        ("", None),
        (":17", None),
    ],
)
def test_place_of_a_failure(where: str, place: str | None) -> None:
    tried = attempt([_failed(where)], FILES.__contains__)
    assert tried.places == ((place,) if place else ())
    assert len(tried.gone) == (place is None)


def test_a_place_is_read_once_however_many_of_its_parts_failed() -> None:
    tried = attempt([_failed("news.csv:1"), _failed("news.csv:2"), _failed("folder/b.html")], FILES.__contains__)
    assert tried.places == ("news.csv", "folder/b.html")


def _resolved(failed: list[Failed], *found: RawArticle | Failure) -> list[str]:
    tried = attempt(failed, FILES.__contains__)
    for place in tried.places:
        assert list(tried.seen(place, iter(found))) == list(found)
    return tried.resolved()


def test_what_does_not_fail_again_is_over() -> None:
    failed = [_failed("news.csv:1"), _failed("news.csv:2")]
    assert _resolved(failed, _article("news.csv:1"), Failure(where="news.csv:2", reason="bad")) == ["news.csv:1 bad"]


def test_a_row_that_is_no_longer_there_is_over() -> None:
    assert _resolved([_failed("news.csv:9")], _article("news.csv:1")) == ["news.csv:9 bad"]


def test_what_fails_for_another_reason_is_replaced() -> None:
    assert _resolved([_failed("news.csv")], Failure(where="news.csv", reason="worse")) == ["news.csv bad"]


def test_parts_of_what_fails_as_a_whole_stay() -> None:
    failed = [_failed("news.csv:1"), _failed("news.csv", "cut short")]
    assert _resolved(failed, Failure(where="news.csv", reason="cut short")) == []


def test_a_place_that_was_not_read_to_its_end_stays() -> None:
    tried = attempt([_failed("news.csv:1")], FILES.__contains__)
    next(tried.seen("news.csv", iter([_article("news.csv:1"), _article("news.csv:2")])))
    assert tried.resolved() == []
