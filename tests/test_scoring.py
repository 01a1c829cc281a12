"""The core: articles in, evidence and readings out."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import UTC, datetime
from operator import mul

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest import score
from ingest.errors import UnknownNameError
from ingest.records import Article, Candidate, Judgement, Label, Reading, Span, Word, pair_id
from ingest.schemas import ARTICLES, EVIDENCE, READINGS
from ingest.scoring import Scored, score_all, score_batch
from ingest.stories.exact import story_id
from ingest.tone.scorer import DEFAULT, get_scorer
from tests.sample import sample_articles

VADER = get_scorer("vader")
SAMPLE = sample_articles()


class Told:
    """A scorer that says what it is told: +1 for a sentence with "yes", −1 for "no", else neutral."""

    name = "told"
    reads_lists = False
    weighs_evidence = False
    version = "7"

    def judge(self, candidates: Sequence[Candidate]) -> list[Judgement]:
        return [
            Judgement(
                cooperative=float("yes" in one.sentence),
                neutral=float("yes" not in one.sentence and "no" not in one.sentence),
                hostile=float("no" in one.sentence),
                direction="ab" if "yes" in one.sentence else "ba" if "no" in one.sentence else "none",
                words=(Word(0, 4, 0.5),),
            )
            for one in candidates
        ]

    def label(self, cooperative: float, neutral: float, hostile: float) -> Label:
        return (
            "neutral" if neutral > max(cooperative, hostile) else "cooperative" if cooperative > hostile else "hostile"
        )


def batch(articles: Sequence[Article], unscored: str | None = None) -> pa.Table:
    return pa.Table.from_pylist(
        [
            {
                "article_id": one.article_id,
                "story_id": story_id(one.text),
                "url": one.url,
                "outlet": one.outlet,
                "title": one.title,
                "text": one.text,
                "published": one.published,
                "language": one.language,
                "authors": list(one.authors),
                "fetched": one.fetched,
                "unscored": unscored,
                "origin": None,
            }
            for one in articles
        ],
        ARTICLES,
    )


def summary(readings: Sequence[Reading]) -> list[tuple[str, float, str, str, int]]:
    return [(pair_id(one.a, one.b), one.tone, one.label, one.direction, len(one.evidence)) for one in readings]


# --- one article


def test_text_is_scored() -> None:
    found = score("Iran said yes to Oman. It rained. Oman told Iran no, and no again.\nPeru told Iran yes.", Told())
    assert summary(found) == [("IRN-OMN", 0.0, "hostile", "both", 2), ("IRN-PER", 1.0, "cooperative", "ab", 1)]
    assert [(one.start, one.end, one.sentence) for one in found[0].evidence] == [
        (0, 22, "Iran said yes to Oman."),
        (34, 66, "Oman told Iran no, and no again."),
    ]
    assert found[0].evidence[1].a_spans == (Span(10, 14),)
    assert found[0].evidence[1].b_spans == (Span(0, 4),)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Iran told Oman yes. Oman told Iran yes. Iran met Oman.", [("IRN-OMN", 2 / 3, "cooperative", "ab", 3)]),
        ("Iran met Oman.", [("IRN-OMN", 0.0, "neutral", "none", 1)]),
        (
            "Iran told Oman yes. Iran met Peru. Peru met Iran.",
            [
                ("IRN-PER", 0.0, "neutral", "none", 2),
                ("IRN-OMN", 1.0, "cooperative", "ab", 1),
            ],
        ),
        ("Iran said yes. Oman said no.", []),
        ("A day of yes and yes.", []),
        ("", []),
    ],
)
def test_reading_is_the_mean_of_its_evidence(text: str, expected: list[tuple[str, float, str, str, int]]) -> None:
    assert summary(score(text, Told())) == expected


def test_mood_of_the_rest_never_leaks_into_a_pair() -> None:
    sentence = "Iran and Oman signed a treaty."
    gloom = "A murderer killed and tortured happy victims in a horrible war. " * 5
    assert score(gloom + sentence)[0].tone == score(sentence)[0].tone


def test_text_and_article_are_the_same() -> None:
    text = "Iran praised Oman for its help."
    assert score(text) == score(Article(text=text)) == score(text, DEFAULT) == score(text, get_scorer())
    assert score(text) != score(Article(text=text), "vader") == score(text, VADER)


def test_unknown_scorer_is_told() -> None:
    with pytest.raises(UnknownNameError, match="no scorer is called"):
        score("Iran met Oman.", "mood")


def test_date_and_headline_tell_who_is_meant() -> None:
    text = "Brown thanked Iran."
    on = datetime(2009, 1, 1, tzinfo=UTC)
    assert score(Article(text=text, published=on)) == []
    assert summary(score(Article(text=text, published=on, title="Gordon Brown thanks Iran"), Told())) == [
        ("GBR-IRN", 0.0, "neutral", "none", 1)
    ]


def test_news_about_a_drill_is_read() -> None:
    article = Article(
        text="KARAVA — Peruvian and Chilean sailors have begun a joint rescue exercise off Karava.\n"
        'The two-week drill named "Calm Water 2021" brings together eleven ships from both countries.\n'
        "Lima's deepening ties with its ally Brazil come amid increasingly strained relations with the United States.\n"
        "Washington has threatened to cut military aid to Peru.",
        published=datetime(2021, 5, 3, tzinfo=UTC),
    )
    found = {pair_id(one.a, one.b): one for one in score(article)}
    assert found.keys() == {"CHL-PER", "BRA-PER", "PER-USA", "BRA-USA"}
    assert {pair: len(one.evidence) for pair, one in found.items()} == {
        "CHL-PER": 2,
        "BRA-PER": 1,
        "PER-USA": 2,
        "BRA-USA": 1,
    }
    assert found["CHL-PER"].evidence[1].a_spans == found["CHL-PER"].evidence[1].b_spans
    assert found["PER-USA"].tone < 0


@given(st.sampled_from(SAMPLE))
def test_every_number_can_be_opened(article: Article) -> None:
    for reading in score(article):
        assert reading.a < reading.b
        assert reading.evidence
        for piece in reading.evidence:
            assert (piece.a, piece.b) == (reading.a, reading.b)
            assert article.text[piece.start : piece.end] == piece.sentence
            for start, end in (*piece.a_spans, *piece.b_spans):
                words = article.text[piece.start + start : piece.start + end]
                assert words
                assert words == words.strip()
            for start, end, _ in piece.judgement.words:
                assert 0 <= start < end <= len(piece.sentence)


@given(st.sampled_from(SAMPLE))
@pytest.mark.parametrize("scorer", ["vader", "detente-fast", "detente"])
def test_probabilities_sum_to_one_and_readings_are_means(scorer: str, article: Article) -> None:
    for reading in score(article, scorer):
        assert reading.cooperative + reading.neutral + reading.hostile == pytest.approx(1)
        tones = [piece.judgement.tone for piece in reading.evidence]
        weights = [1 if scorer == "vader" else 1 - piece.judgement.neutral for piece in reading.evidence]
        assert reading.tone == pytest.approx(math.fsum(map(mul, weights, tones)) / math.fsum(weights))
        for piece in reading.evidence:
            assert piece.judgement.cooperative + piece.judgement.neutral + piece.judgement.hostile == pytest.approx(1)


@given(st.text(), st.none() | st.datetimes(timezones=st.just(UTC)), st.none() | st.text())
def test_any_article_is_scored(text: str, published: datetime | None, title: str | None) -> None:
    assert isinstance(score(Article(text=text, published=published, title=title)), list)


@pytest.mark.parametrize(("one", "other", "expected"), [("RUS", "PAK", "PAK-RUS"), ("PAK", "RUS", "PAK-RUS")])
def test_pair_is_unordered(one: str, other: str, expected: str) -> None:
    assert pair_id(one, other) == expected


# --- batches


def test_batch_has_the_columns_and_rows_of_the_schemas() -> None:
    article = Article(
        article_id="00ff",
        text="Iran told Oman yes.",
        title="A headline",
        outlet="Sample Wire",
        url="https://example.com/a",
        published=datetime(2021, 5, 3, tzinfo=UTC),
    )
    found = score_batch(batch([article]), Told())
    assert (found.evidence.schema, found.readings.schema) == (EVIDENCE, READINGS)
    common = {
        "pair": "IRN-OMN",
        "article_id": "00ff",
        "published": datetime(2021, 5, 3, tzinfo=UTC),
        "outlet": "Sample Wire",
        "tone": 1.0,
        "cooperative": 1.0,
        "neutral": 0.0,
        "hostile": 0.0,
        "direction": "ab",
        "scorer": "told",
        "scorer_version": "7",
    }
    assert found.evidence.to_pylist() == [
        common
        | {
            "sentence": "Iran told Oman yes.",
            "start": 0,
            "end": 19,
            "a_spans": [{"start": 0, "end": 4}],
            "b_spans": [{"start": 10, "end": 14}],
            "words": [{"start": 0, "end": 4, "weight": 0.5}],
        }
    ]
    assert found.readings.to_pylist() == [
        common
        | {
            "story_id": story_id(article.text),
            "title": "A headline",
            "url": "https://example.com/a",
            "label": "cooperative",
            "sentences": 1,
        }
    ]


def rows(found: Scored) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    return found.evidence.to_pylist(), found.readings.to_pylist()


def test_batch_equals_its_articles_one_by_one() -> None:
    articles = SAMPLE[:80]
    evidence: list[dict[str, object]] = []
    readings: list[dict[str, object]] = []
    for article in articles:
        one = rows(score_batch(batch([article]), VADER))
        evidence += one[0]
        readings += one[1]
    assert rows(score_batch(batch(articles), VADER)) == (evidence, readings)
    assert len(readings) > 80
    assert [row["tone"] for row in readings] == [one.tone for article in articles for one in score(article, VADER)]
    assert score_all(articles, VADER) == [score(article, VADER) for article in articles]


@settings(max_examples=15)
@given(st.permutations(SAMPLE[:20]), st.integers(0, 20))
def test_batch_does_not_depend_on_order_or_cut(articles: list[Article], cut: int) -> None:
    parts = [rows(score_batch(batch(part), VADER)) for part in (articles[:cut], articles[cut:])]
    whole = rows(score_batch(batch(SAMPLE[:20]), VADER))
    for kind in (0, 1):
        found = [row for part in parts for row in part[kind]]
        assert sorted(found, key=str) == sorted(whole[kind], key=str)


def test_unscored_articles_give_nothing() -> None:
    scored, unscored = batch(SAMPLE[:5]), batch(SAMPLE[5:10], "language fr")
    assert rows(score_batch(unscored, VADER)) == ([], [])
    assert rows(score_batch(pa.concat_tables([unscored, scored]), VADER)) == rows(score_batch(scored, VADER))


def test_empty_batch_gives_empty_tables() -> None:
    found = score_batch(batch([]), VADER)
    assert (found.evidence.schema, found.readings.schema, rows(found)) == (EVIDENCE, READINGS, ([], []))


def test_undated_article_is_scored() -> None:
    found = score_batch(batch([Article(article_id="1", text="Iran told Oman yes.")]), Told())
    assert [(row["published"], row["tone"]) for row in found.readings.to_pylist()] == [(None, 1.0)]


def test_sample_mostly_has_a_reading_for_the_pair_of_its_file() -> None:
    read: dict[str, list[bool]] = {}
    for article in SAMPLE:
        pair = article.article_id.removeprefix("sample-")[:7].upper()
        read.setdefault(pair, []).append(pair in {pair_id(one.a, one.b) for one in score(article)})
    # The rest names the two in different sentences, or one of them only.
    assert {pair for pair, found in read.items() if sum(found) / len(found) < 0.75} == set()


class Weighing(Told):
    """Like `Told`, and lets a sentence count by how much it tells."""

    weighs_evidence = True


def test_silence_does_not_water_down_what_is_told() -> None:
    article = Article(text="Kenya told Norway yes. Kenya and Norway met. Kenya and Norway met again.")
    assert score_all([article], Told())[0][0].tone == pytest.approx(1 / 3)
    assert score_all([article], Weighing())[0][0].tone == pytest.approx(1)


def test_where_nothing_is_told_all_sentences_count_alike() -> None:
    (reading,) = score_all([Article(text="Kenya and Norway met. Kenya met Norway.")], Weighing())[0]
    assert (reading.tone, reading.neutral) == (0, 1)
