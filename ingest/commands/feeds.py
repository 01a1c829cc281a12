"""`detente feeds`: the list of feeds that are watched, and what each of them answers."""

from __future__ import annotations

import sys
from dataclasses import asdict
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ingest.commands.options import FeedsOption, PrivateOption, StoreOption, open_store
from ingest.errors import FeedListError

if TYPE_CHECKING:
    from ingest.feeds.check import Checked
    from ingest.feeds.feed_list import Feed
    from ingest.feeds.place import FeedsFile
    from ingest.sources import Web

JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]

app = typer.Typer(
    help="List, check, add and remove the feeds that `detente watch` polls.",
    invoke_without_command=True,
    rich_markup_mode="markdown",
)


@app.callback()
def _default(
    context: typer.Context, feeds: FeedsOption = None, store: StoreOption = None, as_json: JsonOption = False
) -> None:
    """List, check, add and remove the feeds that `detente watch` polls.

    The list is --feeds or DETENTE_FEEDS; else `feeds.opml` in the store's folder; else the one that comes with Detente.
    That one is never changed: the first change makes your own copy in the store's folder.
    """
    if context.invoked_subcommand is None:
        list_feeds(context, feeds, store, as_json)


@app.command("list")
def list_feeds(
    context: typer.Context, feeds: FeedsOption = None, store: StoreOption = None, as_json: JsonOption = False
) -> None:
    """Show the list: outlet, country, kind, the day it was last checked, address."""
    listed = _listed(context, feeds, store)
    found = listed.feeds()
    if as_json:
        _print_json([_plain(one) for one in found])
        return
    width = max([len(one.name) for one in found], default=0)
    for one in found:
        checked = one.checked.isoformat() if one.checked else "not checked"
        print(f"{one.name:{width}}  {one.country or '?':3}  {one.kind or '?':7}  {checked:11}  {one.url}")
    print(f"{len(found):,} feeds in {listed.path}", file=sys.stderr)


@app.command("check")
def check_feeds(
    context: typer.Context,
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[NAME|URL]...", help="Only these outlets or addresses.")
    ] = None,
    feeds: FeedsOption = None,
    store: StoreOption = None,
    write: Annotated[
        bool, typer.Option("--write", help="Note the day in the list for each that gave articles.")
    ] = False,
    allow_private: PrivateOption = False,
    as_json: JsonOption = False,
) -> None:
    """Fetch each feed once and say what answered: articles, how many with a date, the newest, and what is wrong.

    Exit codes: 0 all gave articles, 3 some did not, 1 none did.
    """
    from ingest.feeds.check import check_all
    from ingest.feeds.crew import Crew
    from ingest.feeds.feed_list import with_checked
    from ingest.sources.manners import Manners

    listed = _listed(context, feeds, store)
    data, asked = listed.read(), _named(listed.feeds(), names or [])
    name_of = {one.url: one.name for one in asked}
    manners = Manners()
    crew: Crew[Checked]
    done = []
    with Crew(partial(_client, allow_private=allow_private, manners=manners), manners) as crew:
        for one in check_all(asked, crew):
            done.append(one)
            if not as_json:
                print(f"{len(done):>4}/{len(asked)}  {name_of[one.url]}: {_line(one)}", flush=True)
    if as_json:
        _print_json([_plain_check(one, name_of[one.url]) for one in done])
    good = {one.url for one in done if one.articles}
    if write and good:
        today = datetime.now(UTC).date()
        place = listed.replace(with_checked(data, dict.fromkeys(good, today), str(listed.path)))
        print(f"{len(good):,} feeds marked as checked in {place}", file=sys.stderr)
    if len(good) < len(done):
        raise typer.Exit(3 if good else 1)


@app.command("add")
def add_feed(
    context: typer.Context,
    url: Annotated[str, typer.Argument(metavar="URL", help="Address of the feed.")],
    name: Annotated[
        str | None,
        typer.Option("--name", metavar="OUTLET", help="Name of the outlet.", show_default="the feed's title"),
    ] = None,
    country: Annotated[str, typer.Option("--country", metavar="ABC", help="Its seat: FRA, KEN, …")] = "",
    kind: Annotated[str, typer.Option("--kind", metavar="KIND", help="public, private or state.")] = "",
    site: Annotated[str, typer.Option("--site", metavar="URL", help="Its front page.", show_default=False)] = "",
    check: Annotated[bool, typer.Option("--check/--no-check", help="Fetch it first.")] = True,
    feeds: FeedsOption = None,
    store: StoreOption = None,
    allow_private: PrivateOption = False,
) -> None:
    """Fetch a feed and add it to the list; the same address again changes its entry.

    Example:
        detente feeds add https://example.org/world/rss.xml --country FRA --kind public

    """
    from ingest.feeds.check import Checked
    from ingest.feeds.check import check as look
    from ingest.feeds.feed_list import Feed, check_country_and_kind, with_feed

    country, kind, url = country.strip().upper(), kind.strip().lower(), url.strip()
    check_country_and_kind(country, kind, "detente feeds add")
    if not url.startswith(("https://", "http://")):
        raise FeedListError(f"a feed's address begins with https:// or http://, found {url[:100]!r}")
    listed = _listed(context, feeds, store)
    seen = Checked(url=url)
    if check:
        with _client(allow_private=allow_private) as web:
            seen = look(url, web)
        if not seen.articles:
            raise FeedListError(f"not added: {seen.error}. To add it all the same: --no-check --name OUTLET")
    named = " ".join((name or seen.title).split())
    if not named:
        raise FeedListError("the feed has no title; name the outlet with --name")
    checked = datetime.now(UTC).date() if check else None
    feed = Feed(name=named, url=url, site=site.strip(), country=country, kind=kind, checked=checked)
    data = listed.read() if listed.path.is_file() else _EMPTY
    place = listed.replace(with_feed(data, feed, str(listed.path)))
    print(f"{feed.name}: {_line(seen) if check else 'not checked'}; added to {place}")


@app.command("remove")
def remove_feeds(
    context: typer.Context,
    names: Annotated[list[str], typer.Argument(metavar="NAME|URL...", help="Outlets or addresses.")],
    feeds: FeedsOption = None,
    store: StoreOption = None,
) -> None:
    """Take feeds out of the list, by address or by the outlet's name; what they brought stays in the store."""
    from ingest.feeds.feed_list import without_feeds

    listed = _listed(context, feeds, store)
    gone = _named(listed.feeds(), names)
    place = listed.replace(without_feeds(listed.read(), {one.url for one in gone}, str(listed.path)))
    for one in gone:
        print(f"removed {one.name}, {one.url}")
    print(f"changed {place}", file=sys.stderr)


_EMPTY = b'<opml version="2.0"><head><title>Feeds</title></head><body>\n</body></opml>'


def _listed(context: typer.Context, feeds: str | None, store: str | None) -> FeedsFile:
    """Find the list; options before the subcommand count where it has none of its own."""
    from ingest.config import settings_from_environment
    from ingest.feeds.place import feeds_file

    before = context.parent.params if context.parent and context.info_name != "feeds" else {}
    named = feeds or before.get("feeds") or settings_from_environment().feeds
    return feeds_file(named, open_store(store or before.get("store")).uri)


def _client(*, allow_private: bool, **options: Any) -> Web:
    from ingest.config import settings_from_environment
    from ingest.sources.web import Web

    return Web(allow_private=allow_private or settings_from_environment().allow_private, **options)


def _named(found: list[Feed], names: list[str]) -> list[Feed]:
    """Choose feeds by name or address, all if none is named."""
    if not names:
        return found
    wanted = {name.strip().casefold() for name in names}
    chosen = [one for one in found if one.name.casefold() in wanted or one.url.casefold() in wanted]
    there = {text.casefold() for one in chosen for text in (one.name, one.url)}
    if missing := [name for name in names if name.strip().casefold() not in there]:
        raise FeedListError(f"no feed is called {missing[0]!r}; see them with: detente feeds list")
    return chosen


def _line(seen: Checked) -> str:
    told = (
        f"{seen.articles:,} articles, {seen.dated:,} with a date, {seen.summaries:,} only a summary"
        if seen.articles
        else "no articles"
    )
    newest = f", newest {seen.newest:%Y-%m-%d %H:%M}" if seen.newest else ""
    return f"{told}{newest}{f'; {seen.error}' if seen.error else ''}"


def _plain(feed: Feed) -> dict[str, Any]:
    return asdict(feed) | {"checked": feed.checked.isoformat() if feed.checked else None}


def _plain_check(seen: Checked, name: str) -> dict[str, Any]:
    return {"name": name} | asdict(seen) | {"newest": seen.newest.isoformat() if seen.newest else None}


def _print_json(told: list[dict[str, Any]]) -> None:
    import json

    print(json.dumps(told, ensure_ascii=False).encode("utf-8", "backslashreplace").decode())
