"""What a change of tone is made of, and which stories carry it. Pure functions over frames."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from ingest.index.series import EVERY, Period
from ingest.index.stories import Weight, by_story

SOON = 90
"""Days after a change in which the stories that carry it are looked for: what made it, not what went on for years."""

HEAVIEST: dict[str, pl.DataType] = {
    "story_id": pl.String(),
    "day": pl.Date(),
    "title": pl.String(),
    "url": pl.String(),
    "tone": pl.Float64(),
    "articles": pl.Int64(),
    "outlets": pl.Int64(),
    "names": pl.List(pl.String()),
    "pull": pl.Float64(),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Parts:
    """A change of tone in three parts, which sum to it exactly."""

    change: float
    """after − before."""
    tone: float
    """Outlets that told of the pair before and after tell it otherwise."""
    mix: float
    """Outlets came or went."""
    volume: float
    """Outlets that were there all along tell more, or less, of it than the others do."""


def explain(
    readings: pl.LazyFrame | pl.DataFrame,
    change: Mapping[str, object],
    weight: Weight = "unique",
    by: Period = "day",
    *,
    stories: pl.LazyFrame | pl.DataFrame | None = None,
    told: pl.DataFrame | None = None,
) -> Parts:
    """Tell how much of a change is tone, mix of outlets and volume.

    `change` is a row of `change_points` (`begins, period, ends`) over a series `by` this period and `weight`; `told` is
    what `outlets_by_period` gives for these, where it is at hand: of several changes the slow part is done once.

    T = Σ s_o y_o: s_o an outlet's share of the weight, a story's being shared among its articles, and y_o the tone of
    what it ran, both before and after. With C the outlets of both times, q the share of those of one time only, T_C
    and T_x the tone of either group: ΔT = ΔT_C + [q (T_x − T_C)] after − [q (T_x − T_C)] before, of which the bracketed
    terms are `mix`; and ΔT_C = Σ_C s̄ Δy + Σ_C ȳ Δs, bars being means of before and after and s the shares within C
    (Kitagawa 1955, doi.org/10.1080/01621459.1955.10501299): `tone` and `volume`. Without an outlet of both times all
    is mix. Within a period stories weigh what they do in the series, n_eff in all: so the parts sum to its change.
    """
    told = outlets_by_period(readings, weight, by, stories=stories) if told is None else told
    cells = _cells(told, change)
    sides = [cells.filter(pl.col("after") == after).select("outlet", "w", "wy") for after in (False, True)]
    (before, of_before), (after, of_after) = (
        (float(side["wy"].sum()) / float(side["w"].sum()) if side.height else 0.0, float(side["w"].sum()))
        for side in sides
    )
    whole = after - before
    common = sides[0].join(sides[1], on="outlet", suffix="_after", nulls_equal=True)
    if common.is_empty():
        return Parts(change=whole, tone=0.0, mix=whole, volume=0.0)
    w0, w1 = common["w"] / common["w"].sum(), common["w_after"] / common["w_after"].sum()
    y0, y1 = common["wy"] / common["w"], common["wy_after"] / common["w_after"]
    tone = float(((w0 + w1) / 2 * (y1 - y0)).sum())
    volume = float(((y0 + y1) / 2 * (w1 - w0)).sum())
    # q (T_x − T_C) = T − T_C, on each side.
    in_common = float((w0 * y0).sum()), float((w1 * y1).sum())
    gone = before - in_common[0] if float(common["w"].sum()) < of_before * (1 - 1e-12) else 0.0
    come = after - in_common[1] if float(common["w_after"].sum()) < of_after * (1 - 1e-12) else 0.0
    return Parts(change=whole, tone=tone, mix=come - gone, volume=volume)


def heaviest(
    readings: pl.LazyFrame | pl.DataFrame,
    change: Mapping[str, object],
    weight: Weight = "unique",
    by: Period = "day",
    *,
    count: int = 5,
    soon: int = SOON,
    stories: pl.LazyFrame | pl.DataFrame | None = None,
) -> pl.DataFrame:
    """Return the stories that move a change most, those that push the way it went.

    Takes readings with `title, url` too. Gives `HEAVIEST`, heaviest first: `pull` is w (y − before) / Σ w, what a
    story adds to the change (all of the time after it sum to it); of the first `soon` days only, unless fewer than
    `count` push then. Of equal ones that with more outlets, then the earlier. `title` and `url` are those of its first
    article, `names` its outlets, those with most articles first.
    """
    told = _weighed(readings, change, weight, by, stories)
    before = told.filter(~pl.col("after"))
    after = told.filter(pl.col("after"))
    if after.is_empty() or before.is_empty():
        return pl.DataFrame(schema=HEAVIEST)
    usual = float((before["tone"] * before["w"]).sum()) / float(before["w"].sum())
    after = after.with_columns(((pl.col("tone") - usual) * pl.col("w") / pl.col("w").sum()).alias("pull"))
    way = 1.0 if float(after["pull"].sum()) >= 0 else -1.0
    pushing = after.with_columns((pl.col("pull") * way).alias("push")).filter(pl.col("push") > 0)
    until = _day(change, "period") + timedelta(days=soon)
    near = pushing.filter(pl.col("day") < until)
    chosen = (
        (near if near.height >= count else pushing)
        .with_columns(pl.col("push").round(9))
        .sort(["push", "outlets", "day", "story_id"], descending=[True, True, False, False])
        .head(count)
    )
    names = readings.lazy().collect_schema().names()
    articles = (
        readings.lazy()
        .filter(pl.col("published").is_not_null())
        .join(chosen.lazy().select("pair", "story_id"), on=["pair", "story_id"], how="semi")
        .select("story_id", "published", "outlet", *(name for name in ("title", "url") if name in names))
        .collect()
        .with_columns(pl.lit(None, pl.String).alias(name) for name in ("title", "url") if name not in names)
        .sort("published", "outlet", "url", nulls_last=True)
    )
    facts = articles.group_by("story_id").agg(
        pl.col("title").drop_nulls().first(),
        pl.col("url").drop_nulls().first(),
        pl.col("outlet").drop_nulls().cast(pl.String).unique(maintain_order=True).alias("names"),
    )
    return chosen.join(facts, on="story_id", how="left", maintain_order="left").select(
        [pl.col(name).cast(kind) for name, kind in HEAVIEST.items()]
    )


def _weighed(
    readings: pl.LazyFrame | pl.DataFrame,
    change: Mapping[str, object],
    weight: Weight,
    by: Period,
    stories: pl.LazyFrame | pl.DataFrame | None,
) -> pl.DataFrame:
    """Return the stories of a change with `w`, scaled so that those of a period weigh its n_eff, and `after`."""
    begins, turns, ends = (_day(change, name) for name in ("begins", "period", "ends"))
    told = stories.lazy() if stories is not None else by_story(readings, weight)
    period = pl.col("day").dt.truncate(EVERY[by])
    told = told.with_columns(period.alias("period")).filter(pl.col("period").is_between(begins, ends))
    if weight == "unique":
        scaled = told.with_columns(pl.col("weight").alias("w"))
    else:
        sums = told.group_by("period").agg(
            (pl.col("weight").sum() / (pl.col("weight") ** 2).sum()).alias("scale")  # n_eff / Σ w
        )
        scaled = told.join(sums, on="period").with_columns((pl.col("weight") * pl.col("scale")).alias("w"))
    return scaled.with_columns((pl.col("period") >= turns).alias("after")).collect()


def outlets_by_period(
    readings: pl.LazyFrame | pl.DataFrame,
    weight: Weight = "unique",
    by: Period = "day",
    *,
    stories: pl.LazyFrame | pl.DataFrame | None = None,
) -> pl.DataFrame:
    """Return what each outlet told in each period: `period, outlet, w, wy`, the sums of weights and of weighted tones.

    A story's weight is shared among its articles; those of a period are scaled to its n_eff in all, as in the series.
    Articles without an outlet are one outlet.
    """
    found = stories.lazy() if stories is not None else by_story(readings, weight)
    found = found.with_columns(pl.col("day").dt.truncate(EVERY[by]).alias("period"))
    n_eff = pl.col("weight").sum() ** 2 / (pl.col("weight") ** 2).sum()
    scale = found.group_by("period").agg((n_eff / pl.col("weight").sum()).alias("scale"))
    share = pl.col("weight") / pl.col("articles")
    return (
        readings.lazy()
        .filter(pl.col("published").is_not_null())
        .select("pair", "story_id", "outlet", "tone")
        .join(found.select("pair", "story_id", "period", share.alias("w")), on=["pair", "story_id"])
        .group_by("period", "outlet")
        .agg(pl.col("w").sum(), (pl.col("w") * pl.col("tone")).sum().alias("wy"))
        .join(scale, on="period")
        .select("period", "outlet", pl.col("w") * pl.col("scale"), pl.col("wy") * pl.col("scale"))
        .collect()
        .sort("period", pl.col("outlet").cast(pl.String))
    )


def _cells(told: pl.DataFrame, change: Mapping[str, object]) -> pl.DataFrame:
    """Return weight and pull of each outlet before and after a change."""
    begins, turns, ends = (_day(change, name) for name in ("begins", "period", "ends"))
    return (
        told.filter(pl.col("period").is_between(begins, ends))
        .group_by("outlet", (pl.col("period") >= turns).alias("after"), maintain_order=True)
        .agg(pl.col("w", "wy").sum())
        .sort(pl.col("outlet").cast(pl.String), "after")
    )


def _day(change: Mapping[str, object], name: str) -> date:
    value = change.get(name)
    if not isinstance(value, date):
        raise TypeError(f"a change has a day called {name}, found {value!r}; give a row of change_points")
    return value
