"""The time axis that a chart and the panels beneath it share: range, ticks, moments between days. Pure."""

from __future__ import annotations

from datetime import date, timedelta

from dashboard.periods import DAYS, period_name
from ingest.index.series import Period

EDGE = 0.015
"""Part of the time axis left free on both sides, so that the first and the last marker are whole."""

MS_A_DAY = 86_400_000
"""Plotly measures widths on a time axis in milliseconds."""

LABELLED = 6
"""Periods up to which each has its name on the axis."""

YEAR_STEPS = ((8, 1), (16, 2), (40, 5), (80, 10))
"""Years from first to last, up to which every n-th has a label: about eight, as fit on 390 px."""

LEFT, RIGHT = 62, 52
"""Pixels beside a chart and its panels, fixed so that a day is above the same day; the right holds last values."""

LETTERS = 34
"""Pixels that the letters at the end of a line take, beside the value: of a chart with several and of its panels."""


def time_range(periods: list[date], by: Period) -> list[str]:
    """Return the ends of the axis: half a period before the first and after the last, at least `EDGE`."""
    edge = max(half(by), EDGE * (periods[-1] - periods[0]))
    return [iso(periods[0], -edge), iso(periods[-1], edge)]


def half(by: Period) -> timedelta:
    """Return half a period."""
    return timedelta(days=DAYS[by] / 2)


def ticks(periods: list[date], by: Period) -> dict[str, object]:
    """Label few periods one by one, many years by the year, and leave what lies between to plotly."""
    if len(periods) <= LABELLED:
        names = [period_name(start, "day" if by == "week" else by).rpartition(" ") for start in periods]
        return {"tickvals": periods, "ticktext": [f"{rest}<br>{year}" if rest else year for rest, _, year in names]}
    years = (periods[-1] - periods[0]).days / DAYS["year"]
    if years > 3 or by == "year":
        step = next((step for most, step in YEAR_STEPS if years <= most), 20)
        return {"tick0": "2000-01-01", "dtick": f"M{12 * step}", "tickformat": "%Y"}
    return {"tickformat": "%b<br>%Y" if by in {"month", "quarter"} else "%-d %b<br>%Y"}


def iso(start: date, shift: timedelta = timedelta()) -> str:
    """Return a moment as plotly writes it: dates alone cannot be shifted by half a day."""
    days = shift / timedelta(days=1)
    moment = timedelta(days=start.toordinal() - 1 + days)
    whole = date.fromordinal(moment.days + 1)
    hours = moment.seconds // 3600
    return f"{whole.isoformat()} {hours:02d}:00"
