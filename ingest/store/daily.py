"""Days of pairs added up, since a day: what pages about many pairs ask; never the text, never one pair's whole past."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl

from ingest.index.series import NEGATIVE
from ingest.store import queries
from ingest.store.store import Store
from ingest.stories.linking import COPY_WINDOW

HEADLINE = {
    **dict.fromkeys(("pair", "article_id", "title", "url", "outlet"), pl.String),
    "day": pl.Date,
    "tone": pl.Float64,
}

COLUMNS = ("pair", "day", "stories", "pull", "squares", "negative", "articles")


def daily(store: Store, since: date, *, country: str | None = None, scorer: str | None = None) -> pl.DataFrame:
    """Return what the stories first published from `since` on (UTC) add up to, for each pair and day.

    Gives `pair, day, stories`, `pull` the sum of their tones, `squares` of the squares, `negative` those with tone
    ≤ −0.15, `articles`; each story once, on its first day, as `ingest.index.stories.by_story` has it. A story
    that began before `since` stays out: articles are read from as long before as copies are told apart. Four columns
    are read as a stream: two million readings take 0.7 s and 0.7 GB.
    """
    readings = queries.readings(store, since=since - timedelta(days=COPY_WINDOW.days), scorer=scorer)
    if country:
        readings = readings.filter(pl.col("pair").str.contains(country, literal=True))
    tone = pl.col("tone")
    return (
        readings.select("pair", pl.col("story_id").hash(), pl.col("published").dt.date().alias("day"), "tone")
        .group_by("pair", "story_id")
        .agg(pl.col("day").min(), tone.mean(), pl.len().cast(pl.Int64).alias("articles"))
        .filter(pl.col("day") >= since)
        .group_by("pair", "day")
        .agg(
            pl.len().cast(pl.Int64).alias("stories"),
            tone.sum().alias("pull"),
            (tone**2).sum().alias("squares"),
            (tone <= NEGATIVE).sum().cast(pl.Int64).alias("negative"),
            pl.col("articles").sum(),
        )
        .sort("pair", "day")
        .select(COLUMNS)
        .collect(engine="streaming")
    )


def last_day(store: Store, scorer: str | None = None) -> date | None:
    """Return the UTC day of the latest dated reading, by the statistics of the files where they tell; or None."""
    wanted = scorer or queries.scorer_of(store)
    parts = store.parts("readings")
    if parts and all(part["min.scorer"] == part["max.scorer"] for part in parts):
        days = [part["max.published"] for part in parts if part["min.scorer"] == wanted and part["max.published"]]
        return max(days).date() if days else None
    found = queries.readings(store, scorer=wanted).select(pl.col("published").max().dt.date()).collect().item()
    return found if isinstance(found, date) else None


def versions(store: Store, scorer: str | None = None) -> tuple[str, ...]:
    """Return name and version of what the readings were scored by; told by the files' statistics, if they can."""
    wanted = scorer or queries.scorer_of(store)
    parts = store.parts("readings")
    if parts and all(
        part[f"min.{one}"] == part[f"max.{one}"] for part in parts for one in ("scorer", "scorer_version")
    ):
        found = {part["min.scorer_version"] for part in parts if part["min.scorer"] == wanted}
    else:
        column = queries.readings(store, scorer=wanted).select("scorer_version").unique()
        found = set(column.collect(engine="streaming").to_series())
    return tuple(sorted(f"{wanted} {one}" for one in found))


def headlines(store: Store, moves: pl.DataFrame, scorer: str | None = None) -> pl.DataFrame:
    """Return the article that says most for each move: `pair, article_id, title, url, outlet, day, tone`.

    Takes `pair, since` (UTC day) and `sign` (−1 or +1): of the pair's articles from that day on, the one with the tone
    furthest in that direction, of several the one with most sentences about the pair, then the latest.
    """
    wanted = scorer or queries.scorer_of(store)
    asked = [_headline(store, pair, since, sign, wanted) for pair, since, sign in moves.select(_MOVE).iter_rows()]
    return pl.concat([pl.DataFrame(schema=HEADLINE), *pl.collect_all(asked)])


_MOVE = ("pair", "since", "sign")


def _headline(store: Store, pair: str, since: date, sign: float, scorer: str) -> pl.LazyFrame:
    """Ask for one pair: its rows lie together, so little is read."""
    far = pl.col("tone") * sign
    return (
        queries.readings(store, (pair[:3], pair[4:]), since=since, scorer=scorer)
        .filter(far > 0)
        .sort([far, "sentences", "published", "article_id"], descending=[True, True, True, False])
        .head(1)
        .select("pair", "article_id", "title", "url", "outlet", pl.col("published").dt.date().alias("day"), "tone")
    )
