"""What a fuzzer begins with: small whole inputs of every kind, and the pieces that trouble parsers."""

from __future__ import annotations

import gzip

from hypothesis import strategies as st

from tests.sources.archives import packed, record
from tests.sources.reading import FEED, PAGE

SEEDS = (
    PAGE.encode(),
    FEED.encode(),
    record("https://a.example/b", PAGE.encode()),
    record("https://a.example/b", b"5\r\nhello\r\n0\r\n\r\n", http="Transfer-Encoding: chunked\r\n"),
    record("https://a.example/b", gzip.compress(PAGE.encode(), mtime=0), http="Content-Encoding: gzip\r\n"),
    packed([record("https://a.example/b", PAGE.encode())] * 2),
    b'{"text": "Norland thanked Sudland.", "date": "2018-11-05", "url": "https://a.example/b"}\n' * 2,
    b'{"articles": [{"title": "Ferry", "content": "Norland thanked Sudland.", "source": {"name": "Post"}}]}',
    b'title,text,date\nFerry,"Norland thanked ""Sudland"".",2018-11-05\n',
    b"---\ntitle: Ferry\ndate: 2018-11-05\n---\n# Ferry\n\nNorland *thanked* Sudland.\n",
    b"Ferry line returns\nBy Ann Lee\nNovember 5, 2018\n\nNorland thanked Sudland.\nThis first appeared in The Post.",
    b"User-agent: *\nDisallow: /x\nCrawl-delay: 5\n",
    b"https://m.a.example:443/amp/b/index.html?utm_source=x&id=7#top",
    b'<script type="application/ld+json">{"@type": "NewsArticle", "author": [{"name": "Ann Lee"}]}</script>',
)  # fmt: skip
_WORDS = rb"""
    < > </ <! <!-- --> <![CDATA[ ]]> <? & &# &#x0; &#xD800; &#1114112; " ' \ \u0000 \ud800 { } [ ] , : ; | % %00 %zz
    # // http:// https:// WARC/1.0 Content-Length: HTTP/1.1 Content-Encoding: <p> <div> <a <script> <style <svg <link
    <meta <time <title> <article> <!ENTITY charset= utf-16 utf-7 cp1252 NaN Infinity -0 1e999 0000-00-00 9999-12-31
    12/11/2018 -- --- ... data:, javascript: @type articleBody datePublished canonical og:url href= content=
"""
PIECES = (
    *_WORDS.split(),
    *(b"\x00", b"\r", b"\n", b"\r\n\r\n", b"\t", b" ", b"\xc3", b"\xff", b"\xed\xa0\x80"),
    *(b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"\x1f\x8b\x08\x00", b"PAR1"),
    *(b"\x80" * 9, b"A" * 999, b"9" * 400, b"(" * 300, b"[" * 3000, b"<b>" * 900),
)

_SMALL = st.one_of(st.sampled_from(PIECES), st.binary(max_size=12))


@st.composite
def inputs(draw: st.DrawFn) -> bytes:
    """Draw a seed with a few places changed, or pieces alone; packed now and then."""
    data = draw(st.sampled_from(SEEDS)) if draw(st.booleans()) else b"".join(draw(st.lists(_SMALL, max_size=25)))
    for _ in range(draw(st.integers(0, 6))):
        at = draw(st.integers(0, len(data)))
        cut = draw(st.sampled_from((0, 0, 1, 1, 2, 7, 50, 1_000_000)))
        data = data[:at] + draw(_SMALL) * draw(st.sampled_from((1, 1, 1, 2, 40))) + data[at + cut :]
    return gzip.compress(data, mtime=0) if draw(st.integers(0, 9)) == 0 else data
