"""The client against a server on loopback that speaks the API, and misbehaves."""

from __future__ import annotations

import json
import socket
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime

import pytest

from ingest.errors import RefusedError
from ingest.records import Failure, RawArticle
from ingest.sources import Web
from ingest.sources.wikipedia.client import TRIES, Api, UnavailableError
from ingest.sources.wikipedia.days import Day, read_days
from ingest.sources.wikipedia.item import day_of, page_title
from ingest.sources.wikipedia.pages import Page, pages_of
from tests.sources.conftest import FakeClock
from tests.sources.wikipedia.wiki import PATH, Wiki, days_from, news_of

FIRST = date(2010, 1, 1)
TODAY = date(2020, 1, 1)


def ask(api: Api, days: list[date]) -> list[Page]:
    return list(pages_of(days, api))


def read(api: Api, days: list[date], today: date = TODAY) -> tuple[list[RawArticle], list[Failure], list[Day]]:
    told: list[Day] = []
    found = list(read_days(days, api, today=today, on_day=told.append))
    return (
        [one for one in found if isinstance(one, RawArticle)],
        [one for one in found if isinstance(one, Failure)],
        told,
    )


@pytest.mark.parametrize("day", [date(2002, 7, 1), date(2024, 2, 29), date(2010, 12, 31)])
def test_title_names_the_day(day: date) -> None:
    assert day_of(page_title(day)) == day


@pytest.mark.parametrize("title", ["", "Portal:Current events", "Portal:Current events/2010 January", "a/2010 May 32"])
def test_other_titles_name_none(title: str) -> None:
    assert day_of(title) is None


def test_fifty_days_are_asked_for_at_once_with_what_etiquette_wants(wiki: Wiki, api: Api, clock: FakeClock) -> None:
    days = days_from(FIRST, 120)
    for day in days:
        wiki.put(day, f"* {day}")
    assert ask(api, days) == [Page(day=day, wikitext=f"* {day}") for day in days]
    assert [len(question.pop("titles").split("|")) for question in wiki.asked] == [50, 50, 20]
    assert (
        wiki.asked
        == [
            {
                "action": "query",
                "prop": "revisions",
                "rvprop": "content|ids|timestamp",
                "rvslots": "main",
                "redirects": "1",
                "format": "json",
                "formatversion": "2",
                "maxlag": "5",
            }
        ]
        * 3
    )
    assert set(wiki.paths) == {PATH}
    assert all(agent.startswith("Detente/") and "+https://" in agent for agent in wiki.agents)
    assert clock.slept == [1.0, 1.0]  # one request a second


def test_robots_txt_is_for_crawlers_and_not_asked_about_the_api(wiki: Wiki, api: Api) -> None:
    wiki.robots = "User-agent: *\nDisallow: /w/\n"
    wiki.put(FIRST, "* x")
    assert ask(api, [FIRST]) == [Page(day=FIRST, wikitext="* x")]
    wiki.busy(302, Location="/w/index.php?title=x")
    with pytest.raises(RefusedError, match="stay away"):  # but of all else
        ask(api, [FIRST])


def test_answer_that_is_continued_is_put_together(wiki: Wiki, api: Api) -> None:
    wiki.per_answer = 3
    days = days_from(FIRST, 10)
    for day in days:
        wiki.put(day, f"* {day}")
    assert ask(api, days) == [Page(day=day, wikitext=f"* {day}") for day in days]
    assert [question.get("rvcontinue") for question in wiki.asked] == [None, "3", "6", "9"]


def test_answer_that_is_continued_for_ever_is_left(wiki: Wiki, api: Api) -> None:
    for _ in range(2):
        wiki.busy(200, json.dumps({"query": {}, "continue": {"rvcontinue": "7", "continue": "||"}}))
    with pytest.raises(UnavailableError, match="same piece again and again"):
        ask(api, [FIRST])


def test_redirects_of_addresses_are_followed(wiki: Wiki, api: Api) -> None:
    wiki.put(FIRST, "* x")
    wiki.busy(301, Location=f"{wiki.api}?action=query&titles={page_title(FIRST).replace(' ', '%20')}")
    assert ask(api, [FIRST]) == [Page(day=FIRST, wikitext="* x")]


def test_redirect_into_a_private_network_is_refused(wiki: Wiki, api: Api) -> None:
    wiki.busy(302, Location="http://169.254.169.254/w/api.php")
    articles, failures, _ = read(api, [FIRST])
    assert articles == []
    assert "is a private address" in failures[0].reason


def test_redirects_of_titles_are_followed_to_another_page_of_that_day(wiki: Wiki, api: Api) -> None:
    wiki.redirects = {
        page_title(FIRST): "Current events/2010 January 1",
        "Current events/2010 January 1": "Old/2010 January 1",
    }
    wiki.pages["Old/2010 January 1"] = "* x"
    assert ask(api, [FIRST]) == [Page(day=FIRST, wikitext="* x")]


def test_redirects_to_another_day_or_a_month_give_no_items(wiki: Wiki, api: Api) -> None:
    first, second, third = days_from(FIRST, 3)
    wiki.redirects = {page_title(first): page_title(second), page_title(third): "January 2010"}
    wiki.put(second, news_of(second))
    wiki.pages["January 2010"] = news_of(first)
    articles, failures, _ = read(api, [first, second, third])
    assert {article.published for article in articles} == {"2010-01-02"}
    assert [failure.where for failure in failures] == [page_title(first), page_title(third)]
    assert all("is no page of that day" in failure.reason for failure in failures)


def test_redirects_in_a_circle_end(wiki: Wiki, api: Api) -> None:
    titles = page_title(FIRST), "b"
    told = [{"from": titles[0], "to": titles[1]}, {"from": titles[1], "to": titles[0]}]
    wiki.busy(200, json.dumps({"query": {"redirects": told, "pages": []}}))
    (page,) = ask(api, [FIRST])
    assert "the answer says nothing of" in page.problem


@pytest.mark.parametrize("status", [429, 503])
def test_busy_server_is_asked_again_after_the_time_it_names(
    wiki: Wiki, api: Api, clock: FakeClock, status: int
) -> None:
    wiki.put(FIRST, "* x")
    wiki.busy(status, Retry_After="37")
    assert ask(api, [FIRST]) == [Page(day=FIRST, wikitext="* x")]
    assert clock.slept == [37.0]


def test_time_to_wait_may_be_a_date(wiki: Wiki, api: Api, clock: FakeClock) -> None:
    wiki.put(FIRST, "* x")
    wiki.busy(503, Retry_After=format_datetime(datetime.now(UTC) + timedelta(seconds=60), usegmt=True))
    ask(api, [FIRST])
    assert 57 <= clock.slept[0] <= 61


def test_lag_of_the_databases_is_waited_for(wiki: Wiki, api: Api, clock: FakeClock) -> None:
    wiki.put(FIRST, "* x")
    wiki.error("maxlag", "Waiting for db1: 7.1 seconds lagged", Retry_After="8")
    wiki.error("ratelimited", "slow down")
    assert ask(api, [FIRST]) == [Page(day=FIRST, wikitext="* x")]
    assert clock.slept == [8.0, 10.0]


def test_waiting_grows_and_has_an_end(wiki: Wiki, api: Api, clock: FakeClock) -> None:
    for _ in range(TRIES):
        wiki.busy(503)
    articles, failures, days = read(api, days_from(FIRST, 70))
    assert (articles, days) == ([], [])
    assert [(one.where, one.reason) for one in failures] == [
        (
            page_title(FIRST),
            f"{wiki.api} answered with status 503; asked 6 times. Not read: 70 days from 2010-01-01 to 2010-03-11; "
            "run the same command again for them",
        )
    ]
    assert clock.slept == [5.0, 10.0, 20.0, 40.0, 80.0]
    assert len(wiki.asked) == TRIES


def test_server_that_wants_to_be_left_alone_for_long_is(wiki: Wiki, api: Api, clock: FakeClock) -> None:
    wiki.busy(429, Retry_After="3600")
    _, failures, _ = read(api, [FIRST])
    assert "asks to be left alone for 3,600 s" in failures[0].reason
    assert clock.slept == []


@pytest.mark.parametrize(
    ("status", "body", "reason"),
    [
        (200, "<html><body>Our servers are under maintenance</body></html>", "answered no JSON"),
        (200, '{"query": {"pages": [{"ti', "answered no JSON"),
        (200, "", "answered no JSON"),
        (200, "[]", "no object"),
        (200, json.dumps({"error": {"code": "internal_api_error_DBQueryError", "info": "x"}}), "internal_api_error"),
        (502, "<html>", "status 502"),
    ],
)
def test_passing_trouble_is_waited_out(  # noqa: PLR0917 - one per column of the table above
    wiki: Wiki, api: Api, clock: FakeClock, status: int, body: str, reason: str
) -> None:
    wiki.put(FIRST, "* x")
    wiki.busy(status, body)
    assert ask(api, [FIRST]) == [Page(day=FIRST, wikitext="* x")]
    assert clock.slept == [5.0]
    for _ in range(TRIES):
        wiki.busy(status, body)
    with pytest.raises(UnavailableError, match=reason):
        ask(api, [FIRST])


def test_answer_cut_short_on_the_way_is_asked_for_again(wiki: Wiki, api: Api) -> None:
    wiki.put(FIRST, "* x")
    wiki.busy(200, '{"query": {', Content_Length="1000", Connection="close")
    assert ask(api, [FIRST]) == [Page(day=FIRST, wikitext="* x")]


@pytest.mark.parametrize(
    ("code", "info"), [("badvalue", 'Unrecognized value for parameter "rvslots"'), ("readapidenied", "You need rights")]
)
def test_refusal_of_the_api_is_told_and_not_repeated(wiki: Wiki, api: Api, code: str, info: str) -> None:
    wiki.error(code, info)
    _, failures, _ = read(api, [FIRST])
    assert f"{wiki.api} refused the question: {code}: {info}" in failures[0].reason
    assert len(wiki.asked) == 1


def test_no_api_there_is_told_at_once(wiki: Wiki, web: Web) -> None:
    wiki.busy(404)
    _, failures, _ = read(Api(web, wiki.api), [FIRST])
    assert "answered with status 404" in failures[0].reason
    assert len(wiki.asked) == 1


def test_nobody_there_is_told(web: Web) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    _, failures, _ = read(Api(web, f"http://127.0.0.1:{port}{PATH}"), [FIRST])
    assert "cannot be fetched" in failures[0].reason


@pytest.mark.parametrize(
    "url", ["", "en.wikipedia.org", "ftp://a.example/api.php", "https://a.example", "https://a.example/w/api.php?x=1"]
)
def test_what_is_no_api_is_refused(web: Web, url: str) -> None:
    with pytest.raises(RefusedError, match="is not the address of a MediaWiki API"):
        Api(web, url)


@pytest.mark.parametrize(
    "url", ["https://[/w/api.php", "https://a.example:22/w/api.php", "https://u:p@a.example/w/api.php"]
)
def test_addresses_that_are_never_asked_are_a_failure(web: Web, url: str) -> None:
    _, failures, _ = read(Api(web, url), [FIRST])
    assert "Not read: 1 day from 2010-01-01" in failures[0].reason


def test_loopback_is_refused_unless_allowed(wiki: Wiki, clock: FakeClock) -> None:
    with Web(clock=clock, sleep=clock.sleep) as web:
        _, failures, _ = read(Api(web, wiki.api), [FIRST])
    assert "--allow-private" in failures[0].reason
    assert wiki.asked == []


def test_answer_that_is_too_large_is_asked_for_in_halves(wiki: Wiki, api: Api) -> None:
    days = days_from(FIRST, 8)
    for day in days:
        wiki.put(day, news_of(day, 1))
    wiki.put(days[5], "x" * 10_500_000)
    articles, failures, told = read(api, days)
    assert [article.published for article in articles] == [day.isoformat() for day in days if day != days[5]]
    assert [(one.where, one.reason) for one in failures] == [
        (page_title(days[5]), "the answer for this page alone is larger than 10 MB")
    ]
    assert [day.found for day in told] == [day != days[5] for day in days]


def test_missing_page_is_a_failure_once_the_day_is_over(api: Api) -> None:
    days = [TODAY - timedelta(days=1), TODAY]
    articles, failures, told = read(api, days)
    assert articles == []
    assert failures == [Failure(where="Portal:Current events/2019 December 31", reason="there is no page for this day")]
    assert [day.found for day in told] == [False, False]


def test_page_without_items_is_a_failure_once_the_day_is_over(wiki: Wiki, api: Api) -> None:
    days = [TODAY - timedelta(days=1), TODAY]
    for day in days:
        wiki.put(day, "{{Current events|year=2020|month=1|day=1|content=\n* \n}}")
    _, failures, _ = read(api, days)
    assert [failure.reason for failure in failures] == ["the page holds no news items; expected bullets (* …)"]


@pytest.mark.parametrize(
    "revision", [{"*": "* x"}, {"content": "* x"}, {"slots": {"main": {"*": "* x", "contentmodel": "wikitext"}}}]
)
def test_answers_of_older_wikis_are_understood(wiki: Wiki, api: Api, revision: object) -> None:
    first, second = days_from(FIRST, 2)
    pages = {
        "7": {"pageid": 7, "title": page_title(first), "revisions": [revision]},
        "-1": {"title": page_title(second), "missing": ""},
    }
    wiki.busy(200, json.dumps({"query": {"pages": pages}}))
    assert ask(api, [first, second]) == [Page(day=first, wikitext="* x"), Page(day=second, wikitext=None)]


def test_page_that_is_no_wikitext_is_a_failure(wiki: Wiki, api: Api) -> None:
    wiki.put(FIRST, "{}")
    wiki.models[page_title(FIRST)] = "json"
    _, failures, _ = read(api, [FIRST])
    assert failures[0].reason == "the page holds 'json'; expected wikitext"


@pytest.mark.parametrize(
    "answer",
    [
        {},
        {"query": []},
        {"query": {"pages": {}}},
        {"query": {"pages": [7, None, {"title": None}]}},
        {"query": {"pages": [{"title": "Portal:Current events/2010 January 1", "revisions": [{"slots": 7}]}]}},
        {
            "query": {
                "pages": [{"title": "Portal:Current events/2010 January 1", "revisions": [{"slots": {"main": {}}}]}]
            }
        },
        {"query": {"pages": [{"title": "Portal:Current events/2010 January 1", "invalid": True}]}},
        {"query": {"redirects": 7, "normalized": [{}], "pages": []}},
    ],
)
def test_answers_of_another_shape_are_failures(wiki: Wiki, api: Api, answer: object) -> None:
    wiki.busy(200, json.dumps(answer))
    articles, failures, told = read(api, [FIRST])
    assert articles == []
    assert [(one.where, bool(one.reason)) for one in failures] == [(page_title(FIRST), True)]
    assert [day.found for day in told] == [False]
