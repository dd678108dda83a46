"""Whether a rule tells too much: above its cap of the hour, or far above, as one that was written wrongly.

An hour is one of the clock, so that all that is above the cap comes together when it ends.
"""

from datetime import datetime, timedelta
from enum import StrEnum

HOUR = timedelta(hours=1)
RUNAWAY = 5  # times its cap


class Crowd(StrEnum):
    """How a rule stands within its hour."""

    FREE = "free"
    OVER = "over"  # above its cap: one summary when the hour ends
    RUNAWAY = "runaway"  # many times its cap: set to shadow


def crowd(told: int, cap: int | None) -> Crowd:
    """How one more fact of a rule stands.

    Args:
        told: New facts that it told in this hour so far, those of the summary among them.
        cap: How many it may tell one by one; None: any number.
    """
    if not cap or told < cap:
        return Crowd.FREE
    return Crowd.RUNAWAY if told >= RUNAWAY * cap else Crowd.OVER


def hour_of(now: datetime) -> datetime:
    """When the hour of a moment began."""
    return now.replace(minute=0, second=0, microsecond=0)


def end_of_hour(now: datetime) -> datetime:
    """When it ends."""
    return hour_of(now) + HOUR
