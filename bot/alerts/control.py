"""What people decide about an alert, as its message shows it: approved, dropped, taken back."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Approval(StrEnum):
    """Where an alert that editors have to approve stands."""

    AWAITING = "awaiting"
    SENT = "sent"  # an editor let it go out
    DROPPED = "dropped"  # an editor kept it back
    EXPIRED = "expired"  # nobody decided in time; it was not sent
    REPLACED = "replaced"  # a newer state of the alert asks in its place


@dataclass(frozen=True, kw_only=True)
class Asking:
    """What the message to the editors says below an alert.

    Attributes:
        until: When it is too late to decide.
        by: Who decided, as the platform calls them, or None.
        at: When, or None.
    """

    state: Approval
    until: datetime
    by: str | None = None
    at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Correction:
    """An alert was taken back.

    Attributes:
        by: Who did, as their platform calls them.
        note: Why, in their words; may be empty.
    """

    at: datetime
    by: str
    note: str = ""
