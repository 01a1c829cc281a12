"""The list of feeds: what is read, what is refused, what a change changes; and the list that comes with Detente."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from ingest.countries.gazetteer import countries
from ingest.data_files import data_dir
from ingest.errors import FeedListError
from ingest.feeds.feed_list import KINDS, Feed, read_list, with_checked, with_feed, without_feeds
from ingest.feeds.place import feeds_file, replace_file, state_file

SHIPPED = read_list((data_dir() / "feeds.opml").read_bytes(), "feeds.opml")

CONTINENTS = {
    "Africa": {"EGY", "KEN", "NGA", "ZAF", "ETH", "GHA", "UGA", "MAR"},
    "Asia": {"CHN", "JPN", "KOR", "IND", "PAK", "SGP", "THA", "IDN", "PHL", "IRN", "ISR", "QAT", "TUR"},
    "Europe": {"GBR", "DEU", "FRA", "RUS", "UKR", "POL", "ITA", "ESP", "GRC"},
    "North America": {"USA", "CAN", "MEX"},
    "Oceania": {"AUS", "NZL", "FJI"},
    "South America": {"ARG", "BRA", "COL", "URY"},
}
"""Countries of each continent that are to be heard."""

LIST = b"""<?xml version="1.0"?>
<opml version="2.0"><head><title>Mine</title></head><body>
<outline text="Folder"><!-- kept -->
<outline type="rss" text="Norland  Post" xmlUrl=" https://a.example/rss " htmlUrl="https://a.example/" country="nor"
 kind="Public" checked="2026-11-25" category="/World"/>
</outline>
<outline title="Sudland Times" xmlUrl="http://b.example/rss"/>
<outline text="twice" xmlUrl="http://b.example/rss"/>
</body></opml>"""

POST = Feed(
    name="Norland Post",
    url="https://a.example/rss",
    site="https://a.example/",
    country="NOR",
    kind="public",
    checked=date(2026, 11, 25),
)
TIMES = Feed(name="Sudland Times", url="http://b.example/rss")


def test_the_shipped_list_is_sound() -> None:
    assert len(SHIPPED) >= 80
    assert len({feed.url for feed in SHIPPED}) == len(SHIPPED) == len({feed.name for feed in SHIPPED})
    for feed in SHIPPED:
        assert feed.country in countries(), feed
        assert feed.kind in KINDS, feed
        assert feed.url.startswith("https://"), feed
        assert feed.site.startswith("https://"), feed
        assert urlsplit(feed.url).hostname, feed
        assert feed.url == feed.url.strip()


def test_the_shipped_list_names_each_address_in_one_outline() -> None:
    data = (data_dir() / "feeds.opml").read_bytes()
    assert data.count(b"xmlUrl=") == len(SHIPPED) == data.count(b"checked=")


@pytest.mark.parametrize("continent", CONTINENTS)
def test_the_shipped_list_hears_every_continent(continent: str) -> None:
    assert CONTINENTS[continent] <= {feed.country for feed in SHIPPED}


@pytest.mark.parametrize("kind", KINDS)
def test_the_shipped_list_has_every_kind(kind: str) -> None:
    assert sum(feed.kind == kind for feed in SHIPPED) >= 10


def test_feeds_of_folders_and_of_other_readers_lists_are_read() -> None:
    assert read_list(LIST, "list") == [POST, TIMES]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is not a list of feeds"),
        (b"no xml", "is not a list of feeds"),
        (b"<html/>", "expected <opml>, found <html>"),
        (b'<!DOCTYPE o [<!ENTITY a "b">]><opml/>', "entities"),
        (b"<opml>" + b" " * 5_000_001 + b"</opml>", "more than 5 MB"),
        (LIST.replace(b"nor", b"XXX"), "list:5: country is a code of three letters"),
        (LIST.replace(b"Public", b"good"), "kind is one of public, private, state; found 'good'"),
        (LIST.replace(b"2026-11-25", b"yesterday"), "checked is a day"),
        (LIST.replace(b" https://a", b"file:///a"), "begins with https"),
    ],
)
def test_what_is_no_list_is_told_with_its_place(data: bytes, reason: str) -> None:
    with pytest.raises(FeedListError, match=reason):
        read_list(data, "list")


def test_a_foreign_file_is_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("secret words")
    data = LIST.replace(b"<opml", f'<!DOCTYPE opml SYSTEM "{secret.as_uri()}"><opml'.encode(), 1)
    assert "secret" not in str(read_list(data, "list"))


def test_a_feed_is_added_at_the_end_and_replaced_by_its_address() -> None:
    new = Feed(name="Ä & <Post>", url="https://c.example/rss?a=1&b=2", country="FRA", kind="private")
    data = with_feed(LIST, new, "list")
    assert read_list(data, "list") == [POST, TIMES, new]
    again = Feed(name="Other", url=new.url, country="FRA", kind="state", checked=date(2026, 1, 2))
    assert read_list(with_feed(data, again, "list"), "list") == [POST, TIMES, again]


def test_a_change_leaves_the_rest_of_the_file_alone() -> None:
    data = with_checked(without_feeds(LIST, {TIMES.url}, "list"), {POST.url: date(2027, 1, 1)}, "list")
    assert [feed.checked for feed in read_list(data, "list")] == [date(2027, 1, 1)]
    for kept in (b"<title>Mine</title>", b"<!-- kept -->", b'category="/World"'):
        assert kept in data


def test_the_list_is_the_named_file_the_stores_own_or_the_shipped_one(tmp_path: Path) -> None:
    store = tmp_path / "store"
    shipped, own = data_dir() / "feeds.opml", store / "feeds.opml"
    found = feeds_file(None, str(store))
    assert (found.path, found.own) == (shipped, own)
    assert found.replace(found.read()) == own
    found = feeds_file(None, str(store))
    assert (found.path, found.own, found.feeds()) == (own, own, SHIPPED)
    named = tmp_path / "mine.opml"
    found = feeds_file(str(named), str(store))
    assert (found.path, found.own) == (named, named)
    with pytest.raises(FeedListError, match="cannot be read"):
        found.feeds()


def test_a_store_elsewhere_has_no_folder_for_a_list_and_remembers_in_the_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    with pytest.raises(FeedListError, match="name a file with --feeds"):
        feeds_file(None, "s3://news/store").replace(b"")
    one, other = state_file("s3://news/store"), state_file("s3://news/other")
    assert one.parent == other.parent == tmp_path / "detente"
    assert one != other


def test_a_file_is_replaced_whole_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "a"
    replace_file(path, b"one")
    replace_file(path, b"two")
    assert (path.read_bytes(), list(tmp_path.iterdir())) == (b"two", [path])
