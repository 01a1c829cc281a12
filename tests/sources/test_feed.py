from __future__ import annotations

from pathlib import Path

import pytest

from ingest.records import Failure, RawArticle
from tests.sources.reading import FEED, PARAGRAPHS, SENTENCE, only_article, only_failure, read, write


@pytest.mark.parametrize("name", ["a.rss", "a.xml"])
def test_rss_items_are_articles(tmp_path: Path, name: str) -> None:
    path = write(tmp_path / name, FEED)
    assert read(path) == [
        RawArticle(
            text="\n\n".join(PARAGRAPHS),
            where="https://norlandpost.example/ferry",
            title="Ferry line returns",
            url="https://norlandpost.example/ferry",
            published="2018-11-05T08:00:00+00:00",
            outlet="The Norland Post",
            language="en",
            authors=("Ann Lee",),
            given_id="post-17",
        ),
        RawArticle(
            text="Quay & harbour repaired",
            where="https://norlandpost.example/quay",
            title="Quay & harbour repaired",
            url="https://norlandpost.example/quay",
            outlet="The Norland Post",
            language="en",
            given_id="https://norlandpost.example/quay",
        ),
    ]


def test_atom_content_is_preferred_to_its_summary(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.atom",
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>Post</title>'
        "<entry><title>Ferry</title>"
        '<id>tag:post.example,1</id><link href="https://post.example/1"/>'
        "<updated>2018-11-05T08:00:00Z</updated>"
        "<author><name>Ann Lee</name></author><summary>Short.</summary>"
        f'<content type="html">&lt;p&gt;{SENTENCE}&lt;/p&gt;</content></entry></feed>',
    )
    found = only_article(path)
    assert (found.text, found.language, found.given_id) == (SENTENCE, "de", "tag:post.example,1")
    assert (found.published, found.authors) == ("2018-11-05T08:00:00+00:00", ("Ann Lee",))


@pytest.mark.parametrize(
    ("declared", "real"), [("utf-8", "cp1252"), ("iso-8859-1", "utf-8"), ("utf-16", "utf-8"), ("x", "cp1252")]
)
def test_wrong_encoding_is_seen_through(tmp_path: Path, declared: str, real: str) -> None:
    feed = FEED.replace("UTF-8", declared).replace("Quay", "Übergang")
    found = read(write(tmp_path / "a.rss", feed.encode(real)))[1]
    assert isinstance(found, RawArticle)
    assert found.title == "Übergang & harbour repaired"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entity_bomb_is_refused(tmp_path: Path, encoding: str) -> None:
    entities = '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    feed = FEED.replace("<rss", f"<!DOCTYPE rss [{entities}]><rss").replace("Quay", "&a11;").replace("UTF-8", encoding)
    failure = only_failure(write(tmp_path / "a.rss", feed.encode(encoding)))
    assert failure.reason.startswith("the feed declares XML entities")


def test_foreign_entity_is_not_read(tmp_path: Path) -> None:
    secret = write(tmp_path / "secret", "secret words")
    feed = FEED.replace("<rss", f'<!DOCTYPE rss [<!ENTITY f SYSTEM "{secret.as_uri()}">]><rss').replace("Quay", "&f;")
    assert "secret words" not in str(read(write(tmp_path / "a.rss", feed)))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "the feed is empty"),
        (b"\x00\x01\x02\x03", "looks binary"),
        (b"no feed at all", "not readable as RSS or Atom"),
        (b"<html><body>A page.</body></html>", "not readable as RSS or Atom (Content appears to be HTML"),
        (b'<rss version="2.0"><channel><title>Post</title></channel></rss>', "no items"),
        (
            b'<rss version="2.0"><channel><item><link>https://a.example/1</link></item></channel></rss>',
            "neither text nor",
        ),
        (b"<rss>" + b" " * 20_000_000, "more than 20 MB"),
    ],
)
def test_what_is_no_feed_is_a_failure(tmp_path: Path, data: bytes, reason: str) -> None:
    assert reason in only_failure(write(tmp_path / "a.rss", data)).reason


def test_deep_nesting_does_no_harm(tmp_path: Path) -> None:
    found = read(write(tmp_path / "a.rss", b"<rss><channel>" + b"<item><description><a>" * 50_000))
    assert all(isinstance(item, Failure) for item in found)


def test_script_in_an_item_is_dropped(tmp_path: Path) -> None:
    feed = FEED.replace("<![CDATA[", "<![CDATA[<script>alert(1)</script><style>p {}</style>")
    found = read(write(tmp_path / "a.rss", feed))[0]
    assert isinstance(found, RawArticle)
    assert found.text == "\n\n".join(PARAGRAPHS)


def test_an_item_that_is_cut_off_is_no_article(tmp_path: Path) -> None:
    whole, _, _ = FEED.partition("<item><title>Quay")
    found = read(write(tmp_path / "a.rss", whole + "<item><title>Quay</title><description>The quay is re"))
    assert [one.title for one in found if isinstance(one, RawArticle)] == ["Ferry line returns"]
    (failure,) = (one for one in found if isinstance(one, Failure))
    assert "cut short; its whole items were read" in failure.reason


def test_a_feed_that_is_cut_off_in_its_first_item_is_a_failure(tmp_path: Path) -> None:
    failure = only_failure(write(tmp_path / "a.rss", FEED[: FEED.index("</item>")]))
    assert "cut short before its first item ends" in failure.reason


def test_only_what_atom_calls_a_summary_is_one(tmp_path: Path) -> None:
    entry = "<entry><title>Ferry</title><id>1</id>{}</entry>"
    summary, content = f"<summary>{SENTENCE}</summary>", f"<content>{SENTENCE} More.</content>"
    atom = '<feed xmlns="http://www.w3.org/2005/Atom">{}</feed>'
    for told, expected in ((summary, True), (summary + content, False), (content, False)):
        assert only_article(write(tmp_path / "a.atom", atom.format(entry.format(told)))).summary is expected
    assert not any(one.summary for one in read(write(tmp_path / "a.rss", FEED)) if isinstance(one, RawArticle))
