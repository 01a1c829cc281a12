from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree

import orjson
import pytest
from typer.testing import CliRunner

from ingest.cli import app
from ingest.errors import DetenteError, SourceError
from ingest.evaluate.labelled import NOT_FOUND, judge_all, read_labelled
from ingest.records import Candidate, Judgement, Label

HEAD = "id\tsource\tdate\ta\tb\tlabel\tdirection\tsentence\n"
ROWS = (
    "1\tnews\t2017-01-02\tKEN\tNOR\t1\tab\tKenya thanked Norway.\n"
    '2\tnews\t2017/1/2\tNOR\tKEN\t-1\tba\t"Kenya called Norway ""an enemy""."\n'
    "3\titems\t\tCHL\tKEN\t0\tnone\tNobody is named here.\n"
)


class Warm:
    """Finds everything warm."""

    name = "warm"
    reads_lists = False
    weighs_evidence = False
    version = "1"

    def judge(self, candidates: Sequence[Candidate]) -> list[Judgement]:
        return [Judgement(cooperative=0.8, neutral=0.2, hostile=0.0, direction="ab", words=()) for _ in candidates]

    def label(self, cooperative: float, neutral: float, hostile: float) -> Label:
        return "cooperative" if cooperative > max(neutral, hostile) else "neutral"


@pytest.fixture
def labelled(tmp_path: Path) -> Path:
    path = tmp_path / "labelled.tsv"
    path.write_text(HEAD + ROWS, encoding="utf-8")
    return path


def test_tsv_is_read_with_its_quotes(labelled: Path) -> None:
    rows = read_labelled(labelled)
    assert [(row.row_id, row.a, row.b, row.label) for row in rows] == [
        ("1", "KEN", "NOR", 1),
        ("2", "NOR", "KEN", -1),
        ("3", "CHL", "KEN", 0),
    ]
    assert rows[1].sentence == 'Kenya called Norway "an enemy".'


def test_jsonl_is_read_like_tsv(labelled: Path, tmp_path: Path) -> None:
    path = tmp_path / "labelled.jsonl"
    rows = [{"id": "1", "sentence": "Kenya thanked Norway.", "a": "ken", "b": "nor", "label": "cooperative"}]
    path.write_bytes(b"\n".join(orjson.dumps(row) for row in rows))
    (row,) = read_labelled(path)
    assert (row.a, row.b, row.label, row.sentence) == ("KEN", "NOR", 1, read_labelled(labelled)[0].sentence)


def test_a_pair_is_judged_in_the_order_of_the_row_and_one_not_found_is_neutral(labelled: Path) -> None:
    guesses = judge_all(read_labelled(labelled), Warm())
    assert [(one.label, one.direction, one.found) for one in guesses] == [
        (1, "ab", True),
        (1, "ba", True),
        (0, "none", False),
    ]
    assert guesses[2] == NOT_FOUND


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (HEAD, "holds no labelled sentence"),
        (HEAD + "1\t\t\tKEN\tNOR\t7\t\tText.\n", "found label '7'"),
        (HEAD + "1\t\t\tKEN\t\t1\t\tText.\n", "b ''"),
    ],
)
def test_what_is_wrong_with_a_file_is_told(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "wrong.tsv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SourceError, match=told):
        read_labelled(path)


def test_the_command_prints_a_table_json_and_markdown(labelled: Path) -> None:
    words = ["evaluate", str(labelled), "--scorer", "detente-fast", "--scorer", "vader"]
    table = CliRunner().invoke(app, words)
    assert table.exit_code == 0
    assert "macro-F1 of detente-fast − vader" in table.output
    told = json.loads(CliRunner().invoke(app, [*words, "--json"]).stdout)
    assert [one["scorer"] for one in told["scorers"]] == ["detente-fast", "vader"]
    assert told["scorers"][0]["whole"]["rows"] == 3
    page = CliRunner().invoke(app, [*words, "--markdown"]).stdout
    assert page.startswith("| scorer | rows |")
    assert "Kenya" not in page


def test_the_page_has_a_reliability_plot_and_errors_only_if_wanted(tmp_path: Path) -> None:
    page, wrong = tmp_path / "page.md", tmp_path / "wrong.tsv"
    wrong.write_text(f"{HEAD}1\tnews\t2017-01-02\tKEN\tNOR\t-1\tab\tKenya thanked Norway.\n", encoding="utf-8")
    words = ["evaluate", str(wrong), "--scorer", "vader", "--scorer", "detente-fast", "--page", str(page)]
    assert CliRunner().invoke(app, [*words, "--worst", "0"]).exit_code == 0
    assert "Kenya" not in page.read_text(encoding="utf-8")
    assert "(page.svg)" in page.read_text(encoding="utf-8")
    picture = ElementTree.parse(page.with_suffix(".svg")).getroot()  # noqa: S314 - our own
    assert "vader: calibration error" in picture.attrib["aria-label"]
    assert len(picture.findall("{http://www.w3.org/2000/svg}rect")) == 2
    assert CliRunner().invoke(app, words).exit_code == 0
    assert "Kenya" in page.read_text(encoding="utf-8")


def test_the_page_makes_its_folder_or_says_why_not(labelled: Path, tmp_path: Path) -> None:
    words = ["evaluate", str(labelled), "--scorer", "vader", "--worst", "0", "--page"]
    page = tmp_path / "new" / "folder" / "page.md"
    assert CliRunner().invoke(app, [*words, str(page)]).exit_code == 0
    assert page.is_file()
    refused = CliRunner().invoke(app, [*words, str(labelled / "page.md")])
    assert isinstance(refused.exception, DetenteError)
    assert "cannot write" in str(refused.exception)
