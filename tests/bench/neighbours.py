"""Measure scorers on sets that no label was learned from: `python -m tests.bench.neighbours`.

Two labelled sets of others, and the random sentences that we read ourselves (`data/labels/`, use `check`).
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import numpy as np

from ingest.countries.gazetteer import countries
from ingest.countries.mentions import find_mentions
from ingest.evaluate.measures import confusion, macro_f1
from ingest.records import Article, Candidate
from ingest.scoring import score_all
from ingest.tone.candidates import find_candidates
from ingest.tone.scorer import SCORERS, Scorer, get_scorer
from ingest.tone.training.examples import CORPORA, key, readings, texts
from tests.test_gold import GOLD

SHARED = GOLD.parent
LABELS = Path(__file__).resolve().parents[2] / "data" / "labels"

_DYADS = GOLD / "rusentrel" / "rusentrel_en_country_dyads_doclevel_docs_1_45.tsv"
_ARTICLES = GOLD / "rusentrel" / "rusentrel_en_all_pairs_docs_1_45.tsv"
_PLV = GOLD / "plv" / "PLV_train.tsv"
_TRUTH = {"negative": -1, "none": 0, "positive": 1}
_SAID = {"hostile": -1, "neutral": 0, "cooperative": 1}


def whole_articles(scorer: Scorer) -> str:
    """Return macro-F1 over the country dyads of whole articles (RuSentRel); a dyad not found is neutral."""
    code = {one.iso2: one.iso3 for one in countries().values()}
    sentences: dict[str, dict[str, None]] = {}
    for row in _rows(_ARTICLES):
        sentences.setdefault(row["doc_id"], {})[row["sentence_en"]] = None
    read = score_all([Article(text="\n".join(lines)) for lines in sentences.values()], scorer)
    said = {
        (document, one.a, one.b): _SAID[one.label]
        for document, found in zip(sentences, read, strict=True)
        for one in found
    }
    truth, guess = [], []
    for row in _rows(_DYADS):
        a, b = sorted((code.get(row["source_iso2"], ""), code.get(row["target_iso2"], "")))
        truth.append(_TRUTH[row["label"]])
        guess.append(said.get((row["doc_id"], a, b), 0))
    reached = macro_f1(confusion(np.array(truth), np.array(guess)))
    return f"RuSentRel, {len(truth)} dyads of whole articles: macro-F1 {reached:.3f}"


def country_pairs(scorer: Scorer) -> str:
    """Return how often the sign is right on the country pairs of PLV; a pair not found is wrong."""
    articles, pairs, truth = [], [], []
    for row in _rows(_PLV):
        sides = [{one.country for one in find_mentions(row[side])} for side in ("source", "target")]
        if all(len(side) == 1 for side in sides) and sides[0] != sides[1]:
            articles.append(Article(text=row["sentence"]))
            pairs.append(tuple(sorted(sides[0] | sides[1])))
            truth.append(1 if row["gold_penta"] in {"1", "2"} else -1)
    tones = [
        next((one.tone for one in found if (one.a, one.b) == pair), 0.0)
        for found, pair in zip(score_all(articles, scorer), pairs, strict=True)
    ]
    right = float(np.mean(np.sign(tones) == truth))
    return f"PLV train, {len(truth)} country pairs: sign right in {right:.3f}"


@cache
def _checked() -> list[tuple[str, Candidate, int]]:
    """Return the sentences that we read and never learned a label from: their source, candidate and label."""
    read = {key: one for key, one in readings(LABELS / "sentences.tsv").items() if one.use == "check"}
    found: dict[str, tuple[str, Candidate, int]] = {}
    for name, text, on, headline in texts(SHARED):
        if not name.startswith(CORPORA):
            continue
        for _, candidate in find_candidates(text, on, headline):
            name_of = key(candidate.sentence, candidate.a, candidate.b)
            if name_of in read:
                found[name_of] = (name.split(":")[0], candidate, read[name_of].label)
    return list(found.values())


def random_sentences(scorer: Scorer) -> Iterator[str]:
    """Yield macro-F1 and sign on our own random sentences, the pair given, for each corpus."""
    for source in CORPORA:
        rows = [(candidate, label) for name, candidate, label in _checked() if name == source]
        judged = scorer.judge([candidate for candidate, _ in rows])
        truth = np.array([label for _, label in rows])
        guess = np.array([_SAID[scorer.label(one.cooperative, one.neutral, one.hostile)] for one in judged])
        sign = float((np.sign([one.tone for one in judged]) == truth)[truth != 0].mean())
        reached = macro_f1(confusion(truth, guess))
        yield f"check, {len(rows)} random sentences of {source}: macro-F1 {reached:.3f}, sign right in {sign:.3f}"


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        if path == _ARTICLES:  # its quotation marks are the text's own
            yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        else:
            yield from csv.DictReader(lines, delimiter="\t")


if __name__ == "__main__":
    for name in SCORERS if _DYADS.is_file() else ():
        print(f"{name}: {whole_articles(get_scorer(name))}")
        print(f"{name}: {country_pairs(get_scorer(name))}")
        for line in random_sentences(get_scorer(name)):
            print(f"{name}: {line}")
    if not _DYADS.is_file():
        print(f"not measured: {_DYADS.parent} is not on this machine")
