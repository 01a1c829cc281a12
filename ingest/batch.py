"""A batch of articles on its way into the store, each article once. Pure functions over tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from ingest.scoring import Scored


@dataclass(frozen=True, kw_only=True)
class Batch:
    """Articles, each once, with all that was read out of them, in the columns of `ingest.schemas`."""

    articles: pa.Table
    scored: Scored
    sketches: pa.Table
    """Of those with a date (`stories.sketch`)."""
    repeats: int = 0
    """Further copies that had the id of one of the articles and were left out: counted as known."""

    def of(self, ids: pa.Array | pa.ChunkedArray) -> Batch:
        """Keep only the articles with these ids, and what was read out of them."""
        articles, evidence, readings, sketches = (
            table.filter(pc.is_in(table["article_id"], pa.array(ids.to_pylist(), pa.string())))
            for table in (self.articles, *self.scored, self.sketches)
        )
        return Batch(articles=articles, scored=Scored(evidence, readings), sketches=sketches, repeats=self.repeats)


def without_repeats(articles: pa.Table) -> pa.Table:
    """Keep one of the articles with the same id: the first that has a date, else the first."""
    kept: dict[str, int] = {}
    dated = articles["published"].is_valid().to_pylist()
    for number, identifier in enumerate(articles["article_id"].to_pylist()):
        first = kept.setdefault(identifier, number)
        if dated[number] and not dated[first]:
            kept[identifier] = number
    return articles.take(pa.array(sorted(kept.values()), pa.int64()))


def joined(batches: Sequence[Batch]) -> Batch:
    """Make one batch of several: of an article that is in more than one, one copy and its readings stay."""
    numbered = pa.concat_tables(
        [
            one.articles.append_column("number", pa.array([number] * one.articles.num_rows, pa.int64()))
            for number, one in enumerate(batches)
        ]
    )
    kept = without_repeats(numbered)
    parts = [one.of(kept.filter(pc.equal(kept["number"], number))["article_id"]) for number, one in enumerate(batches)]
    return Batch(
        articles=kept.drop_columns("number"),
        scored=Scored(
            pa.concat_tables([part.scored.evidence for part in parts]),
            pa.concat_tables([part.scored.readings for part in parts]),
        ),
        sketches=pa.concat_tables([part.sketches for part in parts]),
        repeats=numbered.num_rows - kept.num_rows + sum(one.repeats for one in batches),
    )
