"""Whose press says it, and who acts toward whom. Pure functions over frames."""

from __future__ import annotations

from typing import Literal, NamedTuple, get_args

import numpy as np
import polars as pl

from ingest.index.interval import AS_STORIES, FEW, MANY, USUAL_SPREAD, Floats, Z, plan, tail
from ingest.index.series import COLUMNS, EVERY, LEAST, Period, tone_over_time
from ingest.index.stories import Weight, by_story

Side = Literal["a", "b", "third", "unknown"]
SIDES: tuple[Side, ...] = get_args(Side)

SIDE_COLUMNS: dict[str, pl.DataType] = {"side": pl.String(), **COLUMNS}

DIFFERENCE: dict[str, pl.DataType] = {
    "a": pl.String(),
    "b": pl.String(),
    "period": pl.Date(),
    "difference": pl.Float64(),
    "low": pl.Float64(),
    "high": pl.Float64(),
}


class Directed(NamedTuple):
    """The tone of a toward b, of b toward a, and how far they are apart."""

    ab: pl.DataFrame
    """Columns of `tone_over_time`: readings in which a acts or speaks toward b, or both toward each other."""
    ba: pl.DataFrame
    difference: pl.DataFrame
    """`DIFFERENCE`: ab − ba unshrunk, −2 … +2, with a 95 % interval; null where either has fewer than 2 effective
    stories. A row for each period in which there is a story of either."""


def side_of(pair: str = "pair", country: str = "country") -> pl.Expr:
    """Return whose press an outlet of this country is for this pair: a, b, third or unknown."""
    a, b = pl.col(pair).cast(pl.String).str.slice(0, 3), pl.col(pair).cast(pl.String).str.slice(4, 3)
    here = pl.col(country).cast(pl.String)
    return (
        pl.when(here.is_null() | (here == ""))
        .then(pl.lit("unknown"))
        .when(here == a)
        .then(pl.lit("a"))
        .when(here == b)
        .then(pl.lit("b"))
        .otherwise(pl.lit("third"))
    )


def by_side(readings: pl.LazyFrame | pl.DataFrame, by: Period = "month", weight: Weight = "unique") -> pl.DataFrame:
    """Return the tone in the press of a, of b and of third countries, each as if it were all there is.

    Takes readings with `country` (alpha-3, null: unknown; see `outlets.with_country`) beside what `tone_over_time`
    takes. Gives `SIDE_COLUMNS`: `side` in a, b, third, unknown, and the columns of a series. A story that both sides
    print is one story of each side, with the readings of that side.
    """
    # Titles and the like are left behind: taking a million of them along takes longer than all the rest.
    frame = readings.lazy().select("pair", "story_id", "published", "outlet", "tone", "country")
    sided = frame.with_columns(side_of().cast(pl.Enum(SIDES)).alias("side")).drop("country").collect()
    found = [
        tone_over_time(part, by, weight).with_columns(pl.lit(side).alias("side"))
        for side in SIDES
        if not (part := sided.filter(pl.col("side") == side)).is_empty()
    ]
    if not found:
        return pl.DataFrame(schema=SIDE_COLUMNS)
    return pl.concat(found).select([pl.col(name).cast(kind) for name, kind in SIDE_COLUMNS.items()])


def directed(readings: pl.LazyFrame | pl.DataFrame, by: Period = "month", weight: Weight = "unique") -> Directed:
    """Return the tone each way, and the difference.

    Takes readings with `direction` (ab, ba, both, none) beside what `tone_over_time` takes. A reading that goes both
    ways counts in each; one without direction in none. For the interval of the difference the stories of a period are
    resampled together, as a story that tells of both ways is one story (1,000 times, for 5 to 200 stories; more have
    the normal limit, and fewer their spread and that of three more stories of the usual one, as in `interval`).
    """
    frame = readings.lazy().select("pair", "story_id", "published", "outlet", "tone", "direction").collect()
    ways = {way: frame.filter(pl.col("direction").cast(pl.String).is_in([way, "both"])) for way in ("ab", "ba")}
    stories = {way: by_story(told, weight).collect() for way, told in ways.items()}
    ab, ba = (tone_over_time(ways[way], by, weight, stories=stories[way]) for way in ("ab", "ba"))
    return Directed(ab, ba, _difference(stories, by))


def _difference(stories: dict[str, pl.DataFrame], by: Period) -> pl.DataFrame:
    """Work out ab − ba over the stories of both."""
    period = pl.col("day").dt.truncate(EVERY[by]).alias("period")
    # Each way has a story in the period of its own first article; only within one period are they one draw.
    left, right = (
        stories[way].select("pair", "story_id", period, pl.col("tone").alias(f"y_{way}"), pl.col("weight").alias(way))
        for way in ("ab", "ba")
    )
    rows = left.join(right, on=["pair", "story_id", "period"], how="full", coalesce=True).with_columns(
        pl.col("ab", "ba", "y_ab", "y_ba").fill_null(0.0)
    )
    if rows.is_empty():
        return pl.DataFrame(schema=DIFFERENCE)
    groups = rows.group_by("pair", "period").agg(pl.len(), *_moments()).sort("pair", "period")
    difference, half, least = _apart(groups)
    low, high = difference - half, difference + half
    resampled = (least >= FEW) & (groups["len"].to_numpy() <= MANY)
    if resampled.any():
        low[resampled], high[resampled] = _resampled(rows, groups.filter(pl.Series(resampled)), least[resampled])
    drawn = pl.Series(least >= LEAST - 1e-9)
    told = {"difference": difference, "low": np.clip(low, -2.0, 2.0), "high": np.clip(high, -2.0, 2.0)}
    return groups.select(
        pl.col("pair").cast(pl.String).str.slice(0, 3).alias("a"),
        pl.col("pair").cast(pl.String).str.slice(4, 3).alias("b"),
        "period",
        *(pl.when(drawn).then(pl.Series(values)).alias(name) for name, values in told.items()),
    ).select([pl.col(name).cast(kind) for name, kind in DIFFERENCE.items()])


def _moments() -> list[pl.Expr]:
    """Return the sums over the stories of a period that the difference and its error need."""
    found = []
    for way in ("ab", "ba"):
        w, y = pl.col(way), pl.col(f"y_{way}")
        terms = {"w": w, "wy": w * y, "wyy": w * y**2, "ww": w**2, "wwy": w**2 * y, "wwyy": w**2 * y**2}
        found += [term.sum().alias(f"{name}_{way}") for name, term in terms.items()]
    both, ab, ba = pl.col("ab") * pl.col("ba"), pl.col("y_ab"), pl.col("y_ba")
    shared = {"ww": both, "ww_ab": both * ab, "ww_ba": both * ba, "ww_both": both * ab * ba}
    return found + [term.sum().alias(f"shared_{name}") for name, term in shared.items()]


def _apart(groups: pl.DataFrame) -> tuple[Floats, Floats, Floats]:
    """Return for each period the difference, half its normal interval, and n_eff of the way that has less."""
    of = {name: groups[name].to_numpy() for name in groups.columns if name not in {"pair", "period"}}
    mean, n_eff, own, scatter, shares = {}, {}, {}, {}, {}
    with np.errstate(divide="ignore", invalid="ignore"):
        for way in ("ab", "ba"):
            w, ww = of[f"w_{way}"], of[f"ww_{way}"]
            m = mean[way] = of[f"wy_{way}"] / w
            n_eff[way] = np.nan_to_num(w**2 / ww)
            own[way] = (of[f"wwyy_{way}"] - 2 * m * of[f"wwy_{way}"] + m**2 * ww) / w**2
            scatter[way] = n_eff[way] * np.maximum(of[f"wyy_{way}"] / w - m**2, 0.0)
            shares[way] = ww / w**2
        ab, ba = mean["ab"], mean["ba"]
        product = of["w_ab"] * of["w_ba"]
        together = of["shared_ww_both"] - ab * of["shared_ww_ba"] - ba * of["shared_ww_ab"] + ab * ba * of["shared_ww"]
        many = own["ab"] + own["ba"] - 2 * together / product
        # Few stories: the spread of those of both ways, each around its own mean.
        freedom = np.maximum(n_eff["ab"] - 1, 0) + np.maximum(n_eff["ba"] - 1, 0)
        spread2 = (scatter["ab"] + scatter["ba"] + AS_STORIES * USUAL_SPREAD**2) / (freedom + AS_STORIES)
        few = spread2 * (shares["ab"] + shares["ba"] - 2 * of["shared_ww"] / product)
        least = np.minimum(n_eff["ab"], n_eff["ba"])
        half = Z * np.sqrt(np.maximum(np.where(least < FEW, few, many), 0.0))
    return ab - ba, half, least


def _resampled(rows: pl.DataFrame, groups: pl.DataFrame, least: Floats) -> tuple[Floats, Floats]:
    """Resample the stories of these periods; which order they come in changes nothing."""
    keys = groups.select("pair", "period", pl.int_range(pl.len(), dtype=pl.UInt32).alias("group"))
    some = rows.join(keys, on=["pair", "period"]).sort("group", "y_ab", "y_ba", "ab", "ba")
    columns = {name: some[name].to_numpy() for name in ("ab", "ba", "y_ab", "y_ba")}
    sizes = groups["len"].to_numpy()
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.int64)
    low, high = np.empty(len(sizes)), np.empty(len(sizes))
    for size in np.unique(sizes):
        at = np.flatnonzero(sizes == size)
        cells = starts[at][:, None] + np.arange(size)
        low[at], high[at] = _bootstrap({name: one[cells] for name, one in columns.items()}, int(size), least[at])
    return low, high


def _bootstrap(columns: dict[str, Floats], size: int, least: Floats) -> tuple[Floats, Floats]:
    """Resample groups of one size; a resample that has nothing of one way says nothing and is left out."""
    counts = plan(size)
    with np.errstate(divide="ignore", invalid="ignore"):
        ab, ba = (((columns[way] * columns[f"y_{way}"]) @ counts) / (columns[way] @ counts) for way in ("ab", "ba"))
    apart = np.sort(ab - ba, axis=1)  # NaN last
    said = np.isfinite(apart).sum(axis=1)
    at = tail(least) * (said - 1)
    every = np.arange(len(least))
    below, part = np.floor(at).astype(np.int64), at % 1.0
    low = apart[every, below] * (1 - part) + apart[every, below + 1] * part
    high = apart[every, said - 1 - below] * (1 - part) + apart[every, said - 2 - below] * part
    return low, high
