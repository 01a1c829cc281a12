"""From the evidence of a bundle to the values that are plotted, with the code of today. Pure."""

from __future__ import annotations

import polars as pl

from ingest.bundle.settings import READINGS_KEY, STORIES, STORIES_KEY, Settings
from ingest.corrections.apply import changes, with_changes
from ingest.corrections.in_force import Corrections
from ingest.index.rolling import smoothed
from ingest.index.series import COLUMNS, tone_over_time
from ingest.index.stories import by_story
from ingest.readings import readings_of


def readings_again(evidence: pl.DataFrame, corrections: Corrections) -> pl.DataFrame:
    """Apply corrections to evidence (columns of `settings.EVIDENCE`), and average it.

    Gives columns of `ingest.readings.readings_of` and `corrected`, in order of pair and article.
    """
    changed = changes(evidence, corrections)
    told = with_changes(evidence.lazy(), changed).collect()
    touched = changed.select(READINGS_KEY).unique().with_columns(pl.lit(True).alias("corrected"))
    return (
        readings_of(told)
        .join(touched, on=READINGS_KEY, how="left")
        .with_columns(pl.col("corrected").fill_null(value=False))
        .sort(READINGS_KEY)
    )


def stories_and_series(readings: pl.DataFrame, settings: Settings) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the weighted stories of readings, and the series that is plotted.

    Takes `pair, article_id, story_id, published, outlet, tone`. In order of pair and article: a mean in another order
    may differ in its last bit.
    """
    ordered = readings.sort(READINGS_KEY).lazy()
    stories = by_story(ordered, settings.weight).sort(STORIES_KEY).collect()
    series = smoothed(tone_over_time(ordered, settings.by, settings.weight), settings.smooth).select([*COLUMNS])
    return stories.select([pl.col(name).cast(kind) for name, kind in STORIES.items()]), series
