"""Other people's tone on the same articles and sentences, beside ours: `make bench-peers` writes `docs/peers.md`.

Needs the extra `[peers]`; what is not installed is skipped, and said. Nothing is downloaded: spaCy splits sentences by
its rules (a blank English pipeline), and nltk's VADER reads the lexicon that vaderSentiment ships, which is the same.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import numpy as np
from sentencex import segment
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from ingest.evaluate.labelled import Labelled, judge_all, read_labelled
from ingest.evaluate.measures import figures
from ingest.tone.detente.features import flatten
from ingest.tone.scorer import SCORERS, get_scorer
from ingest.tone.vader import NEUTRAL_BAND
from tests.bench.corpus import HERE, articles
from tests.bench.scoring import cpu_seconds, rate_of
from tests.test_gold import GOLD

ARTICLES = 300
"""Articles that each peer is timed on, taken evenly from all: seconds of the slow ones."""

Tone = Callable[[str], float]


class Peer(NamedTuple):
    """A way to give a text a tone."""

    name: str
    needs: str
    """The package."""
    make: Callable[[Path], Tone]
    """Given a folder for files, returns what gives a text a tone, −1 to +1."""
    band: float
    """|tone| below this is neutral."""


def main() -> None:
    """Measure all, print the table and write the page."""
    sets = {"hard.tsv": HERE / "tests" / "eval" / "hard.tsv", "dev.tsv": GOLD / "dev.tsv"}
    read = {name: read_labelled(path) for name, path in sets.items() if path.is_file()}
    for name in sets.keys() - read.keys():
        print(f"SKIPPED: {name} is not on this machine", file=sys.stderr)
    what, rows = articles()
    texts = [str(row["text"]) for row in rows[:: max(1, len(rows) // ARTICLES)]]
    lines = list(_table(read, texts))
    page = HERE / "docs" / "peers.md"
    page.write_text(_page(what, len(texts), read, lines), encoding="utf-8")
    print("\n".join(lines))


def _table(read: dict[str, list[Labelled]], texts: Sequence[str]) -> Iterator[str]:
    heads = "".join(f" {name}: macro-F1 | sign |" for name in read)
    yield f"| tone by | articles/s of one core |{heads}"
    yield "|---|---|" + "---|---|" * len(read)
    for peer in PEERS:
        if find_spec(peer.needs) is None:
            print(f"SKIPPED: {peer.name}: {peer.needs} is not installed; pip install '.[peers]'", file=sys.stderr)
            continue
        with TemporaryDirectory() as folder:
            tone = peer.make(Path(folder))
            tone(texts[0])
            speed = len(texts) / cpu_seconds(lambda give: [give(text) for text in texts], tone)
            cells = [_cells(rows, np.array([tone(row.sentence) for row in rows]), peer.band) for rows in read.values()]
        yield f"| {peer.name} | {speed:,.0f} |{''.join(cells)}"
    for name in sorted(SCORERS):
        cells = []
        for rows in read.values():
            guesses = judge_all(rows, get_scorer(name))
            shares = np.array([[one.hostile, one.neutral, one.cooperative] for one in guesses])
            cells.append(_figures(rows, np.array([one.label for one in guesses]), shares))
        yield f"| **{name}** of Detente | {rate_of(name):,.0f} |{''.join(cells)}"


def _cells(rows: Sequence[Labelled], tone: np.ndarray[Any, Any], band: float) -> str:
    guess = np.where(np.abs(tone) < band, 0, np.sign(tone)).astype(np.int64)
    shares = np.stack([np.maximum(-tone, 0), 1 - np.abs(tone), np.maximum(tone, 0)], 1)
    return _figures(rows, guess, shares)


def _figures(rows: Sequence[Labelled], guess: np.ndarray[Any, Any], shares: np.ndarray[Any, Any]) -> str:
    found = figures(np.array([row.label for row in rows]), guess, shares)
    return f" {found.macro_f1:.2f} ({found.macro_f1_low:.2f}–{found.macro_f1_high:.2f}) | {found.sign:.2f} |"


def _vader_document(_: Path) -> Tone:
    scores = SentimentIntensityAnalyzer().polarity_scores
    return lambda text: float(scores(text)["compound"])


def _vader_sentences(_: Path) -> Tone:
    scores = SentimentIntensityAnalyzer().polarity_scores
    return lambda text: _mean([scores(sentence)["compound"] for sentence in segment("en", text)])


def _textblob(_: Path) -> Tone:
    blob = import_module("textblob").TextBlob
    return lambda text: float(blob(text).sentiment.polarity)


def _nltk(folder: Path) -> Tone:
    data, vader = import_module("nltk.data"), import_module("nltk.sentiment.vader")
    (folder / "vader_lexicon.txt").write_text(SentimentIntensityAnalyzer().lexicon_full_filepath, encoding="utf-8")
    data.path.append(str(folder))
    scores = vader.SentimentIntensityAnalyzer("vader_lexicon.txt").polarity_scores
    data.path.remove(str(folder))
    return lambda text: _mean([scores(sentence)["compound"] for sentence in segment("en", text)])


def _spacy(_: Path) -> Tone:
    pipeline = import_module("spacy").blank("en")
    pipeline.add_pipe("sentencizer")
    scores = SentimentIntensityAnalyzer().polarity_scores
    return lambda text: _mean([scores(sentence.text)["compound"] for sentence in pipeline(text).sents])


def _gdelt(_: Path) -> Tone:
    """Do as GDELT says its tone is made: share of positive words minus share of negative ones."""
    signs: dict[str, int] = {
        word: (value > 0) - (value < 0) for word, value in SentimentIntensityAnalyzer().lexicon.items()
    }

    def tone(text: str) -> float:
        words = flatten(text).text.split()
        return sum([signs.get(word, 0) for word in words]) / max(1, len(words))

    return tone


def _mean(tones: Sequence[float]) -> float:
    return sum(tones) / max(1, len(tones))


PEERS = (
    Peer("vaderSentiment, whole text", "vaderSentiment", _vader_document, NEUTRAL_BAND),
    Peer("vaderSentiment, mean of sentences", "vaderSentiment", _vader_sentences, NEUTRAL_BAND),
    Peer("TextBlob", "textblob", _textblob, NEUTRAL_BAND),
    Peer("nltk VADER, mean of sentences", "nltk", _nltk, NEUTRAL_BAND),
    Peer("spaCy sentences + vaderSentiment", "spacy", _spacy, NEUTRAL_BAND),
    Peer("GDELT's way: positive − negative words", "vaderSentiment", _gdelt, 1e-9),
)


def _page(what: str, count: int, read: dict[str, list[Labelled]], lines: Sequence[str]) -> str:
    sizes = ", ".join(f"{len(rows)} of `{name}`" for name, rows in read.items())
    return "\n".join(
        [
            "# Beside its peers",
            "",
            f"Written by `make bench-peers`: {count} {what} for the speed (seconds of one core), and labelled "
            f"sentences ({sizes}) for how right each is. Macro-F1 over hostile, neutral and cooperative with its "
            "95 % interval; "
            "sign: share of the sentences labelled hostile or cooperative whose tone has that sign, no tone counting "
            "as wrong.",
            "",
            *lines,
            "",
            "The peers give a text one tone: they know no countries, and every pair in a sentence gets the same. Ours "
            "find the countries themselves, and a pair that they do not find counts as neutral. `hard.tsv` is ours, "
            "and written to be hard for word lists; `dev.tsv` is sampled from news, and thresholds of `detente` were "
            "chosen on it.",
            "",
            "Of each peer the pieces that its package ships: spaCy splits by its rules, as models are a download of "
            "their own; nltk reads the lexicon that vaderSentiment ships, which is the one nltk offers for download; "
            "GDELT's dictionaries are not published in full, so the sign of a word is that of the same lexicon. "
            f"A tone below {NEUTRAL_BAND} in size is neutral, as VADER's authors have it; GDELT has no such band, and "
            "only a tone of 0 is neutral.",
            "",
        ]
    )


if __name__ == "__main__":
    main()
