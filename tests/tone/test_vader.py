"""The baseline: equal to vaderSentiment, and blind to who the countries are."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from vaderSentiment.vaderSentiment import (
    BOOSTER_DICT,
    NEGATE,
    SENTIMENT_LADEN_IDIOMS,
    SPECIAL_CASES,
    SentimentIntensityAnalyzer,
)

from ingest.errors import UnknownNameError
from ingest.records import Candidate, Judgement, Label, Span
from ingest.scoring import score
from ingest.tone.candidates import find_candidates
from ingest.tone.names import hide_names
from ingest.tone.scorer import get_scorer
from ingest.tone.sentences import split_sentences
from ingest.tone.typography import plain
from ingest.tone.vader import VaderScorer
from tests.sample import sample_articles

THEIRS = SentimentIntensityAnalyzer()
OURS = VaderScorer()


def judge(text: str, *names: str) -> Judgement:
    """Judge a sentence about the first two names; without names, about nobody in it."""
    spans = [Span(text.index(name), text.index(name) + len(name)) for name in names] or [Span(0, 0)] * 2
    one = Candidate(
        sentence=text,
        a="AAA",
        b="BBB",
        a_spans=(spans[0],),
        b_spans=(spans[1],),
        other_spans=tuple(spans[2:]),
    )
    return OURS.judge([one])[0]


def compound(text: str) -> float:
    return float(THEIRS.polarity_scores(hide_names(plain(text), []))["compound"])


CASES: dict[str, Callable[[str], str]] = {"as it is": str, "upper": str.upper, "title": str.title}
WORDS = st.one_of(
    st.sampled_from(sorted(THEIRS.lexicon)),
    st.sampled_from(["good", "bad", "war", "peace", "great", "kill", "no", "kind", "least", "love", "attack"]),
    st.sampled_from(sorted(BOOSTER_DICT)),
    st.sampled_from(sorted(NEGATE)),
    st.sampled_from(sorted({**SPECIAL_CASES, **SENTIMENT_LADEN_IDIOMS})),
    st.sampled_from(
        ["but", "BUT", "of", "kind of", "at least", "very least", "never so", "without doubt", "the", "ministers"]
    ),
    st.sampled_from(["!", "!!!!", "?", "???", ",", ".", ":)", ":(", "-", '"', "…", "’"]),
    st.sampled_from(["😀", "❤️", "💣", "😡", "🇵🇰", "👍🏽"]),
    st.text(max_size=4),
)
SENTENCES = st.lists(
    st.tuples(
        WORDS,
        st.sampled_from(["as it is", "as it is", "upper", "title"]),
        st.sampled_from([" ", " ", " ", "", "! ", ", ", "  "]),
    ),
    max_size=14,
).map(lambda parts: "".join(CASES[case](word) + glue for word, case, glue in parts))


@given(SENTENCES)
def test_tone_equals_vader(text: str) -> None:
    assert judge(text).tone == pytest.approx(compound(text), abs=1e-12)


@given(
    st.lists(st.sampled_from(sorted(THEIRS.lexicon)), max_size=8).map(" ".join),
    st.sampled_from(["", "!", "!!", "?", "??"]),
)
def test_tone_of_lexicon_words_equals_vader(words: str, end: str) -> None:
    assert judge(words + end).tone == pytest.approx(compound(words + end), abs=1e-12)


def test_tone_of_the_sample_equals_vader() -> None:
    sentences = [one.text[start:end] for one in sample_articles() for start, end in split_sentences(one.text)][:600]
    wrong = [text for text in sentences if abs(judge(text).tone - compound(text)) > 1e-12]
    assert (len(sentences), wrong) == (600, [])


@given(SENTENCES)
def test_judgement_is_a_distribution(text: str) -> None:
    one = judge(text)
    assert min(one.cooperative, one.neutral, one.hostile) >= 0
    assert one.cooperative + one.neutral + one.hostile == pytest.approx(1)
    assert -1 <= one.tone <= 1


@given(SENTENCES)
def test_words_are_in_the_text(text: str) -> None:
    for start, end, weight in judge(text).words:
        assert 0 <= start < end <= len(text)
        assert " " not in text[start:end]
        assert -1 <= weight <= 1
        assert weight


CALM = st.lists(
    st.sampled_from(
        [*sorted(word for word in THEIRS.lexicon if word.isalpha()), "ministers", "spoke", "very", "not", "hardly"]
    ),
    max_size=12,
).map(" ".join)


@given(CALM)
def test_weights_sum_to_the_tone_where_nothing_shouts(text: str) -> None:
    one = judge(text)
    assert sum(weight for *_, weight in one.words) == pytest.approx(one.tone, abs=1e-3)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("they praised the deal.", [("praised", 1)]),
        ("they praised the “brutal” war,", [("praised", 1), ("brutal", -1), ("war", -1)]),
        ("it isn’t good.", [("good", -1)]),
        ("it rained.", []),
    ],
)
def test_words_that_drove_the_tone(text: str, words: list[tuple[str, int]]) -> None:
    assert [(text[start:end], round(math.copysign(1, weight))) for start, end, weight in judge(text).words] == words


@pytest.mark.parametrize(
    ("tone", "label"),
    [
        *((1.0, "cooperative"), (0.05, "cooperative"), (0.0499, "neutral"), (0.0, "neutral")),
        *((-0.0499, "neutral"), (-0.05, "hostile"), (-1.0, "hostile")),
    ],
)
def test_label_has_the_thresholds_of_vader(tone: float, label: Label) -> None:
    assert OURS.label(max(tone, 0.0), 1 - abs(tone), max(-tone, 0.0)) == label


def test_judging_keeps_order_and_repeats() -> None:
    texts = ["they praised it.", "they attacked it.", "they praised it.", "it rained."]
    candidates = [
        Candidate(sentence=text, a="A", b="B", a_spans=(Span(0, 4),), b_spans=(Span(0, 4),), other_spans=())
        for text in texts
    ]
    assert OURS.judge(candidates) == [OURS.judge([one])[0] for one in candidates]
    assert OURS.judge([]) == []


def test_unknown_scorer_is_told() -> None:
    with pytest.raises(UnknownNameError, match=r"no scorer is called 'mood'; there is: .*vader"):
        get_scorer("mood")


# --- contract 1: a country's identity never changes the tone

NAMES = [
    *(
        "United States",
        "Saint Vincent and the Grenadines",
        "Iran",
        "Fiji",
        "South Korea",
        "Bosnia and Herzegovina",
        "U.S.",
    ),
    *(
        "Côte d'Ivoire",
        "Guinea-Bissau",
        "Democratic Republic of the Congo",
        "Peru",
        "Israel",
        "UK",
        "Trinidad and Tobago",
    ),
]


def swapped(one: Candidate, a: str, b: str, other: str) -> Candidate:
    """Rewrite a candidate with other countries."""
    names = dict.fromkeys(one.other_spans, other) | dict.fromkeys(one.b_spans, b) | dict.fromkeys(one.a_spans, a)
    moved: dict[Span, Span] = {}
    text, at = "", 0
    for span, name in sorted(names.items()):
        text += one.sentence[at : span.start]
        moved[span] = Span(len(text), len(text) + len(name))
        text, at = text + name, span.end

    def move(spans: tuple[Span, ...]) -> tuple[Span, ...]:
        return tuple(moved[span] for span in spans)

    return one._replace(
        sentence=text + one.sentence[at:],
        a_spans=move(one.a_spans),
        b_spans=move(one.b_spans),
        other_spans=move(one.other_spans),
    )


@cache
def sample_candidates() -> tuple[Candidate, ...]:
    return tuple(
        one
        for article in sample_articles()
        for _, one in find_candidates(article.text, article.published.date() if article.published else None)
    )


@pytest.mark.parametrize(
    ("a", "b", "other"),
    [
        ("Iran", "Peru", "Fiji"),
        ("United States", "Saint Vincent and the Grenadines", "Democratic Republic of the Congo"),
        ("Saint Vincent and the Grenadines", "Fiji", "U.S."),
        ("U.S.", "UK", "Bosnia and Herzegovina"),
    ],
)
def test_swapped_countries_keep_every_tone_of_the_sample(a: str, b: str, other: str) -> None:
    before = OURS.judge(sample_candidates())
    after = OURS.judge([swapped(one, a, b, other) for one in sample_candidates()])
    changed = [
        (one.sentence, old.tone, new.tone)
        for one, old, new in zip(sample_candidates(), before, after, strict=True)
        if abs(old.tone - new.tone) > 1e-9
    ]
    assert len(before) > 1_000
    assert changed == []


SAYINGS = st.sampled_from(
    [
        "{a} praised {b} for its friendly stance.",
        "{a} threatened to attack {b}!!!",
        "{a} and {b} did not agree, but they will meet again.",
        "Talks between {a} and {b} broke down in anger, the Security Council heard.",
        "{a} WARNS {b} OVER DEADLY ATTACK",
        "{a} Welcomes Peace Deal With {b}",
        "{b}'s Ministry of Defense called the drill with {a} a great success.",
        "Troops from {a} killed nine soldiers of {b} on the border.",
        '"Friendship 2017," a drill of {a} and {b}, ended well.',
        "{a}-{b} relations are worse than ever.",
    ]
)


@given(SAYINGS, st.permutations(NAMES))
def test_swapped_countries_keep_the_tone(saying: str, names: list[str]) -> None:
    def tone(a: str, b: str) -> float:
        return judge(saying.format(a=a, b=b), a, b).tone

    assert tone(names[0], names[1]) == pytest.approx(tone("Oman", "Chile"), abs=1e-9)


PLAIN_NAMES = [
    *(
        "Iran",
        "Oman",
        "Chile",
        "Fiji",
        "Israel",
        "Norway",
        "Saint Vincent and the Grenadines",
        "Bosnia and Herzegovina",
    ),
    *("South Korea", "New Zealand", "Sri Lanka", "Burkina Faso", "Kazakhstan"),
]


@given(SAYINGS, st.permutations(PLAIN_NAMES))
def test_swapped_countries_keep_the_reading(saying: str, names: list[str]) -> None:
    def tones(a: str, b: str) -> list[float]:
        return [reading.tone for reading in score(saying.format(a=a, b=b), "vader")]

    found = tones(names[0], names[1])
    assert len(found) == 1
    assert found == pytest.approx(tones("Peru", "Kenya"), abs=1e-9)


# --- direction


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("Iran accused Oman of spying.", "ab"),
        ("Oman accused Iran of spying.", "ba"),
        ("Oman was accused by Iran of spying.", "ab"),
        ("Iran was attacked by Oman.", "ba"),
        ("Iran's navy shelled Oman's coast.", "ab"),
        ("Oman sent aid to Iran.", "ba"),
        ("Iran and Oman signed a treaty.", "both"),
        ("Oman and Iran signed a treaty.", "both"),
        ("Talks between Iran and Oman failed.", "both"),
        ("Iran-Oman relations improved.", "both"),
        ("Iran, together with Oman, signed a treaty.", "both"),
        ("Iran met Oman. Both sides agreed.", "both"),
    ],
)
def test_direction(text: str, direction: str) -> None:
    judged = OURS.judge([one for _, one in find_candidates(text)])
    assert judged[-1].direction == direction
