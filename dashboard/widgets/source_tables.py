"""How the sources do, as tables: outlets, what is not scored, what failed."""

from __future__ import annotations

import polars as pl
import streamlit as st

from dashboard import theme
from dashboard.evidence import country_name
from dashboard.retry_command import retry_command
from dashboard.widgets.panels import chart_heading, plain_figures, quiet

MOST_SHOWN = 1_000
"""Rows of a table that are sent to the page; the command line has them all."""
ANY = "Any reason"

LIVE_H = 30 * 24
"""Median lag below which an outlet is read as it publishes; what was read from an archive is no delay."""

NOTHING = "–"
"""What a table shows where nothing is known."""


def figures(sources: pl.DataFrame, failed: int) -> None:
    """Show four figures: outlets, articles, not scored, failed."""
    articles, unscored = int(sources["articles"].sum()), int(sources["unscored"].sum())
    outlets = sources.filter(pl.col("articles") > 0).height
    last = sources["last_fetched"].max()
    share = theme.percent(unscored / articles) if articles else "–"
    plain_figures(
        [
            ("Outlets", theme.count(outlets), f"last read {theme.day(last)}" if last else "nothing read"),  # type: ignore[arg-type]
            ("Articles", theme.count(articles), f"{theme.count(int(sources['undated'].sum()))} without a date"),
            ("Not scored", share, f"{theme.counted(unscored, 'article')}, never counted as neutral"),
            ("Failed", theme.count(failed), "inputs that could not be read" if failed else "everything could be read"),
        ]
    )


def outlets_table(sources: pl.DataFrame, facts: pl.DataFrame) -> None:
    """Show how each outlet does; `facts` are `outlet, country, kind` of some."""
    chart_heading(
        "Outlets",
        "Busiest first; times in UTC; lag: from publication to ingestion, median and what 9 in 10 keep below, of "
        "outlets that are read as they publish, not of archives",
    )
    if sources.is_empty():
        quiet("No article is stored.")
        return
    live = pl.col("lag_median_h") < LIVE_H
    known = sources.head(MOST_SHOWN).join(facts, on="outlet", how="left", maintain_order="left")
    shown = known.select(
        pl.col("outlet").fill_null("no outlet named").alias("Outlet"),
        pl.col("country").replace_strict(_names(known), default=None, return_dtype=pl.String).alias("Country"),
        pl.col("kind").alias("Kind"),
        pl.col("articles").alias("Articles"),
        pl.col("stories").alias("Stories"),
        (100 * pl.col("share_unscored")).alias("Not scored"),
        (100 * pl.col("share_failed")).alias("Failed"),
        pl.col("why_failed").fill_null("").alias("Failed mostly because"),
        pl.col("last_published").alias("Published last"),
        pl.col("last_fetched").alias("Ingested last"),
        pl.when(live).then(_few_digits("lag_median_h")).alias("Lag, median"),
        pl.when(live).then(_few_digits("lag_p90_h")).alias("Lag, 9 in 10"),
    )
    percent = st.column_config.NumberColumn(format="%.0f %%")
    day = st.column_config.DatetimeColumn(format="D MMM YYYY", timezone="UTC")
    st.dataframe(
        shown,
        hide_index=True,
        width="stretch",
        key="outlets",
        placeholder=NOTHING,
        column_config={
            "Not scored": percent,
            "Failed": percent,
            "Published last": day,
            "Ingested last": day,
            "Lag, median": st.column_config.NumberColumn("Lag, hours", format="localized"),
            "Lag, 9 in 10": st.column_config.NumberColumn("9 in 10, h", format="localized"),
        },
    )
    _more(sources.height, "outlets")


def _names(rows: pl.DataFrame) -> dict[str, str]:
    return {code: country_name(code) for code in rows["country"].drop_nulls().unique()}


def _few_digits(hours: str) -> pl.Expr:
    """Round to a tenth of an hour, and what is longer than four days to whole hours."""
    return pl.when(pl.col(hours) < 100).then(pl.col(hours).round(1)).otherwise(pl.col(hours).round(0))


def unscored_table(unscored: pl.DataFrame) -> None:
    """Show what is stored and not scored, and why."""
    chart_heading("Not scored", "Stored and counted, but in no number: only English can be scored")
    if unscored.is_empty():
        quiet("Every stored article could be scored.")
        return
    shown = unscored.head(MOST_SHOWN).select(
        pl.col("outlet").fill_null("no outlet named").alias("Outlet"),
        pl.col("language").fill_null("not told").alias("Language"),
        pl.col("reason").alias("Why"),
        pl.col("articles").alias("Articles"),
    )
    st.dataframe(shown, hide_index=True, width="stretch", key="unscored", placeholder=NOTHING)
    _more(unscored.height, "rows")


def failed_list(failures: pl.DataFrame, store: str) -> None:
    """Show what failed, why, and the command that tries it again."""
    chart_heading("Inputs that failed", "Latest first; what works when it is tried again leaves this list")
    if failures.is_empty():
        quiet("Nothing failed, or all that did works now.")
        return
    counts = failures["reason"].value_counts(sort=True)
    options = [ANY, *counts["reason"].head(MOST_SHOWN)]
    told = dict(counts.iter_rows())
    chosen = st.selectbox(
        "Why",
        options,
        key="failed_reason",
        format_func=lambda one: f"{one} ({theme.count(told.get(one, failures.height))})",
    )
    shown = failures if chosen == ANY else failures.filter(pl.col("reason") == chosen)
    st.dataframe(
        shown.head(MOST_SHOWN).select(
            pl.col("where").alias("Where"), pl.col("reason").alias("Why"), pl.col("at").alias("When")
        ),
        hide_index=True,
        width="stretch",
        key="failed",
        column_config={"When": st.column_config.DatetimeColumn(format="D MMM YYYY, HH:mm", timezone="UTC")},
    )
    _more(shown.height, "inputs")
    quiet("Try them again from a terminal; add --where=TEXT for one file or site:")
    st.code(retry_command(store, None if chosen == ANY else chosen), language="sh")


def _more(rows: int, what: str) -> None:
    if rows > MOST_SHOWN:
        quiet(f"… and {theme.count(rows - MOST_SHOWN)} {what} more; see all with: detente status --json")
