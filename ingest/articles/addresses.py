"""One page, one address: what in a URL chooses the page and what does not; fetches nothing."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, quote, urlencode, urljoin, urlsplit, urlunsplit

MAX_URL = 8_192
"""Characters up to which an address is unwrapped and believed; browsers and servers end there or before."""

_TRACKING = re.compile(
    r"^(?:utm_.*|[a-z]{0,3}clid|msclkid|twclid|[gw]braid|igshid|igsh|mc_[ce]id|cmpid|cmp|icid|intcmp|ocid|ref|ref_src"
    r"|ref_url|smid|smtyp|spm|at_.*|ns_(?:campaign|mchannel|source|linkname|fee)|xtor|ncid|soc_src|soc_trk|taid|mbid"
    r"|guccounter|guce_.*|partner|rss|traffic_source|_ga|_gl|__twitter_impression|(?:pk|mtm|hsa|oly|vero|itm)_.*"
    r"|_hs(?:enc|mi)|mkt_tok|li_fat_id|wt_mc|s_cid|sr_share|fb_(?:action_ids|action_types|source|ref)|echobox"
    r"|_?amp(?:_.*)?|usqp)$",
    re.IGNORECASE,
)
"""Parameters that tell where a reader came from, or ask for the AMP edition; never which page it is."""
_FORMER_TRACKING = re.compile(
    r"^(?:utm_.*|fbclid|gclid|dclid|msclkid|yclid|igshid|mc_[ce]id|cmpid|cmp|ocid|ref|ref_src|smid|spm|at_.*|xtor|ncid"
    r"|soc_src|soc_trk|taid|mbid|guccounter|partner|rss|traffic_source|_ga)$",
    re.IGNORECASE,
)
_EDITIONS = frozenset({"output", "outputtype", "format", "view", "mode"})
"""Parameters that only ask for another edition if their value is `amp`."""
_MOBILE = frozenset({"m", "mobile", "touch", "amp"})
_INDEX = re.compile(r"(?<=/)(?:index|default)\.(?:s?html?|php|aspx?|jsp)$", re.IGNORECASE)
_SESSION = re.compile(r";jsessionid=[^/]*", re.IGNORECASE)
_PLAIN_PATH = re.compile(r"[\w.~!$&'()*+,=:@/-]*", re.ASCII)
_ESCAPE = re.compile(r"%([0-9a-fA-F]{2})?")
_UNRESERVED = re.compile(r"[\w.~-]", re.ASCII)
_VIEWER = re.compile(
    r"https?://(?:(?:www\.)?(?:google(?:\.[a-z]{2,3}){1,2}|bing\.com)/amp|[\w-]+\.cdn\.ampproject\.org/[a-z]{1,2})/(?:s/)?"
    r"(?=[\w-]+(?:\.[\w-]+)+(?:[:/?#]|$))",
    re.IGNORECASE,
)
"""What the viewers and caches of AMP pages put in front of the address they show."""
_CHOOSES = frozenset(
    """a aid article articleid article_id cid contentid content_id doc id item itemid nid newsid news_id p pageid
    page_id pid postid post_id sid story storyid story_id t v""".split()
)
"""Parameters that are the only name of a page on many sites: an address without them is another page."""


def canonical_url(url: str) -> str:
    """Reduce a URL to what chooses the page; two that are equal then are one page. Never raises.

    Gone are scheme, `www.`, mobile and AMP hosts and their viewers, default ports, tracking parameters, the order
    of parameters, fragments, trailing slashes and index files; hosts are in ASCII, escapes in one form.
    """
    url = unwrapped(url.strip())
    try:
        parts = urlsplit(url)
        port = f":{parts.port}" if parts.port and parts.port not in {80, 443} else ""
        host = _host(parts.hostname or "")
    except ValueError:
        return url
    query = _query(parts.query) if parts.query else ""
    return host + port + _path(parts.path) + ("?" + query if query else "")


def former_url(url: str) -> str:
    """Reduce a URL as stores did before AMP, mobile hosts and index files were told: they know articles by it."""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").removeprefix("www.")
        port = f":{parts.port}" if parts.port and parts.port not in {80, 443} else ""
    except ValueError:
        return url.strip()
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    query = urlencode(sorted(pair for pair in pairs if not _FORMER_TRACKING.match(pair[0])), errors="surrogatepass")
    return urlunsplit(("", host + port, parts.path.rstrip("/"), query, "")).removeprefix("//")


def unwrapped(url: str) -> str:
    """Take an address out of the viewers of AMP pages."""
    while len(url) <= MAX_URL and (viewer := _VIEWER.match(url)):
        url = "https://" + url[viewer.end() :]
    return url


def own_address(claimed: str | None, fetched: str | None) -> str | None:
    """Choose between where a page was found and the address that it calls its own.

    The page is believed only within its site, since it may not pass for another, and not where its claim
    loses what chooses the page: many sites name their front page, or a script without its number, on every page.
    """
    if not claimed or len(claimed) > MAX_URL:
        return fetched
    if fetched is None:
        return claimed if _is_web(claimed) else None
    fetched_at = unwrapped(fetched)
    try:
        absolute = urljoin(fetched_at, claimed.strip())
        mine, real = urlsplit(absolute), urlsplit(fetched_at)
        same = _is_web(absolute) and site(mine.hostname or "") == site(real.hostname or "") and mine.port == real.port
    except ValueError:
        return fetched
    if not same or (not mine.path.strip("/") and not mine.query and (real.path.strip("/") or real.query)):
        return fetched
    kept = {key.lower() for key, _ in parse_qsl(mine.query)}
    lost = {key.lower() for key, _ in parse_qsl(real.query)} & _CHOOSES - kept
    return fetched if lost and _path(mine.path) == _path(real.path) else absolute


def site(host: str) -> str:
    """Return the registrable domain of a host; of one that is in no list, the last two labels."""
    host = host.lower().rstrip(".")
    labels = host.split(".")
    return _registrable(host, private=True) or (host if labels[-1].isdigit() else ".".join(labels[-2:]))


def _registrable(host: str, *, private: bool = False) -> str | None:
    from tld import get_fld

    return get_fld(host, fix_protocol=True, fail_silently=True, search_private=private)


def _is_web(url: str) -> bool:
    return url.lower().startswith(("http://", "https://"))


def _host(name: str) -> str:
    if ":" in name:  # IPv6
        return f"[{name}]"
    if not name.isascii():
        name = _in_ascii(name)
    labels = _without_www(name.rstrip(".").split("."))
    if len(labels) > 2 and not _MOBILE.isdisjoint(labels):
        own = (_registrable(".".join(labels)) or ".".join(labels[-2:])).count(".") + 1
        labels = _without_www([one for one in labels[:-own] if one not in _MOBILE] + labels[-own:])
    return ".".join(labels)


def _without_www(labels: list[str]) -> list[str]:
    while len(labels) > 1 and labels[0] == "www":
        labels = labels[1:]
    return labels


def _in_ascii(name: str) -> str:
    import idna

    try:
        return idna.encode(name, uts46=True).decode("ascii")
    except (idna.IDNAError, UnicodeError):
        return name


def _path(path: str) -> str:
    if not _PLAIN_PATH.fullmatch(path):
        path = _SESSION.sub("", path)
        path = quote(_ESCAPE.sub(_one_escape, path), safe="/%!$&'()*+,;=:@~", errors="replace")
    before = None
    while path != before:
        before = path
        path = _INDEX.sub("", path.rstrip("/")).rstrip("/")
        lowered = path.lower()
        if "amp" in lowered:
            path = _without_amp(path, lowered)
    return path


def _without_amp(path: str, lowered: str) -> str:
    if lowered.endswith((".amp", "/amp.html")) and path.count("/") + path.count(".") > 1:
        return path[: -len(".amp" if lowered.endswith(".amp") else "/amp.html")]
    if lowered.endswith(".amp.html"):
        return path[: -len(".amp.html")] + path[-len(".html") :]
    if "/amp/" in lowered + "/":
        kept = [part for part in path.split("/") if part.lower() != "amp"]
        return "/".join(kept) if any(kept) else path
    return path


def _one_escape(found: re.Match[str]) -> str:
    if found.group(1) is None:
        return "%25"
    char = chr(int(found.group(1), 16))
    return char if _UNRESERVED.fullmatch(char) else found.group().upper()


def _query(query: str) -> str:
    query = query.encode("utf-8", "replace").decode()  # lone surrogates, before anything is put in order
    pairs = [
        (key, value)
        for key, value in parse_qsl(query, keep_blank_values=True)
        if not _TRACKING.match(key) and not (value.lower() == "amp" and key.lower() in _EDITIONS)
    ]
    return urlencode(sorted(pairs))
