"""Which words drove a tone: the effects of hiding pieces of words, gathered into words."""

from __future__ import annotations

import re

from ingest.records import Word
from ingest.tone.detente.masking import PLACEHOLDERS, Masked
from ingest.tone.detente.model import Opinion

MOST = 8
"""Words shown; the rest of a sentence does little."""
LEAST = 0.02
"""Smaller effects are left out."""

WORD = re.compile(r"\[[ABCN]\]|[^\W\d_]+(?:['-][^\W\d_]+)*")
_SILENT = frozenset(
    """a an the and or of in on at to for from by with as that this these those it its he she they them his her their
    who whom which what when where while than then there here is are was were be been being am has have had do does did
    will would shall should can could may might must said says say told i we you us our your my also into over about
    after before during between under up out if so s t""".split()
)
"""Words without content of their own: the network reads grammar there, a person sees no reason."""


def driving_words(masked: Masked, opinion: Opinion) -> tuple[Word, ...]:
    """Return the words that drove the tone most, in the order of the sentence, each with what hiding it would take."""
    if not opinion.effects:
        return ()
    sums: dict[tuple[int, int], float] = {}
    effects = iter(opinion.effects)
    piece = next(effects, None)
    for found in WORD.finditer(masked.text):
        total = 0.0
        while piece and piece[0] < found.end():
            if piece[0] >= found.start():
                total += piece[2]
            piece = next(effects, None)
        word = found.group()
        if word not in PLACEHOLDERS and word.casefold() not in _SILENT:
            sums[found.span()] = total
    strongest = sorted(sums.items(), key=lambda item: -abs(item[1]))[:MOST]
    kept = sorted((*span, round(effect, 4)) for span, effect in strongest if abs(effect) >= LEAST)
    return tuple(Word(*one) for one in masked.all_back(kept))
