from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.articles.language import detect_language
from tests.sample import sample_articles


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The ministers of both countries met.", "en"),
        ("Islamabad and Moscow have begun military drills in Karachaevo-Cherkessia.", "en"),
        ("PERU AND CHILE SIGN A TRADE DEAL AFTER LONG TALKS", "en"),
        ("Les ministres des deux pays se sont rencontrés lundi pour discuter du traité.", "fr"),
        ("Die Minister beider Länder trafen sich am Montag und sprachen über den Vertrag.", "de"),
        ("Los ministros de ambos países se reunieron el lunes para hablar del tratado.", "es"),
        ("Министры обеих стран встретились в понедельник, чтобы обсудить договор.", "ru"),
        ("日本と韓国の外相が会談した。両国は協力で合意した。", "ja"),
        ("التقى وزراء البلدين يوم الاثنين لمناقشة المعاهدة", "ar"),
    ],
)
def test_language_is_told(text: str, language: str) -> None:
    assert detect_language(text) == language


@pytest.mark.parametrize("text", ["", "   ", "12.05.2021 - 7", "Ok ok", "🙂🙂🙂", "… — …"])
def test_language_of_too_little_is_none(text: str) -> None:
    assert detect_language(text) is None


def test_language_of_every_sample_article_is_english() -> None:
    assert [one.article_id for one in sample_articles() if detect_language(one.text) != "en"] == []


@given(st.text())
def test_language_of_anything_is_a_code_or_none(text: str) -> None:
    language = detect_language(text)
    assert language is None or 2 <= len(language) <= 3
