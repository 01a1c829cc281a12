"""How well stories are told apart: precision and recall on labelled pairs, on real news and on planted copies."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa

from ingest.stories.copies import is_copy
from ingest.stories.linking import LEAST_COPY_KEYS, LEAST_KEYS
from ingest.stories.rewrites import rewrite_window
from ingest.stories.sketch import sketch_all, unpack
from tests.bench.corpus import NEWS
from tests.stories.labelled import FOLDER, HALVES, Label, Pair, pairs
from tests.stories.planted import plant

EACH, SEED = 400, 20_170_926


class Score(NamedTuple):
    """Precision and recall of one decision."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        """Share of the found that are right."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """Share of the right that are found."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    def __str__(self) -> str:
        return (
            f"precision {self.precision:.3f}  recall {self.recall:.3f}"
            f"  ({self.right} found, {self.missed} missed, {self.wrong} wrong)"
        )


def judge(row: dict[str, Any], other_row: dict[str, Any], apart: timedelta) -> Label:
    """Say what two sketched articles are to each other, as `find_links` would: looked at only if they share keys."""
    one, other = unpack(row), unpack(other_row)
    shares = len(set(row["copy_keys"]) & set(other_row["copy_keys"])) >= LEAST_COPY_KEYS
    near = len(set(row["rewrite_keys"]) & set(other_row["rewrite_keys"])) >= LEAST_KEYS
    if is_copy(one, other):
        return "copy" if shares or near else "apart"
    window = rewrite_window(one, other)
    return "rewrite" if window and apart <= window and (shares or near) else "apart"


def judged(found: Sequence[Pair]) -> list[Label]:
    """Judge labelled pairs."""
    texts = list(dict.fromkeys(text for pair in found for text in (pair.one, pair.other)))
    rows = dict(zip(texts, _rows(texts), strict=True))
    return [judge(rows[pair.one], rows[pair.other], pair.apart) for pair in found]


def score(labels: Sequence[Label], told: Sequence[Label], what: Label) -> Score:
    """Score copies or rewrites. A rewrite that is called a copy, or a copy a rewrite, is one story all the same: it
    counts as found where it belongs, never as wrong."""
    both = list(zip(labels, told, strict=True))
    right = sum(label == what and said != "apart" for label, said in both)
    return Score(
        right,
        sum(label == "apart" and said == what for label, said in both),
        sum(label == what and said == "apart" for label, said in both),
    )


def report() -> Iterator[str]:
    """Yield lines for people."""
    for half in HALVES:
        found = list(pairs(half))
        told = judged(found)
        labels = [pair.label for pair in found]
        seen = "thresholds were chosen on these" if half == "first" else "thresholds were not chosen on these"
        yield f"{len(found)} labelled pairs of our own, {half} half ({seen})"
        yield f"  copies    {score(labels, told, 'copy')}"
        yield f"  rewrites  {score(labels, told, 'rewrite')}"
        mistakes = Counter(
            f"{pair.what}: {pair.label} called {said}"
            for pair, said in zip(found, told, strict=True)
            if (pair.label == "apart") != (said == "apart")
        )
        for mistake, count in mistakes.most_common():
            yield f"    {count} × {mistake}"
    if not NEWS.is_file():
        yield "real news: not measured, ../shared/corpora is not here"
        return
    yield from _on_news()


def _on_news() -> Iterator[str]:
    with gzip.open(NEWS, "rt", encoding="utf-8") as lines:
        rows = [row for row in map(json.loads, lines) if row["text"].strip()]
    by_id = {row["id"]: row for row in rows}
    labelled = [line.split("\t") for line in Path(FOLDER / "news.tsv").read_text(encoding="utf-8").splitlines()[1:]]
    ids = list(dict.fromkeys(one for a, b, _ in labelled for one in (a, b)))
    sketched = dict(zip(ids, _rows([by_id[one]["text"] for one in ids]), strict=True))
    told = [judge(sketched[a], sketched[b], abs(_day(by_id[a]) - _day(by_id[b]))) for a, b, _ in labelled]
    labels: list[Label] = ["rewrite" if label == "rewrite" else "apart" for _, _, label in labelled]
    rewrites = score(labels, ["apart" if said == "apart" else "rewrite" for said in told], "rewrite")
    yield f"{len(labelled)} pairs of real news that are alike, labelled by headline and first lines"
    yield f"  rewrites  {rewrites}"
    planted = plant(rows, EACH, SEED)
    yield f"copies planted in {len(rows):,} articles of real news"
    for kind in planted.kinds:
        yield f"  {kind.kind:28} recall {kind.found / kind.planted:.3f}  ({kind.found} of {kind.planted})"
    wrong = len(planted.strange)
    yield f"  precision {1 - wrong / planted.links:.4f}  ({wrong} of {planted.links} links wrong)"


def _rows(texts: Sequence[str]) -> list[dict[str, Any]]:
    table = pa.table(
        {
            "article_id": pa.array([str(number) for number in range(len(texts))], pa.string()),
            "published": pa.nulls(len(texts), pa.timestamp("us", tz="UTC")),
            "text": pa.array(texts, pa.string()),
        }
    )
    rows: list[dict[str, Any]] = sketch_all(table).to_pylist()
    return rows


def _day(row: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(row["published"])
