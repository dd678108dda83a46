"""What a command is given: the desk it works at, and who asked what from where."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from secrets import token_bytes
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.alerts.routing import Channel
from bot.commands.wording import say
from bot.ports.access import AccessStore, ChatSubscription, Role
from bot.ports.alerts import AlertStore
from bot.ports.calendar import CalendarStore
from bot.ports.channels import ChannelStore
from bot.ports.clock import Clock
from bot.ports.conversation import Request
from bot.ports.holding import Manner
from bot.ports.ledger import LedgerStore
from bot.ports.messenger import Destination
from bot.ports.pauses import PauseStore, chat_of
from bot.ports.rules import RuleStore
from bot.ports.store import StatusStore
from bot.rules.model import Rule


class CommandStore(
    AlertStore,
    AccessStore,
    PauseStore,
    StatusStore,
    RuleStore,
    ChannelStore,
    LedgerStore,
    CalendarStore,
    Protocol,
):
    """The part of the store that commands need."""


@dataclass(frozen=True, kw_only=True)
class Desk:
    """What commands work with.

    Attributes:
        rules: Gives the rules as they stand now, by id.
        channels: By name, from the configuration.
        lang: Language of the configuration, `de` or `en`.
        zone: IANA name of the configuration's time zone; None for the system's.
        prefixes: Platform -> what stands before a command there; `/` where it is left out.
        manners: How each channel is told.
        public_url: Where the web edge is reached, without a slash at its end; None while it is off.
        randomness: So many bytes that nobody can foresee.
        resume: Lets a rule run again that was set to shadow; False where it was not.
    """

    store: CommandStore
    clock: Clock
    rules: Callable[[], Mapping[str, Rule]]
    channels: Mapping[str, Channel]
    lang: str
    zone: str | None = None
    prefixes: Mapping[str, str] = field(default_factory=dict)
    manners: Mapping[str, Manner] = field(default_factory=dict)
    public_url: str | None = None
    randomness: Callable[[int], bytes] = token_bytes
    resume: Callable[[str], Awaitable[bool]] | None = None

    def has_editors(self, request: Request) -> bool:
        """Whether the people of the chat decide about alerts: whoever they are, they are editors there."""
        asked_in = request.kind, chat_of(request.address)
        editors = (manner.editors for manner in self.manners.values() if manner.editors)
        return any((one.kind, chat_of(one.address)) == asked_in for one in editors)

    def prefix(self, kind: str) -> str:
        """What stands before a command on a platform."""
        return self.prefixes.get(kind, "/")


class Level(IntEnum):
    """How far somebody is trusted; each level may do what those below may."""

    STRANGER = 0
    READER = 1  # asks in a chat that was let in
    MEMBER = 2  # may subscribe
    EDITOR = 3  # decides about what everybody is told
    OWNER = 4  # may let others in


_OF_ROLE = {Role.OWNER: Level.OWNER, Role.EDITOR: Level.EDITOR, Role.MEMBER: Level.MEMBER}


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One request with all that is known of who asks.

    Attributes:
        lang: Language of the answer.
        subscriptions: What the whole chat gets, its topics included.
    """

    desk: Desk
    request: Request
    lang: str
    level: Level
    subscriptions: Sequence[ChatSubscription] = ()

    @property
    def zone(self) -> ZoneInfo | None:
        """The zone of the times shown; None for the system's."""
        known = self.known
        name = known.zone if known else self.desk.zone
        return ZoneInfo(name) if name else None

    @property
    def known(self) -> Destination | None:
        """The destination that the store knows at this very address."""
        here = (one.destination for one in self.subscriptions)
        return next((one for one in here if one.address == self.request.address), None)

    def say(self, key: str, **values: object) -> str:
        """One of the bot's own sentences; `{p}` is what stands before a command here."""
        return say(self.lang, key, p=self.desk.prefix(self.request.kind), **values)

    def tappable(self, command: str, name: str) -> str:
        """A command about an alert; where each command is a word of its own it can be tapped as a whole."""
        prefix = self.desk.prefix(self.request.kind)
        return f"{prefix}{command} {name}" if prefix.endswith(" ") else f"{prefix}{command}_{name}"


def level_of(
    request: Request, roles: Mapping[str, Role], *, subscribed: bool, editors: bool = False
) -> Level:
    """How far the one who asks is trusted.

    Args:
        request: Who asks, and where.
        roles: Of the person and the chat, by id.
        subscribed: The chat gets alerts, from the configuration or because a member asked for them.
        editors: The people of the chat are asked before alerts go out.
    """
    role = roles.get(request.user)
    known = _OF_ROLE[role] if role else Level.STRANGER
    chat = roles.get(chat_of(request.address))
    if editors or chat is Role.EDITOR:
        return max(known, Level.EDITOR)
    if role is None and (subscribed or chat):
        return Level.MEMBER if request.private else Level.READER
    return known


async def asked(desk: Desk, request: Request) -> Asked:
    """Find out who asks."""
    chat = chat_of(request.address)
    roles = await desk.store.roles(request.kind, [request.user, chat])
    subscriptions = await desk.store.chat_subscriptions(request.kind, chat)
    known = next((one.destination for one in subscriptions), None)
    return Asked(
        desk=desk,
        request=request,
        lang=language(request.lang, known.lang if known else None, desk.lang),
        level=level_of(request, roles, subscribed=bool(subscriptions), editors=desk.has_editors(request)),
        subscriptions=subscriptions,
    )


def language(*wishes: str | None) -> str:
    """The first wish that the bot speaks; else English."""
    return next((wish for wish in wishes if wish in ("de", "en")), "en")
