"""How do two countries stand? Question, four figures, chart, evidence."""

from __future__ import annotations

import streamlit as st

from dashboard import cache, theme
from dashboard.evidence import country_name
from dashboard.figures.tone_over_time import tone_over_time
from dashboard.summary import chart_subtitle, chart_title, foot
from dashboard.widgets import controls, panels
from dashboard.widgets.chart import chart
from dashboard.widgets.evidence_list import evidence_heading, evidence_list, undated_list
from ingest.config import settings_from_environment
from ingest.errors import DetenteError


def main() -> None:
    """Show the page."""
    try:
        now = cache.snapshot(settings_from_environment().store)
        pairs = cache.pairs(now) if now.version else None
    except DetenteError as error:
        panels.quiet(str(error))
        return
    if pairs is None or pairs.is_empty():
        panels.welcome()
        return
    notes = controls.open_view(pairs)
    panels.intro()
    view = controls.pair_controls(pairs)
    controls.save_view(view)
    panels.notes(notes)
    assert view.a is not None  # noqa: S101 - open_view fills in both
    assert view.b is not None  # noqa: S101
    pair = (min(view.a, view.b), max(view.a, view.b))
    days = cache.Range(view.since, view.until)
    asked = (now, pair, view.by, days, view.weight)
    shown = cache.shown(*asked)
    names = (country_name(view.a), country_name(view.b))
    panels.figures(shown.summary, shown.by)
    title = chart_title(shown.series, names, shown.by)
    subtitle = chart_subtitle(shown.by, view.weight)
    panels.chart_heading(title, subtitle)
    figure = tone_over_time(
        shown.series,
        shown.by,
        kind=panels.theme_kind(),
        at=view.at,
        why_empty=_why_empty(names, view.since or view.until),
    )
    chart(figure, shown.by, alt=f"{title}. {subtitle}")
    with st.container(gap="xxsmall", key="foot"):
        panels.foot(foot(shown.summary), panels.text("sample.md") if shown.summary.sample else "")
        if shown.summary.stories:
            st.download_button(
                "Series as CSV", cache.csv(*asked), f"detente-{pair[0]}-{pair[1]}-{shown.by}.csv", "text/csv",
                key="csv", type="tertiary", on_click="ignore", icon=":material/download:",
            )  # fmt: skip
    if shown.undated:
        panels.quiet(_undated(shown.undated))
        undated_list(now, pair)
    if shown.summary.stories:
        evidence_heading(view.at, shown.periods)
        evidence_list(now, pair, days, view.at)


def _why_empty(names: tuple[str, str], ranged: object) -> str:
    where = " in these days" if ranged else ""
    return f"No dated article relates {names[0]} and {names[1]}{where}"


def _undated(articles: int) -> str:
    many = articles != 1
    return (
        f"{theme.counted(articles, 'article')} about this pair {'have' if many else 'has'} no date and "
        f"{'are' if many else 'is'} not plotted; give {'them' if many else 'it'} one with "
        "`detente ingest FILE --date 2017-09-26` or a line `Date: 2017-09-26` at the top."
    )


main()
