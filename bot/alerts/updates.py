"""From an alert that changes what was told to the update of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import blake2b

from bot.alerts.model import Alert, ArticleRef
from bot.extraction.findings import Actor, Modality, Quantity
from bot.rules.model import Novelty
from bot.stories.facts import NO, Change, Fact, Slot, is_hedged, lies_ahead, says_moved, says_revised
from bot.stories.novelty import NOBODY
from bot.stories.standing import Standing, Told, standing

DATED = ("consult.", "peace.talks")  # what is put off keeps its people; troops that are moved are not put off
BY_WORD = "sanction."  # what is done by deciding it: one outlet says decided, the other imposed


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """How an alert stands to what was told; where that is CHANGED, the alert is the update.

    Attributes:
        told: The present state of what it says again, where one was told.
    """

    standing: Standing
    alert: Alert
    told: Alert | None = None


def judged(alert: Alert, told: Sequence[Alert], reading: Sequence[Alert], novelty: Novelty) -> Judgement:
    """How an alert stands to the alerts that its rule pushed.

    Args:
        alert: What an article says.
        told: Pushed under the same key within the window, oldest first, updates among them.
        reading: Pushed under the same key out of this very article.
        novelty: Of the rule.
    """
    known = [Told(id=one.id, first=one.updates or one.id, fact=fact_of(one)) for one in told]
    fact = fact_of(alert)
    verdict = standing(fact, known, [fact_of(one) for one in reading], novelty)
    if verdict.told is None:
        return Judgement(standing=verdict.standing, alert=alert)
    by_id: Mapping[str, Alert] = {one.id: one for one in told}
    before = by_id[verdict.told.id]
    if verdict.standing is not Standing.CHANGED:
        return Judgement(standing=verdict.standing, alert=alert, told=before)
    return Judgement(standing=Standing.CHANGED, alert=updated(alert, before, verdict.changes))


def updated(alert: Alert, before: Alert, changes: tuple[Change, ...]) -> Alert:
    """The update of a told alert: what is said now, and what of it is said otherwise."""
    return replace(
        _completed(alert, before, fact_of(alert), changes),
        id=_id(alert, before),
        updates=before.updates or before.id,
        confirmed=before.confirmed,
        changes=changes,
    )


def fact_of(alert: Alert) -> Fact:
    """What an alert says, in the form that can be compared."""
    article = alert.article
    published = article.published
    moved = (alert.event_type or "").startswith(DATED) and says_moved(alert.evidence.text, article.lang)
    put_off = moved and alert.modality is Modality.CANCELLED
    unsure = alert.modality in NO and is_hedged(alert.evidence.text, article.lang)
    fact = Fact(
        modality=None if put_off or unsure else _how_firm(alert),
        date=alert.date,
        quantity=alert.quantity,
        places=(alert.place,) if alert.place else (),
        actors=alert.participants or alert.actors,
        day=published.day if published else None,
        published=_said_at(article),
        outlet=article.source_name or article.source_id,
        lang=article.lang,
        moved=moved,
        revises=says_revised(alert.evidence.text, article.lang),
        vague=f"={NOBODY}" in alert.key,
    )
    # “Was put off to Wednesday” is read as the Wednesday before, which is no date of it.
    return replace(fact, date=None) if put_off and fact.date and not lies_ahead(fact.date, fact) else fact


def _how_firm(alert: Alert) -> Modality | None:
    done_by_word = (alert.event_type or "").startswith(BY_WORD) and alert.modality is Modality.OCCURRED
    return Modality.DECIDED if done_by_word else alert.modality


def _said_at(article: ArticleRef) -> datetime | None:
    """When an article said what it says: when it was last changed, else published; None without the hour."""
    moment = article.edited or article.published
    return moment.at if moment and moment.exact else None


def _completed(alert: Alert, before: Alert, fact: Fact, changes: Sequence[Change]) -> Alert:
    """The alert with what only the earlier articles said; what is put off keeps how firm it was."""
    return replace(
        alert,
        modality=fact.modality or before.modality,
        date=_date(alert, before, fact, changes),
        quantity=alert.quantity or _carried_amount(before, alert),
        medium=alert.medium or before.medium,
        actors=alert.actors or _carried(before.actors),
        targets=alert.targets or _carried(before.targets),
        participants=alert.participants or _carried(before.participants),
        place=alert.place or next(iter(_carried((before.place,) if before.place else ())), None),
    )


def _date(alert: Alert, before: Alert, fact: Fact, changes: Sequence[Change]) -> str | None:
    """Its new date, none where it is put off, else the one that lies ahead."""
    changed = [change.after for change in changes if change.slot is Slot.DATE]
    if changed:
        return changed[0] if isinstance(changed[0], str) else None
    given = alert.date and lies_ahead(alert.date, fact)
    return alert.date if given else before.date or alert.date


def _carried(actors: tuple[Actor, ...]) -> tuple[Actor, ...]:
    """Those of another article: their places in its text mean nothing here."""
    return tuple(replace(actor, start=None, end=None, text=None) for actor in actors)


def _carried_amount(before: Alert, alert: Alert) -> Quantity | None:
    """An amount of another article; its words only where they are of the same language."""
    if before.quantity is None:
        return None
    text = before.quantity.text if before.article.lang == alert.article.lang else ""
    return replace(before.quantity, start=-1, end=-1, text=text)


def _id(alert: Alert, before: Alert) -> str:
    """24 hex digits, as of every alert; another one than that of any alert of the article."""
    return blake2b(f"{before.id}>{alert.id}".encode(), digest_size=12).hexdigest()
