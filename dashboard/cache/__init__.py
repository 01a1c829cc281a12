"""What pages ask the store and the scorer, remembered: the only folder with `st.cache_*`.

Every answer is kept under the store's address and version, so that new articles show up at the next click.
"""

from __future__ import annotations

from dashboard.cache.articles import (
    MOST_FETCHED,
    article_text,
    fetch,
    largest_stories,
    read,
    stored_article,
    stored_readings,
    story,
    vader_alone,
)
from dashboard.cache.asked import EVERYTHING, MOST_PAIRS, TTL_S, Asked, Pair, Range, Snapshot, snapshot
from dashboard.cache.corrected import bundle, corrections, corrections_about, notes, patches, same_sentence
from dashboard.cache.curves import Shown, changes, difference, drawn, outlet_counts, pairs, parts, shown, volume, words
from dashboard.cache.evidence import Found, evidence, heaviest_stories, stories_of, story_evidence, undated_evidence
from dashboard.cache.outside import outside_names, outside_series, outside_version
from dashboard.cache.sources import failures, outlet_places, sources, sources_snapshot, unscored, versions
from dashboard.cache.world import (
    LOOK_BACKS,
    YEAR_BACK,
    alerts,
    busiest,
    compared,
    days_of_pairs,
    last_day,
    moved,
    partner_rows,
    partners,
    scorers,
    time_of,
    usual_span,
)

__all__ = [
    "EVERYTHING",
    "LOOK_BACKS",
    "MOST_FETCHED",
    "MOST_PAIRS",
    "TTL_S",
    "YEAR_BACK",
    "Asked",
    "Found",
    "Pair",
    "Range",
    "Shown",
    "Snapshot",
    "alerts",
    "article_text",
    "bundle",
    "busiest",
    "changes",
    "compared",
    "corrections",
    "corrections_about",
    "days_of_pairs",
    "difference",
    "drawn",
    "evidence",
    "failures",
    "fetch",
    "heaviest_stories",
    "largest_stories",
    "last_day",
    "moved",
    "notes",
    "outlet_counts",
    "outlet_places",
    "outside_names",
    "outside_series",
    "outside_version",
    "pairs",
    "partner_rows",
    "partners",
    "parts",
    "patches",
    "read",
    "same_sentence",
    "scorers",
    "shown",
    "snapshot",
    "sources",
    "sources_snapshot",
    "stored_article",
    "stored_readings",
    "stories_of",
    "story",
    "story_evidence",
    "time_of",
    "undated_evidence",
    "unscored",
    "usual_span",
    "vader_alone",
    "versions",
    "volume",
    "words",
]
