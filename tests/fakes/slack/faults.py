"""What a test lets go wrong, call by call.

A fault with `processed` lies between what the server did and what the client hears of it.
"""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Drop:
    """Cut the connection without an answer."""

    processed: bool = True


@dataclass(frozen=True, kw_only=True)
class Hang:
    """Keep the connection without an answer."""

    processed: bool = True


@dataclass(frozen=True, kw_only=True)
class RateLimited:
    """HTTP 429; None names no time to wait."""

    seconds: int | None = 1


@dataclass(frozen=True, kw_only=True)
class ServerError:
    """An HTTP error from what stands before Slack: a page, no JSON."""

    status: int = 503
    processed: bool = True


@dataclass(frozen=True, kw_only=True)
class Answer:
    """An error of Slack's; not processed, or so it says."""

    error: str
    processed: bool = False


@dataclass(frozen=True, kw_only=True)
class Raw:
    """Any body at all with status 200, after processing."""

    body: str
    content_type: str = "text/html"


@dataclass(frozen=True, kw_only=True)
class UpgradeRefused:
    """The WebSocket is not opened; its ticket is used up."""

    status: int = 401


@dataclass(frozen=True, kw_only=True)
class HalfOpen:
    """The WebSocket opens and is dead: no answer to pings, nothing comes any more.

    Attributes:
        greets: It says hello before it dies.
    """

    greets: bool = False


@dataclass(frozen=True, kw_only=True)
class NeverOpen:
    """The request for the WebSocket gets no answer."""


Fault = Drop | Hang | RateLimited | ServerError | Answer | Raw
SocketFault = UpgradeRefused | HalfOpen | NeverOpen
