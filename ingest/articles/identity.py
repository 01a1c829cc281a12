"""What makes two inputs the same article: their URL, else their words, outlet and id."""

from __future__ import annotations

import string
from hashlib import blake2b

from ingest.articles.addresses import canonical_url, former_url
from ingest.records import RawArticle

_NOT_LETTERS = dict.fromkeys(
    ord(char) for char in string.punctuation + string.whitespace + "‘’“”„«»–—‑‐…·•´`\u00a0\u200b\u2009\u202f\ufeff"
)


def article_id(raw: RawArticle) -> str:
    """Return 16 hexadecimal digits: 64 bits, so that 100 million articles collide with odds of 1 in 4,000.

    Without a URL it is the words, together with the outlet (a copy elsewhere is another article) and the
    source's own id. Not the id alone: in many files it is just the number of the row.
    """
    if raw.url:
        return digest("url " + canonical_url(raw.url))
    return digest(f"text {raw.outlet or ''}|{raw.given_id or ''}|{letters(raw.text)}")


def former_id(raw: RawArticle) -> str | None:
    """Return the id that a store from before `canonical_url` knew AMP and index files may have; None if it is equal."""
    if not raw.url or (former := former_url(raw.url)) == canonical_url(raw.url):
        return None
    return digest("url " + former)


def digest(key: str) -> str:
    """Hash a key to 16 hexadecimal digits."""
    return blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def letters(text: str) -> str:
    """Reduce a text to its letters and digits: case, punctuation and spacing do not make another text."""
    return text.casefold().translate(_NOT_LETTERS)
