"""Whether an alert is told: a pure ladder that returns its reason."""

from dataclasses import dataclass
from enum import StrEnum

from bot.alerts.crowding import Crowd
from bot.stories.firsts import Newness
from bot.stories.standing import Standing


class Reason(StrEnum):
    """Why an alert is told or kept back; the first that holds, in this order."""

    NOT_FIRST = "not_first"  # its rule asks for the first time, and this is not
    LEARNING = "learning"  # its rule has not watched long enough to know what is new
    SHADOW = "shadow"  # its rule is on trial: counted, never sent
    RAN_AWAY = "ran_away"  # its rule told far too much and was set to shadow: counted, never sent
    OLD = "old"  # it was old news when its source was first fetched
    KNOWN_FACT = "known_fact"  # the same fact was told within the rule's window
    OUTDATED = "outdated"  # it was told before, or is older than what is told now
    NEVER_TOLD = "never_told"  # it takes back what was not told
    NO_DESTINATION = "no_destination"  # no subscription wants it
    UPDATE = "update"  # told: what changed of something told before
    COLLAPSED = "collapsed"  # told in one summary when the hour ends: its rule is over its cap
    NEW = "new"  # told
    CONFIRMED = "confirmed"  # one more independent source of what was told: no message of its own

    @property
    def tells(self) -> bool:
        """Whether the alert goes out."""
        return self in (Reason.UPDATE, Reason.COLLAPSED, Reason.NEW)


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What the decision rests on.

    Attributes:
        live: The rule is live, not in shadow.
        push: False for what was old at the first fetch of its source.
        standing: How it stands to what the rule told within its window.
        destinations: How many destinations want it.
        newness: How it stands to what its rule asks to be the first time.
        retracts: It denies or calls off what the rule asks for: no news but as an update.
        crowd: How its rule stands within its hour.
    """

    live: bool
    push: bool
    standing: Standing
    destinations: int
    retracts: bool = False
    newness: Newness = Newness.NOT_ASKED
    crowd: Crowd = Crowd.FREE


@dataclass(frozen=True, kw_only=True)
class Decision:
    """Whether to tell, and why."""

    push: bool
    reason: Reason


def decide(facts: Facts) -> Decision:
    """The first reason to keep back, or the one to tell."""
    ladder = (
        (facts.newness is Newness.KNOWN, Reason.NOT_FIRST),
        (facts.newness is Newness.LEARNING, Reason.LEARNING),
        (not facts.live, Reason.SHADOW),
        (facts.crowd is Crowd.RUNAWAY, Reason.RAN_AWAY),
        (not facts.push, Reason.OLD),
        (facts.standing is Standing.SAME, Reason.KNOWN_FACT),
        (facts.standing is Standing.OUTDATED, Reason.OUTDATED),
        (facts.retracts and facts.standing is Standing.NEW, Reason.NEVER_TOLD),
        (facts.destinations == 0, Reason.NO_DESTINATION),
        (facts.standing is Standing.CHANGED, Reason.UPDATE),
        (facts.crowd is Crowd.OVER, Reason.COLLAPSED),
    )
    reason = next((reason for holds, reason in ladder if holds), Reason.NEW)
    return Decision(push=reason.tells, reason=reason)
