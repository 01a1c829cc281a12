"""`detente dashboard`: open the pages in a browser. Starts them as another program: `ingest` knows no pages."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Annotated

import typer

from ingest.commands.options import StoreOption


def dashboard(
    store: StoreOption = None,
    port: Annotated[
        int | None,
        typer.Option(
            "--port",
            min=1,
            max=65535,
            help="Port on 127.0.0.1; default 8501, or the next free one.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Open the dashboard on this machine and print its address.

    Examples:
        detente dashboard

        detente dashboard --store /data/news --port 9000

    """
    from ingest.config import settings_from_environment

    words = [sys.executable, "-m", "dashboard", "--store", store or settings_from_environment().store]
    if port:
        words += ["--port", str(port)]
    if sys.platform == "win32":
        raise typer.Exit(subprocess.call(words))  # noqa: S603 - our own program
    os.execv(sys.executable, words)  # noqa: S606 - our own program, in the place of this one
