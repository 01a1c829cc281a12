"""Articles to measure on: real news where it lies beside the project, the sample elsewhere."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parents[2]
NEWS = HERE.parent / "shared" / "corpora" / "news_articles.jsonl.gz"


def articles() -> tuple[str, list[dict[str, Any]]]:
    """Return what the articles are, and the articles: rows of JSONL with text."""
    if NEWS.is_file():
        with gzip.open(NEWS, "rt", encoding="utf-8") as lines:
            found = [json.loads(line) for line in lines]
        return "full news articles of 9 outlets", [row for row in found if row["text"].strip()]
    rows = [
        json.loads(line)
        for path in sorted((HERE / "data" / "sample").glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    return "SAMPLE articles, short ones (no ../shared/corpora here): figures are not comparable", rows


def write_copies(rows: list[dict[str, Any]], times: int, path: Path) -> int:
    """Write each article `times` times as different articles of different words; return how many."""
    with path.open("w", encoding="utf-8") as out:
        for edition in range(times):
            for row in rows:
                url = f"{row.get('url') or 'https://sample.example/' + str(row['id'])}?edition={edition}"
                one = row | {"id": f"{row['id']}-{edition}", "url": url, "text": f"{row['text']}\nEdition {edition}."}
                out.write(json.dumps(one, ensure_ascii=False) + "\n")
    return len(rows) * times


def changed(most: int) -> Iterator[str]:
    """Yield so many texts, one after the other: the articles again and again, each time with other words.

    A sentence of each is new, and names a number, so that no memory of repeated texts or words helps.
    """
    _, rows = articles()
    numbers = count()
    while True:
        for row in rows:
            number = next(numbers)
            if number >= most:
                return
            text = str(row["text"])
            cut = text.find(". ", len(text) // 2) + 2 or len(text)
            yield f"{text[:cut]} Edition{number} says that France thanked Kenya for aid{number}. {text[cut:]}"
