"""Where an outlet is at home and who answers for it: told by the list of feeds, else by a national domain. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from urllib.parse import urlsplit

import polars as pl

from ingest.articles.addresses import site
from ingest.countries.gazetteer import countries
from ingest.feeds.feed_list import Feed

FACTS: dict[str, pl.DataType] = {"outlet": pl.String(), "country": pl.String(), "kind": pl.String()}

OPEN_TO_ALL = frozenset(
    "ad ai as bz cc cd cf co dj fm ga gg gl gq io la ly me ml ms nu sc sr st tk to tv vc ws".split()
)
"""Country domains that anybody anywhere takes for their sound: those that Google's search treats as of no country
(developers.google.com/search/docs/specialty/international/managing-multi-regional-sites), and those that were given
away (cf, ga, gq, ml) or are sold alike (gg, gl, ly, st, to, vc)."""

_OTHERWISE = {"uk": "GBR"}
"""National domains that are not the ISO code of their country."""


def outlet_facts(outlets: Sequence[str], feeds: Sequence[Feed]) -> pl.DataFrame:
    """Return `FACTS` of each outlet, once, in order: `country` ISO 3166-1 alpha-3, `kind` public, private or state.

    Null where nobody says. An outlet is known by its name in the list, by the host of its front page or a host of the
    same registered domain; else by its top-level domain, where that is national.
    """
    by_name: dict[str, Feed] = {}
    by_host: dict[str, Feed] = {}
    by_site: dict[str, Feed] = {}
    for one in feeds:
        by_name.setdefault(one.name.casefold(), one)
        if host := _host(one.site or one.url):
            by_host.setdefault(host, one)
            by_site.setdefault(site(host), one)
    rows = []
    for outlet in dict.fromkeys(outlets):
        host = _host(outlet)
        feed: Feed | None = by_name.get(outlet.casefold()) or (
            (by_host.get(host) or by_site.get(site(host))) if host else None
        )
        country = (feed.country if feed else "") or _of_domain(host)
        rows.append((outlet, country or None, (feed.kind if feed else "") or None))
    return pl.DataFrame(rows, schema=FACTS, orient="row")


def with_country(readings: pl.LazyFrame | pl.DataFrame, facts: pl.DataFrame) -> pl.LazyFrame:
    """Give readings the `country` and `kind` of their outlet; null where it is not known."""
    told = readings.lazy().drop("country", "kind", strict=False)
    known = facts.lazy().with_columns(pl.col("outlet").cast(told.collect_schema()["outlet"]))
    return told.join(known, on="outlet", how="left", maintain_order="left")


def _host(told: str) -> str:
    """Return the host of an address or of an outlet that is one; empty if it is a name."""
    told = told.strip().lower()
    try:
        host = urlsplit(told if "://" in told else f"//{told}").hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.") if "." in host and " " not in host else ""


def _of_domain(host: str) -> str:
    last = host.rpartition(".")[2]
    return "" if last in OPEN_TO_ALL else _national().get(last, "")


@cache
def _national() -> dict[str, str]:
    return {one.iso2.lower(): one.iso3 for one in countries().values() if one.iso2} | _OTHERWISE
