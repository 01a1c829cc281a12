"""Which articles are one story: for now, those with the same words (exact copies).

Rewrites, and a window in time, come with the issue on stories; every consumer already counts by story.
"""

from __future__ import annotations

from ingest.articles.identity import digest, letters
from ingest.countries.scenes import dateline_end


def story_id(text: str) -> str:
    """Name the story of a text: 16 hexadecimal digits of its words, dateline aside.

    Depends on the text alone, so the order of arrival cannot change it.
    """
    return digest("story " + letters(text[dateline_end(text) :]))
