"""Which undated articles are one story: those with the same words.

A dated article is in the story that its links say (`stories.linking`), in place of this; what is stored with an article
is this all the same, as it depends on nothing else.
"""

from __future__ import annotations

from ingest.articles.identity import digest, letters
from ingest.countries.scenes import dateline_end


def story_id(text: str) -> str:
    """Name the story of a text: 16 hexadecimal digits of its words, dateline aside.

    Depends on the text alone, so the order of arrival cannot change it.
    """
    return digest("story " + letters(text[dateline_end(text) :]))
