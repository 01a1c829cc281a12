"""What makes two inputs the same article: their URL, else their words, outlet and id."""

from __future__ import annotations

import re
import string
from hashlib import blake2b
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from ingest.records import RawArticle

_TRACKING = re.compile(
    r"^(?:utm_.*|fbclid|gclid|dclid|msclkid|yclid|igshid|mc_[ce]id|cmpid|cmp|ocid|ref|ref_src|smid|spm|at_.*|xtor|ncid"
    r"|soc_src|soc_trk|taid|mbid|guccounter|partner|rss|traffic_source|_ga)$",
    re.IGNORECASE,
)
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


def digest(key: str) -> str:
    """Hash a key to 16 hexadecimal digits."""
    return blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def letters(text: str) -> str:
    """Reduce a text to its letters and digits: case, punctuation and spacing do not make another text."""
    return text.casefold().translate(_NOT_LETTERS)


def canonical_url(url: str) -> str:
    """Drop what does not choose the page: scheme, `www.`, tracking parameters, fragment, trailing slash."""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").removeprefix("www.")
        port = f":{parts.port}" if parts.port and parts.port not in {80, 443} else ""
    except ValueError:
        return url.strip()
    query = urlencode(
        sorted((k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.match(k)),
        errors="surrogatepass",
    )
    return urlunsplit(("", host + port, parts.path.rstrip("/"), query, "")).removeprefix("//")
