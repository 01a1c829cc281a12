"""Which pairs stand otherwise than they used to: the rule over all pairs. Pure functions over frames."""

from __future__ import annotations

from datetime import date, timedelta
from hashlib import blake2b

import polars as pl

from ingest.index.baseline import GAP, LENGTH, OBSERVED, baseline
from ingest.index.rolling import rolling
from ingest.index.stories import Weight, by_story

LEAST_Z = 2.0
LEAST_STORIES = 10.0
LEAST_OUTLETS = 3
"""The rule of DESIGN: |z| ≥ 2, n_eff ≥ 10, 3 outlets or more, and the interval of the change excludes 0."""
WINDOW = 28
"""Days of the rolling value that is judged: as many as lie between it and its baseline."""
APART = 28
"""Days without an alert after which the next one is another event: then no story is in the windows of both."""
LOOK_BACK = 365
"""Days before the first day asked for in which events may have begun."""
REACH = WINDOW + GAP + LENGTH
"""Days of readings before a day that its alert looks at."""

EVENTS: dict[str, pl.DataType] = {
    "id": pl.String(),
    "pair": pl.String(),
    "a": pl.String(),
    "b": pl.String(),
    "way": pl.String(),
    "first": pl.Date(),
    "last": pl.Date(),
    "day": pl.Date(),
    "z": pl.Float64(),
    "tone": pl.Float64(),
    "usual": pl.Float64(),
    "change": pl.Float64(),
    "low": pl.Float64(),
    "high": pl.Float64(),
    "n_eff": pl.Float64(),
    "outlets": pl.Int64(),
}


def alerts(
    readings: pl.LazyFrame | pl.DataFrame, weight: Weight = "unique", *, since: date | None = None
) -> pl.DataFrame:
    """Return the events in which a pair stood otherwise than it used to.

    Takes readings as `tone_over_time` does, of any pairs; those of `REACH` + `LOOK_BACK` days before `since` decide.
    A day is one of alert if the tone R of the 28 days that end with it has |z| ≥ 2 (`baseline`), at least 10 effective
    stories from at least 3 outlets, and R less the mean of the baseline's days has a 95 % interval without 0. Days of
    alert of a pair that go the same `way` (warmer, colder) and are at most 28 days apart are one event.

    Gives `EVENTS` that lasted till `since` or longer, latest first: `first` and `last` day of alert; of the `day` with
    the largest |z|: `z`, `tone` R, `usual` (the mean of the baseline's days), `change` between them with `low, high`,
    `n_eff` and `outlets` of the 28 days. `id` is told by pair, way and `first`: an event that goes on keeps it.
    """
    told = by_story(readings, weight).collect()
    begin = None if since is None else since - timedelta(days=LOOK_BACK)
    days = _days(told, begin)
    if days.is_empty():
        return pl.DataFrame(schema=EVENTS)
    now = rolling(days, WINDOW)
    usual = rolling(days, LENGTH).select(
        "a",
        "b",
        pl.col("period").dt.offset_by(f"{GAP}d"),
        pl.col("tone").alias("usual"),
        ((pl.col("high") - pl.col("low")) / 2).alias("usual_half"),
    )
    judged = (
        baseline(days, WINDOW, since=begin)
        .filter(pl.col("z").abs() >= LEAST_Z)
        .join(now.filter(pl.col("n_eff") >= LEAST_STORIES - 1e-9), on=["a", "b", "period"])
        .join(usual, on=["a", "b", "period"])
        .with_columns((pl.col("tone") - pl.col("usual")).alias("change"))
        # Two means of different stories: the squares of their errors add up.
        .with_columns((((pl.col("high") - pl.col("low")) / 2) ** 2 + pl.col("usual_half") ** 2).sqrt().alias("half"))
        .filter((pl.col("change").abs() > pl.col("half")) & (pl.col("change").sign() == pl.col("z").sign()))
        .with_columns(pl.concat_str("a", pl.lit("-"), "b").alias("pair"))
    )
    if judged.is_empty():
        return pl.DataFrame(schema=EVENTS)
    return _events(_with_outlets(judged, readings, told), since)


def _days(stories: pl.DataFrame, begin: date | None) -> pl.DataFrame:
    """Return the days of those pairs that may have an alert, as a series has them."""
    tone, weight = pl.col("tone"), pl.col("weight")
    days = (
        stories.lazy()
        .group_by(pl.col("pair").cast(pl.String), pl.col("day").alias("period"))
        .agg(
            (weight.sum() ** 2 / (weight**2).sum()).alias("n_eff"),
            ((tone * weight).sum() / weight.sum()).alias("mean"),
            ((tone**2 * weight).sum() / weight.sum()).alias("second"),
            pl.len().cast(pl.Int64).alias("stories"),
        )
        .with_columns((pl.col("second") - pl.col("mean") ** 2).clip(0.0).sqrt().alias("spread"))
    )
    recent = pl.col("period") > (begin - timedelta(days=WINDOW) if begin else date.min)
    able = days.group_by("pair").agg(
        pl.len().alias("observed"),
        pl.col("n_eff").filter(recent).sum().alias("lately"),
        pl.col("period").min().alias("first"),
        pl.col("period").max().alias("last"),
    )
    able = able.filter((pl.col("observed") >= OBSERVED) & (pl.col("lately") >= LEAST_STORIES - 1e-9))
    calendar = able.select("pair", pl.date_ranges("first", "last").alias("period")).explode("period")
    return (
        calendar.join(days.drop("second"), on=["pair", "period"], how="left")
        .with_columns(
            pl.col("n_eff").fill_null(0.0),
            pl.col("stories").fill_null(0),
            pl.col("pair").str.slice(0, 3).alias("a"),
            pl.col("pair").str.slice(4, 3).alias("b"),
        )
        .sort("a", "b", "period")
        .collect()
    )


def _with_outlets(judged: pl.DataFrame, readings: pl.LazyFrame | pl.DataFrame, stories: pl.DataFrame) -> pl.DataFrame:
    """Keep days whose windows have enough outlets.

    An outlet counts from a story's day on for 28 days, or until its next story, from which it counts anew: so the
    number of outlets is a running sum.
    """
    told = (
        stories.lazy()
        .with_columns(pl.col("pair").cast(pl.String))
        .join(judged.lazy().select("pair").unique(), on="pair", how="semi")
    )
    seen = (
        readings.lazy()
        .filter(pl.col("published").is_not_null() & pl.col("outlet").is_not_null())
        .with_columns(pl.col("pair").cast(pl.String))
        .join(told.select("pair", "story_id", "day"), on=["pair", "story_id"])
        .select("pair", "outlet", "day")
        .unique()
        .sort("pair", "outlet", "day")
        .with_columns(pl.col("day").shift(-1).over("pair", "outlet").alias("next"))
        .with_columns(pl.min_horizontal(pl.col("day").dt.offset_by(f"{WINDOW}d"), "next").alias("over"))
    )
    steps = pl.concat(
        [
            seen.select("pair", pl.col("day").alias("period"), pl.lit(1, pl.Int64).alias("outlets")),
            seen.select("pair", pl.col("over").alias("period"), pl.lit(-1, pl.Int64).alias("outlets")),
        ]
    )
    running = (
        steps.group_by("pair", "period")
        .agg(pl.col("outlets").sum())
        .sort("pair", "period")
        .with_columns(pl.col("outlets").cum_sum().over("pair"))
        .collect()
    )
    return (
        judged.sort("period")
        .join_asof(running.sort("period"), on="period", by="pair", check_sortedness=False)
        .filter(pl.col("outlets") >= LEAST_OUTLETS)
    )


def _events(days: pl.DataFrame, since: date | None) -> pl.DataFrame:
    way = pl.when(pl.col("z") > 0).then(pl.lit("warmer")).otherwise(pl.lit("colder")).alias("way")
    new = (pl.col("period").diff().over("pair", "way").dt.total_days() > APART).fill_null(value=True)
    largest = pl.col("z").abs().arg_max()
    events = (
        days.with_columns(way)
        .sort("pair", "way", "period")
        .with_columns(new.cast(pl.Int32).cum_sum().alias("event"))
        .group_by("pair", "way", "event")
        .agg(
            pl.col("period").min().alias("first"),
            pl.col("period").max().alias("last"),
            pl.col("period").get(largest).alias("day"),
            *(
                pl.col(name).get(largest)
                for name in ("a", "b", "z", "tone", "usual", "change", "half", "n_eff", "outlets")
            ),
        )
        .with_columns(
            (pl.col("change") - pl.col("half")).alias("low"), (pl.col("change") + pl.col("half")).alias("high")
        )
    )
    if since is not None:
        events = events.filter(pl.col("last") >= since)
    ids = [event_id(pair, way, first) for pair, way, first in events.select("pair", "way", "first").iter_rows()]
    return (
        events.with_columns(pl.Series("id", ids, pl.String))
        .sort(["last", "pair", "way"], descending=[True, False, False])
        .select([pl.col(name).cast(kind) for name, kind in EVENTS.items()])
    )


def event_id(pair: str, way: str, first: date) -> str:
    """Name an event."""
    return blake2b(f"{pair}|{way}|{first}".encode(), digest_size=8).hexdigest()


def untold(events: pl.DataFrame, told: pl.DataFrame) -> pl.DataFrame:
    """Return the events that nobody was told of.

    `told` has `pair, way, first, last`. An event is known by its id, or by a told one of the same pair and way that
    was less than 28 days away from it: an article that comes late may move its first day.
    """
    known = (
        events.select("id", "pair", "way", "first", "last")
        .join(told.select("pair", "way", pl.col("first").alias("f"), pl.col("last").alias("l")), on=["pair", "way"])
        .filter(
            (pl.col("first") <= pl.col("l").dt.offset_by(f"{APART}d"))
            & (pl.col("f") <= pl.col("last").dt.offset_by(f"{APART}d"))
        )
    )
    return events.join(known.select("id").unique(), on="id", how="anti", maintain_order="left")
