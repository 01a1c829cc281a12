"""Which articles and stories a store has: loaded once, then kept up with what others commit."""

from __future__ import annotations

import polars as pl
from deltalake import DeltaTable

from ingest.id_set import IdSet
from ingest.store.files import paths_of


class Known:
    """Ids of the articles table; 16 bytes an article."""

    def __init__(self) -> None:
        self.articles = IdSet()
        self.undated = IdSet()
        self.stories = IdSet()
        self._files: set[str] = set()

    def refresh(self, table: DeltaTable, storage: dict[str, str]) -> None:
        """Read the ids of files that were not there last time.

        Where files are gone (compacted, or articles taken out by another process), read everything again.
        """
        files = set(table.file_uris())
        if self._files - files:
            self._forget()
        if new := files - self._files:
            rows = (
                pl.scan_parquet(paths_of(new), storage_options=storage or None, glob=False)
                .select("article_id", "story_id", pl.col("published").is_null().alias("undated"))
                .collect()
            )
            self.articles.update(rows["article_id"])
            self.stories.update(rows["story_id"])
            self.undated.update(rows.filter("undated")["article_id"])
        self._files = files

    def _forget(self) -> None:
        self.articles, self.undated, self.stories = IdSet(), IdSet(), IdSet()
        self._files = set()
