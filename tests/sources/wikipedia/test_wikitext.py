"""What the pages of the portal looked like over the years, in sentences of ours, and what is read out of them."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.records import Failure, RawArticle
from ingest.sources.wikipedia.citation import Citation, outlet_name
from ingest.sources.wikipedia.days import articles_of
from ingest.sources.wikipedia.item import Item
from ingest.sources.wikipedia.wikitext import MAX_PAGE_CHARS, Unreadable, items_of
from tests.sources.wikipedia.building import FORMS, Form, Told, page

DAY = date(2010, 1, 1)


def only(markup: str) -> Item:
    (item,) = items_of(markup)
    assert isinstance(item, Item), item
    return item


def texts(markup: str) -> list[str]:
    return [item.text if isinstance(item, Item) else item.reason for item in items_of(markup)]


def test_page_of_2002_is_plain_bullets_under_a_date() -> None:
    items = list(
        items_of(
            "== July 1, 2002 ==\n"
            "* [[Iraq]]: The [[United Nations|UN]] says that talks on [[arms inspection]]s will go on. "
            "([http://news.example/1 BBC], [http://cnn.example/2 CNN])\n"
            "* The court opens in [[The Hague]].[http://court.example/3]\n"
            "[[Category:2002]]\n[[de:Juli 2002]]\n"
        )
    )
    assert items == [
        Item(
            text="Iraq: The UN says that talks on arms inspections will go on.",
            section=None,
            topics=(),
            cited=(Citation("http://news.example/1", "BBC"), Citation("http://cnn.example/2", "CNN")),
        ),
        Item(
            text="The court opens in The Hague.",
            section=None,
            topics=(),
            cited=(Citation("http://court.example/3", "court.example"),),
        ),
    ]


def test_page_of_2012_has_headings_and_topics_which_are_no_items() -> None:
    items = list(
        items_of(
            "{{Current events header|2012|01|01}}\n\n<!-- All news items below this line -->\n"
            ";Armed conflicts and attacks\n*[[War in Afghanistan]]:\n"
            "**A bomb hits a convoy near [[Kabul]]. [http://a.example/1 (AP via Dawn)]\n"
            ";Sport\n* [[Tennis]]\n* Serbia wins the cup. [http://a.example/2 (''The Hindu'')]\n"
            "<!-- All news items above this line -->|}\n"
        )
    )
    assert items == [
        Item(
            text="A bomb hits a convoy near Kabul.",
            section="Armed conflicts and attacks",
            topics=("War in Afghanistan",),
            cited=(Citation("http://a.example/1", "AP"),),
        ),
        Item(
            text="Serbia wins the cup.",
            section="Sport",
            topics=(),
            cited=(Citation("http://a.example/2", "The Hindu"),),
        ),
    ]


def test_page_of_2022_is_the_content_of_a_template_and_nests_topics() -> None:
    items = list(
        items_of(
            "{{Current events|year=2022|month=10|day=01|content=\n\n<!-- All news items below this line -->\n"
            "\t'''International relations'''\n*[[India–Russia relations]], [[Oil trade]]\n**[[Oil price cap]]\n"
            "***[[India]] buys more oil from [[Russia]]. [https://a.example/1 (Reuters)] [https://b.example (TASS)]\n"
            "**India abstains in the [[UN Security Council|Council]]. [https://c.example (''AFP'' via ''France 24'')]\n"
            "'''Law and crime'''\n**A depth is left out here, as people do. [https://d.example (DW)]\n"
            "<!-- All news items above this line -->}}\n"
        )
    )
    assert [(item.section, item.topics, item.text) for item in items if isinstance(item, Item)] == [
        (
            "International relations",
            ("India–Russia relations, Oil trade", "Oil price cap"),
            "India buys more oil from Russia.",
        ),
        ("International relations", ("India–Russia relations, Oil trade",), "India abstains in the Council."),
        ("Law and crime", (), "A depth is left out here, as people do."),
    ]


@pytest.mark.parametrize(
    ("markup", "text", "outlets"),
    [
        ("* Chad &amp; Mali &ndash; friends &#91;again&#93;. [http://a.b (BBC)]", "Chad & Mali – friends [again].",
         ["BBC"]),
        ("* Peru's ''Congress'' '''votes''' on it. [http://a.b (BBC)]", "Peru's Congress votes on it.", ["BBC"]),
        ("* Peru votes [http://a.b (BBC)].", "Peru votes.", ["BBC"]),
        ("* Peru votes. [http://a.b (BBC)], [http://c.d (AP)]", "Peru votes.", ["BBC", "AP"]),
        ("* Peru votes.<ref>{{cite news|url=http://a.b/c|work=Dawn}}</ref>", "Peru votes.", ["Dawn"]),
        ("* Peru votes.<ref name=x>[http://a.b Vote (long)]</ref><ref name=x/>", "Peru votes.", ["Vote (long)"]),
        ("* Peru votes. {{cite web\n|url=http://a.b/c\n|publisher=[[Dawn]]\n}}", "Peru votes.", ["Dawn"]),
        ("* Peru votes. [http://a.b (BBC)", "Peru votes.", ["BBC"]),
        ("* Peru votes. http://www.a.b/c", "Peru votes.", ["a.b"]),
        ("* Peru votes. [https://web.archive.org/web/2003/http://a.b/c]", "Peru votes.", ["a.b"]),
        ("* Peru votes. (Reuters) (TASS)", "Peru votes.", ["Reuters", "TASS"]),
        ("* Peru votes. [http://a.b (in Spanish)]", "Peru votes.", ["a.b"]),
        ("* Peru votes. [http://a.b (Reuters<sup>2</sup>)]", "Peru votes.", ["Reuters"]),
        ("* The [http://un.example council] of Peru votes. [http://a.b (BBC)]", "The council of Peru votes.",
         ["BBC", "un.example"]),
        ("* [[File:Map.png|thumb|A map]] Peru votes <!-- really --> today. [http://a.b (BBC)]", "Peru votes today.",
         ["BBC"]),
        ("* Peru votes 5{{snd}}4 near {{flag|Chile}}. [http://a.b (BBC)]", "Peru votes 5 – 4 near Chile.", ["BBC"]),
        ("* A quake of {{convert|5|km|mi}} depth in Peru. [http://a.b (BBC)]", "A quake of 5 km depth in Peru.",
         ["BBC"]),
        ("* Peru votes <!-- [http://a.b (BBC)]", "Peru votes", []),
        ("Peru's people vote on the new law today. [http://a.b (BBC)]", "Peru's people vote on the new law today.",
         ["BBC"]),
    ],
)  # fmt: skip
def test_markup_becomes_words_and_outlets(markup: str, text: str, outlets: list[str]) -> None:
    item = next(iter(items_of(markup)), None)
    if not outlets:
        assert item is None
        return
    assert isinstance(item, Item)
    assert (item.text, [one.outlet for one in item.cited]) == (text, outlets)


@pytest.mark.parametrize(
    "markup",
    [
        "", "* ", "*[[Arab Spring]]", "*[[Arab Spring]], [[Syrian civil war]]", "*[[Arab Spring]]:\n**[[Libya]]",
        "*'''[[Arab Spring]]'''", "*Impact of the [[Arab Spring]] on [[Tunisia]]", "*(see below)",
        "* [http://a.b (BBC)]",
        "== Deaths ==", "'''Sport'''", ":'''Sport'''", ";Sport", "{{Current events header|2006|04|14}}", "----",
        "{|\n|-\n| cell\n|}", "__NOTOC__", "<noinclude>{{x}}</noinclude>", "[[Category:2002]]",
    ],
)  # fmt: skip
def test_headings_and_furniture_are_no_items(markup: str) -> None:
    assert texts(markup) == []


def test_a_sentence_above_others_is_an_item_and_no_topic() -> None:
    items = list(items_of("* A storm hits Japan. [http://a.b (BBC)]\n** It turns to Korea. [http://a.c (AP)]\n"))
    assert [(item.text, item.topics) for item in items if isinstance(item, Item)] == [
        ("A storm hits Japan.", ()),
        ("It turns to Korea.", ()),
    ]


def test_an_unclosed_template_or_link_costs_only_its_bullet() -> None:
    cited = "[http://a.b (BBC)]"
    found = texts(
        f"* Peru {{{{votes on [[it {cited}\n* Chile votes as well. {cited}\n"
        f"* Mali waits <ref>x {cited}\n* Chad goes. {cited}"
    )
    assert len(found) == 4
    assert found[1::2] == ["Chile votes as well.", "Chad goes."]


@pytest.mark.parametrize(
    ("label", "outlet"),
    [
        ("(BBC)", "BBC"), ("(''AFP'' via ''France 24'')", "AFP"), ("Reuters²", "Reuters"), ("(''The Hindu'')",
         "The Hindu"),
        ("1", None), ("", None), ("(link)", None), ("[dead link]", None), ("(in French)", None), ("x" * 61, None),
        ("a whole headline of a page, not the name of one", None),
    ],
)  # fmt: skip
def test_outlet_of_a_label(label: str, outlet: str | None) -> None:
    assert outlet_name(label) == outlet


def test_item_is_an_article_that_says_whose_words_it_is_and_whom_it_cites() -> None:
    (found,) = articles_of("'''Politics'''\n*[[Peru]]\n**Peru votes on it. [http://a.b/1 (BBC)] [http://c.d (AP)]", DAY)
    assert found == RawArticle(
        text="Peru votes on it.",
        where="Portal:Current events/2010 January 1, item 1",
        title="Peru",
        url="https://en.wikipedia.org/wiki/Portal:Current_events/2010_January_1?item=39c6e53cc5280932"
        "#:~:text=Peru%20votes%20on%20it.",
        published="2010-01-01",
        outlet="BBC",
        language="en",
        authors=(
            "Wikipedia contributors, Portal:Current events/2010 January 1 (CC BY-SA 4.0)",
            "citing BBC: http://a.b/1",
            "citing AP: http://c.d",
        ),
    )


def test_address_of_an_item_does_not_change_with_what_is_around_it() -> None:
    (alone,) = articles_of("* Peru votes on it. [http://a.b (BBC)]", DAY)
    found = articles_of(
        "* Chile votes. [http://a.b (AP)]\n'''X'''\n*[[T]]\n** ''Peru'' votes on [[it]]. [http://z.y (AP)]", DAY
    )
    assert [one.url for one in found if isinstance(one, RawArticle)][1] == getattr(alone, "url", None)


@pytest.mark.parametrize("form", FORMS)
def test_what_is_written_in_each_form_is_read_again(form: Form) -> None:
    told = [
        Told(text="Peru & Chile [again] sign a treaty {no. 5} in Lima.", outlets=("BBC", "AP"), section="Politics"),
        Told(text="Mali's army < 5,000 men", outlets=("Dawn",), topics=("Mali War", "Siege"), section="Politics"),
        Told(text="Togo and Benin agree on the border.", outlets=("AFP",), topics=("Mali War",), section="Sport"),
    ]
    found = [item for item in items_of(page(told, DAY, form)) if isinstance(item, Item)]
    assert [item.text for item in found] == [one.text for one in told]
    assert [tuple(one.outlet for one in item.cited) for item in found] == [one.outlets for one in told]
    if form in {"definitions", "content"}:
        assert [(item.section, item.topics) for item in found] == [(one.section, one.topics) for one in told]


_PIECES = st.sampled_from(
    ["{{", "}}", "[[", "]]", "[http://a.b ", "]", "'''", "''", "<ref>", "</ref>", "<!--", "-->", "|", "=", "\n",
     "\n*", "\n**",
     "\n;", "&amp;", "&#0;", "&#xD800;", "<b>", "<nowiki>", "{|", "|}", "\x00", "\ud800", "(BBC)", " votes. ",
     "Peru", "(", ")",
     "{{cite web|url=", "{{Current events|content=", "<!-- All news items below this line -->",
     "<!-- All news items above this line -->", "https://", "\r\n", "{{{", "}}}", "[[File:", "== a =="]
)  # fmt: skip


@given(st.one_of(st.text(), st.lists(_PIECES, max_size=60).map("".join)))
def test_no_wikitext_makes_the_reader_raise(wikitext: str) -> None:
    for found in articles_of(wikitext, DAY):
        if isinstance(found, Failure):
            assert found.reason
        else:
            assert any(char.isalpha() for char in found.text)
            assert "\x00" not in found.text
            assert found.text == found.text.strip()


@pytest.mark.parametrize(
    "piece",
    ["{{", "[[", "{{a|", "[[a|", "[http://a ", "<ref>", '<ref name="', "<!--", "'''", "''[[", "<b>", "http://a ",
     "*", "&", "a",
     "== a\n", "\n*", "(", "* (A)\n", "{{a|[[b|", "\x00", "{{Current events|a|", "'''a\n", "* <ref>\n"],
)  # fmt: skip
@pytest.mark.parametrize("shape", ["one line", "one bullet", "many bullets"])
def test_time_is_bounded_whatever_the_page_holds(piece: str, shape: str) -> None:
    one = piece * (1_000_000 // len(piece))
    wikitext = {
        "one line": one,
        "one bullet": "* " + one,
        "many bullets": ("* " + piece * 190)[:9_000].join("\n" * 200),
    }
    began = time.process_time()
    list(items_of(wikitext[shape]))
    assert time.process_time() - began < 8


def test_what_is_too_large_is_named() -> None:
    assert texts("* " + "a" * 10_001) == [
        "a bullet of 10,001 characters; an item has at most 10,000; it begins 'aaaaaaaa" + "a" * 32 + "'"
    ]
    (whole,) = items_of("a" * (MAX_PAGE_CHARS + 1))
    assert isinstance(whole, Unreadable)
    assert "a page of 2,100,001 characters" in whole.reason
    assert "201 links" in texts("* " + "[" * 201)[0]
    assert "the rest is not read" in texts("* a\n" * 10_001)[-1]
