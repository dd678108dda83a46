"""Answers what people ask from a chat. Default deny: a stranger gets one line, and only now and then."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from traceback import extract_tb

import structlog

from bot.commands import (
    calendar,
    control,
    greeting,
    hours,
    ledger,
    people,
    rules,
    sources,
    subscribing,
    telling,
)
from bot.commands.asking import Asked, Desk, Level, asked, language
from bot.commands.fitting import answer, clipped
from bot.commands.strangers import Strangers
from bot.commands.wording import closest, say
from bot.errors import DepescheError
from bot.ports.conversation import Answer, Request
from bot.ports.messenger import Destination
from bot.ports.pauses import address_scope, chat_of, chat_scope, platform_scope

log = structlog.get_logger()

Handler = Callable[[Asked], Awaitable[Answer]]

COMMANDS: dict[str, tuple[Level, Handler]] = {
    "start": (Level.READER, greeting.start),
    "help": (Level.READER, greeting.help_),
    "status": (Level.READER, greeting.status),
    "latest": (Level.READER, telling.latest),
    "why": (Level.READER, telling.why),
    "rules": (Level.READER, rules.rules),
    "ledger": (Level.READER, ledger.ledger),
    "upcoming": (Level.READER, calendar.upcoming),
    "calendar": (Level.MEMBER, calendar.calendar),
    "sources": (Level.READER, sources.sources),
    "claim": (Level.READER, people.claim),
    "useful": (Level.READER, control.useful),
    "wrong": (Level.READER, control.wrong),
    "send": (Level.READER, control.send),
    "drop": (Level.READER, control.drop),
    "mute": (Level.MEMBER, hours.mute),
    "unmute": (Level.MEMBER, hours.unmute),
    "quiet": (Level.MEMBER, hours.quiet),
    "digest": (Level.MEMBER, hours.digest),
    "retract": (Level.EDITOR, control.retract),
    "resend": (Level.MEMBER, control.resend),
    "subscribe": (Level.MEMBER, subscribing.subscribe),
    "unsubscribe": (Level.MEMBER, subscribing.unsubscribe),
    "allow": (Level.OWNER, people.allow),
    "deny": (Level.OWNER, people.deny),
}

REFUSALS = {Level.MEMBER: "members_only", Level.EDITOR: "editors_only", Level.OWNER: "owner_only"}
BELOW_ALERTS = frozenset({"useful", "wrong", "send", "drop"})  # asked by buttons; /help need not name them


@dataclass(kw_only=True)
class CommandAnswerer:
    """Fulfils `bot.ports.conversation.Answerer`."""

    desk: Desk
    _strangers: Strangers = field(default_factory=Strangers)
    _claiming: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def answer(self, request: Request) -> Answer:
        """Answer one request; never raises for what was asked."""
        try:
            return await self._answer(request)
        except DepescheError as error:
            log.warning("command failed", command=request.command, why=str(error))
        except Exception as error:  # noqa: BLE001 - a mistake of ours must not stop the platform's loop
            _tell(request, error)
        # Who asks may be unknown now: they get no more than a stranger.
        sorry = say(language(request.lang, self.desk.lang), "failed_here")
        return answer(sorry) if self._may(request) else Answer()

    async def _answer(self, request: Request) -> Answer:
        ask = await asked(self.desk, request)
        if request.command == "claim" and request.arguments:
            # One after the other: codes sent at the same time must not share one look at the tries.
            async with self._claiming:
                found = await people.claim(ask)
            if found.parts:
                return found
        if ask.level is Level.STRANGER:
            return await self._to_stranger(ask)
        found = await self._to_known(ask)
        # After the answer: who asks how the bot is wants to read what is broken.
        await self._lift(ask)
        return found

    async def _to_stranger(self, ask: Asked) -> Answer:
        request = ask.request
        if not self._may(request):
            return Answer()
        waiting = await self.desk.store.claim(request.kind)
        yours = waiting is not None and waiting.expires > self.desk.clock.now()
        log.info("stranger answered", kind=request.kind, user=request.user, address=request.address)
        return answer(ask.say("stranger", id=request.user), ask.say("stranger_claim") if yours else "")

    def _may(self, request: Request) -> bool:
        chat = chat_of(request.address)
        return self._strangers.may_answer(request.kind, chat, self.desk.clock.now())

    async def _lift(self, ask: Asked) -> None:
        """Whoever writes from a chat that was broken has perhaps mended it: it is tried anew.

        A member who writes has perhaps mended the platform, such as a scope that was missing.
        """
        here = Destination(id="", kind=ask.request.kind, address=ask.request.address)
        scopes = [chat_scope(here), address_scope(here)]
        if ask.level >= Level.MEMBER:
            scopes.append(platform_scope(here))
        await self.desk.store.lift_broken(scopes)

    async def _to_known(self, ask: Asked) -> Answer:
        known = COMMANDS.get(ask.request.command)
        if known is None:
            return self._unknown(ask)
        level, handler = known
        if ask.level < level:
            return answer(ask.say(REFUSALS[level], id=ask.request.user))
        return await handler(ask)

    def _unknown(self, ask: Asked) -> Answer:
        """In a group a command that is none of ours is probably another bot's."""
        request = ask.request
        shared = not request.private and request.kind not in self.desk.prefixes
        close = closest(request.command, COMMANDS)
        if shared and close is None:
            return Answer()
        hint = ask.say("did_you_mean", word=close) if close else ""
        return answer(ask.say("unknown_command", command=clipped(request.command, 40)) + hint)


def _tell(request: Request, error: Exception) -> None:
    """Log a mistake of ours by its place: its text may hold what somebody wrote, or a token."""
    frames = extract_tb(error.__traceback__)
    place = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else "?"
    log.error("unforeseen error", command=request.command, error=type(error).__name__, place=place)
