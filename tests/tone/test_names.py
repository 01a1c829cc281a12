"""A name never carries tone (contract 1)."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from ingest.records import Span
from ingest.tone.candidates import find_candidates
from ingest.tone.names import hide_names
from ingest.tone.typography import plain
from tests.sample import sample_articles

LEXICON = SentimentIntensityAnalyzer().lexicon


def hidden(text: str, *names: str) -> str:
    return hide_names(text, [Span(text.index(name), text.index(name) + len(name)) for name in names])


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        (
            "The United States thanked Iran.",
            ("United States", "Iran"),
            "The Qxxxxxxxxxxxx thanked Qxxx.",
        ),
        ("Iran's navy left Oman.", ("Iran", "Oman"), "Qxxx's navy left Qxxx."),
        (
            "They called the drill Friendship 2017 and left.",
            (),
            "They called the drill Qxxxxxxxxxxxxxx and left.",
        ),
        (
            'They called it "Friendship 2017," and left.',
            (),
            'They called it "Qxxxxxxxxxxxxxx," and left.',
        ),
        (
            "The Ministry of Defense denied it to all who asked.",
            (),
            "The Qxxxxxxxxxxxxxxxxxx denied it to all who asked.",
        ),
        ("A vote in the Security Council failed.", (), "A vote in the Qxxxxxxxxxxxxxxx failed."),
        (
            "A NATO-led force and Zatulin's men left Kim Jong-Un there.",
            (),
            "A Qxxx-led force and Qxxxxxx's men left Qxxxxxxxxxx there.",
        ),
        ("Zatulin praised it.", (), "Qxxxxxx praised it."),  # no common word
        ("Foreign Minister Smith spoke on Monday in May.", (), "Foreign Minister Qxxxx spoke on Monday in May."),
        ('He said: "Peace is near, and NOT far."', (), 'He said: "Peace is near, and NOT far."'),
        ("Attacks went on in the north.", (), "Attacks went on in the north."),  # its capital is the sentence's
    ],
)
def test_names_are_overwritten(text: str, names: tuple[str, ...], expected: str) -> None:
    assert hidden(text, *names) == expected


def test_capitals_of_a_headline_tell_nothing() -> None:
    text = "Iran Welcomes Peace Deal With Oman"
    assert hidden(text, "Iran", "Oman") == "Qxxx Welcomes Peace Deal With Qxxx"


@pytest.mark.parametrize("name", ["Oman", "Saint Vincent and the Grenadines"])
def test_length_of_a_country_makes_no_headline(name: str) -> None:
    text = f"{name} and Iran want the Security Council to condemn it."
    assert hidden(text, name, "Iran").endswith(" want the Qxxxxxxxxxxxxxxx to condemn it.")


SPANS = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 12)), max_size=4)


@given(
    st.text(min_size=60)
    | st.lists(st.sampled_from(["Peace", "of", "Iran", "kill", '"', "2017", "A"]), min_size=60).map(" ".join),
    SPANS,
)
def test_hiding_keeps_the_length(text: str, at: list[tuple[int, int]]) -> None:
    assert len(hide_names(text, [Span(start, start + size) for start, size in at])) == len(text)


def test_countries_of_the_sample_never_reach_the_scorer() -> None:
    leaked = []
    for article in sample_articles():
        on = article.published.date() if article.published else None
        for _, one in find_candidates(article.text, on):
            spans = {*one.a_spans, *one.b_spans, *one.other_spans}
            masked = hide_names(plain(one.sentence), spans)
            assert len(masked) == len(one.sentence)
            leaked += [
                (one.sentence, word)
                for start, end in spans
                for word in re.findall(r"\w+", masked[start:end])
                if word.lower() in LEXICON or not re.fullmatch("Q?x*", word)
            ]
    assert leaked == []
