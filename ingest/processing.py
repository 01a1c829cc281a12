"""From what a source found to a batch that is ready for the store; knows no store and no process."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

import pyarrow as pa

from ingest.articles.clean import clean
from ingest.articles.pasted import credit
from ingest.batch import Batch, without_repeats
from ingest.pages import extracted
from ingest.records import Failure, RawArticle
from ingest.schemas import ARTICLES
from ingest.scoring import score_batch
from ingest.stories.exact import story_id
from ingest.stories.sketch import sketch_dated
from ingest.tone.scorer import get_scorer


@dataclass(frozen=True, kw_only=True)
class Processed:
    """A batch that comes back from a worker."""

    batch: Batch
    why_unscored: Counter[str]
    date_problems: list[str]
    failures: list[Failure]
    """Pages in which there is no article."""
    cut: int = 0
    """Articles of which the source gave only the beginning."""


def process(raws: list[RawArticle], scorer: str, now: datetime) -> Processed:
    """Find the articles in their pages, clean and score them; pure but for the clock it is given. Runs in a worker."""
    found = [_out_of_page(raw) for raw in raws]
    cleaned = [clean(raw, now) for raw in found if isinstance(raw, RawArticle)]
    articles = pa.Table.from_pylist(
        [
            {
                "article_id": one.article.article_id,
                "story_id": story_id(one.article.text),
                "url": one.article.url,
                "outlet": one.article.outlet,
                "title": one.article.title,
                "text": one.article.text,
                "published": one.article.published,
                "language": one.article.language,
                "authors": list(one.article.authors),
                "fetched": one.article.fetched,
                "unscored": one.unscored or None,
                "origin": one.article.origin,
            }
            for one in cleaned
        ],
        ARTICLES,
    )
    articles = without_repeats(articles)
    return Processed(
        batch=Batch(
            articles=articles,
            scored=score_batch(articles, get_scorer(scorer)),
            sketches=sketch_dated(articles),
            repeats=len(cleaned) - articles.num_rows,
        ),
        why_unscored=Counter(one.unscored for one in cleaned if one.unscored),
        date_problems=[one.date_problem for one in cleaned if one.date_problem],
        failures=[one for one in found if isinstance(one, Failure)],
        cut=sum(raw.cut for raw in raws),
    )


def _out_of_page(raw: RawArticle) -> RawArticle | Failure:
    if raw.page is None:
        return raw
    found = extracted(raw)
    return found if isinstance(found, Failure) else credit(found)
