"""The learned scorers: the same for any countries, the same every time, and right often enough."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from ingest.data_files import data_dir
from ingest.errors import DetenteError
from ingest.evaluate.labelled import judge_all, read_labelled
from ingest.evaluate.measures import figures
from ingest.records import Candidate
from ingest.scoring import score
from ingest.tone.candidates import find_candidates
from ingest.tone.detente.masking import mask
from ingest.tone.detente.model import FILES, Model
from ingest.tone.detente.scorer import REMEMBERED, DetenteScorer
from ingest.tone.detente.words import driving_words
from ingest.tone.scorer import Scorer, get_scorer

HARD = Path(__file__).resolve().parents[1] / "eval" / "hard.tsv"
LEARNED = ("detente", "detente-fast")
MACRO_F1_FLOOR = {"detente": 0.80, "detente-fast": 0.58}
SIGN_FLOOR = {"detente": 0.87, "detente-fast": 0.72}


@pytest.fixture(params=LEARNED)
def scorer(request: pytest.FixtureRequest) -> Scorer:
    return get_scorer(request.param)


def only(sentence: str, a: str, b: str) -> Candidate:
    pair = {a, b}
    return next(one for _, one in find_candidates(sentence) if {one.a, one.b} == pair)


SENTENCES = [
    ("{} imposed sanctions on {}.", "a penalty"),
    ("{} thanked {} for its help against {}.", "help"),
    ("Under pressure from {}, {} agreed to release the {} ship.", "pressure"),
    ("{}'s army and {}'s army trained together.", "joint"),
]


@pytest.mark.parametrize(("template", "what"), SENTENCES)
def test_names_make_no_difference(scorer: Scorer, template: str, what: str) -> None:
    count = template.count("{}")
    tones = []
    for names in (["Kenya", "Norway", "Chile"], ["Russia", "Ukraine", "Iran"], ["Vietnam", "Ghana", "Peru"]):
        sentence = template.format(*names[:count])
        codes = {one.a for _, one in find_candidates(sentence)} | {one.b for _, one in find_candidates(sentence)}
        assert len(codes) == count, what
        first, second = names[:2]
        judged = next(
            scorer.judge([one])[0] for _, one in find_candidates(sentence) if _named(one, first) and _named(one, second)
        )
        tones.append(judged.tone)
    assert max(tones) - min(tones) <= 0.02


def _named(candidate: Candidate, name: str) -> bool:
    return any(
        candidate.sentence[start:end].startswith(name) for start, end in (*candidate.a_spans, *candidate.b_spans)
    )


def test_direction_follows_the_actor_whatever_the_alphabet() -> None:
    judge = get_scorer("detente")
    assert judge.judge([only("Kenya attacked Norway.", "KEN", "NOR")])[0].direction == "ab"
    assert judge.judge([only("Norway attacked Kenya.", "KEN", "NOR")])[0].direction == "ba"
    assert judge.judge([only("Norway was attacked by Kenya.", "KEN", "NOR")])[0].direction == "ab"


def test_company_makes_no_difference(scorer: Scorer) -> None:
    candidates = [one for row in read_labelled(HARD)[:40] for _, one in find_candidates(row.sentence)]
    together = scorer.judge(candidates)
    assert [scorer.judge([one])[0] for one in reversed(candidates)] == together[::-1]


def test_probabilities_sum_to_one(scorer: Scorer) -> None:
    for row in read_labelled(HARD)[:40]:
        for _, candidate in find_candidates(row.sentence):
            judgement = scorer.judge([candidate])[0]
            assert judgement.cooperative + judgement.neutral + judgement.hostile == pytest.approx(1)
            assert -1 <= judgement.tone <= 1


def test_words_are_words_of_the_sentence_and_never_a_country(scorer: Scorer) -> None:
    driven = 0
    for row in read_labelled(HARD):
        for _, candidate in find_candidates(row.sentence):
            names = {*candidate.a_spans, *candidate.b_spans, *candidate.other_spans}
            for word in scorer.judge([candidate])[0].words:
                text = candidate.sentence[word.start : word.end]
                assert re.fullmatch(r"[\w'’-]+(?: [\w'’-]+)?", text), (text, candidate.sentence)
                assert not any(start < word.end and word.start < end for start, end in names)
                driven += 1
    assert driven > 200


def test_hiding_the_word_said_to_have_driven_a_tone_takes_from_it() -> None:
    """The effects are learned, so they must hold for most sentences, not for each (model card: how often)."""
    model = Model(data_dir() / "models" / "detente")
    right = asked = 0
    for row in read_labelled(HARD):
        for _, candidate in find_candidates(row.sentence):
            masked = mask(candidate)
            opinion = model.judge(masked.text)
            tone = opinion.tone[2] - opinion.tone[0]
            words = driving_words(masked, opinion)
            if abs(tone) < 0.5 or not words:
                continue
            word = max(words, key=lambda one: one.weight * tone)
            text = candidate.sentence[word.start : word.end]
            hidden = model.judge(masked.text.replace(text, "[MASK]")).tone
            asked += 1
            right += (tone - (hidden[2] - hidden[0])) * word.weight > 0
    assert asked > 80
    assert right / asked >= 0.75


def test_a_text_cannot_pose_as_a_placeholder(scorer: Scorer) -> None:
    plain = scorer.judge([only("Kenya (A) thanked Norway (B).", "KEN", "NOR")])[0]
    posing = scorer.judge([only("Kenya [A] thanked Norway [B].", "KEN", "NOR")])[0]
    assert posing.tone == plain.tone


@pytest.mark.parametrize(
    "text", ["Kenya Norway", "Kenya" + " and" * 400 + " Norway", "İ Kenya 🙂 Norway İİ", "[A] Kenya [ Norway ]"]
)
def test_odd_texts_get_a_judgement(scorer: Scorer, text: str) -> None:
    for _, candidate in find_candidates(text):
        assert -1 <= scorer.judge([candidate])[0].tone <= 1


def test_hard_sentences(scorer: Scorer) -> None:
    rows = read_labelled(HARD)
    assert len(rows) >= 150
    guesses = judge_all(rows, scorer)
    found = figures(
        np.array([row.label for row in rows]),
        np.array([one.label for one in guesses]),
        np.array([(one.hostile, one.neutral, one.cooperative) for one in guesses]),
    )
    assert found.macro_f1 >= MACRO_F1_FLOOR[scorer.name], found
    assert found.sign >= SIGN_FLOOR[scorer.name], found


SEED_LIKE = (
    "Pakistan's deepening ties with its old friend China and its new alliance with Russia come amid "
    "Islamabad's increasingly strained relations with the United States."
)


def test_one_sentence_is_warm_for_two_pairs_and_cold_for_a_third() -> None:
    tones = {(one.a, one.b): one.tone for one in score(SEED_LIKE, "detente")}
    assert tones["CHN", "PAK"] > 0.2
    assert tones["PAK", "RUS"] > 0.2
    assert tones["PAK", "USA"] < -0.2


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_of_the_weights_is_named(tmp_path: Path, name: str) -> None:
    for each in FILES:
        if each != name:
            (tmp_path / each).write_bytes((data_dir() / "models" / "detente" / each).read_bytes())
    with pytest.raises(DetenteError, match=re.escape(name)):
        Model(tmp_path).judge("[A] thanked [B].")


def test_the_network_judges_each_sentence_alone() -> None:
    model = DetenteScorer().model
    texts = [mask(one).text for row in read_labelled(HARD)[:60] for _, one in find_candidates(row.sentence)]
    alone = [model.judge(text) for text in texts]
    assert model.judge_all(texts) == alone
    assert model.judge_all(texts[::-1]) == alone[::-1]
    assert {one.tone for one in alone if len(one.effects) > 3} != set()


def test_what_is_remembered_is_the_same_and_bounded() -> None:
    fresh = DetenteScorer()
    some = [one for row in read_labelled(HARD)[:20] for _, one in find_candidates(row.sentence)]
    first = fresh.judge(some)
    kept = dict(fresh.remembered)
    assert 10 < len(kept) <= len(some)
    assert (fresh.judge(some), fresh.remembered) == (first, kept)
    fresh.remembered |= {f"sentence {number}": next(iter(kept.values())) for number in range(REMEMBERED)}
    assert fresh.judge(some[:1]) == first[:1]
    assert len(fresh.remembered) == REMEMBERED
