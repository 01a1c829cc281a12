"""Which readings a view is about: outlets by country, kind and name, and who speaks toward whom. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import polars as pl

from dashboard import theme
from dashboard.evidence import country_name
from ingest.feeds.feed_list import KINDS

Direction = Literal["all", "ab", "ba"]
DIRECTIONS: tuple[Direction, ...] = get_args(Direction)

UNKNOWN = "unknown"
"""An outlet whose country or kind no list tells."""

ALL_KINDS = (*KINDS, UNKNOWN)

NAMED = 3
"""Things that a sentence names one by one; of more it says the first and how many others."""


@dataclass(frozen=True, kw_only=True)
class Filter:
    """What is kept; each part that is empty keeps everything."""

    countries: tuple[str, ...] = ()
    """ISO 3166-1 alpha-3 of the outlets' countries, or `UNKNOWN`."""
    kinds: tuple[str, ...] = ()
    """Of `ALL_KINDS`."""
    outlets: tuple[str, ...] = ()
    """Names of outlets, as the readings have them."""
    direction: Direction = "all"
    """`ab`: the first country of the pair (alphabetical) acts or speaks toward the second, alone or mutually."""

    def __bool__(self) -> bool:
        """Tell whether anything is left out."""
        return self != Filter()


def with_facts(readings: pl.DataFrame, facts: pl.DataFrame) -> pl.DataFrame:
    """Give rows with `outlet` the `country` and `kind` that `ingest.index.outlets.FACTS` tell; else null."""
    told = facts.unique("outlet", keep="first").select(
        "outlet", *(pl.when(pl.col(name) != "").then(name).alias(name) for name in ("country", "kind"))
    )
    return readings.drop("country", "kind", strict=False).join(told, on="outlet", how="left", maintain_order="left")


def kept(readings: pl.DataFrame, wanted: Filter) -> pl.DataFrame:
    """Return the rows (with `outlet, country, kind`, and `direction` if that is asked for) that a filter keeps."""
    told = [
        _is_one_of(name, values)
        for name, values in (("country", wanted.countries), ("kind", wanted.kinds), ("outlet", wanted.outlets))
        if values
    ]
    if wanted.direction != "all":
        told.append(pl.col("direction").cast(pl.String).is_in([wanted.direction, "both"]))
    return readings.filter(*told) if told else readings


def counts(readings: pl.DataFrame, name: str) -> dict[str, int]:
    """Return how many articles each outlet, country or kind has, most first, then by name."""
    found = readings.group_by(name).len().with_columns(pl.col(name).cast(pl.String))
    found = found.drop_nulls(name) if name == "outlet" else found.with_columns(pl.col(name).fill_null(UNKNOWN))
    ordered = found.sort(["len", name], descending=[True, False])
    return dict(zip(ordered[name].to_list(), ordered["len"].to_list(), strict=True))


def place_name(code: str) -> str:
    """Name the country of an outlet."""
    return "Country unknown" if code == UNKNOWN else country_name(code)


def kind_name(kind: str) -> str:
    """Name the kind of an outlet."""
    return "Kind unknown" if kind == UNKNOWN else f"{kind.capitalize()} outlets"


def filter_words(wanted: Filter, pair: tuple[str, str]) -> str:
    """Say what is kept, for a subtitle: only state outlets of Russia, Pakistan toward Russia. Empty if all is."""
    parts = []
    if wanted.outlets or wanted.countries or wanted.kinds:
        kinds = [f"{kind} " if kind != UNKNOWN else "unclassified " for kind in wanted.kinds]
        places = [country_name(one) if one != UNKNOWN else "unknown countries" for one in wanted.countries]
        words = f"only {_listed(kinds).replace('  ', ' ').strip()} outlets" if kinds else "only outlets"
        if places:
            words += f" of {_listed(places)}"
        if wanted.outlets:
            named = _listed(list(wanted.outlets))
            words = f"only {named}" if words == "only outlets" else f"{words}, namely {named}"
        parts.append(" ".join(words.split()))
    if wanted.direction != "all":
        one, other = pair if wanted.direction == "ab" else pair[::-1]
        parts.append(f"{country_name(one)} toward {country_name(other)}")
    return ", ".join(parts)


def _is_one_of(name: str, values: tuple[str, ...]) -> pl.Expr:
    found = pl.col(name).cast(pl.String).is_in(list(values)).fill_null(value=False)
    return found | pl.col(name).is_null() if UNKNOWN in values and name != "outlet" else found


def _listed(names: list[str]) -> str:
    if len(names) > NAMED:
        return f"{', '.join(names[: NAMED - 1])} and {theme.count(len(names) - NAMED + 1)} others"
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
