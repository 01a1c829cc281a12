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


class StoreError(DetenteError):
    """The store cannot be opened, read or written."""


class UnknownNameError(DetenteError):
    """A country, scorer or option value that does not exist; the message offers the nearest ones."""

    exit_code = 2
