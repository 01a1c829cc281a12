"""Sketches: what they leave out, and that any text has one."""

from __future__ import annotations

import time

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.stories.body import body
from ingest.stories.copies import containment, is_copy
from ingest.stories.linking import STORED_LINKS
from ingest.stories.rewrites import rewrite_window
from ingest.stories.sketch import SKETCHES, Sketch, sketch_all, unpack
from ingest.stories.telling import tell
from tests.stories.labelled import groups
from tests.stories.planted import KINDS

_STORY = groups("first")[0].base


def sketched(*texts: str) -> list[Sketch]:
    table = pa.table(
        {
            "article_id": pa.array([str(number) for number in range(len(texts))], pa.string()),
            "published": pa.nulls(len(texts), pa.timestamp("us", tz="UTC")),
            "text": pa.array(texts, pa.string()),
        }
    )
    found = sketch_all(table)
    assert found.schema == SKETCHES
    return [unpack(row) for row in found.to_pylist()]


@pytest.mark.parametrize(
    "dressed",
    [
        f"GENEVA, March 3 (Sample Wire) — {_STORY}",
        f"{_STORY} (Reporting by A. Writer; Editing by B. Desk)",
        f"{_STORY} Sign up for our newsletter.",
        f"{_STORY}\nThis story first appeared in the Harbour Gazette.",
        f"{_STORY}\nThe views in this article do not necessarily reflect our editorial policy.",
    ],
)
def test_dateline_credit_and_furniture_are_no_part_of_a_text(dressed: str) -> None:
    one, other = sketched(_STORY, dressed)
    assert one == other


def test_a_text_of_furniture_alone_is_kept_whole() -> None:
    assert body("Sign up for our newsletter.") == "Sign up for our newsletter."


@given(st.text(max_size=400), st.text(max_size=400))
def test_any_two_texts_are_compared_the_same_both_ways(one: str, other: str) -> None:
    first, second = sketched(one, other)
    assert is_copy(first, second) == is_copy(second, first)
    assert rewrite_window(first, second) == rewrite_window(second, first)
    assert 0 <= containment(first, second) == containment(second, first) <= 1


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_sketch_does_not_depend_on_the_company(kind: str) -> None:
    text = KINDS[kind](_STORY.split(". "))
    assert sketched(text)[0] == sketched("Another text.", text, _STORY)[1]


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\x00",
        "\ud800 lone",
        "İ" * 5_000,
        "newsletter " * 20_000,
        "word " * 300_000,
        "x" * 1_000_000,
        '"' * 100_000,
    ],
    ids=["empty", "space", "NUL", "lone surrogate", "longer when small", "furniture", "long", "one word", "marks"],
)
def test_hostile_texts_are_sketched_in_no_time(text: str) -> None:
    begun = time.process_time()
    tell(body(text))
    assert time.process_time() - begun < 5


def test_links_are_stored_with_the_columns_of_a_frame() -> None:
    assert STORED_LINKS.names == ["a", "b", "a_published", "b_published", "kind"]
