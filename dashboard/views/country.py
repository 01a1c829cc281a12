"""Who stands how with one country? Every partner as a small curve."""

from __future__ import annotations

from dashboard import cache, theme
from dashboard.evidence import country_name
from dashboard.page_choices import span_words
from dashboard.widgets import panels
from dashboard.widgets.country_grid import country_foot, grid
from dashboard.widgets.page import opened
from dashboard.widgets.world_controls import country_question, open_country


def main() -> None:
    """Show the page."""
    found = opened()
    if found is None:
        return
    now, pairs = found
    first = str(pairs["a"][0])
    notes = open_country(first, cache.usual_span(now))
    view = country_question([*pairs["a"], *pairs["b"]], first, cache.usual_span(now))
    panels.notes(notes)
    time = cache.time_of(now, view.span)
    if time is None:
        panels.quiet("No article in this store has a date, so nothing can be told over time.")
        return
    rows = cache.partner_rows(now, str(view.country), view.span, view.sort)
    name = country_name(str(view.country))
    if not rows:
        panels.quiet(f"No dated article relates {name} to another country ({span_words(view.span)}).")
        return
    warmer = sum(row.change is not None and (row.change_low or 0) > 0 for row in rows)
    colder = sum(row.change is not None and (row.change_high or 0) < 0 for row in rows)
    title = f"{name}: {theme.counted(len(rows), 'partner')}, {warmer} clearly warmer, {colder} clearly colder"
    subtitle = (
        f"tone {theme.MINUS}1 … +1, {time.adjective}, 95{theme.THIN}% interval, each story once, "
        f"{theme.day(time.first)} – {theme.day(time.last)}; "
        "change: second half of it against the first"
    )
    panels.chart_heading(title, subtitle)
    grid(rows, str(view.country))
    country_foot(now, view, rows, title, subtitle)


main()
