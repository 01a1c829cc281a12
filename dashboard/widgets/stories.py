"""The largest stories as a list, and one story: who ran it, when, in what tone; merged and split by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import polars as pl
import streamlit as st

from dashboard import cache, theme
from dashboard.cache import Range, Snapshot
from dashboard.story_address import StoryView
from dashboard.story_words import figures, member, moment, option, tone_by_pair
from dashboard.widgets.corrections import in_force, signed_form, token
from dashboard.widgets.links import page_link
from dashboard.widgets.panels import chart_heading, plain_figures, quiet
from dashboard.widgets.story_controls import show
from ingest.corrections.entry import Entry

STEP = 20
"""Stories shown at a time."""

AROUND = timedelta(days=30)
"""Days around a story in which others may be the same one."""

MOST_OTHERS = 300


def story_list(now: Snapshot, view: StoryView) -> None:
    """List the largest stories, each to be opened."""
    most = int(st.session_state.get("stories_shown", STEP))
    found = cache.largest_stories(now, view.countries, Range(view.since, view.until), view.words, most + 1)
    if found.is_empty():
        quiet("No story is like that: take fewer words, more days, or any country.")
        return
    chart_heading("Largest stories", "Most articles first; a story counts once by default, however many outlets ran it")
    rows = st.container(gap=None, key="story_rows")
    for row in found.head(most).to_dicts():
        with rows.container(
            horizontal=True, gap="small", vertical_alignment="center", key=f"story_row_{row['story_id']}"
        ):
            st.button(
                str(row["title"] or "No headline"), key=f"open_{row['story_id']}", type="tertiary", on_click=show,
                args=(row["story_id"],), wrap=True,
            )  # fmt: skip
            quiet(_size(row))
    if found.height > most:
        st.button("Show twenty more", key="more_stories", on_click=_grow, args=(most,))


def story(now: Snapshot, story_id: str) -> None:
    """Show one story."""
    st.button(
        "All stories", key="all_stories", type="tertiary", icon=":material/arrow_back:", on_click=show, args=(None,)
    )
    members, tones = cache.story(now, story_id)
    if members.is_empty():
        quiet("There is no story with this id: it may have joined another one, by a link or by hand.")
        return
    title = members["title"].drop_nulls()
    chart_heading(title[0] if len(title) else "No headline", "Copies and rewrites of one piece of news; times in UTC")
    plain_figures(figures(members))
    if tones.is_empty():
        quiet("No article of this story relates two countries.")
    else:
        st.html(tone_by_pair(tones))
    first = members["published"].drop_nulls().min()
    begun = first if isinstance(first, datetime) and members.height > 1 else None
    for number, row in enumerate(members.to_dicts()):
        of_this = tones.filter(pl.col("article_id") == row["article_id"])
        with st.container(gap="xxsmall"):
            st.html(member(row, begun, of_this, is_first=number == 0))
            with st.container(
                horizontal=True, gap="small", vertical_alignment="center", key=f"actions_{row['article_id']}"
            ):
                page_link("article", "Open the article", id=row["article_id"])
                if members.height > 1:
                    _split(now, row["article_id"])
    _merge(now, story_id, members)


def by_hand(now: Snapshot) -> None:
    """List all merges and splits in force."""
    entries = tuple([one for one in cache.corrections(now) if one.kind in {"merge", "split"}])
    in_force(now, entries, f"{theme.counted(len(entries), 'merge or split', 'merges and splits')} by hand", "stories")


def _split(now: Snapshot, article_id: str) -> None:
    key = f"split {article_id} {token(now)}"
    popover = st.popover("Not this story", type="tertiary", icon=":material/call_split:", key=key, on_change="rerun")
    if popover.open:
        with popover, st.form(f"form {key}", border=False):
            quiet("The article becomes a story of its own; articles that are like it stay here.")
            signed_form(
                now, key, "Take it out",
                lambda name, reason: [Entry(at=_now(), by=name, kind="split", article=article_id, reason=reason)],
            )  # fmt: skip


def _merge(now: Snapshot, story_id: str, members: pl.DataFrame) -> None:
    key = f"merge {story_id} {token(now)}"
    popover = st.popover(
        "Merge with another story", type="tertiary", icon=":material/merge:", key=key, on_change="rerun"
    )
    if not popover.open:
        return
    dated = members["published"].drop_nulls()
    first, last = dated.min(), dated.max()
    days = Range()
    if isinstance(first, datetime) and isinstance(last, datetime):
        days = Range((first - AROUND).date(), (last + AROUND).date())
    found = cache.largest_stories(now, (), days, "", MOST_OTHERS).filter(pl.col("story_id") != story_id)
    names = {row["story_id"]: option(row) for row in found.to_dicts()}
    with popover:
        if not names:
            quiet("There is no other story within thirty days.")
            return
        with st.form(f"form {key}", border=False):
            other = st.selectbox(
                "The other story, within thirty days", list(names), index=None, key=f"other {key}",
                format_func=lambda one: names[one], placeholder="Type words of its headline",
            )  # fmt: skip
            signed_form(
                now, key, "Make them one story", lambda name, reason: [_merged(now, members, other, name, reason)]
            )


def _merged(now: Snapshot, members: pl.DataFrame, other: str | None, name: str, reason: str) -> Entry:
    theirs = cache.story(now, other)[0]["article_id"][0] if other else None
    return Entry(at=_now(), by=name, kind="merge", article=members["article_id"][0], other=theirs, reason=reason)


def _size(row: dict[str, object]) -> str:
    outlets = theme.counted(int(str(row["outlets"])), "outlet")
    first = row["first"]
    who = f", first {row['outlet']}" if row["outlet"] else ""
    when = f", {moment(first)}" if isinstance(first, datetime) else ""
    return f"{theme.counted(int(str(row['articles'])), 'article')}, {outlets}{who}{when}"


def _grow(most: int) -> None:
    st.session_state["stories_shown"] = most + STEP


def _now() -> datetime:
    return datetime.now(UTC)
