"""A message in words, whatever the platform: an alert, an update of one, or a summary."""

from dataclasses import replace
from zoneinfo import ZoneInfo

from bot.alerts.brief import Brief, brief, update_brief
from bot.alerts.digest import Summary, summary
from bot.alerts.noting import asking_in, correction_in
from bot.alerts.numbers import numbered
from bot.alerts.wording import words
from bot.ports.messenger import Destination, Message


def briefed(message: Message) -> Brief:
    """The alert of a message in words; where it answers one, only what changed."""
    lang, zone = message.destination.lang, zone_of(message.destination)
    # Editors decide on the whole alert, not on a change of it.
    answers = message.reply_to and not message.asking
    told = update_brief(message.alert, lang, zone) if answers else brief(message.alert, lang, zone)
    if answers and message.number:
        told = replace(told, facts=f"{numbered(message.number)} · {told.facts}")
    return replace(told, notice=_notice(message, lang, zone))


def summarised(message: Message) -> Summary | None:
    """The summary that a message is, in words; None where it is an alert."""
    place = message.destination
    return summary(message.bundle, place.lang, zone_of(place)) if message.bundle else None


def repeat_of(message: Message) -> str | None:
    """The words that say that a message may have been sent before, or None."""
    return str(words(message.destination.lang)["repeat"]) if message.repeat else None


def zone_of(destination: Destination) -> ZoneInfo | None:
    """The reader's zone; None for the system's."""
    return ZoneInfo(destination.zone) if destination.zone else None


def _notice(message: Message, lang: str, zone: ZoneInfo | None) -> str | None:
    if message.correction:
        return correction_in(message.correction, lang, zone)
    return asking_in(message.asking, lang, zone) if message.asking else None
