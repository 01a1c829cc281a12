"""Tables of the method page as HTML. Pure: figures in, markup out; all of it our own words, escaped where not."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from html import escape
from typing import Any

from dashboard import theme
from dashboard.evidence import country_name
from ingest.evaluate.shipped import Measured
from ingest.method import Constant

CLASSES = ("hostile", "neutral", "cooperative")


def constants_table(found: Sequence[Constant]) -> str:
    """Return the constants of one step."""
    rows = [
        f"<tr><td><code>{escape(one.name)}</code><br><span class='dt-quiet'>{escape(one.module)}</span></td>"
        f"<td class='dt-n'>{escape(one.value)}</td><td>{escape(one.meaning) or '–'}</td></tr>"
        for one in found
    ]
    return _table(("constant", "value", "what it is, and where it comes from"), rows)


def figures_table(measured: Measured) -> str:
    """Return how right each scorer is on one labelled file."""
    rows = []
    for one in measured.scorers:
        whole = one["whole"]
        interval = f"{whole['macro_f1_low']:.2f}–{whole['macro_f1_high']:.2f}"
        rows.append(
            f"<tr><td>{escape(one['scorer'])}<br><span class='dt-quiet'>{escape(one['version'])}</span></td>"
            f"<td class='dt-n'>{whole['accuracy']:.2f}</td><td class='dt-n'>{whole['macro_f1']:.2f}<br>"
            f"<span class='dt-quiet'>{interval}</span></td><td class='dt-n'>{whole['sign']:.2f}</td>"
            f"<td class='dt-n'>{whole['ece']:.3f}</td></tr>"
        )
    return _table(("scorer", "right", "macro-F1 (95 %)", "sign right", "calibration error"), rows)


def confusion_table(scorer: dict[str, Any]) -> str:
    """Return what the scorer says (across) of sentences that are labelled so (down)."""
    rows = []
    for name, counts in zip(CLASSES, scorer["whole"]["confusion"], strict=True):
        cells = "".join(
            f"<td class='dt-n'>{'<b>' if name == said else ''}{count}{'</b>' if name == said else ''}</td>"
            for said, count in zip(CLASSES, counts, strict=True)
        )
        rows.append(f"<tr><td>{name}</td>{cells}</tr>")
    return _table(("labelled", *(f"said {one}" for one in CLASSES)), rows)


def reliability(scorer: dict[str, Any], kind: theme.Kind) -> str:
    """Return a picture: how sure the scorer says it is, and how often it is right then."""
    palette = theme.PALETTES[kind]
    side, pad = 220, 34
    span = side - 2 * pad + 20

    def place(x: float, y: float) -> tuple[float, float]:
        return pad + x * span, side - pad - y * span

    x1, y1 = place(1, 1)
    x0, y0 = place(0, 0)
    parts = [
        f'<rect x="{x0}" y="{y1}" width="{span}" height="{span}" fill="none" stroke="{palette.rule}"/>',
        f'<line x1="{x0}" y1="{y0}" x2="{x1}" y2="{y1}" stroke="{palette.muted}" stroke-dasharray="3 3"/>',
    ]
    told = []
    for one in scorer["whole"]["bins"]:
        x, y = place(one["confidence"], one["right"])
        radius = 2 + min(one["rows"], 100) / 16
        parts.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{palette.accent}" fill-opacity="0.75"/>'
        )
        told.append(f"says {one['confidence']:.2f}, right {one['right']:.2f} ({one['rows']})")
    middle = y1 + span / 2
    words = f'font-family="Arial, sans-serif" font-size="11" fill="{palette.muted}"'
    parts += [
        f'<text x="{x0 + span / 2}" y="{side - 8}" text-anchor="middle" {words}>how sure it says it is</text>',
        f'<text x="10" y="{middle}" text-anchor="middle" transform="rotate(-90 10 {middle})" {words}>right</text>',
        *(f'<text x="{place(v, 0)[0]}" y="{y0 + 13}" text-anchor="middle" {words}>{v:g}</text>' for v in (0, 0.5, 1)),
        *(f'<text x="{x0 - 4}" y="{place(0, v)[1] + 4}" text-anchor="end" {words}>{v:g}</text>' for v in (0.5, 1)),
    ]
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="{side}" height="{side}">{"".join(parts)}</svg>'
    source = b64encode(svg.encode()).decode()
    return (
        f'<img src="data:image/svg+xml;base64,{source}" width="{side}" height="{side}" alt="{escape("; ".join(told))}">'
    )


def failures_list(scorer: dict[str, Any]) -> str:
    """Return sentences that the scorer gets wrong, of those that may be shown."""
    rows = [
        f"<tr><td>{escape(one['sentence'])}</td><td>{country_name(one['a'])}, {country_name(one['b'])}</td>"
        f"<td>{one['truth']}</td><td>{one['says']} {theme.signed(one['tone'])}</td></tr>"
        for one in scorer["worst"]
    ]
    return _table(("sentence", "pair", "a reader", "the scorer"), rows) if rows else ""


def versions_table(rows: Sequence[tuple[str, str]]) -> str:
    """Return names and versions."""
    return _table(("what", "version"), [f"<tr><td>{escape(a)}</td><td>{escape(b)}</td></tr>" for a, b in rows])


def _table(head: Sequence[str], rows: Sequence[str]) -> str:
    top = "".join(f"<th scope='col'>{escape(one)}</th>" for one in head)
    return (
        f"<div class='dt-scroll' tabindex='0' role='region' aria-label='{escape(head[0])}'>"
        f"<table class='dt-table'><thead><tr>{top}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
    )
