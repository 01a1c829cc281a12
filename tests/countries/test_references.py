"""What "both sides" and "its neighbour" stand for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.countries.references import find_both, find_neighbour
from ingest.tone.candidates import find_candidates

BOTH = [
    "The two countries",
    "the two neighbours",
    "The two nuclear powers",
    "Those two nations",
    "The two leaders",
    "Both sides",
    "both governments",
    "Both neighbors",
    "The rival states",
    "Bilateral ties",
    "bilateral defence cooperation",
    "The pair",
    "the pair",
    "Relations between them",
]


def related(text: str) -> list[tuple[str, str, str, str, str]]:
    """Return sentence, pair, and the words that stand for each."""
    return [
        (
            one.sentence,
            one.a,
            one.b,
            " | ".join(one.sentence[span.start : span.end] for span in one.a_spans),
            " | ".join(one.sentence[span.start : span.end] for span in one.b_spans),
        )
        for _, one in find_candidates(text)
    ]


FIRST = ("India met Pakistan.", "IND", "PAK", "India", "Pakistan")


@pytest.mark.parametrize("phrase", BOTH)
def test_phrase_for_both_is_the_pair_before(phrase: str) -> None:
    last = f"{phrase} mattered, officials said."
    assert related(f"India met Pakistan. {last}") == [FIRST, (last, "IND", "PAK", phrase, phrase)]


@pytest.mark.parametrize(
    "between",
    [
        "",
        "The hall was full. ",
        "The hall was full. Nobody smiled. It rained. ",
        "India was late. ",
        "Pakistan was late. India was not. ",
        "\n\n",
        "\n\nThe hall was full.\n\n",
    ],
)
def test_pair_is_kept_in_mind_across_sentences(between: str) -> None:
    found = related(f"India met Pakistan. {between}Both sides agreed.")
    assert found == [FIRST, ("Both sides agreed.", "IND", "PAK", "Both sides", "Both sides")]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Both sides agreed. India met Pakistan.", ["India met Pakistan."]),
        ("India met Pakistan. China watched. Both sides agreed.", ["India met Pakistan."]),
        ("India was late. Both sides agreed. Pakistan was not.", []),
        ("India is large. China is larger. Both sides agreed.", []),
        ("Both sides agreed.", []),
        ("The two countries agreed with India.", []),
        ("India met Pakistan. The two countries agreed, China said.", ["India met Pakistan."]),
    ],
)
def test_phrase_for_both_is_nobody_when_it_is_not_plain(text: str, sentences: list[str]) -> None:
    assert [sentence for sentence, *_ in related(text)] == sentences


def test_phrase_for_both_after_three_countries_is_nobody() -> None:
    found = related("India, China and Pakistan met. Both sides agreed.")
    assert {sentence for sentence, *_ in found} == {"India, China and Pakistan met."}


def test_phrase_for_both_beside_one_of_them_is_still_the_pair() -> None:
    last = "The two countries agreed, India said."
    assert related(f"India met Pakistan. {last}")[1:] == [(last, "IND", "PAK", "India", "The two countries")]


def test_new_pair_replaces_the_old() -> None:
    found = related("India met Pakistan. China met Japan. Both sides agreed.")
    assert found[-1] == ("Both sides agreed.", "CHN", "JPN", "Both sides", "Both sides")


@pytest.mark.parametrize(
    ("last", "phrase"),
    [
        ("Pakistan accused its neighbour of lying.", "its neighbour"),
        ("Pakistan accused its nuclear-armed neighbor of lying.", "its nuclear-armed neighbor"),
        ("Pakistan accused its larger eastern neighbour of lying.", "its larger eastern neighbour"),
        ("Its neighbour had lied, Pakistan said.", "Its neighbour"),
        ("Pakistan met its rival.", "its rival"),
        ("The other side had lied, Pakistan said.", "The other side"),
        ("Pakistan's president met his counterpart.", "his counterpart"),
        ("His Pakistani counterpart refused.", "His"),
        ("Pakistan trades with the neighbouring country.", "the neighbouring country"),
    ],
)
def test_neighbour_is_the_other_country(last: str, phrase: str) -> None:
    named = "Pakistani" if "Pakistani" in last else "Pakistan"
    assert related(f"India was angry. {last}") == [(last, "IND", "PAK", phrase, named)]


@pytest.mark.parametrize(
    "text",
    [
        "Pakistan accused its neighbour of lying. India was angry.",
        "India met China. Pakistan accused its neighbour of lying.",
        "India was angry. Its neighbour was not. Pakistan was silent.",
    ],
)
def test_neighbour_is_nobody_when_it_is_not_plain(text: str) -> None:
    assert [one for one in related(text) if "eighbour" in one[0]] == []


def test_neighbour_of_a_pair_is_the_other_one() -> None:
    last = "India accused its neighbour of lying."
    assert related(f"India met Pakistan. {last}") == [FIRST, (last, "IND", "PAK", "India", "its neighbour")]


@given(st.text(), st.sampled_from([*BOTH, "its neighbour", "The other side"]), st.text())
def test_phrases_are_found_where_they_stand(before: str, phrase: str, after: str) -> None:
    text = f"{before} {phrase} {after}"
    for find in (find_both, find_neighbour):
        span = find(text)
        assert span is None or 0 <= span.start < span.end <= len(text)
    assert find_both(text) or find_neighbour(text)
