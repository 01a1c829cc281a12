"""Shorthands for the tests of sources."""

from __future__ import annotations

from pathlib import Path

from ingest.pages import extracted
from ingest.records import Failure, RawArticle
from ingest.sources import Found, Web, read_source

SENTENCE = "The ministers of both countries met in the harbour town and spoke of a new ferry line."
PARAGRAPHS = (
    "Norland and Sudland will run a ferry between their capitals from next spring, officials said.",
    "The line closed nine years ago in a quarrel over fishing rights, and the quay has been empty since.",
    "A joint office will sell the tickets, and each government pays one half of the costs in the first year.",
)
BODY = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
PAGE = f"""<!DOCTYPE html><html lang="en-GB"><head><title>Ferry line returns | The Norland Post</title>
<meta property="og:title" content="Ferry line returns">
<meta property="og:site_name" content="The Norland Post">
<meta property="article:published_time" content="2018-11-05T08:00:00Z"><meta name="author" content="Ann Lee">
<link rel="canonical" href="https://norlandpost.example/ferry"></head>
<body><nav><a href="/">Home</a></nav><article><h1>Ferry line returns</h1>{BODY}</article></body></html>"""
FEED = f"""<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>The Norland Post</title>
<language>en-gb</language><item><title>Ferry line returns</title><link>https://norlandpost.example/ferry</link>
<guid isPermaLink="false">post-17</guid><pubDate>Mon, 05 Nov 2018 08:00:00 GMT</pubDate>
<author>Ann Lee</author>
<description><![CDATA[{BODY}]]></description></item>
<item><title>Quay &amp; harbour repaired</title><link>https://norlandpost.example/quay</link></item></channel></rss>"""


def read(source: Path | str, web: Web | None = None) -> list[Found]:
    """Read a source to its end, the articles out of their pages."""
    return [one if isinstance(one, Failure) else extracted(one) for one in read_source(str(source), web=web)]


def only_article(source: Path | str, web: Web | None = None) -> RawArticle:
    (found,) = read(source, web)
    assert isinstance(found, RawArticle), found
    return found


def only_failure(source: Path | str, web: Web | None = None) -> Failure:
    (found,) = read(source, web)
    assert isinstance(found, Failure), found
    return found


def write(path: Path, content: bytes | str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path
