"""Step 6 of learning: which words drove a tone, learned from what happens when each word is hidden.

Every word of a few thousand sentences is replaced by `[MASK]`, one at a time; the change of tone is its effect. A
linear map from the states of a word's pieces to that effect is fitted by ridge regression, so that at run time the
effects of all words cost one product. (The idea of amortised explanations: Jethani et al., FastSHAP, ICLR 2022.)
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import numpy as np
import torch

from ingest.tone.detente.words import WORD
from ingest.tone.training.items import padding_of, read_rows
from ingest.tone.training.judging import probabilities_of
from ingest.tone.training.network import PairNetwork, add_shape, load_network, load_tokenizer
from ingest.tone.training.opine import in_turn
from ingest.tone.training.say import say

TELLING = 0.25
"""Tone from which a sentence has words that drove it."""
RIDGE = 1.0
KEPT_BACK = 0.2
"""Share of the sentences that only measure."""

Numbers = np.ndarray[Any, Any]


def explain(options: argparse.Namespace) -> None:
    """Fit the effects of each head, say how well they agree with what hiding a word does, and keep them."""
    tokenizer = load_tokenizer(options.base)
    network = load_network(options.base, tokenizer, options.layers, options.halfway)
    network.load_state_dict(torch.load(options.weights, weights_only=True))
    texts = [row["text"] for row in in_turn(read_rows(options.rows), 7)[: 4 * options.most]]
    ids = [one.ids for one in tokenizer.encode_batch(texts)]
    maps = {}
    for head, name in ((0, "head"), (1, "early"))[: 1 + bool(options.halfway)]:
        told = [t for t, p in zip(texts, _tones(network, ids, tokenizer, head), strict=True) if abs(p) >= TELLING]
        told = told[: options.most]
        cut = int(len(told) * (1 - KEPT_BACK))
        learned, kept = (_effects(network, part, tokenizer, head) for part in (told[:cut], told[cut:]))
        states, effects, _ = learned
        found = np.linalg.solve(states.T @ states + RIDGE * np.eye(states.shape[1]), states.T @ effects)
        say(f"{name}: {_agreement(kept[0] @ found, *kept[1:])}")
        maps[name] = torch.tensor(found, dtype=torch.float32)
    torch.save(maps, options.out)


def _tones(network: PairNetwork, ids: list[list[int]], tokenizer: Any, head: int) -> Numbers:
    found = probabilities_of(network, ids, padding_of(tokenizer), head)
    return np.asarray(found[:, 2] - found[:, 0])


def _effects(network: PairNetwork, texts: list[str], tokenizer: Any, head: int) -> tuple[Numbers, Numbers, Numbers]:
    """Return, for each word, the sum of its pieces' states, what hiding it does to the tone, and its sentence."""
    mask = tokenizer.token_to_id("[MASK]")
    pieces: list[tuple[int, list[int]]] = []
    hidden: list[list[int]] = []
    encoded = tokenizer.encode_batch(texts)
    for number, (text, one) in enumerate(zip(texts, encoded, strict=True)):
        for word in WORD.finditer(text):
            inside = [i for i, (a, b) in enumerate(one.offsets) if a < b and a < word.end() and b > word.start()]
            if inside and not word.group().startswith("["):
                pieces.append((number, inside))
                hidden.append([mask if i in inside else piece for i, piece in enumerate(one.ids)])
    say(f"{len(hidden):,} words of {len(texts):,} sentences to hide")
    tones = _tones(network, [one.ids for one in encoded], tokenizer, head)
    without = _tones(network, hidden, tokenizer, head)
    states = _states(network, [one.ids for one in encoded], head)
    sums = np.array([states[number][inside].sum(0) for number, inside in pieces])
    sentence = np.array([number for number, _ in pieces])
    return sums, tones[sentence] - without, sentence


def _states(network: PairNetwork, ids: list[list[int]], head: int) -> list[Numbers]:
    found = []
    with torch.inference_mode():
        for one in ids:
            every = network.encoder(input_ids=torch.tensor([one]), output_hidden_states=True).hidden_states
            found.append(every[network.halfway if head else -1][0].float().numpy())
    return found


def _agreement(guess: Numbers, effects: Numbers, sentence: Numbers) -> str:
    strongest, sign = [], []
    for number in np.unique(sentence):
        here = sentence == number
        truth, said = effects[here], guess[here]
        strongest.append(int(said.__abs__().argmax() in np.abs(truth).argsort()[-3:]))
        big = np.abs(said) >= max(0.02, np.sort(np.abs(said))[-3:].min())
        sign += list(np.sign(said[big]) == np.sign(truth[big]))
    return (
        f"correlation with the effect of hiding {np.corrcoef(guess, effects)[0, 1]:.2f}; strongest word among the "
        f"true three strongest {np.mean(strongest):.2f}; sign of the three strongest right {np.mean(sign):.2f}"
    )


def parse() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    add_shape(parser)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--rows", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--most", type=int, default=2_000)
    return parser.parse_args()


if __name__ == "__main__":
    explain(parse())
