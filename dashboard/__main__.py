"""`python -m dashboard`: what `detente dashboard` runs."""

from __future__ import annotations

import argparse
import sys

from dashboard.launch import serve
from ingest.errors import DetenteError


def main() -> int:
    """Serve until Ctrl-C; 0 is a peaceful end, 1 an error that was told."""
    parser = argparse.ArgumentParser(prog="detente dashboard")
    parser.add_argument("--store", required=True)
    parser.add_argument("--port", type=int)
    told = parser.parse_args()
    try:
        return serve(told.store, told.port)
    except DetenteError as error:
        print(f"detente: {error}", file=sys.stderr)  # noqa: T201 - for the person who started it
        return error.exit_code
    except KeyboardInterrupt:
        return 0


sys.exit(main())
