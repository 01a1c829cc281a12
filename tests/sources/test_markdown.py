from __future__ import annotations

from pathlib import Path

from ingest.records import RawArticle
from tests.sources.reading import SENTENCE, only_article, only_failure, write


def test_front_matter_names_what_it_names(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.md",
        "---\r\ntitle: 'Ferry line: it returns'\r\ndate: 2018-11-05\r\n"
        "authors:\r\n  - Ann Lee\r\n  - Bo Chen\r\n"
        "source: The Norland Post\r\nurl: https://norlandpost.example/ferry\r\nlanguage: English\r\n---\r\n"
        f"# Ferry line returns\r\n\r\n{SENTENCE}\r\n",
    )
    assert only_article(path) == RawArticle(
        text=SENTENCE,
        where=str(path),
        title="Ferry line: it returns",
        url="https://norlandpost.example/ferry",
        published="2018-11-05",
        outlet="The Norland Post",
        language="en",
        authors=("Ann Lee", "Bo Chen"),
    )


def test_markup_becomes_plain_text(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.md",
        "---\nauthor: [Ann Lee, Bo Chen]\n---\n# Ferry *line* returns\n\n"
        "The **new** [ferry](https://x.example)\n"
        "is `fast`.\n\n## Costs\n\n- one half\n- the other half\n\n"
        "> A quarrel ended.\n\n<div>And <b>so</b> on.</div>\n",
    )
    found = only_article(path)
    assert found.title == "Ferry line returns"
    assert found.authors == ("Ann Lee", "Bo Chen")
    assert found.text.split("\n\n") == [
        "The new ferry is fast.",
        "Costs",
        "one half",
        "the other half",
        "A quarrel ended.",
        "And so on.",
    ]


def test_without_front_matter_it_is_like_pasted_text(tmp_path: Path) -> None:
    found = only_article(write(tmp_path / "a.markdown", f"# Ferry line returns\n\nBy Ann Lee\n\n{SENTENCE}"))
    assert (found.title, found.pasted) == ("Ferry line returns", True)
    assert found.text == f"Ferry line returns\n\nBy Ann Lee\n\n{SENTENCE}"


def test_front_matter_that_never_ends_is_text(tmp_path: Path) -> None:
    assert SENTENCE in only_article(write(tmp_path / "a.md", f"---\ntitle: x\n\n{SENTENCE}")).text


def test_markdown_without_words_is_a_failure(tmp_path: Path) -> None:
    assert only_failure(write(tmp_path / "a.md", "---\n---\n***\n")).reason == "no text: text and title are empty"
