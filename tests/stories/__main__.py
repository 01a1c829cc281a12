"""Measure stories: `python -m tests.stories` (quality), `python -m tests.stories speed [STORED]` (cost)."""

from __future__ import annotations

import sys

from tests.stories import measure, speed

if __name__ == "__main__":
    words = sys.argv[1:]
    for line in speed.report(*map(int, words[1:])) if words[:1] == ["speed"] else measure.report():
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
