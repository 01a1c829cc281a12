from __future__ import annotations

import gzip
import zlib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ingest.records import Failure, RawArticle
from ingest.sources import Found, Web
from tests.sources.archives import digest, packed, record, write_archive
from tests.sources.conftest import Site
from tests.sources.reading import PAGE, PARAGRAPHS, only_failure, read, write

URL = "https://norlandpost.example/ferry"


def page(number: int) -> bytes:
    return PAGE.replace("/ferry", f"/ferry-{number}").encode()


def pages(count: int) -> list[bytes]:
    return [record(f"{URL}-{number}", page(number)) for number in range(count)]


def urls(found: list[Found]) -> list[str | None]:
    return [one.url for one in found if isinstance(one, RawArticle)]


def reasons(found: list[Found]) -> list[str]:
    return [one.reason for one in found if isinstance(one, Failure)]


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_each_page_is_one_article(tmp_path: Path, name: str) -> None:
    path = write_archive(tmp_path / name, pages(3))
    first, *rest = read(path)
    assert first == RawArticle(
        text="\n".join(PARAGRAPHS),
        where=f"{path}: record 1 at byte 0, {URL}-0",
        title="Ferry line returns",
        url=f"{URL}-0",
        published="2018-11-05T08:00:00Z",
        outlet="The Norland Post",
        language="en",
        authors=("Ann Lee",),
        fetched=datetime(2019, 3, 1, 10, tzinfo=UTC),
    )
    assert urls(rest) == [f"{URL}-1", f"{URL}-2"]


def test_archive_packed_as_a_whole_is_read_too(tmp_path: Path) -> None:
    assert len(urls(read(write(tmp_path / "a.warc.gz", gzip.compress(b"".join(pages(3))))))) == 3


def test_what_is_no_page_is_passed_over(tmp_path: Path) -> None:
    other = [
        record(URL, b"{}", kind="warcinfo"),
        record(URL, b"GET / HTTP/1.1", kind="request"),
        record(URL, page(9), kind="revisit"),
        record(URL, page(9), status="404 Not Found"),
        record(URL, page(9), status="302 Found", http="Location: /\r\n"),
        record(URL, b"\x89PNG", content_type="image/png"),
        record(URL, b"plain words", content_type="text/plain", kind="conversion"),
        record("dns:norlandpost.example", b"norlandpost.example A 10.0.0.1", content_type="text/dns", kind="resource"),
    ]
    assert urls(read(write_archive(tmp_path / "a.warc.gz", [*other, *pages(1), *other]))) == [f"{URL}-0"]
    assert "no web pages in this archive" in only_failure(write_archive(tmp_path / "b.warc.gz", other)).reason


@pytest.mark.parametrize("kind", ["resource", "conversion"])
def test_page_without_its_answer_is_read(tmp_path: Path, kind: str) -> None:
    assert urls(read(write_archive(tmp_path / "a.warc", [record(URL, page(0), kind=kind)]))) == [f"{URL}-0"]


@pytest.mark.parametrize(
    ("http", "body"),
    [
        ("Content-Encoding: gzip\r\n", gzip.compress(page(0))),
        ("Content-Encoding: deflate\r\n", zlib.compress(page(0))),
        ("Transfer-Encoding: chunked\r\n", b"%x\r\n%s\r\n0\r\n\r\n" % (len(page(0)), page(0))),
        # archives of Common Crawl and others keep headers of what they keep unpacked
        ("Content-Encoding: gzip\r\n", page(0)),
        ("Content-Encoding: unheard-of\r\n", page(0)),
        ("Transfer-Encoding: chunked\r\n", page(0)),
    ],
)
def test_answer_is_unpacked_as_it_says_or_as_it_is(tmp_path: Path, http: str, body: bytes) -> None:
    (found,) = read(write_archive(tmp_path / "a.warc", [record(URL, body, http=http)]))
    assert isinstance(found, RawArticle)
    assert found.text == "\n".join(PARAGRAPHS)


def test_charset_of_the_answer_is_believed(tmp_path: Path) -> None:
    body = page(0).decode().replace("Norland ", "Норландия ").encode("cp1251")
    (found,) = read(write_archive(tmp_path / "a.warc", [record(URL, body, content_type="text/html; charset=cp1251")]))
    assert isinstance(found, RawArticle)
    assert found.text.startswith("Норландия and Sudland")


def test_page_may_name_its_address_only_within_its_site(tmp_path: Path) -> None:
    told = [record("https://m.norlandpost.example/x", page(0)), record("https://a.example/x", page(0))]
    found = read(write_archive(tmp_path / "a.warc", told))
    assert urls(found) == [f"{URL}-0", "https://a.example/x"]


# ------------------------------------------------------------------------------------------------ damage


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
@pytest.mark.parametrize("missing", [30, 200])
def test_cut_archive_is_noticed_and_its_place_told(tmp_path: Path, name: str, missing: int) -> None:
    path = write_archive(tmp_path / name, pages(3))
    third = len(packed(pages(2), 1)) if name.endswith(".gz") else sum(map(len, pages(2)))
    path.write_bytes(path.read_bytes()[:-missing])
    *whole, cut = read(path)
    assert urls(whole) == [f"{URL}-0", f"{URL}-1"]
    assert isinstance(cut, Failure)
    assert cut.where == f"{path}: record 3 at byte {third}"
    assert "cut short" in cut.reason


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_cut_in_a_record_that_is_not_wanted_is_noticed_too(tmp_path: Path, name: str) -> None:
    path = write_archive(tmp_path / name, [*pages(1), record(URL, bytes(range(256)) * 9, kind="request")])
    path.write_bytes(path.read_bytes()[:-40])
    assert urls(read(path)) == [f"{URL}-0"]
    assert ["cut short" in reason for reason in reasons(read(path))] == [True]


def test_damaged_member_costs_itself_only(tmp_path: Path) -> None:
    path = write_archive(tmp_path / "a.warc.gz", pages(4))
    data = bytearray(path.read_bytes())
    begins = len(packed(pages(1), 1))
    data[begins + 100 : begins + 120] = bytes(20)
    path.write_bytes(data)
    found = read(path)
    assert urls(found) == [f"{URL}-{number}" for number in (0, 2, 3)]
    (failure,) = (one for one in found if isinstance(one, Failure))
    assert failure.where.startswith(f"{path}: record 2 at byte {begins}")
    assert "damaged" in failure.reason


@pytest.mark.parametrize(
    "lie", [b"Content-Length: 9", b"Content-Length: -", b"Content-Length: 99999999999999999999", b"X: "]
)
def test_record_that_lies_about_its_length_costs_itself_only(tmp_path: Path, lie: bytes) -> None:
    first, *rest = pages(3)
    found = read(write(tmp_path / "a.warc", first.replace(b"Content-Length: ", lie) + b"".join(rest)))
    assert urls(found) == [f"{URL}-1", f"{URL}-2"]
    assert len(reasons(found)) == 1


@pytest.mark.parametrize("junk", [b"no record\r\n" * 50, b"\x00" * 5_000, b"WARC/1.0\r\n" + b"X" * 90_000])
def test_junk_between_records_is_one_failure(tmp_path: Path, junk: bytes) -> None:
    first, second = pages(2)
    found = read(write(tmp_path / "a.warc", first + junk + b"\r\n" + second))
    assert urls(found) == [f"{URL}-0", f"{URL}-1"]
    assert len(reasons(found)) == 1


def test_record_that_is_not_what_was_archived_is_told(tmp_path: Path) -> None:
    plain = record(URL, page(0))
    block = plain[plain.index(b"\r\n\r\n") + 4 : -4]
    good = record(URL, page(0), warc=digest(block))
    found = read(write_archive(tmp_path / "a.warc", [good, good.replace(b"officials said", b"officials says")]))
    assert len(urls(found)) == 1
    assert ["digest" in reason for reason in reasons(found)] == [True]


@pytest.mark.parametrize("date", ["0000-00-00T00:00:00Z", "0001-01-01T00:00:00Z", "yesterday", ""])
def test_impossible_time_of_fetching_is_none(tmp_path: Path, date: str) -> None:
    (found,) = read(write_archive(tmp_path / "a.warc", [record(URL, page(0), date=date)]))
    assert isinstance(found, RawArticle)
    assert found.fetched is None


# ------------------------------------------------------------------------------------------------ by address


def test_archive_by_address(site: Site, web: Web) -> None:
    url = site.add("/crawl/a.warc.gz", packed(pages(3)), "application/octet-stream")
    found = read(url, web)
    assert urls(found) == [f"{URL}-{number}" for number in range(3)]
    assert found[0].where == f"{url}: record 1 at byte 0, {URL}-0"
    assert site.asked == ["/robots.txt", "/crawl/a.warc.gz"]


def test_archive_that_is_not_there_is_a_failure(site: Site, web: Web) -> None:
    assert "404" in only_failure(site.base + "/a.warc.gz", web).reason


def test_archive_on_a_private_address_is_refused(site: Site) -> None:
    url = site.add("/a.warc.gz", packed(pages(1)))
    with Web() as careful:
        assert "private address" in only_failure(url, careful).reason
    assert site.asked == []


def test_archive_behind_a_redirect_to_a_private_address_is_refused(site: Site, web: Web) -> None:
    url = site.add("/a.warc.gz", status=302, Location="http://169.254.169.254/a.warc.gz")
    assert "private address" in only_failure(url, web).reason


def test_archive_larger_than_allowed_is_refused(site: Site, web: Web, tmp_path: Path) -> None:
    from ingest.errors import SourceError

    url = site.add("/a.warc.gz", b"x" * 5_000)
    with (tmp_path / "a").open("wb") as file, pytest.raises(SourceError, match="larger than"):
        web.save(url, file, limit=4_000)


def test_robots_are_asked_for_archives(site: Site, web: Web) -> None:
    site.add("/robots.txt", "User-agent: *\nDisallow: /crawl/")
    assert "robots.txt" in only_failure(site.add("/crawl/a.warc.gz", packed(pages(1))), web).reason


@pytest.mark.parametrize(
    "url", ["https://[broken/a.warc.gz", "https:///a.warc", "https://a.example:99999999/a.warc.gz"]
)
def test_archive_at_no_address_is_a_failure(url: str, web: Web) -> None:
    assert only_failure(url, web).reason
