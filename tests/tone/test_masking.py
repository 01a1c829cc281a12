from __future__ import annotations

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ingest.records import Candidate, Span
from ingest.tone.detente.masking import mask, turn


def candidate(sentence: str, a: list[str], b: list[str], others: tuple[str, ...] = ()) -> Candidate:
    def spans(names: list[str] | tuple[str, ...]) -> tuple[Span, ...]:
        return tuple(Span(sentence.index(name), sentence.index(name) + len(name)) for name in names)

    return Candidate(sentence=sentence, a="AAA", b="BBB", a_spans=spans(a), b_spans=spans(b), other_spans=spans(others))


def test_the_first_is_a_whatever_the_alphabet() -> None:
    one = mask(candidate("Kenya told Norway’s envoy about Chile.", ["Kenya"], ["Norway"], ("Chile",)))
    other = mask(candidate("Kenya told Norway’s envoy about Chile.", ["Norway"], ["Kenya"], ("Chile",)))
    assert one.text == other.text == "[A] told [B]'s envoy about [C]."
    assert (one.a_first, other.a_first) == (True, False)


def test_a_phrase_for_both_stands_for_both() -> None:
    assert mask(candidate("The two sides met.", ["The two sides"], ["The two sides"])).text == "[A] and [B] met."


def test_brackets_of_the_text_are_no_placeholders() -> None:
    assert mask(candidate("[A] Kenya [a] Norway", ["Kenya"], ["Norway"])).text == "(A) [A] (a) [B]"


@pytest.mark.parametrize(
    ("sentence", "a", "b"),
    [
        ("The Netherlands told an Egyptian envoy.", "Netherlands", "Egyptian"),
        ("Norway told a Kenyan envoy.", "Norway", "Kenyan"),
        ("The Norwegians told a Kenyan envoy.", "Norwegians", "Kenyan"),
    ],
)
def test_the_grammar_of_a_name_is_hidden_with_it(sentence: str, a: str, b: str) -> None:
    masked = mask(candidate(sentence, [a], [b]))
    assert masked.text == "[A] told a [B] envoy."
    start = masked.text.index("envoy")
    assert sentence[slice(*masked.back(start, start + 5))] == "envoy"


def test_a_bare_apostrophe_is_a_possessive() -> None:
    masked = mask(candidate("The Philippines' envoy met Kenya's.", ["Philippines"], ["Kenya"]))
    assert masked.text == "[A]'s envoy met [B]'s."
    start = masked.text.index("envoy")
    assert masked.back(start, start + 5) == Span(17, 22)


def test_words_are_found_again_in_the_sentence() -> None:
    sentence = "Yesterday Kenya thanked Norway warmly for help."
    masked = mask(candidate(sentence, ["Kenya"], ["Norway"]))
    for word in ("Yesterday", "thanked", "warmly", "help"):
        start = masked.text.index(word)
        assert sentence[slice(*masked.back(start, start + len(word)))] == word


def test_other_names_are_hidden_too() -> None:
    sentence = (
        "Kenya's President thanked Zatulin of the Peace Council for Norway's role in \"Friendship 2017\" on Monday."
    )
    masked = mask(candidate(sentence, ["Kenya"], ["Norway"]))
    assert masked.text == "[A]'s President thanked [N] for [B]'s role in \"[N]\" on Monday."
    other = sentence.replace("Zatulin of the Peace", "Doe of War").replace("Friendship 2017", "Iron Fist")
    assert mask(candidate(other, ["Kenya"], ["Norway"])).text == masked.text
    for word in ("thanked", "role", "Monday"):
        start = masked.text.index(word)
        assert sentence[slice(*masked.back(start, start + len(word)))] == word


@given(
    st.lists(
        st.sampled_from('Peace Friendship Zatulin of the NATO-led attacked "Open 2017" I\'m, and. 12'.split()),
        max_size=30,
    )
)
def test_what_is_no_name_is_found_again(words: list[str]) -> None:
    sentence = " ".join(["Kenya", *words, "Norway."])
    masked = mask(candidate(sentence, ["Kenya"], ["Norway"]))
    for found in re.finditer(r"(?<![\[\w])[a-z]+\b", masked.text):
        assert sentence[slice(*masked.back(*found.span()))] == found.group()


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=60))
def test_any_text_around_two_countries_is_kept(before: str, between: str, after: str) -> None:
    assume(not any(re.search(r"\b(?:the|an) $", part, re.IGNORECASE) for part in (before, between)))
    sentence = f"{before}KENYA{between}NORWAY{after}"
    start = len(before)
    second = start + 5 + len(between)
    masked = mask(
        Candidate(
            sentence=sentence,
            a="KEN",
            b="NOR",
            a_spans=(Span(start, start + 5),),
            b_spans=(Span(second, second + 6),),
            other_spans=(),
        ),
        others=False,
    )
    assert len(masked.text) == len(sentence) - 11 + 6
    assert masked.back(len(masked.text) - len(after), len(masked.text)) == Span(
        len(sentence) - len(after), len(sentence)
    )


@pytest.mark.parametrize(
    ("direction", "a_first", "expected"),
    [("ab", True, "ab"), ("ab", False, "ba"), ("ba", False, "ab"), ("both", False, "both"), ("none", False, "none")],
)
def test_turn(direction: str, a_first: bool, expected: str) -> None:
    assert turn(direction, a_first) == expected  # type: ignore[arg-type]
