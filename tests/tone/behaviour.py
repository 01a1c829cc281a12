"""Behaviours of a scorer as generated cases (after CheckList: Ribeiro and others, ACL 2020); sentences of our own.

A case names the pair by its two countries and says what must hold: a sign, neutrality, or that a change of
the sentence changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, product
from typing import NamedTuple

CASES = 20
"""Of each capability."""

A, B, C = "Kenya", "Norway", "Chile"
COUNTRIES = {"Kenya": "KEN", "Norway": "NOR", "Chile": "CHL", "Vietnam": "VNM", "Poland": "POL", "Ghana": "GHA"}


class Case(NamedTuple):
    """A sentence, its pair, and what must hold."""

    sentence: str
    expects: str
    """`+`, `-`, `0`, or `=`: the same as `other`."""
    other: str = ""


def capabilities() -> dict[str, list[Case]]:
    """Return every capability with its cases."""
    return {name: list(islice(cases, CASES)) for name, cases in _generate().items()}


_WHEN = ("on Monday", "last week", "after long talks", "in a statement", "at the summit")
_WHO = ("{a}", "The government of {a}", "{a}'s president", "{a}'s foreign minister", "The {a} army")
_PRAISE = ("praised", "thanked", "congratulated", "applauded", "welcomed")
_BLAME = ("condemned", "accused", "denounced", "threatened", "criticised")
_AID = ("aid", "vaccines", "grain", "medical supplies", "a cheap loan")
_WEAPONS = ("rockets", "shells", "drones", "missiles", "artillery")
_PACTS = ("a trade agreement", "a peace treaty", "a defence pact", "a visa waiver", "an energy deal")
_PENALTIES = ("sanctions", "tariffs", "a trade ban", "an arms embargo", "visa restrictions")
_GOODS = ("wheat", "copper", "rice", "coffee", "steel")
_SPORTS = ("2-0 in the final", "in the semi-final", "on penalties", "by three wickets", "in the qualifier")


def _make(expects: str, template: str, *words: tuple[str, ...]) -> Iterator[Case]:
    """Fill a template with every combination of words, {0}, {1}, …; far ones first, so that 20 are varied."""
    combinations = list(product(*words))
    step = next(step for step in (7, 11, 13, 1) if len(combinations) % step)
    for i in range(len(combinations)):
        chosen = combinations[i * step % len(combinations)]
        yield Case(template.format(*chosen, a=A, b=B, c=C), expects)


def _same(first: str, second: str, *words: tuple[str, ...]) -> Iterator[Case]:
    for one, other in zip(_make("=", first, *words), _make("=", second, *words), strict=True):
        yield Case(one.sentence, "=", other.sentence)


def _generate() -> dict[str, Iterator[Case]]:
    return {
        "praise": _make("+", "{a} {0} {b} {1}.", _PRAISE, _WHEN),
        "blame": _make("-", "{a} {0} {b} {1}.", _BLAME, _WHEN),
        "aid": _make("+", "{a} sent {0} to {b} {1}.", _AID, _WHEN),
        "attack": _make("-", "{a} fired {0} at {b} {1}.", _WEAPONS, _WHEN),
        "agreement": _make("+", "{a} and {b} signed {0} {1}.", _PACTS, _WHEN),
        "penalty": _make("-", "{a} imposed {0} on {b} {1}.", _PENALTIES, _WHEN),
        "penalty lifted": _make("+", "{a} lifted {0} on {b} {1}.", _PENALTIES, _WHEN),
        "penalty threatened": _make("-", "{a} threatened {b} with {0} {1}.", _PENALTIES, _WHEN),
        "agreement broken": _make("-", "{a} tore up {0} with {b} {1}.", _PACTS, _WHEN),
        "agreement refused": _make("-", "{a} refused to sign {0} with {b} {1}.", _PACTS, _WHEN),
        "negated praise": _make(
            "-",
            "{a} {0} {b} {1}.",
            ("does not trust", "will not thank", "no longer respects", "did not forgive", "will not support"),
            _WHEN,
        ),
        "negated hostility": _make(
            "+",
            "{a} {0} {b} {1}.",
            (
                "is no longer at war with",
                "no longer threatens",
                "is not an enemy but a friend of",
                "dropped its charges against",
                "ended its dispute with",
            ),
            _WHEN,
        ),
        "denial keeps the dispute": _make(
            "-",
            "{a} denied {0} {b} {1}.",
            (
                "spying on",
                "that it had attacked",
                "meddling in the elections of",
                "arming rebels in",
                "hacking the networks of",
            ),
            _WHEN,
        ),
        "reported accusation": _make(
            "-",
            "{a} says that {b} {0} {1}.",
            (
                "stole its secrets",
                "broke the ceasefire",
                "supports terrorists",
                "violated its airspace",
                "kidnapped its citizens",
            ),
            _WHEN,
        ),
        "together against a third": _make(
            "+",
            "{a} and {b} {0} against {c} {1}.",
            (
                "fought side by side",
                "agreed on joint sanctions",
                "formed an alliance",
                "joined forces",
                "launched a joint operation",
            ),
            _WHEN,
        ),
        "joint drills": _make(
            "+",
            "{a} and {b} held joint {0} drills against {1}.",
            ("naval", "army", "air force", "military"),
            ("terrorists", "pirates", "smugglers", "militants", "an imaginary enemy"),
        ),
        "passive praise": _make(
            "+", "{b} was {0} by {a} {1}.", ("praised", "thanked", "congratulated", "applauded", "supported"), _WHEN
        ),
        "passive blame": _make(
            "-", "{b} was {0} by {a} {1}.", ("condemned", "accused", "denounced", "threatened", "attacked"), _WHEN
        ),
        "listing": _make(
            "0",
            "{0} fell in {a}, {c} and {b} {1}.",
            ("Prices", "Exports", "Wages", "Temperatures", "Sales"),
            ("in May", "last year", "again", "this week", "on Friday"),
        ),
        "sport": _make("0", "{a} {0} {b} {1}.", ("beat", "crushed", "defeated", "thrashed"), _SPORTS),
        "weather": _make(
            "0",
            "{0} hit {a} and {b} {1}.",
            ("A storm", "Heavy snow", "A heatwave", "Floods", "An earthquake"),
            (*_WHEN[:2], "overnight", "again", "in August"),
        ),
        "nationality only": _make(
            "0",
            "The {0}, who was born in {a}, {1} {b}.",
            ("singer", "painter", "runner", "chef", "novelist"),
            ("lives in", "studied in", "works in", "moved to", "settled in"),
        ),
        "procedure only": _make(
            "0",
            "The {0} of {a} and {b} {1}.",
            ("presidents", "foreign ministers", "prime ministers", "trade ministers"),
            (
                "spoke by phone on Monday",
                "met on Tuesday",
                "will meet next month",
                "held talks on Friday",
                "met on the sidelines of the summit",
            ),
        ),
        "friend despite a hard topic": _make(
            "+",
            "{a} will help {b} to {0} {1}.",
            ("fight terrorism", "rebuild after the war", "stop the violence", "find the killers", "bury the dead"),
            _WHEN,
        ),
        "mourning": _make(
            "+",
            "{a} offered its condolences to {b} after the {0} {1}.",
            ("attack", "bombing", "earthquake", "plane crash", "massacre"),
            ("on Monday", "that killed 40 people", "in the capital", "last week", "in the north"),
        ),
        "change for the worse": _make(
            "-",
            "Relations between {a} and {b} {0} {1}.",
            ("soured", "plunged to a new low", "worsened", "deteriorated", "froze"),
            _WHEN,
        ),
        "change for the better": _make(
            "+",
            "Relations between {a} and {b} {0} {1}.",
            ("improved", "thawed", "warmed", "were restored", "grew closer"),
            _WHEN,
        ),
        "a third country changes nothing": _same(
            "{a} {0} {b} {1}.", "{a} {0} {b} {1}, officials in {c} noticed.", _PRAISE[:3] + _BLAME[:3], _WHEN[:4]
        ),
        "synonyms of size": _same("{a} {0} {b} {1}.", "{a} strongly {0} {b} {1}.", _PRAISE[:3] + _BLAME[:3], _WHEN[:4]),
        "active equals passive": _same(
            "{a} {0} {b} {1}.",
            "{b} was {0} by {a} {1}.",
            ("praised", "thanked", "condemned", "accused", "attacked"),
            _WHEN[:4],
        ),
        "typography": _same(
            "{a} called {b} '{0}' - {1}.",
            "{a} called {b} “{0}” — {1}.",
            ("a true friend", "an enemy", "a liar", "a reliable partner", "a threat"),
            _WHEN[:4],
        ),
        "headline case": _same("{a} and {b} sign {0} {1}", "{a} And {b} Sign {0} {1}", _PACTS, _WHEN[:4]),
        "length": _same(
            "{a} {0} {b} {1}.",
            "{a} {0} {b} {1}, according to a spokesman who spoke to reporters in the capital late in the evening.",
            _PRAISE[:3] + _BLAME[:3],
            _WHEN[:4],
        ),
    }
