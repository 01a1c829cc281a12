from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

import dashboard
from ingest.outside.records import DAYS
from ingest.store import Store
from ingest.store.outside import add

FOLDER = Path(dashboard.__file__).parent
PATIENCE_S = 30


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    yield
    st.cache_data.clear()


def open_page(monkeypatch: pytest.MonkeyPatch, store: Path, page: str = "app.py", **params: str) -> AppTest:
    monkeypatch.setenv("DETENTE_STORE", str(store))
    app = AppTest.from_file(str(FOLDER / page), default_timeout=PATIENCE_S)
    for name, value in params.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception, app.exception
    return app


def html(app: AppTest) -> str:
    return "\n".join(element.proto.body for element in app.get("html"))


def address(app: AppTest) -> dict[str, str]:
    return {name: value[0] if isinstance(value, list) else value for name, value in dict(app.query_params).items()}


def test_empty_store_is_friendly(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    app = open_page(monkeypatch, tmp_path / "nothing")
    words = "\n".join(one.value for one in app.markdown)
    assert "No articles yet" in words
    assert "make run" in words


def test_broken_store_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    log = tmp_path / "articles" / "_delta_log"
    log.mkdir(parents=True)
    log.joinpath("00000000000000000000.json").write_text("not a log")
    app = open_page(monkeypatch, tmp_path)
    assert f"the store at {tmp_path} cannot be read" in html(app)


def test_pair_page_answers(monkeypatch: pytest.MonkeyPatch, store: Path) -> None:
    app = open_page(monkeypatch, store, a="PAK", b="RUS", by="month")
    said = html(app)
    assert "How do Pakistan and Russia stand?" in said
    assert "Pakistan–Russia:" in said
    assert "tone, monthly" in said
    assert "Source: 25 articles" in said
    assert "days in UTC" in said
    assert "Evidence: all periods" in said
    assert said.count('class="dt-card"') == 10


def test_plain_visit_takes_the_busiest_pair_and_explains_itself(monkeypatch: pytest.MonkeyPatch, store: Path) -> None:
    app = open_page(monkeypatch, store)
    app.switch_page("views/pair.py").run()
    assert {app.session_state["pair_a"], app.session_state["pair_b"]} == {"PAK", "RUS"}
    assert "Detente reads news articles" in html(app)
    app.button(key="hide_intro").click().run()
    assert "Detente reads news articles" not in html(app)


def test_address_restores_the_view(monkeypatch: pytest.MonkeyPatch, store: Path) -> None:
    given = {
        "a": "RUS",
        "b": "PAK",
        "by": "quarter",
        "from": "2017-01-01",
        "to": "2017-06-30",
        "sign": "hostile",
        "at": "2017-Q1",
    }
    app = open_page(monkeypatch, store, **given)
    assert app.selectbox(key="pair_by").value == "quarter"
    assert "Evidence: Q1 2017" in html(app)
    assert html(app).count('class="dt-card"') == 3
    assert address(app) == given


def test_changed_control_is_in_the_address(monkeypatch: pytest.MonkeyPatch, store: Path) -> None:
    app = open_page(monkeypatch, store, a="PAK", b="RUS")
    app.selectbox(key="pair_by").select("year").run()
    assert address(app) == {"a": "PAK", "b": "RUS", "by": "year"}
    app.selectbox(key="pair_a").select("IND").run()
    assert not app.exception
    assert address(app) == {"a": "IND", "b": "NOR", "by": "year"}


def test_invalid_address_is_ignored_with_a_note(monkeypatch: pytest.MonkeyPatch, store: Path) -> None:
    app = open_page(monkeypatch, store, a="PAK", b="RUS", by="<b>hour</b>", at="yesterday")
    assert "by=&lt;b&gt;hour&lt;/b&gt; is not" in html(app)
    assert "at=yesterday is not a period" in html(app)


def test_pair_without_readings_says_so(monkeypatch: pytest.MonkeyPatch, store: Path) -> None:
    app = open_page(monkeypatch, store, a="PAK", b="FRA")
    assert "not enough stories to say" in html(app)


def test_ten_more(monkeypatch: pytest.MonkeyPatch, store: Path) -> None:
    app = open_page(monkeypatch, store, a="PAK", b="RUS")
    (more,) = [one for one in app.button if one.label == "Show ten more"]
    more.click().run()
    assert html(app).count('class="dt-card"') == 20


def test_period_is_chosen_without_the_chart(monkeypatch: pytest.MonkeyPatch, store: Path) -> None:
    app = open_page(monkeypatch, store, a="PAK", b="RUS", by="month")
    app.selectbox(key="pair_at").select_index(0).run()
    assert address(app)["at"] == "2017-12"
    assert "Evidence: Dec 2017" in html(app)
    app.button(key="clear_period").click().run()
    assert "at" not in address(app)


def test_undated_articles_are_told(monkeypatch: pytest.MonkeyPatch, store: Path) -> None:
    app = open_page(monkeypatch, store, a="PAK", b="RUS")
    assert "1 article about this pair has no date and is not plotted" in html(app)


def test_no_text_of_an_article_becomes_markup(monkeypatch: pytest.MonkeyPatch, store: Path) -> None:
    app = open_page(monkeypatch, store, a="PAK", b="RUS", at="2017-12-24")
    said = html(app)
    assert "&lt;b&gt;Outlet&lt;/b&gt;" in said
    assert "<img" not in said
    assert "<script" not in said
    assert "javascript:" not in said


def test_article_page_speaks_when_empty(monkeypatch: pytest.MonkeyPatch, store: Path) -> None:
    app = open_page(monkeypatch, store, "views/article.py")
    assert "Paste a news article" in html(app)
    app.button[0].click().run()
    assert "There is no text yet" in html(app)


def test_example_is_read(monkeypatch: pytest.MonkeyPatch, store: Path) -> None:
    app = open_page(monkeypatch, store, "views/article.py")
    app.button[1].click().run()
    assert not app.exception, app.exception
    said = html(app)
    assert "Greece–Turkey" in said
    assert "Ines Caldera" in said
    assert "8 Dec 2023" in said


def test_unscored_article_says_why(monkeypatch: pytest.MonkeyPatch, store: Path) -> None:
    app = open_page(monkeypatch, store, "views/article.py")
    app.text_area(key="article_text").input(
        "Die Regierung in Berlin hat heute mit Frankreich über neue Verträge gesprochen."
    )
    app.button[0].click().run()
    assert "cannot be scored: language de" in html(app)


@pytest.mark.parametrize("url", ["/etc/passwd", "file:///etc/passwd", "ftp://a.org/x", "javascript:alert(1)", "-"])
def test_only_web_addresses_are_fetched(monkeypatch: pytest.MonkeyPatch, store: Path, url: str) -> None:
    app = open_page(monkeypatch, store, "views/article.py")
    app.session_state["article_way"] = "Give an address"
    app.run()
    app.text_input(key="article_url").input(url)
    app.button[0].click().run()
    assert "not an address on the web" in html(app)


def test_private_address_is_refused_in_plain_words(monkeypatch: pytest.MonkeyPatch, store: Path) -> None:
    app = open_page(monkeypatch, store, "views/article.py")
    app.session_state["article_way"] = "Give an address"
    app.run()
    app.text_input(key="article_url").input("http://127.0.0.1:9/secret")
    app.button[0].click().run()
    assert not app.exception, app.exception
    assert "127.0.0.1" in html(app)


def test_every_control_is_in_the_address_and_comes_back(monkeypatch: pytest.MonkeyPatch, store: Path) -> None:
    app = open_page(monkeypatch, store, a="RUS", b="PAK", by="month")
    app.selectbox(key="pair_smooth").select(3).run()
    app.radio(key="pair_weight").set_value("raw").run()
    app.radio(key="pair_direction").set_value("ab").run()
    app.multiselect(key="pair_outlets").select("Outlet 1").run()
    app.multiselect(key="pair_kinds").select("unknown").run()
    app.multiselect(key="pair_places").select("unknown").run()
    app.selectbox(key="pair_lines").select("ways").run()
    app.date_input(key="pair_since").set_value(date(2017, 2, 1)).run()
    assert not app.exception, app.exception
    given = address(app)
    assert given == {
        "a": "RUS",
        "b": "PAK",
        "by": "month",
        "from": "2017-02-01",
        "weight": "raw",
        "smooth": "3",
        "toward": "ab",
        "place": "unknown",
        "kind": "unknown",
        "outlet": "Outlet 1",
        "lines": "ways",
    }
    again = open_page(monkeypatch, store, **given)
    assert address(again) == given
    assert again.multiselect(key="pair_outlets").value == ["Outlet 1"]
    assert again.selectbox(key="pair_smooth").value == 3
    assert again.radio(key="pair_direction").value == "ab"


def test_subtitle_says_what_is_drawn(monkeypatch: pytest.MonkeyPatch, store: Path) -> None:
    app = open_page(
        monkeypatch, store, a="RUS", b="PAK", by="month", smooth="3", weight="raw", toward="ab", outlet="Outlet 1"
    )
    said = html(app)
    assert "tone, monthly, trailing mean of 3 months, 95\u202f% interval, every article, " in said
    assert "only Outlet 1, Russia toward Pakistan" in said


def test_direction_is_that_of_the_question(monkeypatch: pytest.MonkeyPatch, store: Path) -> None:
    counts = []
    for given in ({"a": "RUS", "b": "PAK", "toward": "ab"}, {"a": "PAK", "b": "RUS", "toward": "ba"}):
        app = open_page(monkeypatch, store, **given)
        assert "Russia toward Pakistan" in html(app)
        counts.append([line for line in html(app).splitlines() if "dt-figures" in line])
    assert counts[0] == counts[1]


def test_outlets_have_counts(monkeypatch: pytest.MonkeyPatch, store: Path) -> None:
    app = open_page(monkeypatch, store, a="PAK", b="RUS")
    options = app.multiselect(key="pair_outlets").options
    assert options[:2] == ["Outlet 1 · 12", "Outlet 2 · 12"]
    assert app.multiselect(key="pair_kinds").options == ["Kind unknown · 26"]


def test_choice_that_leaves_nothing_says_so_and_lets_go(monkeypatch: pytest.MonkeyPatch, store: Path) -> None:
    app = open_page(monkeypatch, store, a="PAK", b="RUS", outlet="The Nowhere Times")
    said = html(app)
    assert "No dated article about Pakistan and Russia is left with this choice: only The Nowhere Times." in said
    app.button(key="reset").click().run()
    assert address(app) == {"a": "PAK", "b": "RUS"}
    assert html(app).count('class="dt-card"') == 10


def test_another_pair_forgets_the_names_of_outlets(monkeypatch: pytest.MonkeyPatch, store: Path) -> None:
    app = open_page(monkeypatch, store, a="PAK", b="RUS", outlet="Outlet 1", smooth="3")
    app.selectbox(key="pair_a").select("IND").run()
    assert address(app) == {"a": "IND", "b": "NOR", "smooth": "3"}


def test_selected_period_opens_to_stories_articles_sentences(monkeypatch: pytest.MonkeyPatch, store: Path) -> None:
    app = open_page(monkeypatch, store, a="PAK", b="RUS", by="month", at="2017-03")
    said = html(app)
    assert "Stories: Mar 2017" in said
    assert "2 stories; those that most outlets ran" in said
    assert said.count('class="dt-card dt-story"') == 2
    (first, _) = [one for one in app.expander if one.label == "Articles and sentences"]
    assert first.proto.expanded is False


def test_text_of_strangers_in_stories_stays_text(monkeypatch: pytest.MonkeyPatch, store: Path) -> None:
    said = html(open_page(monkeypatch, store, a="PAK", b="RUS", by="month", at="2017-12"))
    assert "&lt;img src=x onerror=alert(3)&gt;" in said
    assert "<img" not in said


def test_negative_share_is_drawn_when_asked_for(monkeypatch: pytest.MonkeyPatch, store: Path) -> None:
    app = open_page(monkeypatch, store, a="PAK", b="RUS")
    assert "Share of strained or hostile stories" not in html(app)
    app.pills(key="pair_panels").select("negative").run()
    assert "Share of strained or hostile stories" in html(app)
    assert address(app)["panel"] == "negative"


def test_outside_series_of_the_store(monkeypatch: pytest.MonkeyPatch, store: Path, tmp_path: Path) -> None:
    place = tmp_path / "store"
    shutil.copytree(store, place)
    days = pl.DataFrame(
        {
            "name": [""] * 12,
            "pair": [None] * 12,
            "day": [date(2017, month, 1) for month in range(1, 13)],
            "value": [100.0 + 5 * (month % 4) for month in range(12)],
            "n": [None] * 12,
        },
        schema=DAYS,
    )
    add(Store(str(place)), days, name="GPR", kind="value", file="x", at=datetime(2024, 1, 1, tzinfo=UTC), key="k")
    app = open_page(monkeypatch, place, a="PAK", b="RUS", by="month", panel="outside", outside="GPR", flip="yes")
    said = html(app)
    assert "Tone and GPR, turned over" in said
    assert "monthly values that both have" in said
    missing = open_page(monkeypatch, place, a="PAK", b="RUS", panel="outside", outside="Nothing")
    assert "There is no outside series called Nothing" in html(missing)
