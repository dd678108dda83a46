"""Secret addresses of the calendar: 256 random bits, of which only a digest is kept."""

import hmac
from base64 import urlsafe_b64encode
from collections.abc import Callable, Sequence
from hashlib import sha256

from bot.ports.calendar import CalendarLink

BYTES = 32
PATH = "/calendar/{secret}.ics"


def new_secret(randomness: Callable[[int], bytes]) -> str:
    """43 characters that may stand in an address."""
    return urlsafe_b64encode(randomness(BYTES)).decode().rstrip("=")


def digest_of(secret: str) -> str:
    """Hex; unsalted, because 256 random bits are in no table."""
    return sha256(secret.encode("utf-8", "replace")).hexdigest()


def link_of(secret: str, links: Sequence[CalendarLink]) -> CalendarLink | None:
    """The link that a secret opens; how long that takes says nothing of how much of it is right."""
    given = digest_of(secret)
    found = [link for link in links if hmac.compare_digest(link.digest, given)]
    return found[0] if found else None
