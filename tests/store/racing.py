"""What other processes do to a store in the tests; started as `python -m tests.store.racing`."""

from __future__ import annotations

import sys

from ingest.pipeline import ingest
from ingest.records import Failure
from ingest.store import Store
from tests.invented import NOW, articles


def main(uri: str, first: int, after: int, chunk: int, dated: bool) -> None:
    """Ingest the articles of these numbers in many small runs; say `ready` when loaded, begin on a line of input.

    Counts up where `first` < `after`, else down.
    """
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    numbers = range(first, after, 1 if first < after else -1)
    new = known = 0
    store = Store(uri)
    for begin in range(0, len(numbers), chunk):
        failure = Failure(where=f"bad {begin}", reason="invented")
        report = ingest(
            [*articles(numbers[begin : begin + chunk], dated=dated), failure], store, now=NOW, scorer="vader"
        )
        new, known = new + report.new, known + report.known
    sys.stdout.write(f"{new} {known}\n")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]), sys.argv[5] == "dated")
