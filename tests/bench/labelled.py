"""What the rules for evidence cost and save, and how often VADER has the sign right, on labelled sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ingest.countries.mentions import find_mentions
from ingest.countries.references import countries_of
from ingest.tone.candidates import find_candidates
from ingest.tone.scorer import get_scorer
from tests.test_gold import GOLD, day, rows


def measure() -> Iterator[str]:
    """Yield lines for people; nothing where the labelled sentences are not on this machine."""
    if not (GOLD / "train.tsv").is_file():
        yield "labelled sentences: not measured, ../shared/gold is not here"
        return
    kept: Counter[str] = Counter()
    listed: Counter[str] = Counter()
    scene: Counter[str] = Counter()
    right = signed = 0
    scorer = get_scorer("vader")
    for row in rows():
        pair, label, on = {row["a"], row["b"]}, row["label"].strip() or "0", day(row["date"])
        mentions = find_mentions(row["sentence"], on)
        if not pair <= {mention.country for mention in mentions}:
            continue
        candidates = [one for _, one in find_candidates(row["sentence"], on) if {one.a, one.b} == pair]
        if candidates:
            kept[label] += 1
            if label != "0":
                signed += 1
                right += scorer.judge(candidates[:1])[0].tone * int(label) > 0
        else:
            (listed if pair <= set(countries_of(mentions)) else scene)[label] += 1
    for what, counts in (("judged", kept), ("left out as merely listed", listed), ("left out as a mere scene", scene)):
        yield f"labelled pairs {what:26} {counts.total():6,}, neutral {counts['0'] / counts.total():5.1%}"
    yield f"vader has the sign right in {right / signed:.1%} of {signed:,} judged pairs that have one"
