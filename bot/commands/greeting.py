"""`/start`, `/help`, `/status`: who the bot is, what it can do, how it is."""

import json
from dataclasses import replace

from bot.commands.asking import Asked, Level
from bot.commands.control import reach
from bot.commands.fitting import answer, clipped, fitting
from bot.commands.phone import brief_lines, full_lines
from bot.commands.status import report
from bot.ports.conversation import Answer, Choice, Part

HELP = {
    "start": Level.READER,
    "help": Level.READER,
    "status": Level.READER,
    "latest": Level.READER,
    "why": Level.READER,
    "rules": Level.READER,
    "sources": Level.READER,
    "ledger": Level.READER,
    "upcoming": Level.READER,
    "calendar": Level.MEMBER,
    "quiet": Level.MEMBER,
    "digest": Level.MEMBER,
    "mute": Level.MEMBER,
    "unmute": Level.MEMBER,
    "retract": Level.EDITOR,
    "resend": Level.MEMBER,
    "subscribe": Level.MEMBER,
    "unsubscribe": Level.MEMBER,
    "allow": Level.OWNER,
    "deny": Level.OWNER,
}


async def start(ask: Asked) -> Answer:
    """Greet, and show what this chat is called, ready to paste into the configuration."""
    return answer(
        ask.say("start"),
        ask.say("start_chat", kind=ask.request.kind, address=ask.request.address),
        ask.say("start_paste"),
        Part(text=configuration_lines(ask), code=True),
        ask.say("start_next" if ask.level >= Level.MEMBER else "start_reader"),
    )


def configuration_lines(ask: Asked) -> str:
    """This chat as a destination of the configuration; a channel that exists."""
    channels = sorted(ask.desk.channels)
    channel = "all" if "all" in channels or not channels else channels[0]
    return (
        "destinations:\n"
        f"  - kind: {ask.request.kind}\n"
        f"    address: {json.dumps(ask.request.address)}\n"
        f"    channels: [{channel}]"
    )


async def help_(ask: Asked) -> Answer:
    """The commands that the one who asks may use."""
    lines = [ask.say(f"help_{name}") for name, level in HELP.items() if ask.level >= level]
    return answer("\n".join(lines))


async def status(ask: Asked) -> Answer:
    """How the bot is: in full for members among themselves, in short for everybody else."""
    found = await report(ask.desk.store, ask.desk.clock)
    full = ask.level >= Level.MEMBER and ask.request.private
    lines = full_lines(found, ask) if full else brief_lines(found, ask)
    told = answer("\n".join(fitting((clipped(line, 300) for line in lines), 2900)))
    return replace(told, choices=await _choices(ask))


async def _choices(ask: Asked) -> tuple[Choice, ...]:
    """One tap sends again what nobody knows to have arrived: here, for an editor alone everywhere."""
    if ask.level < Level.MEMBER:
        return ()
    number = len(await ask.desk.store.unconfirmed(*reach(ask)))
    return (Choice(label=ask.say("resend_button", n=number), command="resend"),) if number else ()
