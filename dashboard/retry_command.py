"""The command that reads failed inputs again, as one line to copy into a shell. Pure."""

from __future__ import annotations

import shlex


def retry_command(store: str, reason: str | None = None, where: str | None = None) -> str:
    """Write the command for the failures of a reason, of a place, or for all; safe whatever a stranger named things."""
    words = ["detente", "retry"]
    for option, value in (("--reason", reason), ("--where", where)):
        if value:
            words += [f"{option}={value}"]
    return shlex.join([*words, "--store", store])
