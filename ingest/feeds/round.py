"""What happened in a round of a watch, for people and for programs. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ingest.pipeline import Report

SHOWN = 20
"""Problems that a round names; the store has them all (`detente status --failures`)."""


@dataclass(kw_only=True)
class Round:
    """Counts of feeds, pages and articles. read = new + known + unscored + failed, as everywhere."""

    answered: int = 0
    """Feeds that gave items."""
    unchanged: int = 0
    """Feeds that had nothing new: not modified, or only their clock."""
    broken: int = 0
    """Feeds that gave an error, or were cut short."""
    pages: int = 0
    """Items whose full text was fetched."""
    summaries: int = 0
    """Items that are stored with the feed's summary, as their page could not be had."""
    waiting: int = 0
    """Items whose page is to be tried again, at the end of the round."""
    new: int = 0
    known: int = 0
    unscored: int = 0
    failed: int = 0
    copies: int = 0
    undated: int = 0
    readings: int = 0
    seconds: float = 0.0
    offline: bool = False
    """No feed of the whole list answers: then it is this machine that has no network."""
    problems: list[tuple[str, str]] = field(default_factory=list)
    """Outlet and reason, the first few."""
    more_problems: int = 0
    """That `problems` leaves out."""

    @property
    def feeds(self) -> int:
        """All feeds that were polled."""
        return self.answered + self.unchanged + self.broken

    def add(self, report: Report) -> None:
        """Count what a commit brought."""
        for name in ("new", "known", "unscored", "failed", "copies", "undated", "readings"):
            setattr(self, name, getattr(self, name) + getattr(report, name))

    def problem(self, outlet: str, reason: str) -> None:
        """Remember why something did not work."""
        if len(self.problems) < SHOWN:
            self.problems.append((outlet, reason))
        else:
            self.more_problems += 1

    def line(self) -> str:
        """Tell it in one line."""
        if not self.feeds:
            return "no feed is due: those that failed are asked again later"
        if self.offline:
            return (
                f"none of the feeds answers ({self.broken:,} asked): is there a network? They are asked again next time"
            )
        return (
            f"{self.feeds:,} feeds: {self.answered:,} new, {self.unchanged:,} unchanged, {self.broken:,} failed; "
            f"articles: {self.new:,} new, {self.known:,} known, {self.unscored:,} unscored; "
            f"pages: {self.pages:,} read, {self.summaries:,} not to be had, {self.waiting:,} to try again "
            f"({self.seconds:.1f} s)"
        )

    def plain(self) -> dict[str, Any]:
        """Tell it for programs."""
        counts = {name: value for name, value in vars(self).items() if name not in {"problems", "seconds"}}
        return (
            {"feeds": self.feeds, "read": self.new + self.known + self.unscored + self.failed}
            | counts
            | {"seconds": round(self.seconds, 3)}
            | {"problems": [{"outlet": outlet, "reason": reason} for outlet, reason in self.problems]}
        )
