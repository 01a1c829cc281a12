"""Every known form, at word boundaries, leftmost, then longest."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.countries.gazetteer import forms
from ingest.countries.matcher import find_forms
from ingest.countries.mentions import find_mentions

KNOWN = sorted(forms())
GLUE = st.sampled_from(
    [" ", "", "-", ", ", "'s ", "’s ", "\n", "s ", "_", "é", ".", " and ", "x", "1", "\U0001f1f5", "\u0301"]
)
TEXTS = st.lists(st.tuples(GLUE, st.sampled_from(KNOWN) | st.text(max_size=8)), max_size=12).map(
    lambda parts: "".join(glue + part for glue, part in parts)
)


def found(text: str) -> list[str]:
    return [match.form for match in find_forms(text)]


@given(TEXTS)
def test_offsets_slice_to_a_known_form(text: str) -> None:
    for match in find_forms(text):
        assert text[match.start : match.end] == match.form
        assert match.senses == forms()[match.form]


@given(TEXTS)
def test_matches_are_in_order_and_apart(text: str) -> None:
    matches = find_forms(text)
    ends = [0, *(match.end for match in matches)]
    assert all(end <= match.start < match.end for end, match in zip(ends, matches, strict=False))


@given(TEXTS)
def test_matches_are_whole_words(text: str) -> None:
    for match in find_forms(text):
        around = text[max(0, match.start - 1) : match.start] + text[match.end : match.end + 1]
        assert not any(char.isalnum() or char == "_" for char in around)


@given(TEXTS)
def test_nothing_longer_was_possible(text: str) -> None:
    for match in find_forms(text):
        longer = {form for form in _whole_words_from(text, match.start) if len(form) > len(match.form)}
        assert longer & forms().keys() == set()


@given(TEXTS)
def test_nothing_was_missed_between_matches(text: str) -> None:
    free = 0
    for match in [*find_forms(text), None]:
        stop = match.start if match else len(text)
        missed = [(at, form) for at in range(free, stop) for form in _whole_words_from(text, at) if form in forms()]
        assert missed == []
        free = match.end if match else stop


def _whole_words_from(text: str, start: int) -> set[str]:
    """Return every substring from `start` that begins and ends at a word boundary, up to the longest form."""

    def inside(at: int) -> bool:
        return 0 <= at < len(text) and (text[at].isalnum() or text[at] == "_")

    if inside(start - 1):
        return set()
    longest = min(len(text), start + 60)
    return {text[start:end] for end in range(start + 1, longest + 1) if not inside(end)}


@given(st.text(), st.dates(), st.text(max_size=40))
def test_any_text_is_read(text: str, on: date, headline: str) -> None:
    for mention in find_mentions(text, on, headline):
        assert 0 <= mention.start < mention.end <= len(text)


@pytest.mark.parametrize(
    "form", ["Pakistan", "U.S.", "Côte d'Ivoire", "Saint Vincent and the Grenadines", "Kim Jong-un"]
)
@pytest.mark.parametrize(
    "around", ["{}", "({})", "“{}”", "{}'s", "{}’s", "pro-{}", "{}-led", "{},", "\n{}\n", "{}—", "/{}/"]
)
def test_form_is_found_between_marks(form: str, around: str) -> None:
    assert found(around.format(form)) == [form]


@pytest.mark.parametrize("around", ["x{}", "{}x", "{}1", "_{}", "é{}", "{}é", "{}ß"])
def test_form_is_not_found_inside_a_word(around: str) -> None:
    assert found(around.format("Pakistan")) == []


@pytest.mark.parametrize(
    ("text", "forms_found"),
    [
        ("South Korea and North Korea", ["South Korea", "North Korea"]),
        ("Papua New Guinea", ["Papua New Guinea"]),
        ("Guinea-Bissau", ["Guinea-Bissau"]),
        ("Nigeria and Niger", ["Nigeria", "Niger"]),
        ("the Democratic Republic of the Congo", ["Democratic Republic of the Congo"]),
        ("South Sudan", ["South Sudan"]),
        ("New Mexico", ["New Mexico"]),
    ],
)
def test_longest_form_wins(text: str, forms_found: list[str]) -> None:
    assert found(text) == forms_found


@pytest.mark.parametrize(
    ("text", "forms_found"),
    [
        ("Guinea-Bissauish", ["Guinea"]),  # no form, and "Guinea-Bissau" ends inside the word
        ("the South Koreanised script", []),
        ("Barack Obamas of this world", []),
        ("Republic of Chinatown", []),
        ("Iran-Iraqis", ["Iran", "Iraqis"]),
    ],
)
def test_longer_form_ending_inside_a_word_hides_nothing(text: str, forms_found: list[str]) -> None:
    assert found(text) == forms_found


def test_shorter_form_survives_a_longer_one_cut_off() -> None:
    longer = [form for form in KNOWN if form.startswith("United States ")]
    assert longer
    assert {tuple(found(form + "x")) for form in longer if form.count(" ") == 2} == {("United States",)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("PAKISTAN", ["PAKISTAN"]),
        ("pakistan", []),
        ("Cote d'Ivoire", ["Cote d'Ivoire"]),
        ("COTE D’IVOIRE", ["COTE D’IVOIRE"]),
        ("Türkiye", ["Türkiye"]),
        ("us", []),
        ("Male nurses", []),
        ("Malé", ["Malé"]),
        ("Pope Pius XI", []),
    ],
)
def test_capitals_and_accents(text: str, expected: list[str]) -> None:
    assert found(text) == expected
