"""Components against a plain union of sets."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from ingest.stories.components import story_ids
from ingest.stories.linking import LINKS

_LINK = st.tuples(st.integers(0, 40), st.integers(0, 40)).filter(lambda link: link[0] != link[1])


def _frame(links: list[tuple[int, int]]) -> pl.DataFrame:
    day = datetime(2024, 1, 1, tzinfo=UTC)
    when = [day + timedelta(days=number % 7) for number in range(41)]
    rows = [(f"{one:02}", f"{other:02}", when[one], when[other], "copy") for one, other in links]
    return pl.DataFrame(rows, schema=LINKS, orient="row")


@given(st.lists(_LINK, max_size=60))
def test_components_are_those_of_joining_sets(links: list[tuple[int, int]]) -> None:
    sets = {number: {number} for link in links for number in link}
    for one, other in links:
        joined = sets[one] | sets[other]
        for number in joined:
            sets[number] = joined
    expected = {f"{number:02}": f"{min(mine, key=lambda one: (one % 7, one)):02}" for number, mine in sets.items()}
    assert dict(story_ids(_frame(links)).iter_rows()) == expected


def test_a_long_chain_is_one_story() -> None:
    day = datetime(2024, 1, 1, tzinfo=UTC)
    names = [f"{number * 7919 % 20011:05}" for number in range(20_000)]
    links = pl.DataFrame(
        [(one, other, day, day, "rewrite") for one, other in pairwise(names)],
        schema=LINKS,
        orient="row",
    )
    assert story_ids(links)["story_id"].unique().to_list() == [min(names)]
