"""Every error that Detente raises on purpose; each says what was expected, what was found and what to do."""


class DetenteError(Exception):
    """Base of all; the command line prints its message and exits with `exit_code`."""

    exit_code = 1


class SourceError(DetenteError):
    """An input that cannot be read as articles; counted as failed, the rest goes on."""


class RefusedError(SourceError):
    """An address that Detente will not fetch: private network, robots.txt, or not http(s)."""


class OversizedError(SourceError):
    """An answer larger than is read; asking for less may help."""


class LaterError(SourceError):
    """An input that cannot be had now: busy, silent, or out of order for the moment."""

    def __init__(self, message: str, retry_after_s: float | None = None) -> None:
        """Take the seconds after which the server asks to be asked again; None if it said nothing."""
        super().__init__(message)
        self.retry_after_s = retry_after_s


class FeedListError(DetenteError):
    """A list of feeds that cannot be read or changed."""


class CorrectionError(DetenteError):
    """A correction that cannot be read, added or found."""


class BundleError(DetenteError):
    """A replication bundle that cannot be made or read."""


class StoreError(DetenteError):
    """The store cannot be opened, read or written."""


class UnknownNameError(DetenteError):
    """A country, scorer or option value that does not exist; the message offers the nearest ones."""

    exit_code = 2
