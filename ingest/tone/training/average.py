"""Step 5 of learning: one student of two, the mean of their weights.

Both begin from the same encoder, so that the mean is a network too, and a steadier one (Wortsman et al., Model soups,
ICML 2022).
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch


def average(weights: list[Path], out: Path) -> None:
    """Write the mean of several networks of one shape."""
    every = [torch.load(path, weights_only=True) for path in weights]
    first = every[0]
    mean = {
        name: sum(one[name] for one in every) / len(every) if value.is_floating_point() else value
        for name, value in first.items()
    }
    torch.save(mean, out)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, required=True)
    told = parser.parse_args()
    average(told.weights, told.out)
