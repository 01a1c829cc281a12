"""What pages about many pairs ask."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl
import streamlit as st

from dashboard.cache.asked import EVERYTHING, TTL_S, Pair, Range, Snapshot, store_at
from dashboard.cache.readings import readings_of, stories_in
from dashboard.comparison import tone_curve, z_curve
from dashboard.page_choices import ENOUGH, SPANS, Scale, Sort
from dashboard.world import EMPTY_DAYS, PairRow, Time, about, as_country, pair_rows, partner_list
from ingest.index.alerts import APART, LOOK_BACK, REACH
from ingest.index.alerts import alerts as find_alerts
from ingest.index.moves import curves, level, moves
from ingest.index.series import Period, tone_over_time
from ingest.index.stories import weighed
from ingest.store import queries
from ingest.store.daily import daily, headlines
from ingest.store.daily import last_day as last_day_of
from ingest.store.daily import versions as versions_of

LOOK_BACKS = (400, SPANS[2], SPANS[-1])
"""Days that are read at once: what pages ask of one of these needs no other reading."""


YEAR_BACK = LOOK_BACKS[0]
"""Days that the small curves of World look back."""


@st.cache_data(ttl=TTL_S, max_entries=16, show_spinner=False)
def last_day(now: Snapshot) -> date | None:
    """Return the UTC day of the latest dated reading."""
    return last_day_of(store_at(now.uri))


def days_of_pairs(now: Snapshot, since: date) -> pl.DataFrame:
    """Return the sums of every pair and day since a day, columns of `ingest.store.daily`."""
    last = last_day(now)
    back = next((span for span in LOOK_BACKS if last and last - timedelta(days=span - 1) <= since), LOOK_BACKS[-1])
    told = _days_of_pairs(now, last - timedelta(days=back - 1) if last else since)
    return told.filter(pl.col("day") >= since)


@st.cache_resource(ttl=TTL_S, max_entries=3, show_spinner=False)
def _days_of_pairs(now: Snapshot, since: date) -> pl.DataFrame:
    """Read the sums of days once for all that looks back as far or less far. A resource: never changed."""
    return daily(store_at(now.uri), since)


@st.cache_data(ttl=TTL_S, max_entries=64, show_spinner=False)
def partners(now: Snapshot, country: str | None, span: int) -> pl.DataFrame:
    """Return the tone of a country with every other, or of each with all, over the last `span` days."""
    last = last_day(now)
    if last is None:
        return level(pl.DataFrame(schema=EMPTY_DAYS), date.min, date.min).rename({"pair": "country"})
    since = last - timedelta(days=span - 1)
    return level(as_country(days_of_pairs(now, since), country), since, last).rename({"pair": "country"})


@st.cache_data(ttl=TTL_S, max_entries=32, show_spinner=False)
def moved(now: Snapshot, days: int, country: str | None, most: int) -> tuple[tuple[PairRow, ...], int]:
    """Return the pairs that clearly moved most, each with its curve and headline; and how many were compared."""
    last = last_day(now)
    if last is None:
        return (), 0
    told = days_of_pairs(now, last - timedelta(days=YEAR_BACK - 1))
    found = moves(about(told, country), days, last)
    top = found.filter("clear").head(most)
    since = last - timedelta(days=days - 1)
    wanted = top.select("pair", pl.lit(since).alias("since"), pl.col("change").sign().alias("sign"))
    heads = headlines(store_at(now.uri), wanted)
    own = told.join(top.select("pair"), on="pair", how="semi")
    return pair_rows(top, curves(own, "1w"), heads), found.height


@st.cache_data(ttl=TTL_S, max_entries=32, show_spinner=False)
def busiest(now: Snapshot, span: int, country: str | None, most: int) -> tuple[tuple[PairRow, ...], int]:
    """Return the pairs with most stories in the last `span` days with their curves, and how many pairs there are."""
    last = last_day(now)
    if last is None:
        return (), 0
    since = last - timedelta(days=span - 1)
    told = about(days_of_pairs(now, since), country)
    found = level(told, since, last).filter(pl.col("n") >= 2).sort(["n", "pair"], descending=[True, False])
    time = time_of(now, span)
    top = found.head(most)
    own = told.join(top.select("pair"), on="pair", how="semi")
    return pair_rows(top, curves(own, time.every if time else "1q")), found.height


@st.cache_data(ttl=TTL_S, max_entries=8, show_spinner=False)
def alerts(now: Snapshot, country: str | None) -> pl.DataFrame:
    """Return the events of the last weeks by the rule of the index, columns of `ingest.index.alerts.EVENTS`."""
    found = _alerts(now)
    return found.filter((pl.col("a") == country) | (pl.col("b") == country)) if country else found


@st.cache_data(ttl=TTL_S, max_entries=4, show_spinner=False)
def _alerts(now: Snapshot) -> pl.DataFrame:
    last = last_day(now)
    if last is None:
        return find_alerts(queries.readings(store_at(now.uri)))
    begin = last - timedelta(days=APART)
    return find_alerts(
        queries.readings(store_at(now.uri), since=begin - timedelta(days=LOOK_BACK + REACH)), since=begin
    )


@st.cache_data(ttl=TTL_S, max_entries=8, show_spinner=False)
def scorers(now: Snapshot) -> tuple[str, ...]:
    """Return name and version of the scorers whose readings are shown."""
    return versions_of(store_at(now.uri))


@st.cache_data(ttl=TTL_S, max_entries=4, show_spinner=False)
def usual_span(now: Snapshot) -> int:
    """Return the shortest span from a year on that has enough stories of pairs for a map; else all time."""
    last = last_day(now)
    if last is None:
        return SPANS[-1]
    for span in SPANS[1:-1]:
        if days_of_pairs(now, last - timedelta(days=span - 1))["stories"].sum() >= ENOUGH:
            return span
    return SPANS[-1]


def time_of(now: Snapshot, span: int) -> Time | None:
    """Return the last `span` days of the store, or all that it has; None if it has no date."""
    last = last_day(now)
    if last is None:
        return None
    since = last - timedelta(days=span - 1)
    first = days_of_pairs(now, since)["day"].min()
    return Time(first=max(since, first), last=last) if isinstance(first, date) else None


@st.cache_data(ttl=TTL_S, max_entries=32, show_spinner=False)
def partner_rows(now: Snapshot, country: str, span: int, sort: Sort) -> tuple[PairRow, ...]:
    """Return every partner of a country over the last `span` days: level, change from its first half, small curve."""
    time = time_of(now, span)
    if time is None:
        return ()
    told = about(days_of_pairs(now, time.last - timedelta(days=span - 1)), country)
    return partner_list(told, time, country, sort)


@st.cache_data(ttl=TTL_S, max_entries=64, show_spinner=False)
def compared(now: Snapshot, pair: Pair, by: Period, scale: Scale, span: int) -> pl.DataFrame:
    """Return one pair's curve for a comparison: `period, value, low, high, n`; value is the tone or its z."""
    last = last_day(now)
    days = Range(last - timedelta(days=span - 1) if last else None)
    stories = weighed(stories_in(now, pair, Range(), EVERYTHING), "unique").collect()
    readings = readings_of(now, pair)
    if scale == "z":
        return z_curve(tone_over_time(readings, "day", stories=stories), by, days.since)
    return tone_curve(tone_over_time(readings, by, stories=stories), days.since)
