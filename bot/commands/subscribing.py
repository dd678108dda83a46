"""`/subscribe` and `/unsubscribe`: which channels a chat gets."""

from bot.commands.asking import Asked
from bot.commands.fitting import answer, clipped, fitting
from bot.commands.wording import closest
from bot.ports.access import ChatSubscription
from bot.ports.conversation import Answer
from bot.ports.messenger import Destination


async def subscribe(ask: Asked) -> Answer:
    """Subscribe this chat or topic to a channel; without one, list them."""
    name = _named(ask)
    if not name:
        return answer(ask.say("channels"), _listed(ask), ask.say("subscribe_how"))
    if name not in ask.desk.channels:
        return _unknown(ask, name)
    if any(one.channel == name for one in here(ask)):
        return answer(ask.say("subscribed_before", channel=name))
    await ask.desk.store.subscribe(name, _destination(ask), now=ask.desk.clock.now())
    return answer(ask.say("subscribed", channel=name))


async def unsubscribe(ask: Asked) -> Answer:
    """Take a subscription of this chat or topic back; without a channel, the only one or a list."""
    name, mine = _named(ask), here(ask)
    if not mine:
        return answer(ask.say("nothing_subscribed"))
    if not name and len(mine) > 1:
        return answer(ask.say("unsubscribe_which"), _listed(ask))
    name = name or mine[0].channel
    found = next((one for one in mine if one.channel == name), None)
    if found is None:
        close = closest(name, [one.channel for one in mine])
        hint = ask.say("did_you_mean", word=close) if close else ""
        return answer(ask.say("not_subscribed", channel=clipped(name, 60)) + hint)
    if found.configured:
        return answer(ask.say("subscribed_by_configuration", channel=name))
    await ask.desk.store.unsubscribe(name, ask.request.kind, ask.request.address)
    return answer(ask.say("unsubscribed", channel=name))


def here(ask: Asked) -> list[ChatSubscription]:
    """What this very address gets; other topics of its chat left out."""
    return [one for one in ask.subscriptions if one.destination.address == ask.request.address]


def _named(ask: Asked) -> str:
    return ask.request.arguments.strip().lower()


def _listed(ask: Asked) -> str:
    """The channels, one a line; those that this address gets are ticked."""
    mine = {one.channel for one in here(ask)}
    lines = (f"{'✓' if name in mine else '·'} {name}" for name in sorted({*ask.desk.channels, *mine}))
    return "\n".join(fitting(lines))


def _unknown(ask: Asked, name: str) -> Answer:
    close = closest(name, ask.desk.channels)
    hint = ask.say("did_you_mean", word=close) if close else ""
    known = "" if close else _listed(ask)
    return answer(ask.say("no_such_channel", channel=clipped(name, 60)) + hint, known)


def _destination(ask: Asked) -> Destination:
    """This address. A group is spoken to in the language of the configuration, a person in their own."""
    request = ask.request
    return Destination(
        id=f"{request.kind}:{request.address}",
        kind=request.kind,
        address=request.address,
        lang=ask.lang if request.private else ask.desk.lang,
        zone=ask.desk.zone,
    )
