"""How an alert stands that an article gives after its outlet has changed it: never a second one of the same.

What the article said before is known. What it still says is no news, whatever others have told since. What
it says otherwise is an update of what was told of it, also where the change gives it another key: a country
that was mixed up. Only a further fact beside those it told is an alert of its own.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from bot.alerts.model import Alert
from bot.alerts.updates import Judgement, fact_of, judged, updated
from bot.rules.model import Novelty
from bot.stories.facts import Slot, differences
from bot.stories.standing import Standing

ALL = tuple(Slot)


@dataclass(frozen=True, kw_only=True)
class Rereading:
    """What is known of an article that is read again.

    Attributes:
        told: What was pushed out of it, in all its editions, oldest first.
        said: What was found in its last edition, pushed or not.
        present: What is found in it now.
    """

    told: tuple[Alert, ...] = ()
    said: tuple[Alert, ...] = ()
    present: tuple[Alert, ...] = ()


def rereading(found: Sequence[tuple[Alert, bool]], present: Sequence[Alert]) -> Rereading:
    """Put together what is known of an article.

    Args:
        found: What was found in its earlier editions and whether it was pushed, oldest first.
        present: What is found in it now.
    """
    last = found[-1][0].article.edited if found else None
    return Rereading(
        told=tuple(alert for alert, push in found if push),
        said=tuple(alert for alert, _ in found if alert.article.edited == last),
        present=tuple(present),
    )


def judged_again(
    alert: Alert,
    told: Sequence[Alert],
    reading: Sequence[Alert],
    novelty: Novelty,
    before: Rereading,
    *,
    taken: Collection[str] = (),
) -> Judgement:
    """How an alert of a changed article stands.

    Args:
        alert: What the article says now.
        told: Pushed under the same key within the window by any article, oldest first.
        reading: Pushed under the same key out of this reading.
        novelty: Of the rule.
        before: What is known of the article.
        taken: Ids of first alerts that this reading updates already.
    """
    if any(_is_same(one, alert, novelty) for one in before.said):
        return Judgement(standing=Standing.SAME, alert=alert)
    found = judged(alert, told, reading, novelty)
    own = [one for one in before.told if one.rule_id == alert.rule_id]
    if found.standing is not Standing.NEW or not own:
        return found
    left = [
        one for one in _heads(own) if _is_left(one, before.present) and (one.updates or one.id) not in taken
    ]
    if left:
        return _corrected(alert, _nearest(alert, left), novelty)
    # What is only half known may be one of the facts that were told.
    return Judgement(standing=Standing.SAME, alert=alert) if fact_of(alert).vague else found


def _heads(told: Sequence[Alert]) -> list[Alert]:
    """The present state of each alert that was told."""
    return list({one.updates or one.id: one for one in told}.values())


def _is_left(told: Alert, present: Sequence[Alert]) -> bool:
    """Whether the article does not say any more what was told of it."""
    same = (one for one in present if (one.rule_id, one.key) == (told.rule_id, told.key))
    return not any(one.date == told.date for one in same)


def _nearest(alert: Alert, left: Sequence[Alert]) -> Alert:
    """The told one that the alert most likely corrects: of the same key, of the same kind, the last."""
    return max(left, key=lambda one: (one.key == alert.key, one.event_type == alert.event_type))


def _corrected(alert: Alert, told: Alert, novelty: Novelty) -> Judgement:
    """The update that says what the outlet corrected, if it can be said."""
    changes = differences(fact_of(told), fact_of(alert), replace(novelty, update_when=ALL))
    if not changes or fact_of(alert).vague:
        return Judgement(standing=Standing.SAME, alert=alert)
    return Judgement(standing=Standing.CHANGED, alert=updated(alert, told, changes))


def _is_same(one: Alert, other: Alert, novelty: Novelty) -> bool:
    if (one.rule_id, one.key, one.date) != (other.rule_id, other.key, other.date):
        return False
    return not differences(fact_of(one), fact_of(other), replace(novelty, update_when=ALL))
