"""Which words drove a tone: the network's pulls on its pieces of words, gathered into words."""

from __future__ import annotations

import re

from ingest.records import Word
from ingest.tone.detente.masking import FIRST, SECOND, THIRD, Masked
from ingest.tone.detente.model import Opinion

MOST = 8
"""Words shown; the rest of a sentence pulls little."""
LEAST = 0.02
"""Weights below this are left out."""

_WORD = re.compile(r"\[[ABC]\]|[^\W\d_]+(?:['-][^\W\d_]+)*")
_SILENT = frozenset(
    """a an the and or of in on at to for from by with as that this these those it its he she they them his her their
    who whom which what when where while than then there here is are was were be been being am has have had do does did
    will would shall should can could may might must said says say told i we you us our your my also into over about
    after before during between under up out if so s t""".split()
)
"""Words without content of their own: the network reads grammar there, a person sees no reason."""


def driving_words(masked: Masked, opinion: Opinion) -> tuple[Word, ...]:
    """Return the words that pull the tone most, in the order of the sentence; their sizes sum to at most the tone's."""
    hostile, _, cooperative = opinion.tone
    tone = cooperative - hostile
    sums: dict[tuple[int, int], float] = {}
    pulls = iter(opinion.pulls)
    piece = next(pulls, None)
    for found in _WORD.finditer(masked.text):
        total = 0.0
        while piece and piece[0] < found.end():
            if piece[0] >= found.start():
                total += piece[2]
            piece = next(pulls, None)
        word = found.group()
        if word not in {FIRST, SECOND, THIRD} and word.casefold() not in _SILENT:
            sums[found.span()] = total
    scale = max(abs(tone), 0.05) / max(sum(map(abs, sums.values())), 1e-9)
    strongest = sorted(sums.items(), key=lambda item: -abs(item[1]))[:MOST]
    return tuple(
        Word(*masked.back(start, end), round(pull * scale, 4))
        for (start, end), pull in sorted(strongest)
        if abs(pull * scale) >= LEAST
    )
