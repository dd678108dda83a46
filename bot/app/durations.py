"""Durations as people write them: `30s`, `5m`, `2h`, `1d`."""

import re
from datetime import timedelta

UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_WRITTEN = re.compile(r"(\d{1,9})\s*([smhd])")


def duration(value: object) -> timedelta:
    """Read a duration.

    Raises:
        ValueError: It is not a number with a unit, or zero.
    """
    if isinstance(value, timedelta):
        return value
    found = _WRITTEN.fullmatch(str(value).strip())
    if not found or not int(found[1]):
        raise ValueError("write a duration as a number with s, m, h or d, such as `5m`")
    return timedelta(seconds=int(found[1]) * UNITS[found[2]])


def spell(value: timedelta) -> str:
    """The shortest way to write it."""
    seconds = int(value.total_seconds())
    unit = next(unit for unit in reversed(UNITS) if seconds % UNITS[unit] == 0)
    return f"{seconds // UNITS[unit]}{unit}"
