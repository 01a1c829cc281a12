"""What is fast gives what the plain way gives, row for row: over the sample's real sentences and over invented ones."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st
from vaderSentiment.vaderSentiment import BOOSTER_DICT, SPECIAL_CASES, SentimentIntensityAnalyzer

from ingest.countries.mentions import find_mentions
from ingest.records import Candidate, Span
from ingest.tone.candidates import find_candidates
from ingest.tone.sentences import split_sentences
from ingest.tone.vader import _IDIOMS, VaderScorer
from tests.sample import sample_articles
from tests.tone import plainly

VADER = VaderScorer()

PIECES = st.sampled_from(
    [
        *(
            "Iran",
            "Oman",
            "Russia",
            "South Korea",
            "Korea",
            "North Korea",
            "Congo",
            "Kinshasa",
            "Brazzaville",
            "Jordan",
        ),
        *("Georgia", "Washington", "Moscow", "Vienna", "Turkey", "the U.S.", "Mr Trump", "President Obama", "Macron"),
        *("the two sides", "Both countries", "its neighbour", "bilateral ties", "Her counterpart", "the pair", "them"),
        *("praised", "condemned", "met", "and", ",", "in", "for", "said", "with", "the", "not", "attack on", "war"),
        *(". ", ".\n", "\n\n", "! ", "? ", "Mr. ", '"', "”", " - ", "…", "(", ")", "\u200b", "é", "İ", "😀"),
    ]
)
TEXTS = st.lists(PIECES | st.text(max_size=3), max_size=40).map(" ".join)
DAYS = st.sampled_from([None, date(2009, 5, 1), date(2017, 3, 1), date(2024, 6, 1)])


def told(text: str, on: date | None, headline: str) -> None:
    for listed in (False, True):
        fast = find_candidates(text, on, headline, listed=listed)
        assert fast == plainly.candidates(text, on, headline, listed=listed)
        assert [
            one.candidate for one in fast if one.candidate.sentence != text[one.start :][: len(one[1].sentence)]
        ] == []


@settings(max_examples=300)
@given(TEXTS, DAYS, TEXTS | st.just(""))
def test_candidates_equal_the_plain_way(text: str, on: date | None, headline: str) -> None:
    told(text, on, headline)


def test_candidates_of_the_sample_equal_the_plain_way() -> None:
    for one in sample_articles():
        told(one.text, one.published.date() if one.published else None, one.title or "")


@given(TEXTS | st.text(max_size=60))
def test_sentences_equal_the_boundaries_of_sentencex(text: str) -> None:
    assert split_sentences(text) == plainly.sentences(text)


@given(TEXTS, DAYS)
def test_who_names_too_few_is_told_so_only_if_it_is_so(text: str, on: date | None) -> None:
    every = find_mentions(text, on)
    few = find_mentions(text, on, least=2)
    assert few == every or (few == [] and len({one.country for one in every}) < 2)


WORDS = st.sampled_from(
    [
        *sorted(SentimentIntensityAnalyzer().lexicon)[::40],
        *(
            "Security",
            "United",
            "Peace",
            "WAR",
            "good",
            "GOOD",
            "Good",
            "bad",
            "kind",
            "no",
            "No",
            "x-d",
            "A-d",
            "T-p",
            ":D",
        ),
        *(
            "not",
            "never",
            "Never",
            "so",
            "this",
            "without",
            "doubt",
            "least",
            "At",
            "at",
            "very",
            "VERY",
            "hardly",
            "isn't",
        ),
        *(
            "But",
            "but",
            "BUT",
            "the bomb",
            "Kiss of death",
            "bus stop",
            "kind of",
            "yeah right",
            "to die for",
            "just enough",
        ),
        *("Ministers", "NATO", "the", "spoke", "Council", "of", "for", "O'Neil", "!", "?", "??", "😀", "-", '"'),
    ]
)


@st.composite
def invented(draw: st.DrawFn) -> Candidate:
    """Draw a sentence of VADER's words and names, with two places that stand for countries."""
    words = draw(st.lists(WORDS, min_size=2, max_size=14))
    glue = draw(
        st.lists(st.sampled_from([" ", " ", " ", "  ", ", ", "\u00a0"]), min_size=len(words), max_size=len(words))
    )
    text = "".join(word + after for word, after in zip(words, glue, strict=True))
    first, second = sorted(draw(st.lists(st.integers(0, len(words) - 1), min_size=2, max_size=2, unique=True)))
    starts = [
        sum(len(word) + len(after) for word, after in zip(words[:i], glue[:i], strict=True)) for i in (first, second)
    ]
    a, b = (Span(start, start + len(words[i])) for start, i in zip(starts, (first, second), strict=True))
    return Candidate(text, "AAA", "BBB", (a,), (b,), ())


@settings(max_examples=500)
@given(invented())
def test_tone_and_words_equal_vader(candidate: Candidate) -> None:
    (judged,) = VADER.judge([candidate])
    compound, words = plainly.vader(candidate)
    assert (judged.cooperative, judged.hostile) == (max(compound, 0.0), max(-compound, 0.0))
    assert judged.words == words


def test_tone_and_words_of_the_sample_equal_vader() -> None:
    some = [
        placed.candidate
        for one in sample_articles()
        for placed in find_candidates(one.text, one.published.date() if one.published else None)
    ]
    assert len(some) > 1_000
    for candidate, judged in zip(some, VADER.judge(some), strict=True):
        compound, words = plainly.vader(candidate)
        assert (judged.cooperative, judged.hostile, judged.words) == (max(compound, 0.0), max(-compound, 0.0), words)


def test_every_idiom_of_vader_has_a_word_that_is_looked_for() -> None:
    idioms = [idiom for idiom in {**SPECIAL_CASES, **BOOSTER_DICT} if " " in idiom]
    assert len(idioms) > 8
    assert [idiom for idiom in idioms if _IDIOMS.isdisjoint(idiom.split())] == []
