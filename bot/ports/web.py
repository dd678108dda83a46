"""What the web edge serves: routes, what comes in, what goes back. Neutral of the server behind it."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Call:
    """A request that reached a route.

    Attributes:
        method: `GET`, `HEAD` or `POST`; HEAD is answered as GET, without the body.
        parts: The `{named}` parts of the route's path, percent-decoded.
        query: The last value of each name after `?`.
        headers: Names in lower case; of several with one name the last.
        body: At most as large as the server allows.
    """

    method: str
    parts: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What goes back.

    Attributes:
        kind: Media type with its charset, such as `text/calendar; charset=utf-8`.
        headers: Further ones.
    """

    status: int = 200
    body: bytes = b""
    kind: str = "text/plain; charset=utf-8"
    headers: Mapping[str, str] = field(default_factory=dict)


NOT_FOUND = Reply(status=404)  # also for a secret that is wrong or revoked: nobody learns which


@dataclass(frozen=True, kw_only=True)
class Route:
    """One address and who answers there.

    Attributes:
        method: `GET` (HEAD included) or `POST`.
        path: Begins with `/`; a part `{name}` stands for any text without a slash.
        handle: Answers; what it raises becomes a 500 without detail. It has the server's time limit.
    """

    method: str
    path: str
    handle: Callable[[Call], Awaitable[Reply]]
