"""`/quiet`, `/digest`, `/mute`, `/unmute`: when a chat is told, and of what it is not."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.alerts.headline import headline
from bot.alerts.hours import Hours, overridden, parse_digest, parse_quiet
from bot.alerts.model import Alert
from bot.commands.asking import Asked
from bot.commands.fitting import answer, clipped, fitting
from bot.commands.naming import alert_named, names_of
from bot.commands.subscribing import here
from bot.commands.wording import closest
from bot.ports.conversation import Answer
from bot.ports.holding import ChatHours, Manner
from bot.ports.mutes import Mute, of_alert, of_rule, of_story

OFF = ("off", "aus")
DEFAULT = ("default", "standard")
USUAL = timedelta(hours=24)
LONGEST = timedelta(days=30)
_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}
_LASTS = re.compile(r"(\d{1,4})\s*([mhd])")
_WEEKDAYS = {"mo": "mon", "di": "tue", "mi": "wed", "do": "thu", "fr": "fri", "sa": "sat", "so": "sun"}


async def quiet(ask: Asked) -> Answer:
    """Show or choose the quiet hours of this chat: `22:00-07:00`, `off`, or `default`."""
    wanted = ask.request.arguments.strip().lower()
    if not wanted:
        return await _shown(ask)
    if wanted in DEFAULT:
        return await _choose(ask, replace(await _hours_here(ask), quiet=None))
    found = "off" if wanted in OFF else parse_quiet(wanted)
    if not found:
        return answer(ask.say("quiet_how"))
    return await _choose(ask, replace(await _hours_here(ask), quiet=str(found)))


async def digest(ask: Asked) -> Answer:
    """Show or choose the digest of this chat: `daily 07:30`, `mon 07:30`, `off`, or `default`."""
    wanted = _in_english(ask.request.arguments.strip().lower())
    if not wanted:
        return await _shown(ask)
    if wanted in DEFAULT:
        return await _choose(ask, replace(await _hours_here(ask), digest=None))
    found = "off" if wanted in OFF else parse_digest(wanted)
    if not found:
        return answer(ask.say("digest_how"))
    return await _choose(ask, replace(await _hours_here(ask), digest=str(found)))


def _in_english(text: str) -> str:
    """`täglich 07:30` and `mo 07:30` as the configuration writes them."""
    first, space, rest = text.partition(" ")
    known = {"täglich": "daily", **_WEEKDAYS}
    return f"{known.get(first, first)}{space}{rest}"


async def _choose(ask: Asked, chosen: ChatHours) -> Answer:
    if not here(ask):
        return answer(ask.say("nothing_subscribed"))
    await ask.desk.store.put_hours(chosen, now=ask.desk.clock.now())
    return await _shown(ask)


async def _hours_here(ask: Asked) -> ChatHours:
    kind, address = ask.request.kind, ask.request.address
    known = (one for one in await ask.desk.store.chat_hours() if (one.kind, one.address) == (kind, address))
    return next(known, ChatHours(kind=kind, address=address))


async def _shown(ask: Asked) -> Answer:
    """The hours of each channel that comes here."""
    chosen = await _hours_here(ask)
    lines = []
    for one in here(ask):
        hours = ask.desk.manners.get(one.channel, Manner()).hours
        told = _in_words(ask, overridden(hours, chosen.quiet, chosen.digest))
        lines.append(f"{one.channel}: {told}")
    if not lines:
        return answer(ask.say("nothing_subscribed"))
    return answer("\n".join(fitting(lines)), ask.say("hours_how"))


def _in_words(ask: Asked, hours: Hours) -> str:
    told = []
    if hours.digest:
        told.append(ask.say("hours_digest", times=_times(ask, str(hours.digest))))
    if hours.quiet:
        told.append(ask.say("hours_quiet", times=hours.quiet))
    if hours.hourly:
        told.append(ask.say("hours_cap", n=hours.hourly))
    return " · ".join(told) or ask.say("hours_open")


def _times(ask: Asked, written: str) -> str:
    day, _, at = written.partition(" ")
    return ask.say(f"hours_{day}", at=at)


async def mute(ask: Asked) -> Answer:
    """Hear nothing of a story (by the id of an alert) or of a rule here for a while, a day if not said."""
    subject, _, rest = ask.request.arguments.strip().partition(" ")
    if not subject:
        return await _muted_here(ask)
    lasts = _lasts(rest)
    if lasts is None:
        return answer(ask.say("mute_how"))
    until = ask.desk.clock.now() + lasts
    if subject in ask.desk.rules():
        await _mute(ask, [of_rule(subject)], until)
        return answer(ask.say("muted_rule", rule=subject, time=_moment(ask, until)))
    found = await alert_named(ask, subject.lower())
    if isinstance(found, Alert):
        await _mute(ask, await _subjects(ask, found), until)
        told = headline(found, ask.lang)
        return answer(ask.say("muted_story", what=told, rule=found.rule_id, time=_moment(ask, until)))
    close = closest(subject, ask.desk.rules())
    hint = ask.say("did_you_mean", word=close) if close else ""
    return answer(ask.say("mute_unknown", what=clipped(subject, 60)) + hint, ask.say("mute_how"))


def _lasts(text: str) -> timedelta | None:
    if not text.strip():
        return USUAL
    found = _LASTS.fullmatch(text.strip().lower())
    lasts = int(found[1]) * _UNITS[found[2]] if found else timedelta(0)
    return min(lasts, LONGEST) if lasts else None


async def _subjects(ask: Asked, alert: Alert) -> list[str]:
    """An alert with its updates, and the story that its article belongs to."""
    story = await ask.desk.store.story_of(alert.id)
    return [of_alert(alert.updates or alert.id), *([of_story(story)] if story else [])]


async def _mute(ask: Asked, subjects: Sequence[str], until: datetime) -> None:
    kind, address = ask.request.kind, ask.request.address
    for subject in subjects:
        await ask.desk.store.mute(Mute(kind=kind, address=address, subject=subject, until=until))


async def _muted_here(ask: Asked) -> Answer:
    """What is muted here; stories by the id that takes it back."""
    mutes = await ask.desk.store.mutes(ask.desk.clock.now())
    mine = [one for one in mutes if (one.kind, one.address) == (ask.request.kind, ask.request.address)]
    names = await names_of(ask, [name for one in mine for kind, name in [_parted(one)] if kind == "alert"])
    lines = [
        ask.say("muted_line", what=names.get(name, name), time=_moment(ask, one.until))
        for one in mine
        for kind, name in [_parted(one)]
        if kind != "story"
    ]
    return answer("\n".join(fitting(lines)) or ask.say("nothing_muted"), ask.say("mute_how"))


def _parted(mute: Mute) -> tuple[str, str]:
    """What kind of thing is muted, and its id."""
    kind, _, name = mute.subject.partition(":")
    return kind, name


async def unmute(ask: Asked) -> Answer:
    """Hear of everything again, or of one rule or story."""
    subject, request = ask.request.arguments.strip(), ask.request
    if not subject:
        number = await ask.desk.store.unmute(request.kind, request.address)
        return answer(ask.say("unmuted" if number else "nothing_muted"))
    subjects = [of_rule(subject)]
    found = await alert_named(ask, subject.lower()) if subject not in ask.desk.rules() else None
    if isinstance(found, Alert):
        subjects = await _subjects(ask, found)
    number = sum([await ask.desk.store.unmute(request.kind, request.address, one) for one in subjects])
    return answer(ask.say("unmuted" if number else "nothing_muted"))


def _moment(ask: Asked, at: datetime) -> str:
    return at.astimezone(ask.zone).strftime("%d.%m. %H:%M" if ask.lang == "de" else "%d %b %H:%M")
