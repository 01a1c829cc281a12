"""What is drawn of a pair: days, periods, smoothing, curves, outlets, and the rest under More."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import streamlit as st

from dashboard import theme
from dashboard.address import EARLIEST, LATEST, LINES, SMOOTH, By, Lines, View
from dashboard.evidence import country_name
from dashboard.filters import DIRECTIONS, Direction, kind_name, place_name
from dashboard.periods import ADJECTIVE
from dashboard.widgets.controls import change, current
from ingest.index.series import PERIODS
from ingest.index.stories import WEIGHTS, Weight

WEIGHT_LABELS: dict[Weight, str] = {
    "unique": "Each story once",
    "reach": "Stories by reach",
    "raw": "Every article",
}

Counts = Mapping[str, Mapping[str, int]]
"""How many articles of the pair each country, kind and outlet has: `country`, `kind`, `outlet`."""


def choices(counts: Counts) -> None:
    """Show the row of controls."""
    view = current()
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="choices"):
        _days(view)
        st.selectbox(
            "Periods", ("auto", *PERIODS), format_func=_by_label, key="pair_by", label_visibility="collapsed", width=140
        )
        st.selectbox(
            "Smoothing", SMOOTH, format_func=_smooth_label, key="pair_smooth", label_visibility="collapsed", width=160
        )
        st.selectbox(
            "Curves", LINES, format_func=lambda one: _lines_label(one, view), key="pair_lines",
            label_visibility="collapsed", width=200,
        )  # fmt: skip
        _outlets(view, counts)
        _more(view)


def chosen_days(since: date | None, until: date | None) -> str:
    """Say a range in few letters: All days, 2014 – 2017, since 5 Mar 2014."""
    if since is None and until is None:
        return "All days"
    if since and until:
        whole = (since.month, since.day, until.month, until.day) == (1, 1, 12, 31)
        if whole:
            return str(since.year) if since.year == until.year else f"{since.year} – {until.year}"
        return f"{theme.day(since)} – {theme.day(until)}"
    return f"Since {theme.day(since)}" if since else f"Until {theme.day(until)}"  # type: ignore[arg-type]  # one is set


def reset() -> None:
    """Show all outlets and both directions again; for callbacks."""
    change(places=(), kinds=(), outlets=(), direction="all")


def _days(view: View) -> None:
    with st.popover(chosen_days(view.since, view.until), width="content", key="days"):
        for name, label in (("since", "From"), ("until", "To")):
            st.date_input(label, None, EARLIEST, LATEST, key=f"pair_{name}", on_change=_order_days, format="YYYY-MM-DD")
        st.button(
            "All days", key="all_days", type="tertiary", disabled=not (view.since or view.until), on_click=change,
            kwargs={"since": None, "until": None},
        )  # fmt: skip


def _outlets(view: View, counts: Counts) -> None:
    chosen = len(view.places) + len(view.kinds) + len(view.outlets)
    with st.popover(f"Outlets ({chosen})" if chosen else "All outlets", width="content", key="outlets_chosen"):
        _several("Country of the outlet", "places", view.places, counts["country"], place_name)
        _several("Kind of outlet", "kinds", view.kinds, counts["kind"], kind_name)
        _several("Outlet", "outlets", view.outlets, counts["outlet"], str)
        st.caption("Numbers are articles about this pair. Country and kind are those in the list of feeds.")
        st.button("All outlets", key="all_outlets", type="tertiary", disabled=not chosen, on_click=_all_outlets)


def _more(view: View) -> None:
    marks = sum((view.weight != "unique", view.direction != "all"))
    with st.popover(f"More ({marks})" if marks else "More", width="content", key="more"):
        st.radio(
            "Weight", WEIGHTS, format_func=lambda one: WEIGHT_LABELS[one], key="pair_weight",
            help="A story is one piece of news, however many outlets ran it. By reach: 1 + ln(outlets).",
        )  # fmt: skip
        st.radio(
            "Who acts or speaks", DIRECTIONS, format_func=lambda one: _direction_label(one, view), key="pair_direction",
            help="Each sentence says who acts or speaks toward whom; what both do counts for either.",
        )  # fmt: skip
        st.caption("The address of this page opens this view.")


def _several(label: str, field: str, chosen: tuple[str, ...], counts: Mapping[str, int], name: object) -> None:
    say = name if callable(name) else str
    options = [*counts, *(one for one in chosen if one not in counts)]
    st.multiselect(
        label, options, key=f"pair_{field}", placeholder="All", select_all=False,
        format_func=lambda one: f"{say(one)} · {theme.count(counts.get(one, 0))}",
    )  # fmt: skip


def _by_label(by: By) -> str:
    return "Auto periods" if by == "auto" else ADJECTIVE[by].capitalize()


def _smooth_label(periods: int) -> str:
    return "No smoothing" if periods == 1 else f"Mean of {periods}"


def _lines_label(lines: Lines, view: View) -> str:
    return {
        "all": "One curve",
        "adjusted": "Raw and adjusted",
        "press": f"Press of {view.a} and {view.b}",
        "ways": "Each way",
    }[lines]


def _direction_label(direction: Direction, view: View) -> str:
    one, other = country_name(str(view.a)), country_name(str(view.b))
    return {"all": "Either or both", "ab": f"{one} toward {other}", "ba": f"{other} toward {one}"}[direction]


def _all_outlets() -> None:
    change(places=(), kinds=(), outlets=())


def _order_days() -> None:
    since: date | None = st.session_state["pair_since"]
    until: date | None = st.session_state["pair_until"]
    if since and until and since > until:
        st.session_state["pair_since"], st.session_state["pair_until"] = until, since
