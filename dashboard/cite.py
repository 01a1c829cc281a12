"""How a view is cited: one sentence that lets another person find the same numbers. Pure."""

from __future__ import annotations

from datetime import date

from dashboard import theme


def cite(
    what: str,
    *,
    drawn: str,
    first: date | None,
    last: date | None,
    n: str,
    scorers: tuple[str, ...],
    on: date,
    version: str,
) -> str:
    """Return the text: what is shown, how it is drawn, period, n, scorer, version, the day it was looked at."""
    period = f"{theme.day(first)} – {theme.day(last)} (UTC)" if first and last else "no dated stories"
    scored = f"scored by {', '.join(scorers)}" if scorers else "nothing scored"
    return f"Detente {version}: {what}; {drawn}; {period}; {n}; {scored}. Looked at on {theme.day(on)}."
