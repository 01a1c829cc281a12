"""What the numbers depend on besides the articles: versions of the code, of packages, and a digest of the weights."""

from __future__ import annotations

import platform
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version

from ingest import __version__
from ingest.data_files import data_dir

PACKAGES = ("numpy", "polars", "pyarrow", "onnxruntime", "tokenizers", "sentencex", "ahocorasick-rs", "vaderSentiment")
"""Those that have a part in a number."""

_MODELS = {"detente": ("detente", "detente-fast"), "detente-fast": ("detente-fast",)}


def versions() -> dict[str, str]:
    """Return the version of Detente, of Python and of each package."""
    return {"detente": __version__, "python": platform.python_version()} | {one: _version(one) for one in PACKAGES}


@cache
def weights_digest(scorer: str) -> str:
    """Return the SHA-256 of all files that a scorer's judgements depend on, in order of their names."""
    if scorer == "vader":
        from vaderSentiment import vaderSentiment

        from ingest.tone.vader import VaderScorer

        lexicon = sha256(repr(sorted(vaderSentiment.SentimentIntensityAnalyzer().lexicon.items())).encode())
        lexicon.update(VaderScorer.version.encode())
        return lexicon.hexdigest()
    found = sha256()
    for folder in _MODELS.get(scorer, ()):
        for path in sorted((data_dir() / "models" / folder).iterdir()):
            found.update(f"{folder}/{path.name}\n".encode())
            found.update(path.read_bytes())
    return found.hexdigest()


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"
