"""`/retract`, `/send`, `/drop`, `/useful`, `/wrong`, `/resend`: what people decide about alerts."""

from bot.alerts.control import Approval, Correction
from bot.alerts.headline import headline
from bot.alerts.model import Alert
from bot.article.cleaning import one_line
from bot.commands.asking import Asked, Level
from bot.commands.fitting import answer
from bot.commands.naming import alert_named
from bot.ports.approvals import Editor, Ruled, Ruling
from bot.ports.conversation import Answer
from bot.ports.pauses import chat_of
from bot.ports.voices import Opinion, Voice

NOTE_LIMIT = 200
NAME_LIMIT = 60


async def retract(ask: Asked) -> Answer:
    """Take an alert back wherever it stands, with a note if one is given."""
    name, _, note = ask.request.arguments.strip().partition(" ")
    if not name:
        return answer(ask.say("retract_how"))
    found = await alert_named(ask, name.lower())
    if not isinstance(found, Alert):
        return found
    now = ask.desk.clock.now()
    correction = Correction(at=now, by=_by(ask), note=one_line(note, NOTE_LIMIT))
    new = await ask.desk.store.retract(found.id, correction, now=now)
    said = "retracted_now" if new else "retracted_before"
    return answer(ask.say(said, what=headline(found, ask.lang)))


async def send(ask: Asked) -> Answer:
    """An editor lets an alert out."""
    return await _decide(ask, Approval.SENT)


async def drop(ask: Asked) -> Answer:
    """An editor keeps an alert back."""
    return await _decide(ask, Approval.DROPPED)


async def _decide(ask: Asked, verdict: Approval) -> Answer:
    found = await alert_named(ask, ask.request.arguments.strip().lower())
    if not isinstance(found, Alert):
        return found
    request = ask.request
    editor = Editor(
        kind=request.kind, chat=request.address, user=request.user, name=request.user_name[:NAME_LIMIT]
    )
    ruled = await ask.desk.store.decide(found.id, verdict, editor, now=ask.desk.clock.now())
    return answer(_ruled(ask, ruled))


def _ruled(ask: Asked, ruled: Ruled) -> str:
    match ruled.ruling:
        case Ruling.DONE | Ruling.ALREADY if ruled.state:
            said = ask.say(f"approval_{ruled.state}", by=one_line(ruled.by or "?", NAME_LIMIT))
            return said if ruled.ruling is Ruling.DONE else ask.say("approval_before", what=said)
        case Ruling.CHANGED:
            return ask.say("approval_changed")
    return ask.say("approval_not_asked")


async def useful(ask: Asked) -> Answer:
    """Somebody finds an alert useful."""
    return await _judge(ask, Opinion.USEFUL)


async def wrong(ask: Asked) -> Answer:
    """Somebody finds an alert wrong."""
    return await _judge(ask, Opinion.WRONG)


async def _judge(ask: Asked, opinion: Opinion) -> Answer:
    found = await alert_named(ask, ask.request.arguments.strip().lower())
    if not isinstance(found, Alert):
        return found
    voice = Voice(alert_id=found.id, kind=ask.request.kind, user=ask.request.user, opinion=opinion)
    tally = await ask.desk.store.put_voice(voice, now=ask.desk.clock.now())
    return answer(ask.say(f"voice_{opinion}", useful=tally.useful, wrong=tally.wrong))


async def resend(ask: Asked) -> Answer:
    """Send what nobody knows to have arrived once more: in this chat, for an editor alone everywhere."""
    number = await ask.desk.store.resend(*reach(ask), now=ask.desk.clock.now())
    return answer(ask.say("resent", n=number) if number else ask.say("nothing_to_resend"))


def reach(ask: Asked) -> tuple[str, str] | tuple[None, None]:
    """Platform and chat of whose deliveries somebody may decide here; of none in particular: of all."""
    everywhere = ask.request.private and ask.level >= Level.EDITOR
    return (None, None) if everywhere else (ask.request.kind, chat_of(ask.request.address))


def _by(ask: Asked) -> str:
    """Who it is, with the platform, for the history."""
    name = one_line(ask.request.user_name, NAME_LIMIT) or ask.request.user
    return f"{name} ({ask.request.kind}:{ask.request.user})"
