from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.tone.sentences import split_sentences
from ingest.tone.typography import PLAIN, plain
from tests.sample import sample_articles


@given(st.text(st.characters(exclude_categories=[])) | st.text(st.sampled_from([chr(code) for code in PLAIN])))
def test_plain_keeps_the_length(text: str) -> None:
    assert len(plain(text)) == len(text)


@given(st.text(st.characters(codec="ascii", exclude_characters="`\t\r\n")))
def test_plain_leaves_plain_text_alone(text: str) -> None:
    assert plain(text) == text


@given(st.text())
def test_plain_of_plain_is_itself(text: str) -> None:
    assert plain(plain(text)) == plain(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("isn’t", "isn't"),
        ("“no”", '"no"'),
        ("«no»", '"no"'),
        ("a — b–c", "a - b-c"),
        ("so…", "so."),
        ("a\u00a0b\nc", "a b c"),
    ],
)
def test_plain_typography(text: str, expected: str) -> None:
    assert plain(text) == expected


# --- sentences


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One came. Two left.", ["One came.", "Two left."]),
        ("The U.S. said so. Mr. Lee agreed.", ["The U.S. said so.", "Mr. Lee agreed."]),
        ("A headline\n\nOne came. \n  Two left.  ", ["A headline", "One came.", "Two left."]),
        ("One 🙂 came. Two 🇵🇰 left.", ["One 🙂 came.", "Two 🇵🇰 left."]),
        ("", []),
        (" \n \n", []),
    ],
)
def test_sentences_are_split(text: str, sentences: list[str]) -> None:
    assert [text[start:end] for start, end in split_sentences(text)] == sentences


@given(
    st.text()
    | st.lists(st.sampled_from(["One came.", "\n", " ", "🙂", "U.S.", "é", '"', "\u2028", "No?", "\t"])).map("".join)
)
def test_sentences_cover_the_text_in_order(text: str) -> None:
    spans = split_sentences(text)
    at, between = 0, ""
    for start, end in spans:
        assert at <= start < end
        assert text[start:end] == text[start:end].strip()
        assert "\n" not in text[start:end]
        between += text[at:start]
        at = end
    assert (between + text[at:]).strip() == ""


def test_sentences_of_the_sample_begin_with_a_capital() -> None:
    odd = {
        one.text[start:end]
        for one in sample_articles()
        for start, end in split_sentences(one.text)
        if one.text[start:end].lstrip("\"“‘'(")[:1].islower()
    }
    assert odd == set()
