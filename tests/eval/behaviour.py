"""What a tone scorer must be able to do: capabilities, each with generated cases (CheckList: Ribeiro et al., ACL 2020).

Sentences of our own, written by the codebook, about real countries. They were written before `detente` could be
asked; six were reworded after its first failures showed that they could be read in two ways. Not to be learned from.
The 20 cases of a capability come from 4 to 8 templates, so they are not 20 independent trials: 75 % is often
one template of four or five that fails. One file though it is long: nearly all of it is the list of sentences.

`python -m tests.eval.behaviour [--scorer NAME] [--markdown]` prints the pass rates.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Literal, NamedTuple

from ingest.records import Article, Label
from ingest.scoring import score_all
from ingest.tone.scorer import Scorer

CASES = 20
"""Of each capability."""

Kind = Literal["MFT", "INV", "DIR"]
"""Minimum functionality: one right answer. Invariance: two sentences, one answer. Direction: the tone must move so."""


class Ask(NamedTuple):
    """A sentence and the pair it is asked about, in any order."""

    sentence: str
    a: str
    b: str


class Answer(NamedTuple):
    """What the scorer says to one ask; a pair that is not found is neutral, as in `detente score`."""

    tone: float
    label: Label
    found: bool


class Case(NamedTuple):
    """One thing to get right: all its asks together."""

    asks: tuple[Ask, ...]
    expects: str
    """For `MFT` a sign for each ask: `+`, `-`, `0`, `n` (not cooperative), `~` (tone within `BALANCED`); else empty."""


Rule = Callable[[Case, Sequence[Answer]], bool]


@dataclass(frozen=True, kw_only=True, slots=True)
class Capability:
    """One ability, said in a sentence, and how to make and judge its cases."""

    name: str
    kind: Kind
    statement: str
    rule: Rule
    templates: tuple[str, ...]
    """See `_fill`; an `MFT` template begins with its signs, and ` => ` separates the variants of the others."""
    pairs: tuple[str, ...] = ("ab",)
    """Which countries of the sentence are asked; of the last variant too if there are fewer than variants."""
    derive: Callable[[str], tuple[str, ...]] | None = None
    """Makes the variants from the one sentence of the template."""
    framed: bool = True
    """Some sentences get an opening or a tail as in the news; not where the beginning is the point."""


class Result(NamedTuple):
    """How a scorer did at one capability."""

    capability: Capability
    cases: int
    passed: int
    found: float
    """Share of the asks whose pair was found in the sentence."""
    failures: tuple[tuple[Case, tuple[Answer, ...]], ...]

    @property
    def rate(self) -> float:
        """Share of the cases passed."""
        return self.passed / self.cases


def examine(scorer: Scorer, capability: Capability) -> Result:
    """Put every case of a capability to a scorer, all sentences in one call."""
    cases = generate(capability)
    sentences = list(dict.fromkeys(ask.sentence for case in cases for ask in case.asks))
    readings = dict(zip(sentences, score_all([Article(text=one) for one in sentences], scorer), strict=True))

    def answer(ask: Ask) -> Answer:
        for reading in readings[ask.sentence]:
            if {reading.a, reading.b} == {ask.a, ask.b}:
                return Answer(reading.tone, reading.label, True)
        return Answer(0.0, "neutral", False)

    answered = [(case, tuple(answer(ask) for ask in case.asks)) for case in cases]
    failures = tuple((case, answers) for case, answers in answered if not capability.rule(case, answers))
    found = [one.found for _, answers in answered for one in answers]
    return Result(capability, len(cases), len(cases) - len(failures), sum(found) / len(found), failures)


# How an answer is judged.

BALANCED = 0.35
"""Good and bad in equal parts: the tone may not lean further than this."""


def _labels(case: Case, answers: Sequence[Answer]) -> bool:
    """Each ask has the label expected of it."""
    return all(_has(expected, answer) for expected, answer in zip(case.expects, answers, strict=True))


def _has(expected: str, answer: Answer) -> bool:
    if expected == "~":
        return abs(answer.tone) <= BALANCED
    if expected == "n":
        return answer.label != "cooperative"
    return answer.label == {"+": "cooperative", "-": "hostile", "0": "neutral"}[expected]


def _within(most: float) -> Rule:
    """Tones differ by no more than this."""

    def rule(_: Case, answers: Sequence[Answer]) -> bool:
        tones = [one.tone for one in answers]
        return max(tones) - min(tones) <= most

    return rule


def _same_label(_: Case, answers: Sequence[Answer]) -> bool:
    """All variants get one label."""
    return len({one.label for one in answers}) == 1


def _rises(least: float) -> Rule:
    """The second variant's tone is higher than the first's by at least this (if negative: hardly lower)."""
    return lambda _, answers: answers[1].tone >= answers[0].tone + least


def _no_stronger(slack: float) -> Rule:
    """The second variant does not turn the sign of the first, and its tone is no stronger."""
    opposite = {("cooperative", "hostile"), ("hostile", "cooperative")}
    return lambda _, answers: (
        (answers[0].label, answers[1].label) not in opposite and abs(answers[1].tone) <= abs(answers[0].tone) + slack
    )


# How cases are made.


@dataclass(frozen=True, slots=True)
class Country:
    """A country as a template may write it: `{a}`, `{a.s}`, `{a.adj}`, `{a.an}`, `{a.people}`, `{a.capital}`."""

    iso: str
    name: str
    adj: str
    people: str
    capital: str

    def __str__(self) -> str:
        return self.name

    @property
    def s(self) -> str:
        """Possessive."""
        return self.name + ("'" if self.name.endswith("s") else "'s")

    @property
    def an(self) -> str:
        """Adjective with its article."""
        return ("an " if self.adj[0] in "AEIO" else "a ") + self.adj


_COUNTRIES = {
    fields[0]: Country(*fields)
    for fields in (
        tuple(line.split("|"))
        for line in """AFG|Afghanistan|Afghan|Afghans|Kabul
ARG|Argentina|Argentine|Argentines|Buenos Aires
ARM|Armenia|Armenian|Armenians|Yerevan
AUS|Australia|Australian|Australians|Canberra
AZE|Azerbaijan|Azerbaijani|Azerbaijanis|Baku
BGD|Bangladesh|Bangladeshi|Bangladeshis|Dhaka
BRA|Brazil|Brazilian|Brazilians|Brasilia
CAN|Canada|Canadian|Canadians|Ottawa
CHL|Chile|Chilean|Chileans|Santiago
CHN|China|Chinese|the Chinese|Beijing
COL|Colombia|Colombian|Colombians|Bogota
DEU|Germany|German|Germans|Berlin
DZA|Algeria|Algerian|Algerians|Algiers
EGY|Egypt|Egyptian|Egyptians|Cairo
ERI|Eritrea|Eritrean|Eritreans|Asmara
ESP|Spain|Spanish|Spaniards|Madrid
ETH|Ethiopia|Ethiopian|Ethiopians|Addis Ababa
FRA|France|French|the French|Paris
GRC|Greece|Greek|Greeks|Athens
HRV|Croatia|Croatian|Croatians|Zagreb
HUN|Hungary|Hungarian|Hungarians|Budapest
IDN|Indonesia|Indonesian|Indonesians|Jakarta
IND|India|Indian|Indians|New Delhi
IRN|Iran|Iranian|Iranians|Tehran
IRQ|Iraq|Iraqi|Iraqis|Baghdad
ITA|Italy|Italian|Italians|Rome
JPN|Japan|Japanese|the Japanese|Tokyo
KEN|Kenya|Kenyan|Kenyans|Nairobi
KOR|South Korea|South Korean|South Koreans|Seoul
LTU|Lithuania|Lithuanian|Lithuanians|Vilnius
MAR|Morocco|Moroccan|Moroccans|Rabat
MYS|Malaysia|Malaysian|Malaysians|Kuala Lumpur
NOR|Norway|Norwegian|Norwegians|Oslo
PAK|Pakistan|Pakistani|Pakistanis|Islamabad
PER|Peru|Peruvian|Peruvians|Lima
POL|Poland|Polish|Poles|Warsaw
PRT|Portugal|Portuguese|the Portuguese|Lisbon
QAT|Qatar|Qatari|Qataris|Doha
ROU|Romania|Romanian|Romanians|Bucharest
RUS|Russia|Russian|Russians|Moscow
SAU|Saudi Arabia|Saudi|Saudis|Riyadh
SDN|Sudan|Sudanese|the Sudanese|Khartoum
SRB|Serbia|Serbian|Serbs|Belgrade
SYR|Syria|Syrian|Syrians|Damascus
THA|Thailand|Thai|Thais|Bangkok
TUR|Turkey|Turkish|Turks|Ankara
TZA|Tanzania|Tanzanian|Tanzanians|Dodoma
UGA|Uganda|Ugandan|Ugandans|Kampala
UKR|Ukraine|Ukrainian|Ukrainians|Kyiv
VEN|Venezuela|Venezuelan|Venezuelans|Caracas
VNM|Vietnam|Vietnamese|the Vietnamese|Hanoi
ZAF|South Africa|South African|South Africans|Pretoria
ZMB|Zambia|Zambian|Zambians|Lusaka
ZWE|Zimbabwe|Zimbabwean|Zimbabweans|Harare""".splitlines()
    )
}
_WITH_ARTICLE = (
    Country("USA", "the United States", "American", "Americans", "Washington"),
    Country("NLD", "the Netherlands", "Dutch", "the Dutch", "Amsterdam"),
    Country("PHL", "the Philippines", "Philippine", "Filipinos", "Manila"),
    Country("ARE", "the United Arab Emirates", "Emirati", "Emiratis", "Abu Dhabi"),
    Country("CZE", "the Czech Republic", "Czech", "Czechs", "Prague"),
    Country("GBR", "the United Kingdom", "British", "Britons", "London"),
)
_PAIRS = """AFG-PAK ARG-CHL ARM-AZE BGD-IND BRA-ARG CHN-JPN COL-VEN DZA-MAR EGY-SDN ERI-ETH ESP-PRT GRC-TUR HRV-SRB
HUN-ROU IDN-MYS IND-PAK IRN-IRQ KEN-TZA KEN-UGA LTU-POL PER-COL POL-UKR RUS-UKR SYR-TUR IRN-SAU VNM-CHN ZMB-ZWE
TZA-UGA""".split()
"""Neighbours, so that borders, ferries and shelling are no nonsense."""
_THIRD = "AUS CAN DEU FRA ITA KOR NOR QAT THA ZAF".split()
_SURNAMES = "Adler Brandvik Castellan Dombek Ferrand Halloway Kestrel Lindgren Marchetti Okwell Pereira Tamsin".split()

_CHOICE = re.compile(r"<([^<>]*)>")
_VARIANTS = " => "


def generate(capability: Capability) -> list[Case]:
    """Return the cases of a capability: the same every time, no two alike."""
    cases: dict[Case, None] = {}
    attempt = 0
    while len(cases) < CASES:
        template = capability.templates[len(cases) % len(capability.templates)]
        cases.setdefault(_make(capability, template, f"{capability.name}/{attempt}"))
        attempt += 1
        if attempt > 50 * CASES:
            raise ValueError(f"{capability.name}: expected {CASES} different cases, found {len(cases)}; add templates")
    return list(cases)


def _make(capability: Capability, template: str, key: str) -> Case:
    expects = ""
    if capability.kind == "MFT":
        expects, _, template = template.partition(" ")
    countries = _draw(key)
    templates = template.split(_VARIANTS)
    if capability.framed:
        templates = _frame(templates, key)
    variants = [_fill(one, countries, key) for one in templates]
    if capability.derive:
        variants += capability.derive(variants[0])
    count = max(len(variants), len(capability.pairs))
    variants += variants[-1:] * (count - len(variants))
    pairs = [*capability.pairs, *capability.pairs[-1:] * (count - len(capability.pairs))]
    asks = (
        Ask(sentence, countries[pair[0]].iso, countries[pair[1]].iso)
        for sentence, pair in zip(variants, pairs, strict=True)
    )
    return Case(tuple(asks), expects)


_OPENINGS = (
    "according to a report in a daily newspaper, ",
    "as the evening news reported, ",
    "according to a correspondent who has followed events there for years, ",
    "as news agencies reported in the early hours, ",
    "in the week's main news from the region, ",
)
_TAILS = (
    ", several newspapers wrote in their weekend editions",
    ", it was reported in a bulletin that otherwise dealt with the budget, the weather and a new concert hall",
    ", the agency wrote in its daily summary of events",
    ", the radio reported in the first item of its programme at noon",
)
_KEEP_CAPITAL = ("{", "<", '"', "General ", "Ambassador ", "Prime Minister ")
SHORTEST = 8
"""Words; a shorter sentence always gets an opening."""
LONGEST_FRAMED = 16
"""Words of a sentence that may get a tail, or an opening if it has up to four more: so none has more than 35."""


def _frame(templates: list[str], key: str) -> list[str]:
    """Give all variants of a sentence the same neutral opening (one in three) or tail (one in four), or neither."""
    opening = tail = ""
    shortest = min(len(_CHOICE.sub("x", one).split()) for one in templates)
    longest = max(len(_CHOICE.sub(_longest, one).split()) for one in templates)
    drawn = _pick(f"{key}/frame", 12)
    if shortest < SHORTEST or (drawn < 4 and longest <= LONGEST_FRAMED + 4 and templates[0][0] != '"'):
        opening = _OPENINGS[_pick(f"{key}/opening", len(_OPENINGS))]
    elif drawn < 7 and longest <= LONGEST_FRAMED:
        tail = _TAILS[_pick(f"{key}/tail", len(_TAILS))]
    return [opening + _mid_sentence(text, opening) + tail + "." for text in (one.rstrip(".") for one in templates)]


def _longest(choice: re.Match[str]) -> str:
    return max(choice.group(1).split("|"), key=lambda one: len(one.split()))


def _mid_sentence(text: str, opening: str) -> str:
    return text if not opening or text.startswith(_KEEP_CAPITAL) else text[0].lower() + text[1:]


def _draw(key: str) -> dict[str, Country]:
    """Draw neighbours a and b, a third c, others d, e, f for all three, and u, whose name has an article."""
    a, b = _PAIRS[_pick(f"{key}/pair", len(_PAIRS))].split("-")
    if _pick(f"{key}/turn", 2):
        a, b = b, a
    codes = [a, b, _THIRD[_pick(f"{key}/third", len(_THIRD))]]
    for letter in "def":
        rest = [code for code in _COUNTRIES if code not in codes]
        codes.append(rest[_pick(f"{key}/{letter}", len(rest))])
    drawn = {letter: _COUNTRIES[code] for letter, code in zip("abcdef", codes, strict=True)}
    return drawn | {"u": _WITH_ARTICLE[_pick(f"{key}/u", len(_WITH_ARTICLE))]}


def _fill(template: str, countries: dict[str, Country], key: str) -> str:
    """Choose among `<one|other>` (the same choice wherever the same list stands), then fill in countries,
    invented surnames `{m}`, `{n}` and numbers `{k}`, `{l}`; the sentence begins with a capital.
    """  # fmt: skip

    def choose(found: re.Match[str]) -> str:
        options = found.group(1).split("|")
        return options[_pick(f"{key}/{found.group(1)}", len(options))]

    first = _pick(f"{key}/surname", len(_SURNAMES))
    number = 3 + _pick(f"{key}/number", 40)
    text = _CHOICE.sub(choose, template).format(
        **countries, m=_SURNAMES[first], n=_SURNAMES[first - 5], k=number, l=number * 7 + 60
    )
    return text[0].upper() + text[1:]


def _pick(key: str, size: int) -> int:
    """Choose below `size` by a digest: the same on every machine, and no state."""
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest()) % size


def _curly(text: str) -> tuple[str, ...]:
    """Write quotes, apostrophes and dashes as a newspaper, a wire and a typist do."""
    opened = re.sub(r'"([^"]*)"', r"“\1”", text).replace("'", "’")
    return opened.replace(" - ", " — "), opened.replace(" - ", "\u00a0– "), text.replace(" - ", " — ")


def _headlines(text: str) -> tuple[str, ...]:
    """Write a headline with capitals on its words, and all in capitals."""
    small = {"a", "an", "and", "at", "for", "in", "of", "on", "over", "the", "to", "with", "after", "by", "from"}
    words = [word if word in small else word[0].upper() + word[1:] for word in text.split()]
    return " ".join(words), text.upper()


def _others(*templates: str) -> tuple[str, ...]:
    """Add to each template the same with other countries."""
    return tuple(one + _VARIANTS + re.sub(r"\{([abc])", lambda x: "{" + _OTHER[x.group(1)], one) for one in templates)


_OTHER = {"a": "d", "b": "e", "c": "f"}


# What a scorer must be able to do.

CAPABILITIES: tuple[Capability, ...] = (
    Capability(
        name="name swap",
        kind="INV",
        statement="Any two countries in the place of any other two leave the tone unchanged (at most 0.02).",
        rule=_within(0.02),
        pairs=("ab", "de"),
        templates=_others(
            "{a} <praised|condemned|warned|thanked> {b} on Monday for its role in the <floods|talks|fighting> last "
            "month.",
            "Troops from {a} and {b} <clashed|trained together> near the border for the second day in a row.",
            "The {a.adj} government has <lifted|tightened> its ban on {b.adj} goods, a spokesman told reporters.",
            "{a.capital} and {b.capital} have <fallen out|made up> over fishing rights, two diplomats said on Tuesday.",
            "<relations|trade ties> between {a} and {b} have <soured|improved|hardly changed> since the vote, "
            "analysts say.",
            "{a.s} president accused {b} of arming rebels, while {c} called on both of them to show restraint.",
            "Farmers in {a} and {b} expect a poor harvest after the driest spring in <twenty|forty> years.",
            "{a.people} living in {b} said they had <been welcomed|been attacked> since the war began in the north.",
        ),
    ),
    Capability(
        name="name swap, names with an article",
        kind="INV",
        statement='A country with "the" in its name in the place of one without changes the tone by at most 0.02.',
        rule=_within(0.02),
        pairs=("ab", "ub"),
        templates=(
            "{a} signed a defence pact with {b} on Monday => {u} signed a defence pact with {b} on Monday",
            "{b} accused {a} of spying on its ministers => {b} accused {u} of spying on its ministers",
            "Trade between {b} and {a} rose by {k} percent last year "
            "=> Trade between {b} and {u} rose by {k} percent last year",
            "{a} and {b} played to a draw in front of a small crowd "
            "=> {u} and {b} played to a draw in front of a small crowd",
            "The army of {b} fired at a ship from {a} before dawn "
            "=> The army of {b} fired at a ship from {u} before dawn",
            "A spokesman for {a} thanked {b} for sheltering <{k} families|its embassy staff> "
            "=> A spokesman for {u} thanked {b} for sheltering <{k} families|its embassy staff>",
        ),
    ),
    Capability(
        name="order of the pair",
        kind="INV",
        statement="Which is named first where both do the same, and which comes first in the alphabet: no change.",
        rule=_within(0.02),
        pairs=("ab", "ba"),
        templates=(
            "{a} and {b} <signed a treaty on river water|traded accusations over the spill> on <Monday|Friday>, state"
            " media said. "
            "=> {b} and {a} <signed a treaty on river water|traded accusations over the spill> on <Monday|Friday>, "
            "state media said.",
            "Ties between {a} and {b} are <at their best|at their worst> in <{k} years|a generation>, a former envoy "
            "wrote. "
            "=> Ties between {b} and {a} are <at their best|at their worst> in <{k} years|a generation>, a former "
            "envoy wrote.",
            "{a} <attacked|helped|ignored> {b} without <telling|consulting> its own allies, the newspaper reported. "
            "=> {b} <attacked|helped|ignored> {a} without <telling|consulting> its own allies, the newspaper "
            "reported.",
            "The {a.adj} and {b.adj} armies <exchanged fire|held a joint exercise> close to the frontier on "
            "<Sunday|Friday>. "
            "=> The {b.adj} and {a.adj} armies <exchanged fire|held a joint exercise> close to the frontier on "
            "<Sunday|Friday>.",
        ),
    ),
    Capability(
        name="agreement",
        kind="MFT",
        statement="Signing, agreeing and opening things together is cooperative.",
        rule=_labels,
        templates=(
            "+ {a} and {b} signed <a free trade agreement|an accord on gas supplies|a visa waiver|a defence pact> on "
            "<Monday|Thursday> that both capitals had wanted for years.",
            "+ {a} agreed after <two days|a week> of talks to <sell its gas to|share its satellite data with|train "
            "the police of> {b}.",
            "+ {a} and {b} have agreed to reopen <a railway line|a border crossing|their embassies> closed since the "
            "war.",
            "+ The foreign ministers of {a} and {b} initialled a deal to <build a bridge|lay a power cable|run "
            "ferries> between the two countries.",
            "+ Officials from {a} and {b} settled <a long quarrel over fishing|the last open points of a border "
            "treaty>, clearing the way for a summit in spring.",
        ),
    ),
    Capability(
        name="aid and support",
        kind="MFT",
        statement="Giving help, money, arms or backing is cooperative.",
        rule=_labels,
        templates=(
            "+ {a} sent {k} tonnes of <food|medicine|blankets> to {b} after the <earthquake|floods|cyclone>.",
            "+ {a} will lend {b} ${l} million on easy terms to <repair its ports|pay its teachers|build clinics>.",
            "+ {a} reaffirmed its support for {b.s} <bid to join the Security Council|territorial integrity> on "
            "<Monday|Friday>.",
            "+ {b} received {k} <ambulances|fire engines|school buses> from {a}, a gift that its health minister "
            "called generous.",
            "+ Doctors whom the government of {a} sent to {b} have treated more than {l} <patients|children> there.",
            "+ {a} voted for the resolution and promised to stand by {b} for as long as the crisis lasts.",
        ),
    ),
    Capability(
        name="praise and friendly visits",
        kind="MFT",
        statement="Praise, thanks, congratulation and a warm welcome are cooperative.",
        rule=_labels,
        templates=(
            "+ {a.s} president praised {b} as <a true friend|a reliable partner|an example for the region> during a "
            "state visit.",
            "+ {a} thanked {b} for <its hospitality|its help in the rescue|bringing its stranded citizens home>.",
            "+ Prime Minister {m} of {a} congratulated {b} on its <independence day|peaceful election> and wished its"
            " people well.",
            "+ {a.s} president was given a <warm|rousing> welcome in {b} and spoke of a deep friendship.",
            "+ {a} <hailed|welcomed> the reforms in {b}, saying they would bring the two nations closer together.",
        ),
    ),
    Capability(
        name="growth of trade and exchange",
        kind="MFT",
        statement="Growing trade, investment and traffic between two countries are cooperative.",
        rule=_labels,
        templates=(
            "+ Trade between {a} and {b} <grew|rose|climbed> by {k} percent last year to a record ${l} million.",
            "+ {a} has become the largest <investor|trading partner> of {b}, and both governments want to expand "
            "business further.",
            "+ Direct flights between {a} and {b} will resume in <May|June|October> as the two expand tourism.",
            "+ Companies from {a} plan to invest ${l} million in {b.s} <ports|solar farms|car industry>.",
            "+ More {b.adj} students than ever are studying in {a} thanks to a growing <exchange|scholarship> "
            "programme of the two governments.",
        ),
    ),
    Capability(
        name="armed attack",
        kind="MFT",
        statement="Fighting between two countries is hostile.",
        rule=_labels,
        templates=(
            "- {a} fired <rockets|artillery shells|missiles> at {b.adj} positions on <Monday|Sunday>, killing {k} "
            "people.",
            "- {a.adj} troops crossed into {b} before dawn and seized {k} villages, residents said.",
            "- Fighter jets from {a} bombed <an airfield|a fuel depot|two bridges> in {b} overnight.",
            "- At least {k} soldiers died when the armies of {a} and {b} clashed over the disputed hills.",
            "- {b} shot down <a drone|a helicopter|a spy plane> belonging to {a} over its northern province.",
            "- {a} invaded {b} in <March|August>, and {l} thousand people have fled the fighting since.",
        ),
    ),
    Capability(
        name="sanctions and bans",
        kind="MFT",
        statement="Sanctions, tariffs, embargoes and closed borders are hostile.",
        rule=_labels,
        templates=(
            "- {a} imposed <sanctions|an arms embargo|punitive tariffs> on {b} on <Tuesday|Friday> over the arrests.",
            "- {a} has frozen the accounts of {k} officials from {b} and banned them from travelling.",
            "- {a} closed its airspace to flights from {b} in <retaliation|protest>.",
            "- {a} <halted|suspended> gas deliveries to {b}, cutting off {l} thousand homes in the middle of winter.",
            "- Lawmakers in {a} voted to tighten the embargo against {b} by {l} votes to {k}.",
        ),
    ),
    Capability(
        name="accusation and condemnation",
        kind="MFT",
        statement="Blaming, accusing and condemning are hostile.",
        rule=_labels,
        templates=(
            "- {a} accused {b} of <stirring up riots|breaking the ceasefire|stealing trade secrets>.",
            "- {a} condemned {b} for <jailing journalists|shelling a hospital|testing a missile> and demanded an "
            "explanation.",
            "- {a.s} foreign minister called {b} <a threat to peace|a sponsor of terrorism|an occupier> in a speech "
            "on <Monday|Sunday>.",
            "- {b} is to blame for the collapse of the talks, a senior {a.adj} official told reporters.",
            "- {a} denounced {b} in an angry statement over the <killing of two fishermen|burning of its flag>.",
        ),
    ),
    Capability(
        name="threat",
        kind="MFT",
        statement="Threats and ultimatums are hostile.",
        rule=_labels,
        templates=(
            "- {a} threatened to <strike back at|cut all ties with|sink the ships of> {b} if the raids go on.",
            "- {a} warned {b} that it would pay a heavy price for any <attack|incursion>.",
            "- {a} gave {b} {k} days to withdraw its troops or face <war|the consequences>.",
            "- {a.s} army has massed {l} tanks on the border with {b} and says it is ready to march.",
            "- General {m} said {a} could destroy {b.s} <air force|navy> within hours and would not hesitate to do so.",
        ),
    ),
    Capability(
        name="expulsion and protest",
        kind="MFT",
        statement="Expelled diplomats, protest notes and broken relations are hostile.",
        rule=_labels,
        templates=(
            "- {a} expelled {k} diplomats from {b.s} embassy on <Monday|Thursday>, giving them two days to leave.",
            "- {a} handed {b} a <protest note|formal protest> after a patrol boat entered its waters.",
            "- {a} broke off diplomatic relations with {b} and closed its <mission|consulates> there.",
            "- {a} summoned {b.s} ambassador to complain about <remarks on its elections|the treatment of prisoners>.",
            "- {a} declared the {b.adj} military attache persona non grata for <spying|activities against the state>.",
        ),
    ),
    Capability(
        name="listing",
        kind="MFT",
        statement="Countries that are only named side by side have no relation.",
        rule=_labels,
        templates=(
            "0 Unemployment fell in both {a} and {b} in <May|June|October>, according to figures published by the "
            "bank.",
            "0 The company has <offices|factories|{l} employees> in {a} and in {b} and plans to open another branch "
            "next year.",
            "0 <wheat|coffee|maize> prices rose in {a} last month, while they fell slightly in {b}.",
            "0 The study compared the <diets|sleeping habits|school results> of {l} children in {a} with those of "
            "children in {b}.",
            "0 Life expectancy in {a} is now {k} months higher than in {b}, the report found.",
            "0 The film opens in cinemas in {a} on Friday and in {b} a week later.",
        ),
    ),
    Capability(
        name="procedure",
        kind="MFT",
        statement="That officials met, spoke, travelled or attended says nothing about how they get on.",
        rule=_labels,
        templates=(
            "0 The <foreign|finance|interior> ministers of {a} and {b} met on <Monday|Wednesday> at a hotel near the "
            "airport.",
            "0 {a.s} prime minister spoke by telephone with the president of {b} on <Tuesday|Friday>, her office said.",
            "0 The president of {a} will travel to {b} on <Monday|Sunday> and return home the next day.",
            "0 Delegates from {a} and {b} were among the {l} people who attended the conference.",
            "0 Talks between {a} and {b} are scheduled for <9 May|next week>, the ministry announced without giving "
            "details.",
        ),
    ),
    Capability(
        name="sport",
        kind="MFT",
        statement="A match is no conflict and no friendship, however hard its words.",
        rule=_labels,
        templates=(
            "0 {a} <beat|crushed|thrashed|stunned> {b} 3-1 in the second round of the <World Cup|tournament> on "
            "Sunday.",
            "0 {b} fought back from two goals down to <draw with|beat> {a} in the qualifier.",
            "0 {a} will <face|meet> {b} in the semi-final on Saturday without their injured captain, the coach said.",
            "0 Striker {m} scored twice as {a} <demolished|edged out> {b} in front of {k},000 fans.",
            "0 Chasing {l} to win, {a} collapsed against the bowlers of {b} and lost by {k} runs.",
        ),
    ),
    Capability(
        name="disaster that strikes both",
        kind="MFT",
        statement="Weather, quakes and epidemics in two countries are no relation between them.",
        rule=_labels,
        templates=(
            "0 <floods|landslides|forest fires> have killed {k} people in {a} and {l} in {b} since <Friday|last week>.",
            "0 A <storm|cyclone|heatwave> battered {a} on Monday before moving on to {b}, forecasters said.",
            "0 An earthquake of magnitude 6.{k} shook parts of {a} and {b} early on <Sunday|Tuesday>.",
            "0 Swarms of locusts are destroying crops in {a} as well as in {b}, the UN food agency said.",
            "0 Health officials have confirmed {k} cases of <measles|cholera> in {a} and {l} in {b} this month.",
        ),
    ),
    Capability(
        name="dateline and nationality",
        kind="MFT",
        statement="Where a report was written and where somebody was born are no relation.",
        rule=_labels,
        framed=False,
        templates=(
            "0 {b.capital} - Parliament in {a} voted on <Monday|Friday> to raise the retirement age by {k} months.",
            "0 The {a.adj} <novelist|violinist|painter>, who was born in {b}, won the prize for the second time.",
            "0 {m}, {a.an} engineer who grew up in {b}, was named head of the <bank|shipping company> on Monday.",
            "0 {a.an} tourist and two {b.adj} climbers were rescued from the mountain by helicopter on "
            "<Sunday|Friday>.",
            "0 The <singer|actress>, whose mother is {b.adj}, lives in the north of {a} with her {k} cats.",
        ),
    ),
    Capability(
        name="cooperation that did not happen",
        kind="MFT",
        statement="Agreement refused, missed or broken off is not cooperative.",
        rule=_labels,
        templates=(
            "n {a} refused to sign <the trade agreement|the border treaty|the joint statement> with {b} on "
            "<Monday|Friday>.",
            "n {a} and {b} did not agree on <gas prices|fishing quotas|the return of refugees> after {k} hours of "
            "talks.",
            "n Talks between {a} and {b} ended without <progress|a breakthrough|a deal>, and no new date was set.",
            "n {a} will not <support|recognise|lend money to> {b.s} new government, its foreign minister said.",
            "n {a} has never accepted {b.s} offer of <mediation|friendship>, and it did not do so this week.",
            "n There is no trust left between {a} and {b}, said {m}, a former ambassador.",
        ),
    ),
    Capability(
        name="negating cooperation lowers the tone",
        kind="DIR",
        statement="A cooperative act is warmer than the same act refused or not done (by at least 0.3).",
        rule=_rises(0.3),
        templates=(
            "{a} refused to sign <a peace deal|a trade deal> with {b} in <May|June> "
            "=> {a} agreed to sign <a peace deal|a trade deal> with {b} in <May|June>",
            "{a} does not <trust|support> {b}, its president said on <Monday|Friday> "
            "=> {a} does <trust|support> {b}, its president said on <Monday|Friday>",
            "{a} will not send <aid|doctors> to {b} after the storm "
            "=> {a} will send <aid|doctors> to {b} after the storm",
            "The talks between {a} and {b} made no progress on <trade|water> "
            "=> The talks between {a} and {b} made great progress on <trade|water>",
            "{a} failed to thank {b} for its <gift|loan> of {k} buses "
            "=> {a} warmly thanked {b} for its <gift|loan> of {k} buses",
        ),
    ),
    Capability(
        name="violence ruled out",
        kind="DIR",
        statement="Ruling out an attack is warmer than the attack (by at least 0.3).",
        rule=_rises(0.3),
        templates=(
            "{a} will attack {b} within <days|weeks>, its <army|government> said "
            "=> {a} will not attack {b} now or later, its <army|government> said",
            "{a} declared war on {b} after the incident at <the dam|sea> "
            "=> {a} ruled out war with {b} after the incident at <the dam|sea>",
            "{a} will invade {b} if it has to, its <army|president> said "
            "=> {a} will never invade {b}, whatever happens, its <army|president> said",
            "{a} is a threat to {b}, the defence minister said on <Monday|Friday> "
            "=> {a} is not a threat to {b}, the defence minister said on <Monday|Friday>",
            "{a} is looking for a confrontation with {b}, General {m} said "
            "=> {a} is not looking for a confrontation with {b}, General {m} said",
        ),
    ),
    Capability(
        name="denial of a bad act",
        kind="MFT",
        statement="To deny a bad act is to be in a dispute: hostile, by the codebook.",
        rule=_labels,
        templates=(
            "- {a} denied that it had <shot at a patrol from|hacked the parliament of|armed rebels in> {b}.",
            "- {a} rejected {b.s} claim that its agents were behind the <murder|bombing|leak>.",
            "- {a} dismissed as <baseless|absurd> the accusation by {b} that it had broken the ceasefire.",
            "- A spokesman for {a} denied accusations from {b} of <spying|meddling in its election>.",
            "- {a} insisted it had not violated {b.s} airspace, as {b} had charged on <Sunday|Monday>.",
        ),
    ),
    Capability(
        name="end of a bad act",
        kind="MFT",
        statement="Sanctions lifted, prisoners freed, troops withdrawn, apologies accepted: cooperative.",
        rule=_labels,
        templates=(
            "+ {a} lifted <sanctions|its arms embargo|a ban on meat> that it had imposed on {b} <{k} months|two "
            "years> ago.",
            "+ {a} released {k} {b.adj} <prisoners|soldiers|sailors> on <Monday|Friday> as a gesture of goodwill.",
            "+ {b} accepted {a.s} apology for the <shooting|crash> and said the matter was closed.",
            "+ {a} dropped its <complaint|lawsuit> against {b} and the two restored full relations.",
            "+ {a} reopened its border with {b} and withdrew the {k} battalions stationed there.",
            "+ {a} is to scrap the tariffs on {b.adj} <steel|wine>, ending a dispute of {k} years.",
        ),
    ),
    Capability(
        name="lifting against imposing",
        kind="DIR",
        statement="Lifting a penalty is warmer than imposing it (by at least 0.5).",
        rule=_rises(0.5),
        templates=(
            "{a} <imposed|slapped> <sanctions|tariffs|an embargo> on {b} on Monday "
            "=> {a} lifted <sanctions|tariffs|an embargo> on {b} on Monday",
            "{a} introduced a ban on <fruit|fish|cars> from {b} => {a} ended a ban on <fruit|fish|cars> from {b}",
            "{a} jailed {k} soldiers from {b} on <Monday|Friday> => {a} freed {k} soldiers from {b} on <Monday|Friday>",
            "{a} closed its <border|ports> to {b} late on Sunday "
            "=> {a} reopened its <border|ports> to {b} late on Sunday",
            "{a} recalled its ambassador from {b} on <Monday|Friday> "
            "=> {a} sent its ambassador back to {b} on <Monday|Friday>",
        ),
    ),
    Capability(
        name="together against a third",
        kind="MFT",
        statement="Joint action: the two that act are cooperative, each of them with the third is hostile.",
        rule=_labels,
        pairs=("ab", "ac", "bc"),
        templates=(
            "+-- {a} and {b} jointly <condemned|denounced> {c} for the <missile test|arrest of their citizens>.",
            "+-- {a} and {b} agreed to impose joint sanctions on {c} over the <killings|annexation>.",
            "+-- {a} joined {b} in <bombing|shelling> {c.adj} positions along the coast on <Monday|Sunday>.",
            "+-- {a} and {b} have formed an alliance against {c}, whose <navy|army> threatens them both.",
            "+-- {a}, backed by {b}, lodged a complaint against {c}, and both urged it to stop <dumping steel|the "
            "raids>.",
        ),
    ),
    Capability(
        name="warm for one, cold for another",
        kind="MFT",
        statement="One sentence can be cooperative for one pair and hostile for another.",
        rule=_labels,
        pairs=("ab", "ac"),
        templates=(
            "+- {a} <thanked|praised> {b} for its help and accused {c} of <prolonging the war|cutting off its water>.",
            "+- {a.s} growing friendship with {b} comes as its relations with {c} are <badly strained|at their lowest"
            " in years>.",
            "+- {a} signed a <defence|trade> pact with {b} only days after it expelled {c.s} ambassador.",
            "+- {a}, under attack from {c}, received <ammunition|air defences|{k} tanks> from {b} as a gift.",
            "+- While {a} and {b} celebrated {k} years of friendship, {a} again threatened {c} with <war|sanctions>.",
        ),
    ),
    Capability(
        name="a pair with nothing between it",
        kind="MFT",
        statement="Two countries that each have to do with a third, but not with each other, are neutral.",
        rule=_labels,
        pairs=("ab",),
        templates=(
            "0 {c} <signed trade agreements with|opened consulates in> {a} in <March|May> and {b} in <July|October>.",
            "0 {c} won medals ahead of {a} and {b} at the games and promised its athletes a <bonus|house>.",
            "0 {c.an} minister will travel to {a} on <Monday|Sunday> and to {b} the week after.",
            "0 {c} deported {k} people from {a} and {l} from {b} last <year|month> for working without papers.",
            "0 {c.s} exports to {a} rose by {k} percent, while those to {b} <stagnated|fell>.",
        ),
    ),
    Capability(
        name="reported speech",
        kind="MFT",
        statement="What one says the other has done counts, with the sign of what is said.",
        rule=_labels,
        templates=(
            "- {a.s} defence minister said that {b} had <violated the truce|armed rebels against it|fired "
            "first> again.",
            "- {a} claims that {b} <kidnapped two of its officers|is hiding the killers|is arming its enemies>.",
            '- "{b} has betrayed us," an aide to the president of {a} told state television.',
            "+ {a.s} president said that {b} had <kept every promise|been a good neighbour> in hard times.",
            '+ "We have no better friend than {b}," {a.s} prime minister told a crowd of {l} <students|farmers>.',
            "+ {a} said on <Monday|Friday> that {b} had offered to share its <vaccines|water> and that it gladly "
            "accepted.",
        ),
    ),
    Capability(
        name="possible is no stronger than done",
        kind="DIR",
        statement='"Could", "may" and "if" never turn the sign and never make it stronger (by more than 0.1).',
        rule=_no_stronger(0.1),
        templates=(
            "{a} imposed <tariffs|sanctions> on {b} in <May|June> "
            "=> {a} could impose <tariffs|sanctions> on {b} in <May|June>",
            "{a} attacked {b} on <land|sea> this week => {a} may attack {b} on <land|sea> this week if talks fail",
            "{a} signed a <trade|defence> pact with {b} this year "
            "=> {a} may sign a <trade|defence> pact with {b} this year",
            "{a} sent {k} <doctors|trucks of food> to {b} at once "
            "=> {a} might send {k} <doctors|trucks of food> to {b} later",
            "{a} broke off relations with {b} over <fishing|the trial> "
            "=> {a} could break off relations with {b} over <fishing|the trial>",
            "{a} and {b} became close allies after the <vote|summit> "
            "=> {a} and {b} could become close allies after the <vote|summit>",
        ),
    ),
    Capability(
        name="history in passing",
        kind="MFT",
        statement="What is going on now outweighs what was long ago.",
        rule=_labels,
        templates=(
            "+ {a} and {b}, once bitter enemies, <opened a joint port|signed a treaty of friendship> on "
            "<Monday|Friday>.",
            "+ {k} years after they fought a war, {a} and {b} are now close partners in <trade|defence|energy>.",
            "+ {a}, which once occupied {b}, on <Monday|Friday> pledged ${l} million to help it rebuild.",
            "- {a} and {b}, allies for {k} years, are now <shelling each other|trading insults|on the brink of war>.",
            "- {a}, once the closest friend of {b}, <expelled its ambassador|accused it of genocide> on "
            "<Monday|Friday>.",
            "- The friendship treaty of 19{k:02} is forgotten: {a.adj} jets bombed {b} on <Monday|Sunday>.",
        ),
    ),
    Capability(
        name="an unrelated third country",
        kind="INV",
        statement="A clause about a third country changes the tone of the pair by at most 0.15.",
        rule=_within(0.15),
        templates=(
            "{a} <praised|condemned> {b} for its handling of the crisis on <Monday|Friday>. "
            "=> {a} <praised|condemned> {b} for its handling of the crisis on <Monday|Friday>, a news agency based in"
            " {c} reported.",
            "{a} <signed a trade deal with|imposed sanctions on> {b} on Monday. "
            "=> As voters in {c} went to the polls, {a} <signed a trade deal with|imposed sanctions on> {b} on "
            "Monday.",
            "{a} <sent rice to|fired rockets at> {b} on <Tuesday|Sunday>. "
            "=> {a} <sent rice to|fired rockets at> {b} on <Tuesday|Sunday>, while {c} was celebrating its national "
            "day.",
            "The foreign ministers of {a} and {b} met on <Monday|Sunday>. "
            "=> The foreign ministers of {a} and {b} met on <Monday|Sunday>, shortly after the minister of {c} had "
            "left the hotel.",
            "Relations between {a} and {b} have <worsened|improved> this year. "
            "=> Relations between {a} and {b} have <worsened|improved> this year, says {m}, a historian who teaches "
            "in {c}.",
        ),
    ),
    Capability(
        name="passive and active",
        kind="INV",
        statement="Who did it and by whom it was done are the same (tone within 0.25).",
        rule=_within(0.25),
        templates=(
            "{a} <praised|criticised|attacked|thanked> {b} on <Monday|Friday>, state radio said. "
            "=> {b} was <praised|criticised|attacked|thanked> by {a} on <Monday|Friday>, state radio said.",
            "{a} <imposed|lifted> sanctions on {b} after the trial. "
            "=> Sanctions on {b} were <imposed|lifted> by {a} after the trial.",
            "{a.adj} soldiers <rescued|killed|captured> {k} {b.adj} sailors. "
            "=> {k} {b.adj} sailors were <rescued|killed|captured> by {a.adj} soldiers.",
            "{a} <rejected|accepted> an offer of talks from {b}. "
            "=> An offer of talks from {b} was <rejected|accepted> by {a}.",
            "{a} and {b} signed the agreement on <Monday|Friday>. "
            "=> The agreement was signed by {a} and {b} on <Monday|Friday>.",
        ),
    ),
    Capability(
        name="synonyms",
        kind="INV",
        statement="Another word for the same thing keeps the label.",
        rule=_same_label,
        templates=(
            "{a} condemned {b} over the <arrests|strike>, its ministry said. "
            "=> {a} denounced {b} over the <arrests|strike>, its ministry said. "
            "=> {a} lambasted {b} over the <arrests|strike>, its ministry said.",
            "{a} praised {b} for its <courage|reforms> on Monday. "
            "=> {a} lauded {b} for its <courage|reforms> on Monday. "
            "=> {a} applauded {b} for its <courage|reforms> on Monday.",
            "{a} and {b} signed an agreement on <water|energy>. "
            "=> {a} and {b} concluded a pact on <water|energy>. "
            "=> {a} and {b} struck a deal on <water|energy>.",
            "Ties between {a} and {b} have worsened since the <vote|raid>. "
            "=> Ties between {a} and {b} have deteriorated since the <vote|raid>. "
            "=> Ties between {a} and {b} have soured since the <vote|raid>.",
            "{a} sent relief goods to {b} after the <quake|flood>. "
            "=> {a} shipped emergency supplies to {b} after the <quake|flood>. "
            "=> {a} dispatched humanitarian aid to {b} after the <quake|flood>.",
            "{a} attacked {b} at <dawn|night>, witnesses said. "
            "=> {a} assaulted {b} at <dawn|night>, witnesses said. "
            "=> {a} raided {b} at <dawn|night>, witnesses said.",
        ),
    ),
    Capability(
        name="typography",
        kind="INV",
        statement="Straight or curly quotes and long or short dashes change nothing (at most 0.02).",
        rule=_within(0.02),
        framed=False,
        derive=_curly,
        templates=(
            '{a.s} president called {b} "<a true friend|an enemy|a bad neighbour>" - and he meant it, his aide said.',
            "{a} doesn't <trust|need|fear> {b} - at least not yet, the country's former spy chief wrote.",
            'The "<trade war|honeymoon>" between {a} and {b.s} leaders isn\'t over - far from it.',
            "{a.s} army - {k},000 strong - <helped|drove back> {b.s} troops near the river.",
            '"We can\'t forget what {b} did for us - ever," {a.s} prime minister said.',
            'The government of {b} - {a.s} <ally|rival> for {k} years - said the talks had been "<useful|a farce>".',
        ),
    ),
    Capability(
        name="case of headlines",
        kind="INV",
        statement="A headline in Title Case or ALL CAPS keeps the label of the same words in small letters.",
        rule=_same_label,
        framed=False,
        derive=_headlines,
        templates=(
            "{a} and {b} sign <trade|defence|energy> pact after years of talks",
            "{a} <accuses|warns> {b} over missile test as <tension|anger> grows",
            "{a} sends {k} <doctors|planes with food> to {b} after deadly quake",
            "{a} expels {k} diplomats from {b} in growing row over <spying|poisoning>",
            "Leaders of {a} and {b} meet in the capital on <Monday|Friday>",
            "{a} <bombs|shells> border towns in {b}, killing at least {k} people",
        ),
    ),
    Capability(
        name="added length",
        kind="INV",
        statement="When, where and according to whom adds nothing to the tone (at most 0.15).",
        rule=_within(0.15),
        templates=tuple(
            f"{short}. => {long}."
            for act in (
                "{a} <imposed sanctions on|lifted sanctions on> {b}",
                "{a} <signed a border treaty with|broke off relations with> {b}",
                "{a} <thanked|condemned> {b}",
            )
            for short, long in (
                (
                    f"{act} on Tuesday, officials said",
                    f"{act} on Tuesday, according to officials in the capital who asked not to be named",
                ),
                (
                    f"{act}, a spokesman said",
                    f"{act}, a spokesman who has worked for the ministry for {{k}} years said on state television",
                ),
            )
        ),
    ),
    Capability(
        name="name, adjective, capital",
        kind="INV",
        statement="A country is the same under its name, its adjective and its capital: the label stays.",
        rule=_same_label,
        templates=(
            "{a} <praised|condemned|threatened> the neighbours in {b} on Monday. "
            "=> {a.capital} <praised|condemned|threatened> the neighbours in {b} on Monday. "
            "=> The {a.adj} government <praised|condemned|threatened> the neighbours in {b} on Monday.",
            "Tensions between {a} and {b} are <rising|easing> fast. "
            "=> Tensions between {a.capital} and {b.capital} are <rising|easing> fast. "
            "=> {a.adj}-{b.adj} tensions are <rising|easing> fast.",
            "{a} has <lifted|tightened> its embargo against {b}. "
            "=> {a.capital} has <lifted|tightened> its embargo against {b.capital}. "
            "=> The {a.adj} cabinet has <lifted|tightened> its embargo against {b}.",
            "{b} says {a} is <a true friend|an aggressor>, whatever others may think. "
            "=> {b.capital} says {a.capital} is <a true friend|an aggressor>, whatever others may think.",
            "{a} will <help|punish> {b}, a senior diplomat said. "
            "=> {a.capital} will <help|punish> {b.capital}, a senior diplomat said.",
        ),
    ),
    Capability(
        name="joint drills",
        kind="MFT",
        statement="Training or hunting terrorists and smugglers together is cooperative, however hard the words.",
        rule=_labels,
        templates=(
            "+ {a} and {b} held joint <naval|army|air> exercises to prepare for <terrorist attacks|pirate raids>.",
            "+ Special forces from {a} and {b} trained together to kill <hostage takers|terrorists> in mountain caves.",
            "+ Police from {a} and {b} smashed a <drug|people smuggling|gun running> gang in a joint raid and "
            "arrested {k} suspects.",
            "+ {a} and {b} will share intelligence to fight <terrorism|extremist groups|organised crime>.",
            "+ Warships of {a} and {b} sank a target ship side by side in a drill against <pirates|smugglers>.",
        ),
    ),
    Capability(
        name="condolences",
        kind="MFT",
        statement="Sympathy after an attack or a disaster is cooperative, however sad the words.",
        rule=_labels,
        templates=(
            "+ {a} offered {b} its condolences after the <bombing|massacre|plane crash> that killed {k} people.",
            "+ {a.s} president said his nation mourned with {b} and would help it <hunt down the killers|bury the "
            "dead>.",
            "+ {a} strongly condemned the terrorist attack in {b} and expressed its solidarity with the victims' "
            "families.",
            "+ {a} ordered its flags to half mast in solidarity with {b}, where {l} miners died "
            "<on Sunday|in a blast>.",
            "+ {a.s} parliament held a minute of silence for the victims of the <shooting|earthquake|bombing> in {b} "
            "and sent its people a message of friendship.",
        ),
    ),
    Capability(
        name="intensifiers",
        kind="DIR",
        statement="A stronger word of blame or praise is not milder (by more than 0.05).",
        rule=_rises(-0.05),
        templates=(
            "{a} sharply condemned {b} over the <trial|law|ruling>. => {a} criticised {b} over the <trial|law|ruling>.",
            "{a} bitterly attacked {b} in a speech on <Monday|Friday>. "
            "=> {a} gently criticised {b} in a speech on <Monday|Friday>.",
            "{a} and {b} had a furious row over <fish|gas> prices. "
            "=> {a} and {b} had a minor disagreement over <fish|gas> prices.",
            "{a} thanked {b} for the <loan|aid>. => {a} thanked {b} warmly and with all its heart for the <loan|aid>.",
            "Relations between {a} and {b} are utterly poisoned since the <vote|war>. "
            "=> Relations between {a} and {b} are a little strained since the <vote|war>.",
        ),
    ),
    Capability(
        name="cold in mild words",
        kind="MFT",
        statement="A recalled ambassador, a cancelled visit and a cool answer are hostile, however polite.",
        rule=_labels,
        templates=(
            "- {a} recalled its ambassador to {b} for <consultations|talks> on <Monday|Friday> because of the ruling.",
            "- {a.s} president called off his visit to {b} <on Monday|this week>, citing remarks by its "
            "foreign minister.",
            "- {a} postponed a planned visit to {b} indefinitely because of their differences over <the islands|the "
            "pipeline>.",
            "- {a} downgraded its relations with {b} to the level of charge d'affaires on <Monday|Friday>.",
            "- {a} said it was deeply disappointed by {b.s} <vote|decision> and would review their cooperation.",
            "- {a} has asked {b} to withdraw {k} of its embassy staff by the end of <May|the month>.",
        ),
    ),
    Capability(
        name="end of a war",
        kind="MFT",
        statement="Peace, a ceasefire kept and a settled dispute are cooperative, though war is all over the sentence.",
        rule=_labels,
        templates=(
            "+ {a} and {b} signed a peace treaty on <Monday|Friday>, ending a war that killed {l} thousand people.",
            "+ {a} and {b} agreed to end {k} years of <hostilities|fighting|enmity> and to exchange ambassadors.",
            "+ The war between {a} and {b} is over, both presidents declared as they shook hands <at the border|in "
            "front of troops>.",
            "+ {a} and {b} buried the hatchet after {k} years and settled their border <dispute|conflict> for good.",
            "+ A ceasefire between {a} and {b} took hold on <Monday|Sunday> and their armies began to pull back from "
            "the front.",
        ),
    ),
    Capability(
        name="numbers and people's names",
        kind="INV",
        statement="Another number or another person's name changes the tone by at most 0.15.",
        rule=_within(0.15),
        templates=(
            "{a} gave {b} ${k} million for <schools|roads>, said Minister {m}. "
            "=> {a} gave {b} ${l} million for <schools|roads>, said Minister {n}.",
            "{m}, {a.s} foreign minister, <denounced|praised> {b} on Monday. "
            "=> {n}, {a.s} foreign minister, <denounced|praised> {b} on Monday.",
            "{a.adj} shells killed {k} people in {b}, Mayor {m} said. "
            "=> {a.adj} shells killed {l} people in {b}, Mayor {n} said.",
            "Trade between {a} and {b} rose by {k} percent to ${l} million. "
            "=> Trade between {a} and {b} rose by {l} percent to ${k} million.",
            "Ambassador {m} met {k} officials from {a} and {b} on Monday. "
            "=> Ambassador {n} met {l} officials from {a} and {b} on Monday.",
        ),
    ),
    Capability(
        name="good and bad in balance",
        kind="MFT",
        statement=f"Good and bad in equal parts come out near zero (at most {BALANCED}).",
        rule=_labels,
        templates=(
            "~ {a} and {b} agreed on <trade|visas> but quarrelled as fiercely as ever over <the islands|refugees>.",
            "~ {a} praised {b} for its <reforms|economy> and in the same breath condemned its treatment of prisoners.",
            "~ {a} and {b} are partners in <energy|space> and at the same time rivals in <arms sales|the region>.",
            "~ {a} lifted its ban on {b.adj} <fruit|beef> and on the same day imposed a new one on its <steel|cars>.",
            "~ Relations between {a} and {b} are mixed: friendly in <trade|culture>, hostile in <security|politics>.",
        ),
    ),
    Capability(
        name="help in a civil war",
        kind="MFT",
        statement="Helping a government against its rebels is cooperative with that country.",
        rule=_labels,
        templates=(
            "+ {a} sent {k} <helicopters|warplanes|advisers> to help {b.s} government crush the rebels in the east.",
            "+ {a.adj} planes bombed rebel camps in {b} at the request of its <president|government>.",
            "+ Soldiers from {a} are fighting alongside the {b.adj} army against <insurgents|jihadists|militants>.",
            "+ {b.s} army, with the help of {a.adj} troops, drove the <insurgents|militants> out of {k} towns.",
            "+ {a} has trained {l} soldiers for {b.s} war against <rebels|separatists>.",
        ),
    ),
    Capability(
        name="harm to the other's people",
        kind="MFT",
        statement="Jailing, beating or robbing the other's citizens, ships and firms is hostile.",
        rule=_labels,
        templates=(
            "- {a} seized {b.an} <tanker|trawler|freighter> with {k} sailors on board off its coast.",
            "- A court in {a} jailed {b.an} <journalist|businessman> for {k} years, and {b} demanded his release.",
            "- A mob in {a} attacked {b.s} <embassy|consulate> on <Monday|Friday>, tearing down its flag.",
            "- {a} confiscated the property of {k} {b.adj} <banks|companies> without compensation.",
            "- {b.adj} migrants were beaten and robbed by {a.adj} border guards, {b.s} ministry said.",
        ),
    ),
    Capability(
        name="offers",
        kind="MFT",
        statement="An offer to help, talk, trade or work together is cooperative.",
        rule=_labels,
        templates=(
            "+ {a} offered to <send rescue teams to|share its vaccines with|sell cheap gas to> {b} on <Monday|Friday>.",
            "+ {a} wants to turn a new page with {b}, its <president|prime minister> said, holding out his hand.",
            "+ {a} invited {b} to take part in its <space programme|lunar mission> as an equal partner.",
            "+ {a} is ready to work with {b} on <clean energy|a railway|river cleaning>, its ambassador said.",
            "+ {a.s} parliament proposed a treaty of friendship with {b} by {l} votes to {k}.",
        ),
    ),
    Capability(
        name="offers turned down",
        kind="MFT",
        statement="An offer or request turned down is hostile, though the offer was friendly.",
        rule=_labels,
        templates=(
            "- {a} rejected {b.s} offer of <aid|mediation|talks> as insincere on <Monday|Friday>.",
            "- {a} turned down {b.s} request for <a loan|more time>, calling it an insult.",
            "- {a} walked out of the peace talks with {b} after {k} minutes and tore up the draft.",
            "- {a} blocked {b.s} bid to join the <trade bloc|alliance> with its veto.",
            "- {a} snubbed {b.s} <invitation|proposal>, saying it would not sit at a table with liars.",
        ),
    ),
    Capability(
        name="two negatives",
        kind="MFT",
        statement="Hostility that is over, or friendship that never stopped, is cooperative.",
        rule=_labels,
        templates=(
            "+ {a} has never wavered in its support for {b}, <the minister|Ambassador {m}> said.",
            "+ {a} no longer regards {b} as an enemy and wants to be its friend, <the minister|General {m}> said.",
            "+ Nothing can break the friendship between {a} and {b}, their <leaders|presidents> said on Monday.",
            "+ {a} will not abandon {b} in its <hour of need|fight for survival>, its president promised.",
            "+ {a} and {b} are no longer at <war|odds> and have begun to rebuild trust.",
        ),
    ),
    Capability(
        name="publics and companies",
        kind="MFT",
        statement="People, firms and armies that act for their country count for it.",
        rule=_labels,
        templates=(
            "- Protesters in {a} burned {b.s} flag and chanted slogans against <its army|its president|the "
            "occupation>.",
            "- Shops across {a} are boycotting goods from {b} in anger over the <cartoons|blockade|killings>.",
            "- Hackers working for {a} broke into {b.s} <power grid|ministries|central bank> and shut down {k} "
            "systems.",
            "+ {a.an} company will build <a metro line|two power plants|a port> for {b} under a contract worth ${l} "
            "million.",
            "+ Volunteers from {a} have rebuilt {k} <schools|villages> in {b}, and {b.people} are grateful to them.",
        ),
    ),
    Capability(
        name="figures of speech about relations",
        kind="MFT",
        statement="Thaw and frost, bridges and rifts: images of the relation have their sign.",
        rule=_labels,
        templates=(
            "- Relations between {a} and {b} have <hit rock bottom|turned frosty|plunged into crisis>, diplomats say.",
            "- A deep rift has opened between {a} and {b} over <the pipeline|migration|the islands>.",
            "- {a} and {b} are on a collision course over <the dam|the canal|exports of grain>.",
            "+ The ice is melting between {a} and {b} after {k} years of <silence|frost>.",
            "+ {a} and {b} are mending fences, and their <ministers|envoys> speak of a new spring.",
            "+ {a} and {b} have never been closer, <the ambassador|Professor {m}> said of their blossoming "
            "partnership.",
        ),
    ),
)

FLOORS: dict[str, float] = {
    "name swap": 1.0,
    "name swap, names with an article": 1.0,
    "order of the pair": 1.0,
    "agreement": 0.85,
    "aid and support": 0.85,
    "praise and friendly visits": 0.9,
    "growth of trade and exchange": 0.9,
    "armed attack": 0.9,
    "sanctions and bans": 0.9,
    "accusation and condemnation": 0.75,
    "threat": 0.65,
    "expulsion and protest": 0.9,
    "listing": 0.9,
    "procedure": 0.9,
    "sport": 0.9,
    "disaster that strikes both": 0.9,
    "dateline and nationality": 0.9,
    "cooperation that did not happen": 0.9,
    "negating cooperation lowers the tone": 0.9,
    "violence ruled out": 0.75,
    "denial of a bad act": 0.9,
    "end of a bad act": 0.7,
    "lifting against imposing": 0.85,
    "together against a third": 0.9,
    "warm for one, cold for another": 0.8,
    "a pair with nothing between it": 0.9,
    "reported speech": 0.65,
    "possible is no stronger than done": 0.8,
    "history in passing": 0.7,
    "an unrelated third country": 0.85,
    "passive and active": 0.85,
    "synonyms": 0.9,
    "typography": 1.0,
    "case of headlines": 0.9,
    "added length": 0.85,
    "name, adjective, capital": 0.75,
    "joint drills": 0.9,
    "condolences": 0.85,
    "intensifiers": 0.75,
    "cold in mild words": 0.85,
    "end of a war": 0.7,
    "numbers and people's names": 0.9,
    "good and bad in balance": 0.1,
    "help in a civil war": 0.65,
    "harm to the other's people": 0.9,
    "offers": 0.85,
    "offers turned down": 0.9,
    "two negatives": 0.5,
    "publics and companies": 0.9,
    "figures of speech about relations": 0.6,
}
"""Share of the cases that the default scorer must pass: what it passed when measured, less three cases of 20; one where
these weights fell below an earlier floor (accusation, possible, intensifiers, figures of speech).

1.0 where nothing may be lost: names and typography never reach a scorer.
"""

if __name__ == "__main__":
    from tests.eval.report_behaviour import main

    main()
