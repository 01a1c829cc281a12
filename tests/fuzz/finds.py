"""What fuzzing has found so far: inputs that once raised or took too long, by target; run in the suite."""

from __future__ import annotations

FINDS: tuple[tuple[str, bytes], ...] = (
    # the square of the number of links in a page without text (2026-11, tests of hostile pages)
    ("page", b"<a href=x>" * 25_000),
    # a title cut at each of its separators
    ("page", b"<title>" + b" - x" * 200_000 + b"</title><p>Norland thanked Sudland.</p>"),
)
