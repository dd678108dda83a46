"""Claiming the bot: a one-time code, printed on the console, makes whoever sends it the owner.

Sixty random bits; only a salted digest is stored. Each person has five tries with growing pauses, so that a
stranger who guesses neither gets far nor locks the owner out; a thousand tries by anybody end the code.
"""

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256

from bot.ports.access import AccessStore, Claim, Role, Tries
from bot.ports.clock import Clock

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O, U
_READ_AS = str.maketrans("OIL", "011", "- ")
SYMBOLS = 12
GROUP = 4
LASTS = timedelta(hours=1)
TRIES = 5  # for each person
TRIES_IN_ALL = 1000
FIRST_PAUSE = timedelta(seconds=2)

Randomness = Callable[[int], bytes]


class Verdict(StrEnum):
    """What is to be said to a code."""

    RIGHT = "right"
    WRONG = "wrong"
    EXPIRED = "expired"  # it was right once
    WAIT = "wait"  # the pause after the last wrong code is not over; not looked at
    SPENT = "spent"  # no tries are left; not looked at
    NO_CLAIM = "no_claim"  # there is nothing to claim


@dataclass(frozen=True, kw_only=True)
class OpenClaim:
    """A code to be printed on the console, for nobody else to see."""

    kind: str
    code: str
    expires: datetime


async def open_claim(
    store: AccessStore, kind: str, *, clock: Clock, randomness: Randomness, lasts: timedelta = LASTS
) -> OpenClaim | None:
    """At the start: a fresh code for a platform without an owner; None where there is one.

    Args:
        store: Keeps the digest; an older code is void.
        kind: The platform.
        clock: Now.
        randomness: So many bytes that nobody can foresee, as `secrets.token_bytes` gives them.
        lasts: How long the code may be used.
    """
    if any(member.kind == kind and member.role is Role.OWNER for member in await store.members()):
        return None
    code, salt = new_code(randomness), randomness(16).hex()
    expires = clock.now() + lasts
    await store.put_claim(Claim(kind=kind, salt=salt, digest=digest_of(salt, code), expires=expires))
    return OpenClaim(kind=kind, code=code, expires=expires)


def new_code(randomness: Randomness) -> str:
    """Twelve symbols of five bits in groups of four."""
    symbols = "".join(ALPHABET[byte & 31] for byte in randomness(SYMBOLS))
    return "-".join(symbols[start : start + GROUP] for start in range(0, SYMBOLS, GROUP))


def digest_of(salt: str, code: str) -> str:
    """Hex; the same however the code was typed."""
    return sha256(f"{salt}:{code.upper().translate(_READ_AS)}".encode("utf-8", "replace")).hexdigest()


def judge_code(claim: Claim | None, tries: Tries | None, code: str, now: datetime) -> Verdict:
    """What is to be said to a code, in constant time as to which part of it is wrong."""
    if claim is None:
        return Verdict.NO_CLAIM
    if claim.tries >= TRIES_IN_ALL or (tries and tries.count >= TRIES):
        return Verdict.SPENT
    if tries and now < tries.next_at:
        return Verdict.WAIT
    if not hmac.compare_digest(digest_of(claim.salt, code), claim.digest):
        return Verdict.WRONG
    return Verdict.RIGHT if now < claim.expires else Verdict.EXPIRED


def next_claim_try(now: datetime, wrong: int) -> datetime:
    """When the next code of a person is looked at, after so many wrong ones: 2, 8, 32, 128 seconds."""
    pause: timedelta = FIRST_PAUSE * 4 ** (min(wrong, TRIES) - 1)
    return now + pause
