"""Notes on dates of a pair: add one, read them, withdraw one."""

from __future__ import annotations

from datetime import UTC, date, datetime

import streamlit as st

from dashboard import cache, theme
from dashboard.address import EARLIEST, LATEST
from dashboard.cache import Pair, Snapshot
from dashboard.widgets.corrections import signed_form, token, withdraw
from dashboard.widgets.panels import quiet
from ingest.corrections.entry import LONGEST, Entry
from ingest.corrections.words import by_whom


def notes_control(now: Snapshot, pair: Pair, day: date | None = None) -> None:
    """Offer the notes of a pair in a popover; `day` is filled in for a new one."""
    notes = cache.notes(now, pair)
    label = theme.counted(len(notes), "note") if notes else "Note on a date"
    key = f"notes {pair} {token(now)}"
    popover = st.popover(label, type="tertiary", icon=":material/edit_note:", key=key, on_change="rerun")
    if not popover.open:
        return
    with popover:
        for note in notes:
            with st.container(gap="xxsmall"):
                quiet(f"{theme.day(note.day) if note.day else ''}: {note.value}. {by_whom(note)}")
                withdraw(now, [note], "notes")
        with st.form(f"form {key}", border=False):
            when = st.date_input("Day (UTC)", day, EARLIEST, LATEST, format="YYYY-MM-DD", key=f"day {key}")
            text = st.text_input("Note, as it stands on the chart", key=f"text {key}", max_chars=LONGEST["value"])
            signed_form(now, key, "Add the note", lambda name, _: [_note(pair, when, text, name)], why=False)


def _note(pair: Pair, when: date | None, text: str | None, name: str) -> Entry:
    return Entry(at=datetime.now(UTC), by=name, kind="note", pair="-".join(pair), day=when, value=text or None)
