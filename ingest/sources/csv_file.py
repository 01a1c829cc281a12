"""Articles as rows of CSV or TSV with a header line; one row is held at a time."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from ingest.records import Failure
from ingest.sources.columns import Columns, no_article_columns, plan
from ingest.sources.found import MAX_LINE_BYTES, Found, megabytes
from ingest.sources.shapes import gkg_without_text
from ingest.sources.streams import lines
from ingest.text.decoding import decode_line

_DELIMITERS = ",;\t|"


def read_csv(stream: io.BufferedReader, where: str) -> Iterator[Found]:
    """Yield one article or failure per row; a table without a column of text is one failure."""
    source = _Lines(stream)
    header_line = next((line for line in source if line.strip()), None)
    if header_line is None:
        yield Failure(where=where, reason="the file is empty" if not source.skipped else source.skipped[0].reason)
        return
    # The limit belongs to the process; the standard one, 128 KB, is less than a long article.
    csv.field_size_limit(max(csv.field_size_limit(), MAX_LINE_BYTES))
    delimiter = _delimiter(header_line)
    try:
        header = next(csv.reader([header_line], delimiter=delimiter))
    except (csv.Error, StopIteration):
        yield Failure(where=f"{where}:1", reason="the header line is not CSV; expected column names")
        return
    if reason := gkg_without_text(header_line) or no_article_columns(header):
        yield Failure(where=where, reason=reason)
        return
    yield from _rows(source, header, delimiter, where)


def _rows(source: _Lines, header: list[str], delimiter: str, where: str) -> Iterator[Found]:
    columns = Columns()
    reader = csv.reader(source, delimiter=delimiter)
    while True:
        begins = source.number + 1
        source.quotes = 0
        try:
            row = next(reader, None)
        except csv.Error as error:
            yield Failure(where=f"{where}:{begins}", reason=f"not valid CSV: {error}")
            continue
        for skipped in source.drain():
            yield Failure(where=f"{where}:{skipped.where}", reason=skipped.reason)
        if row is None:
            return
        if not row or (len(row) == 1 and len(header) > 1 and not row[0].strip()):
            continue  # a blank line
        place = f"{where}:{begins}"
        if source.number > begins and source.quotes % 2:
            swallowed = source.number - begins + 1
            reason = f"a quotation mark is opened here and never closed; it swallowed {swallowed} lines"
            yield Failure(where=place, reason=reason)
            continue
        if any(cell.strip() for cell in row[len(header) :]):
            reason = f"{len(row)} fields, the header has {len(header)}; quote fields that hold {delimiter!r}"
            yield Failure(where=place, reason=reason)
            continue
        yield columns.article(dict(zip(header, row, strict=False)), place)


def _delimiter(header: str) -> str:
    """Choose the delimiter that makes the most known columns of the header, then the most columns."""

    def gain(delimiter: str) -> tuple[int, int]:
        names = header.replace('"', "").strip().split(delimiter)
        return sum(map(bool, plan(names).values())), len(names)

    return max(_DELIMITERS, key=gain)


class _Lines:
    """The decoded lines of a stream, and what had to be skipped among them."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._lines = lines(stream)
        self.number = 0
        """Of the line last given."""
        self.quotes = 0
        """Quotation marks in the lines given since it was set to 0."""
        self.skipped: list[Failure] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        for number, line in self._lines:
            self.number = number
            if line is not None:
                self.quotes += line.count(b'"')
                return decode_line(line).replace("\x00", "")
            reason = f"a line of more than {megabytes(MAX_LINE_BYTES)}; skipped"
            self.skipped.append(Failure(where=str(self.number), reason=reason))
        raise StopIteration

    def drain(self) -> list[Failure]:
        """Take what was skipped since the last time."""
        skipped, self.skipped = self.skipped, []
        return skipped
