"""Delta tables that several processes write and read at once.

What makes it exactly-once: the `articles` table is the register. A batch of articles is committed only
on top of the very version in which its ids were looked up (`max_commit_retries=0`: a commit that finds
another one there fails, looks again and drops what has become known). Evidence and readings of the
batch follow, each commit carrying the batch's id as a Delta application transaction, so that it happens
once whoever does it. A process killed in between leaves a batch that `unfinished` names and anybody can
finish: the articles are there, and scoring them gives the same rows.

Stories follow in the same way. A batch first writes its sketches, then looks for links among all sketches that are
there by then: of two batches that are written at once, the one whose sketches come last sees the other's. Links are
only added, so a link that both find changes nothing, and which article is which story is resolved when it is asked
(`stories.components`): nothing is rewritten when a late article joins two stories.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

import polars as pl
import pyarrow as pa
import pyarrow.compute as pc
from deltalake import CommitProperties, DeltaTable, Transaction, write_deltalake
from deltalake.exceptions import CommitFailedError, DeltaError, TableNotFoundError

from ingest.articles.identity import digest
from ingest.batch import Batch
from ingest.errors import StoreError
from ingest.records import Failure
from ingest.schemas import ARTICLES, EVIDENCE, READINGS
from ingest.scoring import Scored
from ingest.store.files import check_place, paths_of
from ingest.store.known import Known
from ingest.stories.components import joined, story_ids
from ingest.stories.linking import COPY_WINDOW, LINKS, STORED_LINKS, find_links
from ingest.stories.sketch import SKETCHES

FAILURES = pa.schema(
    [
        ("failure_id", pa.string()),
        ("where", pa.string()),
        ("reason", pa.string()),
        ("at", pa.timestamp("us", tz="UTC")),
    ]
)

TABLES = {
    "articles": ARTICLES.append(pa.field("batch", pa.string())),
    "evidence": EVIDENCE,
    "readings": READINGS,
    "failures": FAILURES,
    "sketches": SKETCHES,
    "links": STORED_LINKS,
}

SORTED_BY = {"evidence": ["pair", "published"], "readings": ["pair", "published"], "sketches": ["published"]}
"""Order inside the files: a question about a pair then reads only that pair, one about a time only that time."""

SLICE = timedelta(days=400)
"""Time of publication that is linked at once: a batch of long ago and today does not read what lies between."""

COMPACT_AT = 64
"""Files after which a table is rewritten in order. 200 files: 50 ms a question; one file: 15 ms (1 M rows)."""

ATTEMPTS = 60
"""Tries of a commit that others get ahead of, with up to a tenth of a second between."""

LOOK_BACK = 1_000
"""Commits that are looked at for batches that somebody left unfinished."""


@dataclass(frozen=True, kw_only=True)
class Added:
    """What a batch became."""

    new: int = 0
    known: int = 0
    unscored: int = 0
    copies: int = 0
    """Of the new: joined a story that was there."""
    undated: int = 0
    """Of the new: have no date."""
    readings: int = 0

    def __add__(self, other: Added) -> Added:
        return Added(**{name: getattr(self, name) + getattr(other, name) for name in self.__dataclass_fields__})


class Store:
    """A folder (or s3:// prefix) of Delta tables."""

    def __init__(self, uri: str, storage: dict[str, str] | None = None) -> None:
        check_place(uri)
        self.uri = uri.rstrip("/")
        self.storage = storage or {}
        self._known = Known()
        self._named: tuple[int, pl.DataFrame] | None = None
        self._whole: dict[tuple[str, ...], int] = {}

    def exists(self) -> bool:
        """Tell whether anything was ever written here."""
        return self._table("articles") is not None

    def create(self) -> None:
        """Make the tables that are not there yet; safe when others do the same."""
        if "://" not in self.uri:
            try:
                Path(self.uri).mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise StoreError(
                    f"the store cannot be made at {self.uri}: {error}; choose another with --store"
                ) from error
        for name, schema in TABLES.items():
            if self._table(name) is None:
                self._create(name, schema)

    def table(self, name: str) -> DeltaTable:
        """Open a table at its latest version."""
        found = self._table(name)
        if found is None:
            raise StoreError(f"there is no store at {self.uri}; fill one with: detente ingest FILE --store {self.uri}")
        return found

    def scan(self, name: str) -> pl.LazyFrame:
        """Return a table as a lazy frame: a snapshot that later writes do not change."""
        return _scan(self._table(name), name, self.storage)

    def parts(self, name: str) -> list[dict[str, Any]]:
        """Return the files of a table with their statistics: `num_records`, `min.COLUMN`, `max.COLUMN`."""
        table = self._table(name)
        return [] if table is None else pa.table(table.get_add_actions(flatten=True)).to_pylist()

    def is_settled(self, article_id: str) -> bool:
        """Tell whether an article is in the store, as of the last refresh, and lacks nothing."""
        return article_id in self._known.articles and article_id not in self._known.undated

    def is_known(self, article_id: str) -> bool:
        """Tell whether an article is in the store, as of the last refresh, with or without a date."""
        return article_id in self._known.articles

    def refresh(self) -> None:
        """Catch up with what other processes have committed."""
        self._known.refresh(self.table("articles"), self.storage)

    def add(self, batch: Batch) -> Added:
        """Add what is new of a batch, once, whoever else adds the same at the same time."""
        name = uuid4().hex
        claimed = self._claim(batch.articles, name)
        ids = claimed["article_id"]
        mine = batch.of(ids)
        if claimed.num_rows:
            self.finish(name, mine.scored)
        scored = claimed.filter(pc.is_null(claimed["unscored"]))
        undated = scored.filter(pc.is_null(scored["published"]))
        copies = _count_copies(undated["story_id"].to_pylist(), self._known.stories.__contains__)
        if claimed.num_rows:
            copies += joined(self.link(name, mine.sketches), mine.sketches["article_id"].to_pylist())
        self.refresh()
        return Added(
            new=scored.num_rows,
            known=batch.articles.num_rows - claimed.num_rows + batch.repeats,
            unscored=claimed.num_rows - scored.num_rows,
            copies=copies,
            undated=undated.num_rows,
            readings=mine.scored.readings.num_rows,
        )

    def finish(self, batch: str, scored: Scored) -> None:
        """Write evidence and readings of a claimed batch, unless somebody has."""
        for name, rows in (("evidence", scored.evidence), ("readings", scored.readings)):
            ordered = rows.sort_by([(column, "ascending") for column in SORTED_BY[name]])
            self._commit(name, partial(_unless_done, rows=ordered, batch=batch), batch)

    def link(self, batch: str, sketches: pa.Table) -> pl.DataFrame:
        """Write the sketches of a finished batch, and the links that they have by then; return those."""
        ordered = sketches.sort_by("published")
        self._commit("sketches", partial(_unless_done, rows=ordered, batch=batch), batch)
        links = self._links_of(ordered)
        self._commit("links", partial(_unless_done, rows=links.to_arrow().cast(STORED_LINKS), batch=batch), batch)
        return links

    def stories(self) -> pl.DataFrame | None:
        """Return the story of each linked article, `article_id, story_id`; None: the store knows no links yet."""
        table = self._table("links")
        if table is None:
            return None
        if self._named is None or self._named[0] != table.version():
            self._named = table.version(), story_ids(_scan(table, "links", self.storage).collect())
        return self._named[1]

    def unlinked(self) -> Iterator[tuple[str, pa.Table]]:
        """Yield batches whose articles are in the store but whose sketches or links are not."""
        yield from self._lacking("sketches", "links")

    def unfinished(self) -> Iterator[tuple[str, pa.Table]]:
        """Yield batches whose articles are in the store but whose evidence or readings are not."""
        yield from self._lacking("evidence", "readings")

    def add_failures(self, failures: list[Failure], at: datetime) -> None:
        """Keep what could not be read, once for each place and reason."""
        rows = {digest(f"{one.where}\n{one.reason}"): one for one in failures}
        if not rows:
            return

        def unknown(table: DeltaTable) -> pa.Table | None:
            there = set(_scan(table, "failures", self.storage).select("failure_id").collect()["failure_id"])
            new = [
                {"failure_id": key, "where": _legal(one.where), "reason": _legal(one.reason), "at": at}
                for key, one in rows.items()
                if key not in there
            ]
            return pa.Table.from_pylist(new, FAILURES) if new else None

        self._commit("failures", unknown, uuid4().hex)

    def compact(self, *, at_least: int = COMPACT_AT) -> list[str]:
        """Rewrite tables of many small files into few, in order; readers keep what they have open."""
        done = []
        for name in TABLES:
            table = self.table(name)
            if len(table.file_uris()) < at_least:
                continue
            try:
                if columns := SORTED_BY.get(name):
                    table.optimize.z_order(columns)
                else:
                    table.optimize.compact()
            except CommitFailedError:
                continue  # another process compacts or replaces: next time
            done.append(name)
        return done

    def _lacking(self, *names: str) -> Iterator[tuple[str, pa.Table]]:
        register = self.table("articles")
        # Batches up to there were seen whole: a watch that asks for days reads only what came since.
        since = register.version() - self._whole.get(names, -1)
        if since <= 0:
            return
        begun = [str(commit["batch"]) for commit in register.history(min(since, LOOK_BACK)) if "batch" in commit]
        written = [self.table(name) for name in names]
        lacking = [batch for batch in begun if not all(_has(table, batch) for table in written)]
        if not lacking:
            self._whole[names] = register.version()
        for batch in lacking:
            rows = self.scan("articles").filter(pl.col("batch") == batch).collect().drop("batch")
            yield batch, rows.to_arrow().cast(ARTICLES)

    def _links_of(self, sketches: pa.Table) -> pl.DataFrame:
        """Link sketches, in order of publication, to those of their time: a slice of time after the other."""
        new = pl.DataFrame(sketches)
        found = [pl.DataFrame(schema=LINKS)]
        while not new.is_empty():
            first = new["published"][0]
            part = new.filter(pl.col("published") <= first + SLICE)
            new = new.slice(part.height)
            since, until = first - COPY_WINDOW, part["published"][-1] + COPY_WINDOW
            around = self.scan("sketches").filter(pl.col("published").is_between(since, until))
            found.append(find_links(part, around))
        return pl.concat(found).unique(["a", "b"])

    def _claim(self, articles: pa.Table, batch: str) -> pa.Table:
        """Commit those articles that nobody has, as one version of the register."""
        claimed = articles.slice(0, 0)

        def unknown(table: DeltaTable) -> pa.Table | None:
            nonlocal claimed
            self._known.refresh(table, self.storage)
            if replaced := self._now_dated(articles):
                self._remove(replaced, table)
                raise CommitFailedError("the table has changed")
            ids = articles["article_id"].to_pylist()
            claimed = articles.filter(pa.array([one not in self._known.articles for one in ids], pa.bool_()))
            return claimed.append_column("batch", pa.array([batch] * claimed.num_rows, pa.string())) or None

        self._commit("articles", unknown, batch)
        return claimed

    def _now_dated(self, articles: pa.Table) -> list[str]:
        """Return ids that the store has without a date and that now come with one."""
        dated = articles.filter(pc.is_valid(articles["published"]))["article_id"].to_pylist()
        return [one for one in dated if one in self._known.undated]

    def _remove(self, ids: list[str], register: DeltaTable) -> None:
        """Take undated articles out, the register last: killed before that, the same is done again.

        Only undated rows: another process may have put the dated ones there by now. And only of finished
        batches: whoever is still to write the readings of one would write them for articles that are gone.
        """
        batches = _scan(register, "articles", self.storage).filter(pl.col("article_id").is_in(ids))
        evidence, readings = self.table("evidence"), self.table("readings")
        for batch in batches.select(pl.col("batch").unique()).collect()["batch"]:
            if not (_has(evidence, batch) and _has(readings, batch)):
                raise CommitFailedError("another process is about to write the readings")
        listed = ", ".join(f"'{one}'" for one in ids)
        for name in ("readings", "evidence", "articles"):
            self.table(name).delete(f"published IS NULL AND article_id IN ({listed})")

    def _commit(self, name: str, rows_for: Callable[[DeltaTable], pa.Table | None], batch: str) -> None:
        """Commit what `rows_for` gives for the latest version, on top of that version or not at all."""
        properties = CommitProperties(
            custom_metadata={"batch": batch}, max_commit_retries=0, app_transactions=[Transaction(batch, 1)]
        )
        for attempt in range(ATTEMPTS):
            try:
                table = self.table(name)
                rows = rows_for(table)
                if rows is None:
                    return
                self._write(table, rows, properties)
            except CommitFailedError:
                time.sleep(random.uniform(0, 0.1) * min(attempt, 5) / 5)  # noqa: S311 - no secret
            else:
                return
        raise StoreError(f"{self.uri}/{name} was changed by others {ATTEMPTS} times in a row; try again")

    def _write(self, table: DeltaTable, rows: pa.Table, properties: CommitProperties) -> None:
        try:
            write_deltalake(table, rows, mode="append", commit_properties=properties)
        except CommitFailedError:
            raise
        except (DeltaError, OSError) as error:
            raise StoreError(f"the store at {self.uri} cannot be written: {error}") from error

    def _create(self, name: str, schema: pa.Schema) -> None:
        try:
            DeltaTable.create(f"{self.uri}/{name}", schema=schema, mode="ignore", storage_options=self.storage)
        except (DeltaError, OSError) as error:
            if self._table(name) is None:  # another process made it just now
                raise StoreError(
                    f"the store cannot be made at {self.uri}: {error}; choose another with --store"
                ) from error

    def _table(self, name: str) -> DeltaTable | None:
        try:
            return DeltaTable(f"{self.uri}/{name}", storage_options=self.storage)
        except TableNotFoundError:
            return None
        except (DeltaError, OSError) as error:
            raise StoreError(f"the store at {self.uri} cannot be read: {error}") from error


def _scan(table: DeltaTable | None, name: str, storage: dict[str, str]) -> pl.LazyFrame:
    files = table.file_uris() if table is not None else []
    if not files:
        return pl.from_arrow(TABLES[name].empty_table()).lazy()  # type: ignore[union-attr]  # a table gives a frame
    return pl.scan_parquet(paths_of(files), storage_options=storage or None, glob=False)


def _legal(text: str) -> str:
    """Write bytes of a file name that are no UTF-8, which Python holds as lone surrogates, in a way Arrow takes."""
    return text.encode("utf-8", "backslashreplace").decode()


def _has(table: DeltaTable, batch: str) -> bool:
    return table.transaction_version(batch) is not None


def _unless_done(table: DeltaTable, rows: pa.Table, batch: str) -> pa.Table | None:
    return None if _has(table, batch) else rows


def _count_copies(stories: list[str], is_known: Callable[[str], bool]) -> int:
    seen: set[str] = set()
    copies = 0
    for story in stories:
        copies += story in seen or is_known(story)
        seen.add(story)
    return copies
