"""The articles of `data/sample/`, as records."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import cache
from typing import TypedDict

from ingest.data_files import data_dir
from ingest.records import Article


class SampleRow(TypedDict):
    """One line of a sample file."""

    id: str
    outlet: str
    title: str
    published: str
    authors: list[str]
    text: str


@cache
def sample_rows() -> tuple[SampleRow, ...]:
    """Return every line of every file, in the order of file names."""
    lines = [
        line
        for path in sorted((data_dir() / "sample").glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    return tuple(json.loads(line) for line in lines)


@cache
def sample_articles() -> tuple[Article, ...]:
    """Return the articles, with the sample's own id."""
    return tuple(
        Article(
            article_id=row["id"],
            text=row["text"],
            title=row["title"],
            outlet=row["outlet"],
            published=datetime.fromisoformat(row["published"]).replace(tzinfo=UTC),
            language="en",
        )
        for row in sample_rows()
    )
