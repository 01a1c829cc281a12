from __future__ import annotations

import contextlib
import gzip
import json
import socket
import threading

import pytest

from ingest.errors import LaterError, RefusedError, SourceError
from ingest.records import RawArticle
from ingest.sources import Web
from ingest.sources.manners import Manners
from tests.sources.conftest import FakeClock, Site
from tests.sources.reading import FEED, PAGE, PARAGRAPHS, SENTENCE, only_article, only_failure, read

LOOPBACK = [
    "http://127.0.0.1:8080/",
    "http://localhost:8080/",
    "http://127.1:8080/",
    "http://0x7f000001:8080/",
    "http://[::1]:8080/",
    "http://2130706433:8080/",
    "http://[::ffff:127.0.0.1]:8080/",
]


@pytest.mark.parametrize("url", LOOPBACK)
def test_loopback_is_refused_in_every_spelling(url: str) -> None:
    assert "--allow-private, or DETENTE_ALLOW_PRIVATE=1" in only_failure(url).reason


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "0x7f000001", "[::ffff:127.0.0.1]"])
def test_loopback_is_refused_before_anything_is_asked(site: Site, host: str) -> None:
    assert "is a private address" in only_failure(site.base.replace("127.0.0.1", host)).reason
    assert site.asked == []


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://10.1.2.3/", "is a private address"),
        ("http://192.168.1.1/feed", "is a private address"),
        ("http://169.254.169.254/latest", "is a private address"),
        ("file:///etc/passwd", "only http and https"),
        ("ftp://a.example/x", "only http and https"),
        ("http://user:secret@a.example/", "credentials"),
        ("http://a.example:22/", "its port is not one of web sites"),
        ("http:///x", "not fetched"),
        ("http://0177.0.0.1/", "not a web address"),
        ("https://" + "a" * 9_000, "not"),
    ],
)
def test_addresses_that_are_never_fetched(url: str, reason: str) -> None:
    assert reason in only_failure(url).reason


def test_cloud_credentials_stay_out_of_reach_with_private_networks_allowed(web: Web) -> None:
    with pytest.raises(RefusedError, match="never fetches from there"):
        web.get("http://169.254.169.254/latest/meta-data")


def test_page_is_one_article_at_its_own_address(site: Site, web: Web) -> None:
    url = site.add("/ferry", PAGE, "text/html; charset=utf-8")
    assert only_article(url, web) == RawArticle(
        text="\n".join(PARAGRAPHS),
        where=url,
        title="Ferry line returns",
        url=url,  # not the canonical one of another site
        published="2018-11-05T08:00:00Z",
        outlet="The Norland Post",
        language="en",
        authors=("Ann Lee",),
    )
    assert site.asked == ["/robots.txt", "/ferry"]
    assert site.agents[1].startswith("Detente/")


@pytest.mark.parametrize("content_type", ["application/rss+xml", "text/xml", "text/html", "text/plain", ""])
def test_feed_is_told_by_its_first_bytes(site: Site, web: Web, content_type: str) -> None:
    url = site.add("/feed", FEED, content_type)
    assert [item.where for item in read(url, web)] == [
        "https://norlandpost.example/ferry",
        "https://norlandpost.example/quay",
    ]


def test_page_where_a_feed_was_announced_is_read_as_page(site: Site, web: Web) -> None:
    assert only_article(site.add("/feed.xml", PAGE, "application/rss+xml"), web).title == "Ferry line returns"


def test_wrong_encoding_of_a_feed_is_seen_through(site: Site, web: Web) -> None:
    url = site.add("/feed", FEED.replace("Quay", "Übergang").encode("cp1252"), "text/xml; charset=utf-8")
    found = read(url, web)[1]
    assert isinstance(found, RawArticle)
    assert found.title == "Übergang & harbour repaired"


@pytest.mark.parametrize(
    ("path", "content_type", "body", "count"),
    [
        ("/a.jsonl", "application/octet-stream", f'{{"text": "{SENTENCE}"}}\n' * 2, 2),
        ("/a", "application/json", json.dumps([{"text": SENTENCE}] * 3), 3),
        ("/a.csv", "text/plain", f"text\n{SENTENCE}\n", 1),
        ("/export", "text/csv", f"text\n{SENTENCE}\n", 1),
        ("/a.jsonl.gz", "application/gzip", gzip.compress(f'{{"text": "{SENTENCE}"}}\n'.encode()), 1),
    ],
)
def test_tables_are_told_by_name_or_type(  # noqa: PLR0917 - one per column of the table above
    site: Site, web: Web, path: str, content_type: str, body: bytes | str, count: int
) -> None:
    found = read(site.add(path, body, content_type), web)
    assert [item.text for item in found if isinstance(item, RawArticle)] == [SENTENCE] * count


def test_plain_text_is_one_article(site: Site, web: Web) -> None:
    url = site.add("/a", SENTENCE, "text/plain")
    assert only_article(url, web) == RawArticle(text=SENTENCE, where=url, url=url, pasted=True)


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (404, "404 Not Found; check the address"),
        (403, "403 Forbidden; check the address"),
        (500, "500 Internal Server Error; try again later"),
        (429, "429 Too Many Requests; try again later"),
    ],
)
def test_error_answers_are_told(site: Site, web: Web, status: int, reason: str) -> None:
    url = site.add("/a", "sorry", status=status)
    assert only_failure(url, web).reason == f"{url} answered {reason}"


def test_pictures_are_not_articles(site: Site, web: Web) -> None:
    assert "found image/png; expected" in only_failure(site.add("/a.png", b"\x89PNG", "image/png"), web).reason


def test_nobody_there_is_a_failure(web: Web) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    assert "cannot be fetched" in only_failure(f"http://127.0.0.1:{port}/robots.txt", web).reason


def test_robots_txt_is_honoured_and_asked_for_once(site: Site, web: Web) -> None:
    site.add("/robots.txt", "User-agent: *\nDisallow: /private\n\nUser-agent: Detente\nDisallow: /closed\n")
    closed, opened = site.add("/closed/a", PAGE, "text/html"), site.add("/private/a", PAGE, "text/html")
    assert "robots.txt asks programs to stay away" in only_failure(closed, web).reason
    assert only_article(opened, web).title == "Ferry line returns"
    assert site.asked == ["/robots.txt", "/private/a"]


@pytest.mark.parametrize("status", [500, 503, 429])
def test_site_that_cannot_tell_its_rules_is_left_alone(site: Site, web: Web, status: int) -> None:
    site.add("/robots.txt", status=status)
    assert "its robots.txt cannot be read" in only_failure(site.add("/a", PAGE, "text/html"), web).reason
    assert site.asked == ["/robots.txt"]


@pytest.mark.parametrize("status", [404, 401, 410])
def test_site_without_rules_is_open(site: Site, web: Web, status: int) -> None:
    site.add("/robots.txt", status=status)
    assert only_article(site.add("/a", PAGE, "text/html"), web)


def test_rules_are_asked_for_again_after_a_day(site: Site, web: Web, clock: FakeClock) -> None:
    url = site.add("/a", PAGE, "text/html")
    read(url, web)
    clock.now += 25 * 3600
    read(url, web)
    assert site.asked == ["/robots.txt", "/a"] * 2


def test_one_request_a_second(site: Site, web: Web, clock: FakeClock) -> None:
    for path in ("/a", "/b"):
        web.get(site.add(path, PAGE, "text/html"))
    assert clock.slept == [1.0, 1.0]  # robots.txt, wait, /a, wait, /b


def test_site_may_ask_for_a_slower_pace(site: Site, web: Web, clock: FakeClock) -> None:
    site.add("/robots.txt", "User-agent: *\nCrawl-delay: 7\n")
    web.get(site.add("/a", PAGE, "text/html"))
    assert clock.slept == [7.0]


def test_redirects_are_followed(site: Site, web: Web) -> None:
    site.add("/new", PAGE, "text/html")
    url = site.add("/old", status=301, Location="/new")
    assert only_article(url, web).url == f"{site.base}/new"


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("http://169.254.169.254/latest", "is a private address"),
        ("http://[::ffff:169.254.169.254]/", "is a private address"),
        ("file:///etc/passwd", "not"),
        ("http://user:pw@127.0.0.1/", "credentials"),
        ("http://[", "is not fetched"),
    ],
)
def test_redirect_to_a_refused_address_is_refused(site: Site, web: Web, target: str, reason: str) -> None:
    assert reason in only_failure(site.add("/a", status=302, Location=target), web).reason


def test_redirect_into_what_robots_txt_forbids_is_refused(site: Site, web: Web) -> None:
    site.add("/robots.txt", "User-agent: *\nDisallow: /closed\n")
    site.add("/closed", PAGE, "text/html")
    assert "stay away" in only_failure(site.add("/a", status=302, Location="/closed"), web).reason
    assert "/closed" not in site.asked


def test_too_many_redirects(site: Site, web: Web) -> None:
    for number in range(7):
        site.add(f"/{number}", status=302, Location=f"/{number + 1}")
    assert "redirects more than 5 times" in only_failure(f"{site.base}/0", web).reason
    assert site.asked[-1] == "/5"


def test_oversized_answer_is_refused(site: Site, web: Web) -> None:
    url = site.add("/a", b"a" * 10_000_001, "text/html")
    assert "is larger than 10 MB" in only_failure(url, web).reason


def test_packed_bomb_is_refused(site: Site, web: Web) -> None:
    url = site.add("/a", gzip.compress(b"a" * 100_000_000), "text/html", Content_Encoding="gzip")
    assert "is larger than 10 MB" in only_failure(url, web).reason


def test_packed_answer_is_unpacked(site: Site, web: Web) -> None:
    url = site.add("/a", gzip.compress(PAGE.encode()), "text/html", Content_Encoding="gzip")
    assert only_article(url, web).title == "Ferry line returns"


def test_packed_answer_that_is_cut_short_is_refused(site: Site, web: Web) -> None:
    packed = gzip.compress(PAGE.encode())
    url = site.add("/a", packed[: len(packed) // 2], "text/html", Content_Encoding="gzip")
    assert "ended in the middle" in only_failure(url, web).reason


@pytest.mark.parametrize(("encoding", "reason"), [("gzip", "cannot be fetched"), ("br", "packed as br")])
def test_answer_that_cannot_be_unpacked(site: Site, web: Web, encoding: str, reason: str) -> None:
    assert reason in only_failure(site.add("/a", b"rubbish", "text/html", Content_Encoding=encoding), web).reason


def test_proxy_is_refused_unless_private_networks_are_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:3128")
    assert "the proxy http://127.0.0.1:3128 would look it up itself" in only_failure("http://a.example/").reason


def test_what_is_unchanged_is_asked_for_on_condition_and_has_no_body(site: Site, web: Web) -> None:
    url = site.add("/a", PAGE, "text/html", ETag='"one"', Last_Modified="Mon, 05 Nov 2018 08:00:00 GMT")
    first = web.get(url)
    assert (first.status, first.etag, first.last_modified) == (200, '"one"', "Mon, 05 Nov 2018 08:00:00 GMT")
    site.add("/a", b"", status=304)
    again = web.get(url, etag=first.etag, last_modified=first.last_modified)
    assert (again.status, again.body) == (304, b"")
    with pytest.raises(SourceError, match="304"):  # nobody asked for that
        web.get(url)


@pytest.mark.parametrize(
    ("status", "headers", "wait"), [(503, {"Retry_After": "120"}, 120), (429, {}, None), (500, {}, None)]
)
def test_a_busy_server_is_told_apart_from_one_that_refuses(
    status: int, headers: dict[str, str], wait: float | None, site: Site, web: Web
) -> None:
    url = site.add("/a", b"", "", status, **headers)
    with pytest.raises(LaterError) as told:
        web.get(url)
    assert told.value.retry_after_s == wait
    asked = len(site.asked)
    if wait:
        with pytest.raises(LaterError, match="left alone for 1"):
            web.get(site.add("/b", PAGE, "text/html"))
        assert len(site.asked) == asked


def test_several_clients_share_a_hosts_pace_and_rules(site: Site, clock: FakeClock) -> None:
    manners = Manners(clock=clock)
    for path in ("/a", "/b"):
        with Web(allow_private=True, clock=clock, sleep=clock.sleep, manners=manners) as web:
            web.get(site.add(path, PAGE, "text/html"))
    assert site.asked == ["/robots.txt", "/a", "/b"]
    assert clock.slept == [1.0, 1.0]


@pytest.mark.parametrize("where", ["headers", "body"])
def test_a_server_that_trickles_is_left_after_the_time_for_all(where: str) -> None:
    over = threading.Event()

    def serve(listener: socket.socket) -> None:
        for _ in range(2):  # robots.txt first
            connection, _ = listener.accept()
            with connection, contextlib.suppress(OSError):
                if b"robots.txt" in connection.recv(2_000):
                    connection.sendall(b"HTTP/1.1 404 no\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                    continue
                connection.sendall(b"HTTP/1.1 200 yes\r\n" + (b"\r\n" if where == "body" else b""))
                while not over.wait(0.02):
                    connection.sendall(b"a: b\r\n")

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve, args=(listener,))
        thread.start()
        with Web(allow_private=True, total_s=0.3, manners=Manners(min_delay_s=0)) as web:
            reason = only_failure(f"http://127.0.0.1:{listener.getsockname()[1]}/a", web).reason
        over.set()
        thread.join()
    assert "took longer than 0.3 s" in reason
