"""The errors that cross rooms, each with the place and the mend in its text.

Nothing but exception classes may live here. A person reads `str(error)`: one line, no secret in it.
"""

from dataclasses import dataclass


class DepescheError(Exception):
    """What Depesche itself reports: one clear line for a person."""


class ConfigError(DepescheError):
    """The configuration cannot be used; the text names file, line, key and mend."""


class StoreError(DepescheError):
    """The store cannot be opened, read or written."""


class SourceError(DepescheError):
    """A source could not be fetched or understood; the rest goes on.

    Args:
        reason: One line for `depesche status`, such as `HTTP 503` or `page is HTML, not a feed`.
        retry_after: Seconds the server asked us to wait, if it did.
    """

    def __init__(self, reason: str, *, retry_after: float | None = None) -> None:
        super().__init__(reason)
        self.retry_after = retry_after


class OfflineError(SourceError):
    """The host was not found or no network is there: calm where it holds for all sources."""


class GoneError(SourceError):
    """The server says that the address is gone for good; it rests."""


class DisallowedError(SourceError):
    """The server's robots.txt asks us not to fetch the address."""


class ModelError(DepescheError):
    """A trained pipeline cannot be used; the text names the key and the mend."""


class ReaderError(DepescheError):
    """An article took the reader too long or killed it; it is set aside and listed."""


@dataclass(frozen=True, kw_only=True)
class Issue:
    """One mistake in a text that a person wrote: a rule file, the configuration.

    Attributes:
        place: The file's name as the person knows it.
        line: Line, from 1; 0 when the mistake is of the file as a whole.
        column: Column in code points, from 1; 0 as above.
        message: What is wrong and how to mend it, one line.
        severity: `error` keeps the file out; `warning` does not.
    """

    place: str
    line: int
    column: int
    message: str
    severity: str = "error"

    def __str__(self) -> str:
        """`file:line:column: severity: message`, as compilers print it."""
        where = f"{self.place}:{self.line}:{self.column}" if self.line else self.place
        return f"{where}: {self.severity}: {self.message}"
