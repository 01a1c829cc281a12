"""One article for somebody who looks at it: cleaned and scored, without a store and without what a store needs."""

from __future__ import annotations

from datetime import UTC, datetime

from ingest.articles.clean import Cleaned, clean
from ingest.articles.pasted import read_pasted
from ingest.records import RawArticle, Reading
from ingest.scoring import score
from ingest.tone.scorer import DEFAULT, Scorer


def read_one(
    raw: RawArticle, scorer: str | Scorer = DEFAULT, now: datetime | None = None
) -> tuple[Cleaned, list[Reading]]:
    """Clean and score one article."""
    cleaned = clean(read_pasted(raw), now or datetime.now(UTC))
    return cleaned, [] if cleaned.unscored else score(cleaned.article, scorer)
