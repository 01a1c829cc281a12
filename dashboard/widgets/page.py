"""What all pages do alike: open the store or say why not, and never show a stack trace."""

from __future__ import annotations

import logging
from collections.abc import Callable

import polars as pl
import streamlit as st

from dashboard import cache
from dashboard.cache import Snapshot
from dashboard.widgets import panels
from ingest.config import settings_from_environment
from ingest.errors import DetenteError

_LOG = logging.getLogger("detente")


def safely(run: Callable[[], None]) -> None:
    """Run a page; what goes wrong is said in words, and kept in the log of the dashboard."""
    try:
        run()
    except DetenteError as error:
        panels.quiet(str(error))
    except Exception:  # noqa: BLE001 - the edge: told in words, and logged
        _LOG.exception("a page failed")
        panels.quiet(
            "This page could not be made: an error of Detente, not of yours. The terminal that started the dashboard "
            "has the details; reload the page to try again, and please report it if it stays."
        )


def opened() -> tuple[Snapshot, pl.DataFrame] | None:
    """Return the store as it is now and its pairs; where it is empty, welcome the reader and return None."""
    now = cache.snapshot(settings_from_environment().store)
    pairs = cache.pairs(now) if now.version else None
    if pairs is None or pairs.is_empty():
        panels.welcome()
        return None
    return now, pairs


def address(
    read: Callable[[dict[str, str]], tuple[object, tuple[str, ...]]], key: str
) -> tuple[object | None, tuple[str, ...]]:
    """Return the view that the address tells, if it was changed since this page wrote it, and its notes."""
    params = st.query_params.to_dict()
    if params == st.session_state.get(f"{key}_address"):
        return None, tuple(st.session_state.get(f"{key}_notes", ()))
    view, notes = read(params)
    st.session_state[f"{key}_notes"] = notes
    return view, notes


def keep_address(written: dict[str, str], key: str) -> None:
    """Write a view into the address."""
    if written != st.query_params.to_dict():
        st.query_params.from_dict(written)
    st.session_state[f"{key}_address"] = written
