"""Detente reads news and tells how warm or hostile the press says two countries are.

>>> from ingest import Article, score
>>> score(Article(text="Russia and Pakistan praised their growing friendship."))  # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ingest.records import Article, Reading
    from ingest.scoring import score

__all__ = ["Article", "Reading", "__version__", "score"]
__version__ = "0.1.0"


def __getattr__(name: str) -> object:
    """Load the scoring machinery only when it is asked for: the command line must start fast."""
    if name in {"Article", "Reading"}:
        from ingest import records

        return getattr(records, name)
    if name == "score":
        from ingest.scoring import score

        return score
    raise AttributeError(f"module 'ingest' has no attribute {name!r}")
