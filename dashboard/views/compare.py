"""How do these pairs compare? Up to six curves on one scale."""

from __future__ import annotations

from dashboard import cache
from dashboard.widgets import panels
from dashboard.widgets.compare_chart import compare_chart
from dashboard.widgets.compare_controls import compare_question, open_compare
from dashboard.widgets.page import opened


def main() -> None:
    """Show the page."""
    found = opened()
    if found is None:
        return
    now, pairs = found
    notes = open_compare(pairs)
    view = compare_question(pairs)
    panels.notes(notes)
    if not view.pairs:
        panels.quiet("Choose two pairs or more.")
        return
    curves = [(pair, cache.compared(now, (pair[:3], pair[4:]), view.by, view.scale, view.span)) for pair in view.pairs]
    compare_chart(now, view, curves)


main()
