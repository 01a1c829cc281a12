"""`detente score` as other programs call it, and for people."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.running import detente, detente_process

_PRAISE = "Russia praised Pakistan for the lighthouse of the two harbours."


def _scored(*lines: str | bytes) -> list[dict[str, Any]]:
    stdin = b"".join((one.encode() if isinstance(one, str) else one) + b"\n" for one in lines)
    ran = detente("score", "--jsonl", stdin=stdin)
    assert (ran.returncode, ran.stderr) == (0, b"")
    return [json.loads(one) for one in ran.stdout.splitlines()]


def test_one_object_for_each_line_in_the_documented_shape() -> None:
    text = f"Quiet day. {_PRAISE} China condemned India."
    (found,) = _scored(
        json.dumps({"id": "x1", "text": text, "title": "T", "published": "2017-09-26", "outlet": "Post"})
    )
    assert list(found) == ["id", "language", "unscored", "pairs"]
    assert (found["id"], found["language"], found["unscored"]) == ("x1", "en", None)
    assert {(pair["a"], pair["b"]) for pair in found["pairs"]} == {("PAK", "RUS"), ("CHN", "IND")}
    for pair in found["pairs"]:
        assert list(pair) == ["a", "b", "tone", "label", "p", "direction", "evidence"]
        assert list(pair["p"]) == ["cooperative", "neutral", "hostile"]
        assert sum(pair["p"].values()) == pytest.approx(1)
        assert pair["tone"] == pytest.approx(pair["p"]["cooperative"] - pair["p"]["hostile"])
        assert pair["label"] in {"cooperative", "neutral", "hostile"}
        assert pair["direction"] in {"ab", "ba", "both", "none"}
        for piece in pair["evidence"]:
            assert list(piece) == ["sentence", "start", "end", "tone", "direction", "words"]
            assert text[piece["start"] : piece["end"]] == piece["sentence"]
            assert all(word in piece["sentence"] and -1 <= weight <= 1 for word, weight in piece["words"])
    praise = next(pair for pair in found["pairs"] if pair["a"] == "PAK")
    assert (praise["label"], [piece["sentence"] for piece in praise["evidence"]]) == ("cooperative", [_PRAISE])


@pytest.mark.parametrize("given", ["text", "", 7, -1.5, True, False, ["a", 1], {"k": None}, "é\n\u2028", 2**63])
def test_an_id_of_any_type_comes_back(given: object) -> None:
    assert [one["id"] for one in _scored(json.dumps({"id": given, "text": _PRAISE}))] == [given]


@pytest.mark.parametrize(
    "line",
    [
        b'\xef\xbb\xbf{"id": "x", "text": "Russia praised Pakistan."}',
        b'{"id": "x", "text": "Russia praised Pakistan.", "score": NaN}',
        b'{"id": "x", "text": "Russia praised Pakistan. \\ud800"}',
        b'{"id": "x", "text": "Russia praised Pakistan in a caf\xe9."}',
    ],
    ids=["byte order mark", "NaN", "lone surrogate", "latin-1"],
)
def test_a_line_that_is_almost_json_keeps_its_id(line: bytes) -> None:
    (found,) = _scored(line)
    assert (found["id"], found["unscored"], len(found["pairs"])) == ("x", None, 1)


def test_without_an_id_there_is_one_made_of_the_article() -> None:
    one, other, again = _scored(*(json.dumps({"text": text}) for text in (_PRAISE, "Another text.", _PRAISE)))
    assert one["id"] == again["id"] != other["id"]
    assert len(one["id"]) == 16


def test_bad_lines_have_a_reason_and_no_pairs_and_blank_ones_are_passed_over() -> None:
    found = _scored(
        json.dumps({"id": 1, "text": _PRAISE}),
        "",
        "   ",
        "{bad",
        "[1, 2]",
        "null",
        json.dumps({"id": 2}),
        json.dumps({"id": 3, "text": "  "}),
        json.dumps({"id": 4, "text": "Москва и Пекин подписали новый договор о дружбе."}),
        json.dumps({"id": 5, "text": "?!"}),
        json.dumps({"id": "\ud800", "text": _PRAISE}),
        json.dumps({"id": 6, "text": "Nothing of the kind happened in the town."}),
    )
    assert [one["id"] for one in found] == [1, None, None, None, 2, 3, 4, 5, "\ud800", 6]
    assert [bool(one["unscored"]) for one in found] == [False, *[True] * 7, False, False]
    assert [len(one["pairs"]) for one in found] == [1, *[0] * 7, 1, 0]
    assert all(one["language"] is None for one in found[1:6])
    assert (found[6]["language"], found[6]["unscored"]) == ("ru", "language ru")


def test_lines_come_back_in_order_across_batches() -> None:
    lines = [json.dumps({"id": number, "text": _PRAISE if number % 3 else ""}) for number in range(600)]
    assert [one["id"] for one in _scored(*lines)] == list(range(600))


def test_nothing_in_gives_nothing_out() -> None:
    assert _scored() == []


def test_jsonl_reads_a_file_too(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text(json.dumps({"id": 1, "text": _PRAISE}))
    ran = detente("score", "--jsonl", tmp_path / "in.jsonl")
    assert json.loads(ran.stdout)["id"] == 1
    ran = detente("score", "--jsonl", tmp_path / "missing.jsonl")
    assert (ran.returncode, ran.stdout) == (2, b"")
    assert b"no such file" in ran.stderr


def test_people_get_a_table_with_the_sentences_and_words() -> None:
    ran = detente("score", stdin=f"A headline\n\n{_PRAISE}\nChina condemned India.".encode())
    out = ran.stdout.decode()
    assert ran.returncode == 0
    for expected in (
        "Pakistan – Russia",
        "China – India",
        "cooperative",
        "hostile",
        _PRAISE,
        "praised +0.",
        "condemned −0.",
    ):
        assert expected in out


def test_people_are_told_when_nothing_can_be_said() -> None:
    assert "No two countries are related here." in detente("score", stdin=b"The cat of the town slept.").stdout.decode()
    ran = detente("score", stdin=b"")
    assert (ran.returncode, ran.stdout) == (1, b"")
    assert ran.stderr == b"failed: standard input: the file is empty\n"


def test_an_unknown_scorer_is_wrong_use() -> None:
    ran = detente("score", "--scorer", "nobody")
    assert (ran.returncode, ran.stdout) == (2, b"")
    assert ran.stderr.startswith(b"detente: no scorer is called 'nobody'; there is: ")


@pytest.mark.parametrize("words", [["score", "--jsonl"], ["score"]])
def test_a_process_of_its_own_says_the_same(words: list[str]) -> None:
    stdin = json.dumps({"id": "é", "text": _PRAISE}).encode()
    assert detente_process(*words, stdin=stdin) == detente(*words, stdin=stdin)
