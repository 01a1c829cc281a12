"""Which sentences relate which countries."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.countries.scenes import dateline_end
from ingest.records import Article, Candidate, Span
from ingest.tone.candidates import MOST_COUNTRIES, Placed, find_candidates
from ingest.tone.sentences import LONGEST
from tests.sample import sample_articles


def pairs(text: str, on: date | None = None) -> list[str]:
    return [f"{one.a}-{one.b}" for _, one in find_candidates(text, on)]


def test_candidate_is_whole() -> None:
    text = "It rained. Russia met Iran and Russia's ally, Syria."
    sentence = "Russia met Iran and Russia's ally, Syria."
    russia, iran, syria = (Span(0, 6), Span(20, 26)), (Span(11, 15),), (Span(35, 40),)

    def one(a: str, b: str, a_spans: tuple[Span, ...], b_spans: tuple[Span, ...], other: tuple[Span, ...]) -> Placed:
        return Placed(
            11,
            Candidate(sentence=sentence, a=a, b=b, a_spans=a_spans, b_spans=b_spans, other_spans=other),
        )

    assert find_candidates(text) == [
        one("IRN", "RUS", iran, russia, syria),
        one("IRN", "SYR", iran, syria, russia),
        one("RUS", "SYR", russia, syria, iran),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Iran accused Oman of spying.", ["IRN-OMN"]),
        ("Oman was accused by Iran of spying.", ["IRN-OMN"]),
        ("Iran was calm. Oman was not.", []),
        ("Iran accused Iranians.", []),
        ("Nobody was there.", []),
        ("", []),
        ("Iran met Oman.\nRussia met China.", ["IRN-OMN", "CHN-RUS"]),
        ("The two Koreas met.", ["KOR-PRK"]),
    ],
)
def test_pairs_are_found_within_a_sentence(text: str, expected: list[str]) -> None:
    assert pairs(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Prices rose in many states, such as Iran, Iraq and Oman.",
        "The firm sells to Iran, Iraq, Oman and Yemen.",
        "The list holds Peru, Chile, Bolivia, Brazil.",
        "The firm has offices in Peru, Chile, as well as Brazil.",
    ],
)
def test_countries_merely_listed_are_not_related(text: str) -> None:
    assert pairs(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Iran, Iraq and Oman signed a treaty.",
        "The Iranian, Iraqi and Omani ministers signed a treaty.",
        "Talks between Iran, Iraq and Oman failed.",
        "A treaty was signed by Iran, Iraq and Oman.",
        "“Iran, Iraq and Oman must agree,” he said.",
    ],
)
def test_countries_that_act_together_are_related(text: str) -> None:
    assert pairs(text) == ["IRN-IRQ", "IRN-OMN", "IRQ-OMN"]


def test_country_outside_a_list_is_related_to_each_of_it() -> None:
    assert pairs("Russia sold wheat to Iran, Iraq and Oman.") == ["IRN-RUS", "IRQ-RUS", "OMN-RUS"]


NAMES = "Iran Peru Chile Oman Yemen Brazil Kenya Fiji Ghana Norway".split()


@pytest.mark.parametrize("count", [MOST_COUNTRIES, MOST_COUNTRIES + 1])
def test_sentence_with_too_many_countries_relates_none(count: int) -> None:
    text = " told ".join(NAMES[:count]) + "."
    assert len(pairs(text)) == (count * (count - 1) // 2 if count <= MOST_COUNTRIES else 0)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Iran met Oman in Ankara.", ["IRN-OMN"]),
        ("Iran met officials in Ankara.", ["IRN-TUR"]),
        ("Iran met Oman in Ankara, and Ankara was glad.", ["IRN-OMN", "IRN-TUR", "OMN-TUR"]),
    ],
)
def test_host_counts_only_when_nobody_else_is_there(text: str, expected: list[str]) -> None:
    assert pairs(text) == expected


def test_endless_sentence_is_no_evidence() -> None:
    assert pairs("Iran met Oman " + "and spoke " * (LONGEST // 10) + "at length.") == []


def test_name_cut_by_a_wrong_split_stays_inside_its_sentence() -> None:
    text = "Oman thanked Iceland and Guðni Th. Johannesson for it."
    for _, one in find_candidates(text, date(2020, 1, 1)):
        assert max(span.end for span in one.b_spans + one.a_spans + one.other_spans) <= len(one.sentence)


def test_leader_stands_for_the_country_while_in_office() -> None:
    assert pairs("Putin called Merkel.", date(2018, 1, 1)) == ["DEU-RUS"]
    assert pairs("Putin called Merkel.", date(2023, 1, 1)) == []


WORDS = st.lists(
    st.sampled_from(
        [
            *NAMES,
            "U.S.",
            "Ankara",
            "both sides",
            "its neighbour",
            "and",
            ",",
            ".",
            "\n",
            "met",
            "in",
            "Guðni Th. Johannesson",
        ]
    ),
    max_size=40,
).map(" ".join)


@given(WORDS | st.text(), st.none() | st.dates())
def test_candidates_are_sound(text: str, on: date | None) -> None:
    for start, one in find_candidates(text, on):
        assert one.a < one.b
        assert text[start : start + len(one.sentence)] == one.sentence
        assert one.a_spans
        assert one.b_spans
        for span in one.a_spans + one.b_spans + one.other_spans:
            assert 0 <= span.start < span.end <= len(one.sentence)


@given(st.sampled_from(sample_articles()))
def test_text_before_does_not_change_the_pairs(article: Article) -> None:
    on = article.published.date() if article.published else None
    body, before = article.text[dateline_end(article.text) :].lstrip(), "It rained all day.\n\n"

    def found(text: str, offset: int) -> list[tuple[int, str, str, str]]:
        return [(start - offset, one.sentence, one.a, one.b) for start, one in find_candidates(text, on)]

    assert found(before + body, len(before)) == found(body, 0)


def test_host_of_others_is_shown_only_to_a_scorer_that_judges_doubtful_pairs() -> None:
    met = "Russia and Turkey met Iran in Cairo."
    assert pairs(met) == ["IRN-RUS", "IRN-TUR", "RUS-TUR"]
    doubtful = {(one.a, one.b): one.listed for _, one in find_candidates(met, listed=True)}
    assert doubtful == {
        ("EGY", "IRN"): True,
        ("EGY", "RUS"): True,
        ("EGY", "TUR"): True,
        ("IRN", "RUS"): False,
        ("IRN", "TUR"): False,
        ("RUS", "TUR"): False,
    }
