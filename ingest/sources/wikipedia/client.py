"""A small client of a MediaWiki API: reads only, one request after the other, patient when the server is busy.

Etiquette (https://www.mediawiki.org/wiki/API:Etiquette): serial requests, many titles in one, gzip, an agent that
names itself, `maxlag`, and waiting as long as the server asks. `api.php` is the door that is made for programs, so
robots.txt, which is for crawlers that follow links and closes all of `/w/` to them, is not asked about that address.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from urllib.parse import urlencode

import orjson

from ingest.errors import OversizedError, RefusedError, SourceError
from ingest.sources.web import Fetched, Web

API = "https://en.wikipedia.org/w/api.php"
MAX_LAG_S = 5
"""Seconds that the wiki's databases may lag behind before it is left alone; what its manual recommends."""
TRIES = 6
"""Times that one question is asked."""
FIRST_WAIT_S, MAX_WAIT_S = 5.0, 120.0
"""Seconds before the second try if the server names none, doubled each time; and the longest wait."""
MAX_CONTINUED = 200
"""Answers to one question; 50 pages come in one to three."""
_ADDRESS = re.compile(r"https?://[^/?#\s]+/[^?#\s]+", re.IGNORECASE)
_BUSY = frozenset({"maxlag", "ratelimited", "readonly", "toomanyvalues-concurrent"})
_STATUSES = frozenset({408, 425, 429, 500, 502, 503, 504})


class UnavailableError(SourceError):
    """The service cannot be used now: there is no sense in the next question."""


class Api:
    """Asks one MediaWiki."""

    def __init__(self, web: Web, url: str = API) -> None:
        """Ask nothing yet; `url` is that of api.php."""
        if not _ADDRESS.fullmatch(url):
            raise RefusedError(f"{url!r} is not the address of a MediaWiki API; expected one like {API}")
        self._web = web
        self._url = url

    def query(self, **parameters: str) -> Iterator[Mapping[str, object]]:
        """Yield the `query` part of each answer until there is nothing to continue.

        Raises OversizedError where the answer is too large, UnavailableError where the service cannot be used.
        """
        asked = {"action": "query", "format": "json", "formatversion": "2", "maxlag": str(MAX_LAG_S)} | parameters
        more: dict[str, str] = {}
        for _ in range(MAX_CONTINUED):
            answer = self._ask(asked | more)
            if isinstance(query := answer.get("query"), dict):
                yield query
            told = answer.get("continue")
            if not isinstance(told, dict):
                return
            before, more = more, {str(name): str(value) for name, value in told.items()}
            if more == before:
                raise UnavailableError(f"{self._url} continues its answer with the same piece again and again")
        raise UnavailableError(f"{self._url} continues its answer more than {MAX_CONTINUED} times")

    def _ask(self, parameters: Mapping[str, str]) -> Mapping[str, object]:
        """Ask until there is an answer; wait as long as the server says, longer each time."""
        address = f"{self._url}?{urlencode(parameters)}"
        reason = ""
        for attempt in range(TRIES):
            answer: Fetched | None = None
            try:
                answer = self._web.ask(address)
                told = self._read(answer)
            except (OversizedError, UnavailableError):
                raise
            except RefusedError as error:
                raise RefusedError(str(error).replace(address, self._url)) from error
            except SourceError as error:
                reason = str(error).replace(address, self._url)
            else:
                return told
            wait_s = max(FIRST_WAIT_S * 2**attempt, (answer and answer.retry_after_s) or 0.0)
            if answer and answer.retry_after_s and answer.retry_after_s > MAX_WAIT_S:
                raise UnavailableError(f"{reason}; it asks to be left alone for {answer.retry_after_s:,.0f} s")
            if attempt < TRIES - 1:
                self._web.pause(min(wait_s, MAX_WAIT_S))
        raise UnavailableError(f"{reason}; asked {TRIES} times")

    def _read(self, answer: Fetched) -> Mapping[str, object]:
        """Return the answer; raise SourceError where it is worth asking again, UnavailableError where it is not."""
        if answer.status != 200:
            reason = f"{self._url} answered with status {answer.status}"
            raise SourceError(reason) if answer.status in _STATUSES else UnavailableError(reason)
        try:
            told = orjson.loads(answer.body)
        except orjson.JSONDecodeError as error:
            found = answer.body[:40].decode("utf-8", "replace")
            raise SourceError(f"{self._url} answered no JSON ({error.msg}); found {found!r}") from error
        if not isinstance(told, dict):
            raise SourceError(f"{self._url} answered JSON that is no object; expected {{…}}")
        if (refused := told.get("error")) is None:
            return told
        code = str(refused.get("code")) if isinstance(refused, dict) else "unknown"
        info = " ".join(str(refused.get("info", "")).split())[:200] if isinstance(refused, dict) else str(refused)[:200]
        reason = f"{self._url} refused the question: {code}: {info}"
        busy = code in _BUSY or code.startswith("internal_api_error")
        raise SourceError(reason) if busy else UnavailableError(reason)
