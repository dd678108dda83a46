"""How much a server may cost us."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Limits:
    """All limits of fetching and parsing, with their units.

    Attributes:
        feed_bytes: Greatest feed, on the wire and after decompression.
        page_bytes: Greatest page, likewise.
        total: Seconds for one fetch with all its redirects.
        connect: Seconds to look up the host and connect, one hop.
        silence: Seconds without a byte.
        redirects: Hops that are followed.
        per_host: Fetches from one host at a time.
        overall: Fetches at a time.
        entries: Entries of one feed that are taken, newest first.
        slow_bytes: Broken XML is read that far, because only the slow parser understands it (1 MB/s).
        longest_wait: Greatest Retry-After in seconds that is believed.
        robots: Whether robots.txt is heeded.
    """

    feed_bytes: int = 10_000_000
    page_bytes: int = 3_000_000
    total: float = 30.0
    connect: float = 10.0
    silence: float = 15.0
    redirects: int = 5
    per_host: int = 2
    overall: int = 64
    entries: int = 500
    slow_bytes: int = 1_000_000
    longest_wait: float = 86_400.0
    robots: bool = True
