"""Fuzz every parser with atheris, guided by coverage: `python -m tests.fuzz.guided [MINUTES]` (the extra [fuzz])."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.fuzz.inputs import SEEDS


def main() -> int:
    """Fuzz for the time asked; atheris prints what it finds and ends the process then."""
    minutes = float(sys.argv[1]) if len(sys.argv) > 1 else 10.0
    try:
        import atheris
    except ImportError:
        sys.stdout.write("NOT FUZZED with atheris: it is not installed here; pip install -e '.[fuzz]'\n")
        return 0
    with atheris.instrument_imports(include=["ingest"]):
        from tests.fuzz.targets import TARGETS, run
    names = list(TARGETS)

    def one_input(data: bytes) -> None:
        if data:
            run(names[data[0] % len(names)], data[1:])

    with tempfile.TemporaryDirectory() as folder:
        for number, name in enumerate(names):
            for at, seed in enumerate(SEEDS):
                (Path(folder) / f"{name.replace(' ', '-')}-{at}").write_bytes(bytes([number]) + seed)
        atheris.Setup([sys.argv[0], f"-max_total_time={60 * minutes:.0f}", "-max_len=8000", folder], one_input)
        atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main())
