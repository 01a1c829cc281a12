"""Controls by which an analyst corrects: a quiet popover at a sentence, and the list of what is in force."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

import streamlit as st

from dashboard import cache, theme
from dashboard.cache import Pair, Snapshot
from dashboard.evidence import Item, country_name
from dashboard.widgets.panels import quiet
from ingest.corrections.entry import LONGEST, Entry, sentence_key
from ingest.corrections.words import by_whom, said
from ingest.errors import DetenteError

_NAME = "analyst"
"""Key of the session: the name given last."""

TONE, COUNTRY = "Its tone", "A country"
STEPS = tuple(step / 20 for step in range(-20, 21))
"""Tones that can be chosen: −1 to +1 by 0.05."""


def correct(now: Snapshot, piece: tuple[str, int, int, Item], where: str) -> None:
    """Offer to set the tone of a sentence or to strike a country from it; `where` tells this place on the page.

    `piece` is the article's id, the sentence's first and last character in its text, and the evidence.
    """
    article_id, start, end, item = piece
    key = f"correct {where} {item.a}{item.b} {article_id} {start} {token(now)}"
    popover = st.popover("Correct", type="tertiary", icon=":material/edit:", key=key, on_change="rerun")
    if not popover.open:
        return
    with popover:
        what = st.segmented_control("What is wrong?", (TONE, COUNTRY), default=TONE, required=True, key=f"what {key}")
        with st.form(f"form {key}", border=False):
            make = _tone(key, item) if what == TONE else _strike(key, item)
            places = cache.same_sentence(now, (item.a, item.b), item.sentence)
            copies = theme.counted(len(places) - 1, "copy", "copies")
            if len(places) < 2 or not st.checkbox(f"In {copies} of this sentence too", value=True, key=f"all {key}"):
                places = [(article_id, start, end)]
            signed_form(
                now, key, "Save the correction",
                lambda name, reason: [make(name, reason, _place(item, one)) for one in places],
            )  # fmt: skip


def signed_form(
    now: Snapshot, key: str, label: str, entries: Callable[[str, str], list[Entry]], *, why: bool = True
) -> None:
    """Ask for a reason and a name inside a form, and add the entries when it is sent."""
    reason = (
        st.text_input("Why", key=f"why {key}", max_chars=LONGEST["reason"], placeholder="What did you read?")
        if why
        else ""
    )
    name = st.text_input(
        "Your name", st.session_state.get(_NAME, ""), key=f"name {key}", max_chars=LONGEST["by"], autocomplete="name"
    )
    if not st.form_submit_button(label, type="primary"):
        return
    if name and name.strip():
        st.session_state[_NAME] = name.strip()
    if lacking := [what for what, given in (("why", reason or not why), ("your name", name)) if not given]:
        quiet(f"Please say {' and '.join(lacking)}.")
    elif add(now, entries(name or "", reason or "")):
        st.rerun()


def withdraw(now: Snapshot, entries: Sequence[Entry], where: str) -> None:
    """Offer to withdraw entries that were made together."""
    key = f"withdraw {where} {entries[0].id} {token(now)}"
    popover = st.popover("Withdraw", type="tertiary", icon=":material/undo:", key=key, on_change="rerun")
    if popover.open:
        with popover, st.form(f"form {key}", border=False):
            signed_form(
                now, key, "Withdraw it",
                lambda name, reason: [
                    Entry(at=_now(), by=name, kind="withdraw", entry=one.id, reason=reason) for one in entries
                ],
            )  # fmt: skip


def in_force(now: Snapshot, entries: tuple[Entry, ...], title: str, where: str) -> None:
    """List corrections in force, each with a way to withdraw it; nothing if there are none."""
    if not entries:
        return
    opened = st.expander(title, type="compact", key=f"in force {where}", on_change="rerun")
    if not opened.open:
        return
    with opened:
        for group in _together(entries):
            with st.container(gap="xxsmall"):
                copies = f" And in {theme.counted(len(group) - 1, 'copy', 'copies')}." if len(group) > 1 else ""
                quiet(f"{_sentence(group[0])}{copies} {by_whom(group[0])}")
                withdraw(now, group, where)


def corrections_of_pair(now: Snapshot, pair: Pair) -> None:
    """List what analysts corrected in the evidence of a pair."""
    entries = cache.corrections_about(now, pair)
    in_force(now, entries, f"{theme.counted(len(entries), 'correction')} by analysts in this pair", "-".join(pair))


def token(now: Snapshot) -> str:
    """Return what changes with every correction: in the keys of popovers, so that one is closed once it has done."""
    return cache.patches(now).version()


def add(now: Snapshot, entries: list[Entry]) -> bool:
    """Add entries to the patch file; say so if they cannot be."""
    try:
        cache.patches(now).add_together(entries, _now())
    except DetenteError as error:
        quiet(str(error))
        return False
    return True


_Make = Callable[[str, str, dict[str, object]], Entry]
"""Make an entry of a name, a reason and a place."""


def _tone(key: str, item: Item) -> _Make:
    value = st.select_slider(
        f"Tone between {country_name(item.a)} and {country_name(item.b)} in this sentence",
        STEPS, min(STEPS, key=lambda one: abs(one - item.tone)),
        format_func=lambda one: f"{theme.signed(one)} {theme.tone_word(one)}", key=f"tone {key}",
    )  # fmt: skip
    return lambda name, reason, place: Entry(
        at=_now(), by=name, kind="tone", pair=f"{item.a}-{item.b}", value=value, reason=reason,
        **place,  # type: ignore[arg-type]  # the five fields of a place
    )  # fmt: skip


def _strike(key: str, item: Item) -> _Make:
    names = {
        item.a: f"{country_name(item.a)} is not meant",
        item.b: f"{country_name(item.b)} is not meant",
        f"{item.a}-{item.b}": "The two have nothing to do with each other",
    }
    struck = st.radio("What is wrong here?", list(names), format_func=lambda one: names[one], key=f"struck {key}")
    whole = st.checkbox("In the whole article, not only in this sentence", key=f"whole {key}")
    return lambda name, reason, place: Entry(
        at=_now(), by=name, kind="strike", value=struck, reason=reason,
        **({"article": place["article"]} if whole else place),  # type: ignore[arg-type]
    )  # fmt: skip


def _place(item: Item, place: tuple[str, int, int]) -> dict[str, object]:
    article_id, start, end = place
    key = sentence_key(item.sentence)
    return {"article": article_id, "start": start, "end": end, "sentence": key, "quote": item.sentence}


def _together(entries: Sequence[Entry]) -> list[list[Entry]]:
    """Put entries together that say the same of the copies of one sentence, for the same reason."""
    groups: dict[tuple[object, ...], list[Entry]] = {}
    for one in entries:
        same = (one.kind, one.pair, one.sentence, one.value, one.by, one.reason) if one.sentence else (one.id,)
        groups.setdefault(same, []).append(one)
    return list(groups.values())


def _sentence(entry: Entry) -> str:
    text = said(entry)
    return f"{text[0].upper()}{text[1:]}{'' if text.endswith('”') else '.'}"


def _now() -> datetime:
    return datetime.now(UTC)
