"""An entry in words, for people. Pure."""

from __future__ import annotations

from ingest.corrections.entry import Entry


def said(entry: Entry) -> str:
    """Say what an entry does: "tone of PAK-RUS set to +0.40: “Russia praised …”"."""
    quote = f": “{entry.quote}”" if entry.quote else ""
    where = f"in article {entry.article}"
    if entry.kind == "tone":
        return f"tone of {entry.pair} set to {signed(float(entry.value or 0))} {where}{quote}"
    if entry.kind == "strike":
        return f"{entry.value} struck {'from a sentence ' if entry.sentence else ''}{where}{quote}"
    if entry.kind == "merge":
        return f"story of article {entry.article} merged with that of {entry.other}"
    if entry.kind == "split":
        return f"article {entry.article} taken out of its story"
    if entry.kind == "note":
        return f"note on {entry.day} for {entry.pair}: {entry.value}"
    return f"entry {entry.entry} withdrawn"


def by_whom(entry: Entry) -> str:
    """Say who corrected, when and why: "Corrected by N. Name, 25 Nov 2026, 18:49 UTC: drills held together"."""
    verb = {"strike": f"{entry.value} struck", "note": "Noted", "merge": "Merged", "split": "Split off"}
    when = f"{entry.at.day} {entry.at:%b %Y, %H:%M} UTC"
    return f"{verb.get(entry.kind, 'Corrected')} by {entry.by}, {when}{': ' if entry.reason else ''}{entry.reason}"


def signed(tone: float) -> str:
    """Write a tone with its sign and two decimals, as pages do."""
    return "0.00" if f"{tone:.2f}" in {"0.00", "-0.00"} else f"{tone:+.2f}".replace("-", "−")


def counted(entries: int) -> str:
    """Say how many corrections are in what is exported."""
    what = "correction of an analyst is" if entries == 1 else "corrections of analysts are"
    return f"{entries:,} {what} in these numbers"
