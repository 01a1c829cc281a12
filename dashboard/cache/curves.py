"""What the pair page draws: the series, its changes, the lines beside it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import polars as pl
import streamlit as st

from dashboard.address import By, Lines
from dashboard.cache.asked import EVERYTHING, TTL_S, Asked, Pair, Range, Snapshot, store_at
from dashboard.cache.readings import dated, feeds_now, feeds_of, kept_readings, readings_of, stories_in
from dashboard.coding import as_ids
from dashboard.drawn import Drawn, adjusted_line, press_lines, press_words, way_lines
from dashboard.filters import Filter, counts, kept, with_facts
from dashboard.periods import Slice, choose_period, slice_of
from dashboard.summary import Summary, summarise
from ingest.index.changes import Parts, change_points, explain
from ingest.index.explaining import outlets_by_period
from ingest.index.mix import adjusted
from ingest.index.outlets import outlet_facts
from ingest.index.rolling import smoothed
from ingest.index.series import Period, tone_over_time
from ingest.index.sides import Directed, by_side, directed
from ingest.index.stories import Weight, weighed
from ingest.index.volume import volume as pair_volume
from ingest.index.words import telling_words
from ingest.store import queries


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What a chart is drawn from."""

    series: pl.DataFrame
    by: Period
    summary: Summary
    undated: int
    """Articles about the pair that have no date, whatever the range."""

    @property
    def periods(self) -> list[Slice]:
        """The periods that have stories."""
        return [slice_of(start, self.by) for start in self.series.filter(pl.col("stories") > 0)["period"]]


@st.cache_data(ttl=TTL_S, max_entries=8, show_spinner=False)
def pairs(now: Snapshot) -> pl.DataFrame:
    """Return every pair with its number of articles, busiest first."""
    return queries.pairs(store_at(now.uri))


@st.cache_data(ttl=TTL_S, max_entries=64, show_spinner=False)
def outlet_counts(now: Snapshot, pair: Pair) -> dict[str, dict[str, int]]:
    """Return how many articles of a pair each `country`, `kind` and `outlet` has, most first."""
    everything = readings_of(now, pair)
    return {name: counts(everything, name) for name in ("country", "kind", "outlet")}


@st.cache_data(ttl=TTL_S, max_entries=256, show_spinner=False)
def shown(  # noqa: PLR0917 - the parts of `Asked`, in its order
    now: Snapshot, pair: Pair, by: By, days: Range, weight: Weight, wanted: Filter = EVERYTHING
) -> Shown:
    """Return the series of a pair and its summary."""
    everything = kept(readings_of(now, pair), wanted)
    undated = everything["published"].null_count()
    inside = dated(everything, days)
    stories = weighed(stories_in(now, pair, days, wanted), weight).collect()
    chosen = choose_period(stories) if by == "auto" else by
    series = tone_over_time(inside, chosen, weight, stories=stories)
    return Shown(series=series, by=chosen, summary=summarise(inside, series, weight, stories), undated=undated)


@st.cache_data(ttl=TTL_S, max_entries=128, show_spinner=False)
def drawn(asked: Asked, smooth: int, lines: Lines) -> Drawn:
    """Return what the chart shows."""
    told = shown(*asked)
    series, found = smoothed(told.series, smooth), changes(asked)
    if lines == "press":
        sides = by_side(kept_readings(asked), told.by, asked.weight)
        return Drawn(
            series=series, changes=found, lines=press_lines(sides, asked.pair, smooth),
            says=press_words(sides, asked.pair),
        )  # fmt: skip
    if lines == "ways":
        return Drawn(series=series, changes=found, lines=way_lines(_ways(asked), asked.pair, smooth))
    if lines == "adjusted":
        stories = weighed(stories_in(asked.now, asked.pair, asked.days, asked.wanted), asked.weight)
        line = adjusted_line(adjusted(kept_readings(asked), told.by, asked.weight, stories=stories))
        return Drawn(series=series, changes=found, lines=(line,))
    return Drawn(series=series, changes=found)


@st.cache_data(ttl=TTL_S, max_entries=128, show_spinner=False)
def changes(asked: Asked) -> pl.DataFrame:
    """Return the change points of the series before smoothing, columns of `ingest.index.changes.COLUMNS`."""
    return change_points(shown(*asked).series)


@st.cache_data(ttl=TTL_S, max_entries=256, show_spinner=False)
def parts(asked: Asked, number: int) -> Parts:
    """Return what a change is made of."""
    change = changes(asked).row(number - 1, named=True)
    return explain(readings_of(asked.now, asked.pair), change, told=_outlets_told(asked))


@st.cache_data(ttl=TTL_S, max_entries=32, show_spinner=False)
def _outlets_told(asked: Asked) -> pl.DataFrame:
    stories = weighed(stories_in(asked.now, asked.pair, asked.days, asked.wanted), asked.weight)
    return outlets_by_period(kept_readings(asked), asked.weight, shown(*asked).by, stories=stories)


@st.cache_data(ttl=TTL_S, max_entries=128, show_spinner=False)
def words(asked: Asked, number: int, count: int) -> tuple[list[tuple[str, float]], list[tuple[str, float]]]:
    """Return the words that tell the evidence before a change from that after it, each with its |z|, clearest first."""
    change = changes(asked).row(number - 1, named=True)
    by = shown(*asked).by
    first, last = slice_of(change["begins"], by).first, slice_of(change["ends"], by).last
    ids = pl.LazyFrame({"article_id": as_ids(kept_readings(asked)["article_id"])}, {"article_id": pl.String})
    about = queries.evidence(store_at(asked.now.uri), asked.pair, since=first, until=last)
    told = telling_words(about.join(ids, on="article_id", how="semi"), change, by, count=count)
    before = [(word, -z) for word, z in told.filter(pl.col("z") < 0).sort("z").select("word", "z").iter_rows()]
    after = [(word, z) for word, z in told.filter(pl.col("z") > 0).select("word", "z").iter_rows()]
    return before, after


def difference(asked: Asked) -> pl.DataFrame:
    """Return how far the tone of either toward the other is apart, columns of `ingest.index.sides.DIFFERENCE`."""
    return _ways(asked).difference


@st.cache_data(ttl=TTL_S, max_entries=64, show_spinner=False)
def volume(asked: Asked) -> pl.DataFrame:
    """Return how much of their news the outlets give to a pair, columns of `ingest.index.volume.COLUMNS`.

    Over the periods of the shown series; with a filter, over the outlets that it keeps.
    """
    told = shown(*asked)
    inside = kept_readings(asked)
    totals = kept(_totals(asked.now), replace(asked.wanted, direction="all"))
    stories = weighed(stories_in(asked.now, asked.pair, asked.days, asked.wanted), asked.weight)
    found = pair_volume(inside, totals, told.by, asked.weight, stories=stories)
    return found.join(told.series.select("period"), on="period", how="semi", maintain_order="left")


@st.cache_resource(ttl=TTL_S, max_entries=2, show_spinner=False)
def _totals(now: Snapshot) -> pl.DataFrame:
    """Return how many stories each outlet told each day: `outlet, day, stories`, with country and kind."""
    found = queries.told_by_outlets(store_at(now.uri))
    return with_facts(found, outlet_facts(found["outlet"].unique().to_list(), feeds_of(*feeds_now(now.uri))))


@st.cache_data(ttl=TTL_S, max_entries=32, show_spinner=False)
def _ways(asked: Asked) -> Directed:
    """Return the tone each way; who acts is told apart here, so a filter by direction says nothing more."""
    both = asked._replace(wanted=replace(asked.wanted, direction="all"))
    return directed(kept_readings(both), shown(*asked).by, asked.weight)
