"""Pages on which an analyst corrects: what they offer, what they write, what they then show."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard import cache
from dashboard.cache import snapshot
from ingest.corrections.file import CorrectionsFile
from ingest.store import Store, queries
from tests.dashboard.conftest import PRAISE, raw
from tests.dashboard.test_views import address, html, open_page
from tests.quick import ingest

PAIR = ("PAK", "RUS")


@pytest.fixture
def patches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CorrectionsFile:
    """Give the test a patch file of its own."""
    st.cache_data.clear()
    monkeypatch.setenv("DETENTE_CORRECTIONS", str(tmp_path / "corrections.jsonl"))
    return CorrectionsFile(path=tmp_path / "corrections.jsonl")


def one_piece(store: Path) -> tuple[str, int]:
    rows = queries.evidence(Store(str(store)), PAIR).sort("published", "start", nulls_last=True).collect()
    return str(rows["article_id"][0]), int(rows["start"][0])


def token(store: Path) -> str:
    return cache.patches(snapshot(str(store))).version()


def open_popover(app: AppTest, key: str) -> None:
    app.session_state[key] = True
    app.run()
    assert not app.exception, app.exception


def fill(app: AppTest, button: str, *, why: str | None, name: str | None) -> None:
    for field in app.text_input:
        if field.label == "Why" and why is not None:
            field.input(why)
        if field.label == "Your name" and name is not None:
            field.input(name)
    next(one for one in app.button if one.label == button).click().run()
    assert not app.exception, app.exception


def article_page(monkeypatch: pytest.MonkeyPatch, store: Path) -> tuple[AppTest, str]:
    article_id, start = one_piece(store)
    app = open_page(monkeypatch, store, "views/article.py", id=article_id)
    open_popover(app, f"correct article PAKRUS {article_id} {start} {token(store)}")
    return app, article_id


def test_stored_article_is_shown_with_vader_beside(monkeypatch: pytest.MonkeyPatch, store: Path) -> None:
    article_id, _ = one_piece(store)
    said = html(open_page(monkeypatch, store, "views/article.py", id=article_id))
    assert "Pakistan–Russia" in said
    assert "Headline 1-1" in said
    assert "VADER alone would have said +0.8" in said
    assert said.count("VADER alone: +") == 1
    assert "label cooperative" in said


@pytest.mark.parametrize("asked", ["0" * 16, "../x", "<b>"])
def test_unknown_articles_are_said(monkeypatch: pytest.MonkeyPatch, store: Path, asked: str) -> None:
    said = html(open_page(monkeypatch, store, "views/article.py", id=asked))
    assert ("There is no article with this id" in said) == (asked == "0" * 16)
    assert ("is not the id of an article" in said) == (asked != "0" * 16)
    assert "<b>" not in said


def test_tone_is_corrected_shown_and_withdrawn(
    monkeypatch: pytest.MonkeyPatch, store: Path, patches: CorrectionsFile
) -> None:
    app, article_id = article_page(monkeypatch, store)
    app.select_slider[0].set_value(-0.6)
    fill(app, "Save the correction", why="it was <b>irony</b>", name="N. Name")
    (entry,) = patches.read().entries
    assert (entry.kind, entry.value, entry.by, entry.reason) == ("tone", -0.6, "N. Name", "it was <b>irony</b>")
    said = html(app)
    assert re.search(r'<s class="dt-was"><span class="dt-chip">.*?close</span></s> <span class="dt-chip">', said)
    assert "Corrected by N. Name, " in said
    assert "UTC: it was &lt;b&gt;irony&lt;/b&gt;" in said
    assert app.session_state["analyst"] == "N. Name"
    pair = open_page(monkeypatch, store, a="PAK", b="RUS")
    assert "1 correction by analysts in this pair" in [one.label for one in pair.expander]
    open_popover(app, "in force article")
    open_popover(app, f"withdraw article {entry.id} {token(store)}")
    (name,) = [one for one in app.text_input if one.label == "Your name"]
    assert name.value == "N. Name"
    fill(app, "Withdraw it", why="no irony", name=None)
    assert patches.read().in_force.entries == ()
    assert "Corrected by" not in html(app)
    assert queries.readings(Store(str(store)), PAIR).collect().filter(article_id=article_id)["tone"].item() > 0.5


def test_a_struck_country_stays_readable_and_counts_nowhere(
    monkeypatch: pytest.MonkeyPatch, store: Path, patches: CorrectionsFile
) -> None:
    app, article_id = article_page(monkeypatch, store)
    (what,) = [one for one in app.button_group if one.label == "What is wrong?"]
    what.set_value("A country").run()
    app.radio[0].set_value("RUS")
    fill(app, "Save the correction", why="the Russia of a novel", name="N. Name")
    (entry,) = patches.read().entries
    assert (entry.kind, entry.value, entry.sentence is not None) == ("strike", "RUS", True)
    said = html(app)
    assert "All its sentences are struck by hand: no reading" in said
    assert "dt-struck" in said
    assert "RUS struck by N. Name" in said
    assert article_id not in queries.readings(Store(str(store)), PAIR).collect()["article_id"].to_list()


def test_a_correction_without_reason_or_name_is_not_saved(
    monkeypatch: pytest.MonkeyPatch, store: Path, patches: CorrectionsFile
) -> None:
    app, _ = article_page(monkeypatch, store)
    fill(app, "Save the correction", why="", name=None)
    assert "Please say why and your name." in html(app)
    assert patches.read().entries == ()


def test_a_patch_file_that_cannot_be_read_is_said(monkeypatch: pytest.MonkeyPatch, store: Path, tmp_path: Path) -> None:
    monkeypatch.setenv("DETENTE_CORRECTIONS", str(tmp_path))
    for page in ("app.py", "views/stories.py", "views/article.py"):
        app = open_page(monkeypatch, store, page, **({"id": "0" * 16} if "article" in page else {}))
        assert "the corrections cannot be read" in html(app)


def test_a_note_is_added_drawn_and_listed(
    monkeypatch: pytest.MonkeyPatch, store: Path, patches: CorrectionsFile
) -> None:
    app = open_page(monkeypatch, store, a="RUS", b="PAK", by="month", at="2017-06")
    open_popover(app, f"notes {PAIR} {token(store)}")
    next(one for one in app.text_input if one.label.startswith("Note")).input("a bridge opens")
    fill(app, "Add the note", why=None, name="N. Name")
    (note,) = patches.read().entries
    assert (note.pair, str(note.day), note.value) == ("PAK-RUS", "2017-06-01", "a bridge opens")
    assert any("a bridge opens" in one.proto.spec for one in app.get("plotly_chart"))
    open_popover(app, f"notes {PAIR} {token(store)}")
    assert "1 Jun 2017: a bridge opens. Noted by N. Name" in html(app)


@pytest.fixture
def told_twice(tmp_path: Path) -> Path:
    """Hold one story of two outlets and one of another day."""
    place = tmp_path / "twice"
    text = PRAISE.format(day="one") + " The lighthouse of the two harbours was lit by both ministers in the evening."
    ingest(
        [
            raw(text, "2017-03-01T08:00:00Z", "First Paper", "Lighthouse lit", "https://first.example/1"),
            raw(text, "2017-03-01T11:30:00Z", "Second Paper", "Both lit a lighthouse", "https://second.example/1"),
            raw(PRAISE.format(day="nine"), "2017-03-09", "Third Paper", "Day nine", "https://third.example/1"),
        ],
        Store(str(place)),
    )
    return place


def test_stories_are_listed_searched_and_opened(monkeypatch: pytest.MonkeyPatch, told_twice: Path) -> None:
    app = open_page(monkeypatch, told_twice, "views/stories.py")
    titles = [one.label for one in app.button if str(one.key).startswith("open_")]
    assert titles == ["Lighthouse lit", "Day nine"]
    assert "2 articles, 2 outlets, first First Paper, 1 Mar 2017, 08:00 UTC" in html(app)
    app.text_input(key="story_words").input("LIGHTHOUSE lit").run()
    assert [one.label for one in app.button if str(one.key).startswith("open_")] == ["Lighthouse lit"]
    assert address(app) == {"q": "LIGHTHOUSE lit"}
    next(one for one in app.button if one.label == "Lighthouse lit").click().run()
    said = html(app)
    assert set(address(app)) == {"q", "story"}
    assert ["First Paper</b>" in said, "3 h later" in said, "Pakistan–Russia" in said] == [True] * 3
    app.button(key="all_stories").click().run()
    assert address(app) == {"q": "LIGHTHOUSE lit"}
    app.text_input(key="story_words").input("no such words").run()
    assert "No story is like that" in html(app)


def test_the_address_holds_the_stories(monkeypatch: pytest.MonkeyPatch, told_twice: Path) -> None:
    given = {"a": "RUS", "b": "PAK", "from": "2017-03-05", "to": "2017-03-31", "q": "nine"}
    app = open_page(monkeypatch, told_twice, "views/stories.py", **given)
    assert [one.label for one in app.button if str(one.key).startswith("open_")] == ["Day nine"]
    assert address(app) == given
    other = open_page(monkeypatch, told_twice, "views/stories.py", a="FRA", b="DEU", story="<b>")
    assert "No story is like that" in html(other)
    assert "story=&lt;b&gt; is not the id of a story" in html(other)
    gone = open_page(monkeypatch, told_twice, "views/stories.py", story="f" * 16)
    assert "There is no story with this id" in html(gone)


def test_stories_are_split_and_merged_by_hand(
    monkeypatch: pytest.MonkeyPatch, told_twice: Path, patches: CorrectionsFile
) -> None:
    app = open_page(monkeypatch, told_twice, "views/stories.py")
    next(one for one in app.button if one.label == "Lighthouse lit").click().run()
    ids = re.findall(r"article\?id=([0-9a-f]{16})", html(app))
    assert len(ids) == 2
    open_popover(app, f"split {ids[1]} {token(told_twice)}")
    fill(app, "Take it out", why="another evening", name="N. Name")
    assert re.findall(r"article\?id=([0-9a-f]{16})", html(app)) == ids[:1]
    story = str(address(app)["story"])
    open_popover(app, f"merge {story} {token(told_twice)}")
    (choice,) = [one for one in app.selectbox if one.label.startswith("The other story")]
    assert len(choice.options) == 2
    choice.select_index(next(i for i, name in enumerate(choice.options) if name.startswith("Day nine")))
    fill(app, "Make them one story", why="the same news", name=None)
    assert [one.kind for one in patches.read().entries] == ["split", "merge"]
    assert len(re.findall(r"article\?id=([0-9a-f]{16})", html(app))) == 2
    assert "Third Paper" in html(app)
    assert cache.pairs(snapshot(str(told_twice))).height == 1


@pytest.mark.parametrize("everywhere", [True, False])
def test_a_sentence_is_corrected_in_its_copies_too(
    monkeypatch: pytest.MonkeyPatch, told_twice: Path, patches: CorrectionsFile, everywhere: bool
) -> None:
    article_id, start = one_piece(told_twice)
    app = open_page(monkeypatch, told_twice, "views/article.py", id=article_id)
    open_popover(app, f"correct article PAKRUS {article_id} {start} {token(told_twice)}")
    (box,) = [one for one in app.checkbox if one.label == "In 1 copy of this sentence too"]
    box.set_value(everywhere)
    app.select_slider[0].set_value(-1.0)
    fill(app, "Save the correction", why="read it again", name="N. Name")
    entries = patches.read().entries
    assert len(entries) == 1 + everywhere
    read = queries.readings(Store(str(told_twice)), PAIR).filter("corrected").collect()
    assert read["article_id"].n_unique() == 1 + everywhere
    assert set(read["label"]) == {"hostile"}
    pair = open_page(monkeypatch, told_twice, a="PAK", b="RUS")
    open_popover(pair, "in force PAK-RUS")
    assert ("And in 1 copy." in html(pair)) == everywhere
    open_popover(pair, f"withdraw PAK-RUS {entries[-1].id} {token(told_twice)}")
    fill(pair, "Withdraw it", why="it was right", name="N. Name")
    assert patches.read().in_force.entries == ()


def test_an_empty_store_has_no_stories_and_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    app = open_page(monkeypatch, tmp_path / "nothing", "views/stories.py")
    assert "Nothing has been read yet" in "\n".join(one.value for one in app.markdown)
    article = open_page(monkeypatch, tmp_path / "nothing", "views/article.py", id="0" * 16)
    assert "There is no article with this id" in html(article)
