"""Articles as people paste them: headline, byline, dateline, body, credit."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.articles.pasted import credit, read_pasted, split_names
from ingest.records import RawArticle

BODY = (
    "KARAVA — Sailors from Peru and Chile have begun a two-week rescue exercise off Karava, the navies said.\n"
    'The drill, named "Calm Water 2021", brings together eleven ships from both countries.\n'
    "Relations had cooled after a quarrel over fishing rights in the spring."
)
BARE = RawArticle(text="", where="here", pasted=True)


def paste(*lines: str) -> RawArticle:
    return read_pasted(replace(BARE, text="\n".join(lines)))


def test_body_alone_stays_as_it_is() -> None:
    assert paste(BODY) == replace(BARE, text=BODY)


def test_newspaper_paste_is_taken_apart() -> None:
    found = paste(
        "Ines Calderon",
        BODY,
        "This article originally appeared on the Harbour Gazette & is republished with permission.",
    )
    assert found == replace(BARE, text=BODY, authors=("Ines Calderon",), outlet="Harbour Gazette")


def test_whole_page_is_taken_apart() -> None:
    found = paste(
        "# Peru and Chile begin rescue drill",
        "",
        "By Ines Calderon and Tom Okafor",
        "Published: 3 May 2021",
        "",
        BODY,
        "",
        "Reposted with permission from Harbour Gazette.",
    )
    assert found == replace(
        BARE,
        text=BODY,
        title="Peru and Chile begin rescue drill",
        authors=("Ines Calderon", "Tom Okafor"),
        published="3 May 2021",
        outlet="Harbour Gazette",
    )


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("Ines Calderon", ("Ines Calderon",)),
        ("By Ines Calderon", ("Ines Calderon",)),
        ("by Ines Calderon", ("Ines Calderon",)),
        ("Ines Calderon and Tom Okafor", ("Ines Calderon", "Tom Okafor")),
        ("By Ines Calderon, Tom Okafor & Li Na", ("Ines Calderon", "Tom Okafor", "Li Na")),
        ("INES CALDERON", ("INES CALDERON",)),
        ("Jean-Luc de la Tour", ("Jean-Luc de la Tour",)),
        ("Søren Åkesson", ("Søren Åkesson",)),
        ("J. R. Okafor", ("J. R. Okafor",)),
        ("Mary O'Neill", ("Mary O'Neill",)),
        ("Author: Ines Calderon, Tom Okafor", ("Ines Calderon", "Tom Okafor")),
        ("By: Ines Calderon", ("Ines Calderon",)),
    ],
)
def test_byline_is_the_authors(line: str, authors: tuple[str, ...]) -> None:
    assert paste(line, BODY) == replace(BARE, text=BODY, authors=authors)


@pytest.mark.parametrize(
    "line",
    [
        "Peru Chile Drill",
        "Peru and Chile",
        "Chilean Navy Sails",
        "Santiago and Lima Agree",
        "Pakistan and Russia Begin Drills",
        "Peru says the exercise with Chile has nothing to do with fish",
        "A quarrel forgotten?",
    ],
)
def test_headline_is_no_author(line: str) -> None:
    assert paste(line, BODY) == replace(BARE, text=BODY, title=line)


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("Date: 2021-05-03", "2021-05-03"),
        ("date: May 3, 2021", "May 3, 2021"),
        ("Published: 3 May 2021", "3 May 2021"),
        ("3 May 2021", "3 May 2021"),
        ("May 3rd, 2021", "May 3, 2021"),
        ("Monday, 3 May 2021", "3 May 2021"),
        ("Posted on May 3, 2021, 10:15 am", "May 3, 2021"),
        ("2021-05-03T10:15:00Z", "2021-05-03T10:15:00Z"),
    ],
)
def test_date_line_is_the_date(line: str, published: str) -> None:
    assert paste(line, BODY) == replace(BARE, text=BODY, published=published)


def test_headers_are_fields() -> None:
    found = paste(
        "Title: Rescue drill",
        "Outlet: Harbour Gazette",
        "URL: https://example.com/a",
        "Language: en",
        "Id: 7",
        "",
        BODY,
    )
    assert found == replace(
        BARE,
        text=BODY,
        title="Rescue drill",
        outlet="Harbour Gazette",
        url="https://example.com/a",
        language="en",
        given_id="7",
    )


def test_what_the_source_says_outweighs_the_text() -> None:
    given = replace(
        BARE,
        title="Given",
        published="2020-01-01",
        authors=("Someone Else",),
        text=f"Ines Calderon\nDate: 2021-05-03\n{BODY}",
    )
    assert read_pasted(given) == replace(given, text=BODY)


@pytest.mark.parametrize(
    "text", ["Ines Calderon", "Date: 2021-05-03", "Title: x", "One line without a full stop", "# x"]
)
def test_one_line_is_never_emptied(text: str) -> None:
    assert paste(text).text == text


def test_text_that_is_not_pasted_keeps_its_first_line() -> None:
    text = f"Ines Calderon\n{BODY}"
    assert read_pasted(RawArticle(text=text, where="here")) == RawArticle(text=text, where="here")


@pytest.mark.parametrize(
    ("line", "outlet"),
    [
        ("This article originally appeared on the Harbour Gazette.", "Harbour Gazette"),
        ("This story was first published by Harbour Gazette.", "Harbour Gazette"),
        ("(This story first appeared in the Harbour Gazette.)", "Harbour Gazette"),
        ("Originally published in The Harbour Gazette on May 3, 2021.", "Harbour Gazette"),
        ("It was first published by the Harbour Gazette, with permission.", "Harbour Gazette"),
        ("Ines Calderon writes on fish. This piece originally ran in the Harbour Gazette.", "Harbour Gazette"),
        ("A longer version of this essay first appeared in Harbour Gazette", "Harbour Gazette"),
        ("This story first appeared on Sample Wire and is republished with permission.", "Sample Wire"),
        ("Reposted with permission from Harbour Gazette.", "Harbour Gazette"),
        ("Republished with permission.", "Given"),
        ("Source: Harbour Gazette", "Harbour Gazette"),
        ("(via Harbour Gazette)", "Harbour Gazette"),
        ("© Harbour Gazette", "Harbour Gazette"),
    ],
)
def test_notice_gives_the_outlet_and_is_cut(line: str, outlet: str) -> None:
    raw = RawArticle(text=f"{BODY}\n\n{line}", where="here", outlet="Given")
    assert credit(raw) == replace(raw, text=BODY, outlet=outlet)


@pytest.mark.parametrize(
    "line",
    [
        "The claim first appeared on Facebook, officials said.",
        "The treaty was first published in London in 1990 and is still in force.",
        "He first appeared on the stage in 1999.",
        "First published on 3 May 2021",
        "Both navies called the drill a source of pride.",
        "Peru said it had nothing to add.",
    ],
)
def test_last_sentence_is_no_notice(line: str) -> None:
    raw = RawArticle(text=f"{BODY}\n{line}", where="here", outlet="Given")
    assert credit(raw) == raw


def test_notice_alone_is_not_cut() -> None:
    raw = RawArticle(text="This article originally appeared on the Harbour Gazette.", where="here")
    assert credit(raw) == raw


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ines Calderon", ("Ines Calderon",)),
        ("By Ines Calderon, Tom Okafor and Li Na", ("Ines Calderon", "Tom Okafor", "Li Na")),
        ("Ines Calderon | Tom Okafor; Li Na", ("Ines Calderon", "Tom Okafor", "Li Na")),
        ("Sandy Anderson", ("Sandy Anderson",)),
        ("", ()),
    ],
)
def test_names_are_split(text: str, names: tuple[str, ...]) -> None:
    assert split_names(text) == names


LINES = st.sampled_from(
    ["Ines Calderon", "By Li Na", "Date: 2021-05-03", "", "# A", "Peru wins", "3 May 2021", "Body. More."]
)


@given(st.lists(LINES | st.text(max_size=30), max_size=8).map("\n".join), st.booleans())
def test_text_is_only_ever_cut_at_its_ends(text: str, pasted: bool) -> None:
    found = read_pasted(RawArticle(text=text, where="here", pasted=pasted))
    assert found.text in text
    assert bool(found.text.strip()) == bool(text.strip())
