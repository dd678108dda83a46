"""What becomes of alerts that were held: which are told one by one, which in one summary. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.alerts.hours import Timing
from bot.alerts.model import Alert
from bot.stories.facts import Change

SINGLY = 3  # after quiet hours so few come as messages of their own
LINES = 15  # of one message of a summary: within Telegram's 4,096 characters and Slack's 50 blocks


@dataclass(frozen=True, kw_only=True)
class Held:
    """An alert that waits for its time at one place.

    Attributes:
        key: Of its delivery.
    """

    key: str
    alert: Alert


@dataclass(frozen=True, kw_only=True)
class Head:
    """What stands above a summary: why there is one, which page of how many, how many alerts in all."""

    why: Timing
    page: int
    pages: int
    total: int


@dataclass(frozen=True, kw_only=True)
class Bundle:
    """One message of a summary.

    Attributes:
        alerts: As they stand now, the most severe first.
        retracted: Ids of those that were taken back after they were told.
        numbers: Id -> the number by which people name it.
    """

    head: Head
    alerts: tuple[Alert, ...]
    retracted: frozenset[str] = frozenset()
    numbers: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Telling:
    """One message to be sent: the delivery that carries it, and those that it tells as well.

    Attributes:
        head: None: the alert by itself.
    """

    key: str
    others: tuple[str, ...] = ()
    head: Head | None = None


def tellings(held: Sequence[Held], why: Timing, singly: int = SINGLY) -> list[Telling]:
    """How alerts that were held at one place for one reason are told, in this order.

    Args:
        held: In the order of their coming.
        why: What held them.
        singly: So many may come as messages of their own after quiet hours.
    """
    least = {Timing.DIGEST: 1, Timing.CAP: 2}.get(why, min(singly, SINGLY) + 1)
    ordered = by_severity([one.alert for one in held])
    if len(held) < least:
        return [Telling(key=one.key) for one in held]
    keys = {id(one.alert): one.key for one in held}
    in_order = [keys[id(alert)] for alert in ordered]
    pages = [tuple(in_order[start : start + LINES]) for start in range(0, len(in_order), LINES)]
    return [
        Telling(
            key=page[0],
            others=page[1:],
            head=Head(why=why, page=number, pages=len(pages), total=len(held)),
        )
        for number, page in enumerate(pages, 1)
    ]


def by_severity(alerts: Sequence[Alert]) -> list[Alert]:
    """The most severe first; alike ones in their order."""
    return sorted(alerts, key=lambda alert: -alert.severity.rank)


def caught_up(alert: Alert, missed: Sequence[Alert]) -> Alert:
    """An update as somebody sees it who was not told the updates before it.

    Args:
        alert: The newest update.
        missed: Those before it that were never told there, oldest first.
    """
    changes: dict[str, Change] = {}
    for change in (change for one in (*missed, alert) for change in one.changes):
        known = changes.get(change.slot)
        changes[change.slot] = replace(change, before=known.before) if known else change
    kept = tuple(change for change in changes.values() if change.before != change.after)
    return replace(alert, changes=kept or alert.changes)
