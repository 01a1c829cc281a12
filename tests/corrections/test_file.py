"""The patch file: two processes, a kill in the middle, lines that are none."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from ingest.corrections.entry import write_line
from ingest.corrections.file import MOST_BYTES, CorrectionsFile, corrections_file
from ingest.errors import CorrectionError
from tests.corrections.making import NOW, split, withdraw
from tests.running import until

WRITER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from ingest.corrections.entry import Entry
from ingest.corrections.file import CorrectionsFile
file, who = CorrectionsFile(path=Path(sys.argv[1])), sys.argv[2]
for number in range(int(sys.argv[3])):
    now = datetime.now(UTC)
    reason = f"{number} " + "because " * 100
    file.add(Entry(at=now, by=who, kind="split", article=f"{number:016x}", reason=reason), now)
"""


def writer(path: Path, who: str, times: int) -> subprocess.Popen[bytes]:
    root = str(Path(__file__).parents[2])
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path), who, str(times)], env=os.environ | {"PYTHONPATH": root}
    )


def test_two_processes_add_to_one_file_and_nothing_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "store" / "corrections.jsonl"
    running = [writer(path, who, 60) for who in ("one", "other")]
    assert [process.wait(60) for process in running] == [0, 0]
    told = CorrectionsFile(path=path).read()
    assert told.problems == ()
    assert [sorted(int(str(one.article), 16) for one in told.entries if one.by == who) for who in ("one", "other")] == [
        list(range(60)), list(range(60)),
    ]  # fmt: skip
    assert [one.at for one in told.entries] == sorted(one.at for one in told.entries)


def test_killed_in_the_middle_every_entry_is_whole_or_told(tmp_path: Path) -> None:
    path = tmp_path / "corrections.jsonl"
    for round_ in range(3):
        process = writer(path, f"round {round_}", 100_000)
        size = path.stat().st_size if path.exists() else 0
        until(lambda size=size: path.exists() and path.stat().st_size > size + 20_000)  # type: ignore[misc]
        process.send_signal(signal.SIGKILL)
        process.wait(10)
    told = CorrectionsFile(path=path).read()
    assert len(told.problems) <= 3
    assert {one.by for one in told.entries} == {"round 0", "round 1", "round 2"}
    after = CorrectionsFile(path=path).add(split("a" * 16), NOW)
    assert CorrectionsFile(path=path).read().entries[-1] == after


def test_a_torn_last_line_is_told_and_the_next_entry_begins_a_new_one(tmp_path: Path) -> None:
    path = tmp_path / "corrections.jsonl"
    first, second = split("a" * 16), split("b" * 16)
    path.write_text(write_line(first) + write_line(second)[:60])
    file = CorrectionsFile(path=path)
    told = file.read()
    assert told.entries == (first,)
    assert len(told.problems) == 1
    assert "line 2 (the last line: not finished), is not applied" in told.problems[0]
    added = file.add(split("c" * 16), NOW)
    again = file.read()
    assert again.entries == (first, added)
    assert "line 2, is not applied" in again.problems[0]


def test_what_is_no_entry_is_told_and_the_rest_counts(tmp_path: Path) -> None:
    path = tmp_path / "corrections.jsonl"
    good = split("a" * 16)
    path.write_bytes(b"\xff\xfe\n\n" + write_line(good).encode() + b"x" * 70_000 + b"\n" + write_line(good).encode())
    told = CorrectionsFile(path=path).read()
    assert told.entries == (good,)
    assert [one.rpartition(": ")[2] for one in told.problems] == [
        "it is no UTF-8", "the line is too long for an entry",
    ]  # fmt: skip


def test_each_entry_is_later_than_all_before_whatever_the_clock_says(tmp_path: Path) -> None:
    file = CorrectionsFile(path=tmp_path / "corrections.jsonl")
    one = file.add(split("a" * 16), NOW)
    other = file.add(withdraw(one), NOW - timedelta(days=3))
    assert other.at > one.at
    assert file.read().in_force.entries == ()


def test_entries_made_together_are_all_added_or_none(tmp_path: Path) -> None:
    file = CorrectionsFile(path=tmp_path / "corrections.jsonl")
    added = file.add_together([split("a" * 16), split("b" * 16)], NOW)
    assert file.read().entries == tuple(added)
    assert added[0].at < added[1].at
    with pytest.raises(CorrectionError, match="no entry has the id"):
        file.add_together([split("c" * 16), withdraw(split("d" * 16))], NOW)
    assert file.read().entries == tuple(added)


def test_only_what_is_there_is_withdrawn(tmp_path: Path) -> None:
    file = CorrectionsFile(path=tmp_path / "corrections.jsonl")
    with pytest.raises(CorrectionError, match="no entry has the id"):
        file.add(withdraw(split("a" * 16)), NOW)
    assert file.read().entries == ()


def test_entries_of_another_file_come_once(tmp_path: Path) -> None:
    mine, theirs = (CorrectionsFile(path=tmp_path / name) for name in ("mine.jsonl", "theirs.jsonl"))
    entries = [theirs.add(split(f"{number:016x}"), NOW) for number in range(3)]
    assert mine.add_all(entries[:2]) == entries[:2]
    assert mine.add_all([*entries, entries[2]]) == entries[2:]
    assert mine.read() == theirs.read()


def test_the_version_changes_with_every_entry_and_is_empty_without_a_file(tmp_path: Path) -> None:
    file = CorrectionsFile(path=tmp_path / "none" / "corrections.jsonl")
    assert file.version() == ""
    versions = [file.add(split(f"{number:016x}"), NOW) and file.version() for number in range(3)]
    assert len({"", *versions}) == 4


def test_a_store_elsewhere_needs_a_named_file(tmp_path: Path) -> None:
    nowhere = corrections_file(None, "s3://news/store")
    assert (nowhere.read().entries, nowhere.version()) == ((), "")
    with pytest.raises(CorrectionError, match="DETENTE_CORRECTIONS"):
        nowhere.add(split("a" * 16), NOW)
    named = corrections_file(str(tmp_path / "ours.jsonl"), "s3://news/store")
    assert named.add(split("a" * 16), NOW) in named.read().entries
    assert corrections_file(None, str(tmp_path)).path == tmp_path / "corrections.jsonl"


def test_what_cannot_be_read_or_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(CorrectionError, match="cannot be read"):
        CorrectionsFile(path=tmp_path).read()
    (tmp_path / "file").touch()
    with pytest.raises(CorrectionError, match="cannot be written"):
        CorrectionsFile(path=tmp_path / "file" / "corrections.jsonl").add(split("a" * 16), NOW)
    large = tmp_path / "large.jsonl"
    with large.open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    with pytest.raises(CorrectionError, match="more than 64 MB"):
        CorrectionsFile(path=large).read()
