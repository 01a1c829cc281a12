"""The reliability plot: how often a scorer is right where it says it is so sure. SVG, so that docs can show it."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.evaluate.measures import Figures

SIDE = 240
"""Pixels of a panel's side."""
LEFT, TOP, BETWEEN, BOTTOM = 52, 34, 40, 46
LARGEST = 9.0
"""Radius of a point that holds all rows; area is in proportion to rows."""
SMALLEST = 2.0

_STYLE = """<style>
text{font:12px system-ui,-apple-system,"Segoe UI",sans-serif;fill:#333}.name{font-weight:600;font-size:13px}
.axis{stroke:#8a8a8a;fill:none}
.ideal{stroke:#8a8a8a;stroke-dasharray:4 4}.line{stroke:#2166ac;fill:none;stroke-width:1.5}
.point{fill:#2166ac}
@media (prefers-color-scheme:dark){text{fill:#d0d0d0}.line{stroke:#6baed6}.point{fill:#6baed6}}
</style>"""


def reliability_svg(panels: Sequence[tuple[str, Figures]]) -> str:
    """Draw one panel for each scorer: said probability across, share that was right up, the ideal dashed."""
    width = LEFT + len(panels) * (SIDE + BETWEEN)
    height = TOP + SIDE + BOTTOM
    parts = [_panel(name, one, LEFT + i * (SIDE + BETWEEN), first=i == 0) for i, (name, one) in enumerate(panels)]
    what = ", ".join(f"{name}: calibration error {one.ece:.3f}" for name, one in panels)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'role="img" aria-label="Reliability of each scorer. {what}">{_STYLE}\n' + "\n".join(parts) + "\n</svg>\n"
    )


def _panel(name: str, one: Figures, left: int, *, first: bool) -> str:
    bottom = TOP + SIDE
    points = [
        (left + bar.confidence * SIDE, bottom - bar.right * SIDE, max(SMALLEST, LARGEST * (bar.rows / one.rows) ** 0.5))
        for bar in one.bins
    ]
    ticks = "".join(
        f'<text x="{left + at * SIDE:.0f}" y="{bottom + 16}" text-anchor="middle">{at:g}</text>'
        + (f'<text x="{left - 8}" y="{bottom - at * SIDE + 4:.0f}" text-anchor="end">{at:g}</text>' if first else "")
        for at in (0, 0.5, 1)
    )
    across = f'<text x="{left + SIDE / 2:.0f}" y="{bottom + 36}" text-anchor="middle">says it is right with</text>'
    up = (
        f'<text transform="translate(14 {TOP + SIDE / 2:.0f}) rotate(-90)" text-anchor="middle">is right</text>'
        if first
        else ""
    )
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y, _ in points)
    dots = "".join(f'<circle class="point" cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}"/>' for x, y, r in points)
    return (
        f'<text class="name" x="{left}" y="{TOP - 12}">{name}, error {one.ece:.3f}</text>'
        f'<rect class="axis" x="{left}" y="{TOP}" width="{SIDE}" height="{SIDE}"/>'
        f'<line class="ideal" x1="{left}" y1="{bottom}" x2="{left + SIDE}" y2="{TOP}"/>'
        f'<polyline class="line" points="{line}"/>{dots}{ticks}{across}{up}'
    )
