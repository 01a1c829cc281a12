from __future__ import annotations

import codecs
import gzip
from pathlib import Path

import pytest

from ingest.records import Failure, RawArticle
from tests.sources.reading import SENTENCE, only_article, only_failure, write


@pytest.mark.parametrize("name", ["a.txt", "a", "a.TEXT"])
def test_text_file_is_one_pasted_article(tmp_path: Path, name: str) -> None:
    path = write(tmp_path / name, SENTENCE)
    assert only_article(path) == RawArticle(text=SENTENCE, where=str(path), pasted=True)


@pytest.mark.parametrize(
    "data",
    [
        "Señor Núñez — “yes”".encode(),
        codecs.BOM_UTF8 + "Señor Núñez — “yes”".encode(),
        "Señor Núñez — “yes”".encode("utf-16"),
        "Señor Núñez — “yes”".encode("utf-16-be"),
        codecs.BOM_UTF32_LE + "Señor Núñez — “yes”".encode("utf-32-le"),
        "Señor Núñez — “yes”".encode("cp1252") + b" " * 30,
    ],
    ids=["utf-8", "utf-8-mark", "utf-16", "utf-16-be-no-mark", "utf-32", "windows-1252"],
)
def test_text_is_decoded_whatever_its_charset(tmp_path: Path, data: bytes) -> None:
    assert only_article(write(tmp_path / "a.txt", data)).text.strip() == "Señor Núñez — “yes”"


def test_cyrillic_charset_is_guessed(tmp_path: Path) -> None:
    text = "Министры обеих стран встретились в портовом городе и говорили о новой паромной линии."
    assert only_article(write(tmp_path / "a.txt", text.encode("cp1251"))).text == text


def test_one_broken_byte_does_not_change_the_charset(tmp_path: Path) -> None:
    found = only_article(write(tmp_path / "a.txt", "Zürich, Łódź, Kraków".encode() + b"\xff."))
    assert found.text == "Zürich, Łódź, Kraków�."


@pytest.mark.parametrize("data", [b"", b" \n\t", codecs.BOM_UTF8])
def test_empty_text_is_a_failure(tmp_path: Path, data: bytes) -> None:
    path = write(tmp_path / "a.txt", data)
    assert only_failure(path) == Failure(where=str(path), reason="the file is empty")


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", b"text\x00text", bytes(range(1, 9)) * 50])
def test_binary_is_told_from_text(tmp_path: Path, data: bytes) -> None:
    assert only_failure(write(tmp_path / "a.txt", data)).reason.startswith("looks binary, not text")


def test_too_long_text_is_refused(tmp_path: Path) -> None:
    assert "more than 5 MB" in only_failure(write(tmp_path / "a.txt", b"a " * 2_500_001)).reason


def test_packed_bomb_is_refused_without_unpacking_it(tmp_path: Path) -> None:
    assert "more than 5 MB" in only_failure(write(tmp_path / "a.txt.gz", gzip.compress(b"a" * 40_000_000))).reason
