"""What a server says of how long its answer holds."""

import re
from datetime import timedelta

LONGEST = timedelta(days=1)  # a server that says more is asked again after a day
_MAX_AGE = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?(\d{1,10})", re.IGNORECASE)
_NEVER = re.compile(r"(?:^|[\s,])no-(?:cache|store)\b", re.IGNORECASE)


def max_age(cache_control: str | None, age: str | None = None) -> timedelta | None:
    """How long an answer holds by `Cache-Control`, less the `Age` it had already; None if it is not said."""
    found = _MAX_AGE.search(cache_control or "")
    if not found or _NEVER.search(cache_control or ""):
        return None
    text = (age or "").strip()
    spent = int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0
    left = timedelta(seconds=max(int(found[1]) - spent, 0))
    return min(left, LONGEST) or None
