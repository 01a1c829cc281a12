from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import StoreError
from ingest.feeds.state import Entry, Waiting, load, merged, save
from ingest.records import RawArticle

TEXT = st.text(max_size=20)
ITEMS = st.builds(
    RawArticle, text=TEXT, where=TEXT, title=st.none() | TEXT, url=st.none() | TEXT, authors=st.tuples(TEXT)
)
ENTRIES = st.builds(
    Entry,
    etag=st.none() | TEXT,
    last_modified=st.none() | TEXT,
    digest=st.none() | TEXT,
    polled=st.floats(0, 1e10),
    due=st.floats(0, 1e10),
    failures=st.integers(0, 99),
    waiting=st.dictionaries(TEXT, st.builds(Waiting, item=ITEMS, tries=st.integers(0, 9)), max_size=3),
    aliases=st.frozensets(TEXT, max_size=3),
)


@given(st.dictionaries(TEXT, ENTRIES, max_size=3))
def test_what_is_remembered_is_what_was_known(
    tmp_path_factory: pytest.TempPathFactory, known: dict[str, Entry]
) -> None:
    path = tmp_path_factory.mktemp("memory") / "new" / "watch.json"
    assert save(path, known) == known
    assert load(path) == known


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"null", b'{"feeds": {"a": {}}}', b'{"feeds": 1}', b"\xff"])
def test_a_damaged_memory_is_empty(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "watch.json"
    path.write_bytes(data)
    assert load(path) == {}


def test_a_memory_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="memory of the watch cannot be written"):
        save(tmp_path / "file" / "watch.json", {})


ITEM = Waiting(item=RawArticle(text="a", where="a"))


def test_the_later_poll_of_two_watches_counts_and_what_i_wait_for_stays() -> None:
    mine = Entry(etag="old", polled=1, waiting={"a": ITEM})
    theirs = Entry(etag="new", polled=2, waiting={"b": ITEM})
    assert merged({"x": mine}, {"x": theirs}) == {"x": Entry(etag="new", polled=2, waiting={"a": ITEM, "b": ITEM})}
    assert merged({"x": theirs}, {"x": mine}) == {"x": theirs}


def test_of_the_same_poll_mine_counts_so_that_what_is_settled_does_not_come_back() -> None:
    settled, before = Entry(polled=1), Entry(polled=1, waiting={"a": ITEM})
    assert merged({"x": settled}, {"x": before}) == {"x": settled}


def test_a_feed_that_left_the_list_is_forgotten() -> None:
    assert merged({}, {"x": Entry()}) == {}
