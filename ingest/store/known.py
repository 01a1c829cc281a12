"""Which articles and stories a store has: loaded once, then kept up with what others commit."""

from __future__ import annotations

import polars as pl
from deltalake import DeltaTable

from ingest.id_set import IdSet


class Known:
    """Ids of the articles table; 16 bytes an article."""

    def __init__(self) -> None:
        self.articles = IdSet()
        self.undated = IdSet()
        self.stories = IdSet()
        self._files: set[str] = set()

    def refresh(self, table: DeltaTable, storage: dict[str, str]) -> None:
        """Read the ids of files that were not there last time."""
        files = set(table.file_uris())
        if new := sorted(files - self._files):
            rows = (
                pl.scan_parquet(new, storage_options=storage or None)
                .select("article_id", "story_id", pl.col("published").is_null().alias("undated"))
                .collect()
            )
            self.articles.update(rows["article_id"])
            self.stories.update(rows["story_id"])
            self.undated.update(rows.filter("undated")["article_id"])
        self._files = files
