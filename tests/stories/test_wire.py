"""Credits that say where a text is from, and words that only look like one."""

from __future__ import annotations

import pytest

from ingest.stories.wire import origin

_STORY = "The harbour masters of the two towns agreed on Monday to paint both lighthouses in one colour."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"OSLO (Reuters) - {_STORY}", "Reuters"),
        (f"WASHINGTON, Feb 9 (Reuters) - {_STORY}", "Reuters"),
        (f"SHANGHAI/WASHINGTON, March 9 (Reuters) — {_STORY}", "Reuters"),
        (f"GENEVA (AP) — {_STORY}", "Associated Press"),
        (f"MOSCOW, February 7. /TASS/. {_STORY}", "TASS"),
        (f"BEIJING, Dec. 12 (Xinhua) -- {_STORY}", "Xinhua"),
        (f"Seoul, Jan. 3 (Yonhap) -- {_STORY}", "Yonhap"),
        (f"New Delhi, May 4 (PTI) {_STORY}", "PTI"),
        (f"Reuters — {_STORY}", "Reuters"),
        (f"{_STORY} (Reporting by A. Writer in OSLO; Editing by B. Desk)", "Reuters"),
        (f"{_STORY}\n(AFP)", "AFP"),
        (f"{_STORY} — AFP", "AFP"),
        (f"{_STORY}\nReuters", "Reuters"),
        (f"{_STORY}\nSource: Xinhua", "Xinhua"),
        (f"{_STORY} (With inputs from ANI)", "ANI"),
        (f"{_STORY}\nCopyright 2017 The Associated Press. All rights reserved.", "Associated Press"),
        (f"{_STORY}\nAssociated Press writer A. Writer in Oslo contributed to this report.", "Associated Press"),
        (f"{_STORY}\nThis story first appeared on Harbour Gazette.", "Harbour Gazette"),
        (f"{_STORY} This article was originally published by The Lighthouse.", "The Lighthouse"),
        (f"This article first appeared in the Harbour Gazette on Monday.\n{_STORY}", "Harbour Gazette"),
        (f"{_STORY}\nThis story was first published by Reuters.", "Reuters"),
    ],
)
def test_a_credit_names_its_origin(text: str, expected: str) -> None:
    assert origin(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        _STORY,
        "",
        f"{_STORY} The mayor told Reuters that the paint was blue.",
        f"The mayor told Reuters on Monday. {_STORY}",
        f"{_STORY} The paint, Xinhua News Agency reported, was blue.",
        f"{_STORY} Nobody was hurt, according to the Associated Press.",
        f"{_STORY} The phone has a new (app).",
        f"{_STORY} He called him his pa",
        f"The Associated Press (AP) won a prize for its pictures. {_STORY}",
        f"{_STORY} It was the first report that appeared in spring.",
    ],
)
def test_a_mention_is_no_credit(text: str) -> None:
    assert origin(text) is None


def test_a_long_text_without_a_credit_is_read_in_no_time() -> None:
    for text in ("(" * 200_000, "A" * 200_000, "— AP " * 50_000 + "x", "This story first " * 20_000):
        origin(text)
