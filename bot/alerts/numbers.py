"""Alerts as people name them on a phone: `A12`."""

import re

_NUMBER = re.compile(r"a(\d{1,18})", re.IGNORECASE)


def numbered(number: int) -> str:
    """The name of the alert with this number."""
    return f"A{number}"


def number_in(name: str) -> int | None:
    """The number in such a name; None where it is no such name."""
    found = _NUMBER.fullmatch(name)
    return int(found[1]) if found else None
