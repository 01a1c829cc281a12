"""The page that says where articles come from, and what is missing."""

from __future__ import annotations

import shlex
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from dashboard.retry_command import retry_command
from ingest.records import Failure, RawArticle
from ingest.store import Store
from tests.dashboard.conftest import PRAISE, raw
from tests.dashboard.test_views import html, open_page
from tests.quick import ingest

PAGE = "views/sources.py"
ATTACK = "<img src=x onerror=alert(1)>"


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("sources") / "store"
    found: list[RawArticle | Failure] = [
        *(raw(PRAISE.format(day=number), f"2023-12-{number:02d}", "The Post", f"H {number}") for number in range(1, 9)),
        raw(PRAISE.format(day=99), "2023-12-30", ATTACK, "H 99"),
        RawArticle(text="Москва и Пекин подписали договор.", where="x", outlet="The Post", language="ru"),
        Failure(where="https://c.example/1", reason="it did not answer"),
        Failure(where="news.csv:17", reason="no text: 'text' is empty; $(rm -rf x)"),
        Failure(where=ATTACK, reason=ATTACK),
    ]
    ingest(found, Store(str(place)), now=datetime(2024, 1, 1, tzinfo=UTC))
    return place


def _open(monkeypatch: pytest.MonkeyPatch, store: Path) -> AppTest:
    return open_page(monkeypatch, store, PAGE)


def test_outlets_with_what_is_known_of_them(monkeypatch: pytest.MonkeyPatch, filled: Path) -> None:
    app = _open(monkeypatch, filled)
    said = html(app)
    assert "Where do the articles come from?" in said
    assert "last read 1 Jan 2024" in said
    outlets = app.dataframe[0].value
    assert outlets["Outlet"].to_list() == ["The Post", ATTACK, "c.example"]
    post = outlets.iloc[0]
    assert (post["Articles"], round(post["Not scored"])) == (9, 11)
    assert post["Lag, median"] == pytest.approx(27.5 * 24, abs=24)
    assert (outlets.iloc[2]["Failed"], outlets.iloc[2]["Failed mostly because"]) == (100.0, "it did not answer")


def test_what_is_not_scored_and_why(monkeypatch: pytest.MonkeyPatch, filled: Path) -> None:
    unscored = _open(monkeypatch, filled).dataframe[1].value
    assert unscored.to_dict("records") == [
        {"Outlet": "The Post", "Language": "ru", "Why": "language ru", "Articles": 1}
    ]


def test_failed_inputs_with_a_command_to_copy(monkeypatch: pytest.MonkeyPatch, filled: Path) -> None:
    app = _open(monkeypatch, filled)
    assert len(app.dataframe[2].value) == 3
    assert app.code[0].value == f"detente retry --store {filled}"
    assert "it did not answer (1)" in app.selectbox(key="failed_reason").options
    app.session_state["failed_reason"] = "no text: 'text' is empty; $(rm -rf x)"
    app.run()
    assert not app.exception, app.exception
    assert app.dataframe[2].value["Where"].to_list() == ["news.csv:17"]
    assert shlex.split(app.code[0].value) == [
        "detente", "retry", "--reason=no text: 'text' is empty; $(rm -rf x)", "--store", str(filled),
    ]  # fmt: skip


def test_no_text_of_a_stranger_becomes_markup(monkeypatch: pytest.MonkeyPatch, filled: Path) -> None:
    app = _open(monkeypatch, filled)
    assert "<img" not in html(app)
    assert all("<img" not in one.value for one in app.markdown)


def test_nothing_to_complain_about_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    store = tmp_path / "store"
    ingest(
        [raw(PRAISE.format(day=1), "2023-12-01", "The Post")], Store(str(store)), now=datetime(2024, 1, 1, tzinfo=UTC)
    )
    said = html(_open(monkeypatch, store))
    assert "Every stored article could be scored." in said
    assert "Nothing failed, or all that did works now." in said


@pytest.mark.parametrize("created", [False, True])
def test_an_empty_store_says_how_to_fill_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, created: bool) -> None:
    if created:
        Store(str(tmp_path / "store")).create()
    app = _open(monkeypatch, tmp_path / "store")
    words = "\n".join(one.value for one in app.markdown)
    assert "Nothing has been read yet" in words
    assert "detente ingest data/sample" in words


def test_a_broken_store_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    log = tmp_path / "articles" / "_delta_log"
    log.mkdir(parents=True)
    log.joinpath("00000000000000000000.json").write_text("not a log")
    assert f"the store at {tmp_path} cannot be read" in html(_open(monkeypatch, tmp_path))


def test_a_resolved_failure_leaves_the_page(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    store = Store(str(tmp_path / "store"))
    now = datetime(2024, 1, 1, tzinfo=UTC)
    ingest([raw(PRAISE.format(day=1), "2023-12-01", "Post"), Failure(where="a.txt", reason="empty")], store, now=now)
    app = _open(monkeypatch, tmp_path / "store")
    assert app.code
    store.resolve(store.open_failures().collect()["failure_id"].to_list(), now.replace(hour=1))
    app.run()
    assert not app.code
    assert "Nothing failed" in html(app)


@given(st.text(), st.text(min_size=1), st.text())
def test_the_command_is_one_word_for_each_thing(store: str, reason: str, where: str) -> None:
    words = shlex.split(retry_command(store, reason, where or None))
    assert words == [
        "detente",
        "retry",
        f"--reason={reason}",
        *([f"--where={where}"] if where else []),
        "--store",
        store,
    ]


def test_country_and_kind_are_told_and_archives_have_no_lag(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    place = tmp_path / "store"
    articles = [
        raw(PRAISE.format(day=1), "2023-12-31", "dawn.com", "Live"),
        raw(PRAISE.format(day=2), "2011-05-02", "an archive", "Old"),
    ]
    ingest(articles, Store(str(place)), now=datetime(2024, 1, 1, tzinfo=UTC))
    outlets = _open(monkeypatch, place).dataframe[0].value.set_index("Outlet")
    assert outlets.loc["dawn.com", "Country"] == "Pakistan"
    assert outlets.loc["dawn.com", "Kind"] == "private"
    assert outlets.loc["dawn.com", "Lag, median"] == pytest.approx(24, abs=24)
    assert outlets.loc["an archive", ["Country", "Lag, median"]].isna().all()
