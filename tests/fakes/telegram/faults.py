"""What a test tells the server to do wrong, one fault a call."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class ProcessThenDrop:
    """Do what was asked and close the connection without an answer."""


@dataclass(frozen=True, kw_only=True)
class ProcessThenHang:
    """Do what was asked and keep silent."""

    seconds: float = 3_600.0


@dataclass(frozen=True, kw_only=True)
class Drop:
    """Close the connection without having done anything; the client cannot tell the difference."""


@dataclass(frozen=True, kw_only=True)
class TooMany:
    """429: nothing done; `retry_after` seconds in body and header, or neither (as a front server answers)."""

    retry_after: int | None


@dataclass(frozen=True, kw_only=True)
class ErrorAfterProcess:
    """Do what was asked and answer with a status of 500 or more, in JSON or as a front server's HTML page."""

    status: int = 502
    html: bool = True


@dataclass(frozen=True, kw_only=True)
class Page:
    """Nothing done: a page of HTML with any status, as a portal or proxy on the way answers."""

    status: int = 200


@dataclass(frozen=True, kw_only=True)
class Garbage:
    """Do what was asked and answer 200 with something that is no answer of the Bot API."""

    body: str = "{}"


Fault = ProcessThenDrop | ProcessThenHang | Drop | TooMany | ErrorAfterProcess | Page | Garbage
