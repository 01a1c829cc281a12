"""What a bundle holds: its settings, its files and their columns. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, get_args

import polars as pl

from ingest.countries.gazetteer import countries
from ingest.errors import BundleError
from ingest.index.series import PERIODS, Period
from ingest.index.stories import WEIGHTS, Weight

Direction = Literal["all", "ab", "ba"]

MOST_SMOOTH = 1_000
"""Periods of a trailing mean that a manifest may ask for."""

FORMAT = 1
"""Number of this layout of bundles."""

EVIDENCE = {
    "pair": pl.String,
    "article_id": pl.String,
    "start": pl.Int32,  # characters of the article's text
    "end": pl.Int32,
    "sentence": pl.String,
    "a_spans": pl.String,  # characters of the sentence: 0-6 12-20
    "b_spans": pl.String,
    "other_spans": pl.String,  # of third countries; null: the article's text is no longer there
    "tone": pl.Float64,  # −1 … +1, as scored: corrections are in corrections.jsonl
    "cooperative": pl.Float64,
    "neutral": pl.Float64,
    "hostile": pl.Float64,
    "direction": pl.String,
    "scorer": pl.String,
    "scorer_version": pl.String,
}
READINGS = {
    "pair": pl.String,
    "article_id": pl.String,
    "story_id": pl.String,  # after merges and splits by hand
    "published": pl.String,  # UTC
    "outlet": pl.String,
    "url": pl.String,
    "tone": pl.Float64,  # −1 … +1, corrections applied
    "cooperative": pl.Float64,
    "neutral": pl.Float64,
    "hostile": pl.Float64,
    "direction": pl.String,
    "label": pl.String,
    "sentences": pl.Int32,
    "corrected": pl.Boolean,
}
STORIES = {
    "pair": pl.String,
    "story_id": pl.String,
    "day": pl.Date,
    "tone": pl.Float64,
    "articles": pl.Int64,
    "outlets": pl.Int64,
    "weight": pl.Float64,
}

EVIDENCE_KEY, READINGS_KEY = ["pair", "article_id", "start"], ["pair", "article_id"]
STORIES_KEY, PLOTTED_KEY = ["pair", "story_id"], ["a", "b", "period"]

NAMES = (
    "README.txt",
    "manifest.json",
    "plotted.csv",
    "stories.csv",
    "readings.csv",
    "evidence.csv",
    "corrections.jsonl",
)
"""The files of a bundle, in their order."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What was asked: the settings of a view."""

    a: str
    """ISO 3166-1 alpha-3, a before b."""
    b: str
    by: Period
    since: date | None = None
    """UTC days, both included."""
    until: date | None = None
    weight: Weight = "unique"
    scorer: str
    smooth: int = 1
    """Periods of the trailing mean; 1 is none."""
    direction: Direction = "all"
    """`ab`: readings in which a acts or speaks toward b, alone or mutually."""
    outlets: tuple[str, ...] | None = None
    """Names of the outlets that are kept, "" for none named; None keeps all."""

    def kept(self, readings: pl.DataFrame) -> pl.DataFrame:
        """Return the readings (with `outlet, direction`) that the view keeps."""
        told = []
        if self.outlets is not None:
            told.append(pl.col("outlet").fill_null("").is_in(list(self.outlets)))
        if self.direction != "all":
            told.append(pl.col("direction").is_in([self.direction, "both"]))
        return readings.filter(*told) if told else readings

    def told(self) -> dict[str, Any]:
        """Return them as a manifest has them."""
        return {
            "a": self.a,
            "b": self.b,
            "by": self.by,
            "from": self.since.isoformat() if self.since else None,
            "to": self.until.isoformat() if self.until else None,
            "weight": self.weight,
            "scorer": self.scorer,
            "smooth": self.smooth,
            "direction": self.direction,
            "outlets": None if self.outlets is None else list(self.outlets),
        }


def read_settings(told: Any) -> Settings:
    """Read what `Settings.told` wrote."""
    try:
        days = {name: date.fromisoformat(told[key]) if told[key] else None for name, key in _DAYS.items()}
        outlets = told.get("outlets")
        found = Settings(
            a=told["a"],
            b=told["b"],
            by=told["by"],
            weight=told["weight"],
            scorer=told["scorer"],
            smooth=int(told.get("smooth", 1)),
            direction=told.get("direction", "all"),
            outlets=None if outlets is None else tuple(str(one) for one in outlets),
            **days,
        )
    except (KeyError, TypeError, ValueError) as error:
        raise BundleError(f"manifest.json: the settings cannot be read: {error!r}") from error
    if not 1 <= found.smooth <= MOST_SMOOTH or found.direction not in get_args(Direction):
        raise BundleError(
            f"manifest.json: expected smooth of 1 to {MOST_SMOOTH} and a direction, "
            f"one of {', '.join(get_args(Direction))}; "
            f"found {found.smooth!r:.20}, {found.direction!r:.20}"
        )
    if found.by not in PERIODS or found.weight not in WEIGHTS or not {found.a, found.b} <= countries().keys():
        raise BundleError(
            f"manifest.json: expected countries, one of {', '.join(PERIODS)} and one of {', '.join(get_args(Weight))}; "
            f"found {found.a!r:.20}, {found.b!r:.20}, {found.by!r:.20}, {found.weight!r:.20}"
        )
    return found


_DAYS = {"since": "from", "until": "to"}
