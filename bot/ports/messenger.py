"""Sending to people. At least once, duplicates rare and visible, never "exactly once"."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from bot.alerts.collapse import Bundle
from bot.alerts.control import Asking, Correction
from bot.alerts.model import Alert


@dataclass(frozen=True, kw_only=True)
class Destination:
    """A place that alerts go to.

    Attributes:
        id: Identity in the store.
        kind: `console`, `telegram`, `slack`, … : which messenger serves it.
        address: What the platform calls it; `-` for the console. Telegram: the chat's id, with
            `/<topic id>` behind it for a topic of a group; Slack: the id of a channel or person.
        lang: Language of what is shown there.
        zone: IANA name of the reader's time zone, or None for the machine's.
    """

    id: str
    kind: str
    address: str
    lang: str = "en"
    zone: str | None = None


@dataclass(frozen=True, kw_only=True)
class Message:
    """One alert for one destination.

    Attributes:
        key: Names this delivery for ever; a messenger may use it to find its own message again.
        repeat: It may have been sent before; say so.
        reply_to: `Sent.id` of the message that it brings up to date: answer that one, and say only what
            changed. None: say the whole alert.
        number: Of the alert, where what it answers is a summary: it says which one of those it is about.
        bundle: The summary that it is; `alert` is then one of those that it tells.
        correction: The alert was taken back; say so.
        asking: It goes to editors, who let the alert out or keep it back.
    """

    key: str
    alert: Alert
    destination: Destination
    repeat: bool = False
    reply_to: str | None = None
    number: int | None = None
    bundle: Bundle | None = None
    correction: Correction | None = None
    asking: Asking | None = None


@dataclass(frozen=True, kw_only=True)
class Sent:
    """Delivered; `id` is what the platform calls the message."""

    id: str


class Reach(StrEnum):
    """What a refusal concerns; nothing else is held up by it."""

    MESSAGE = "message"  # this message: the platform cannot take its content
    DESTINATION = "destination"  # this chat, channel or person: blocked, archived, asked to slow down, …
    PLATFORM = "platform"  # all of this kind: token revoked, whole workspace asked to slow down, no network


@dataclass(frozen=True, kw_only=True)
class NotSent:
    """Surely not delivered.

    Attributes:
        reason: One line, no secret in it.
        retry_after: Seconds after which a new try makes sense; None and not permanent: the usual wait.
        permanent: A new try makes no sense until a person mends something. A message fails for good, a
            destination or platform is paused and its messages wait.
        moved_to: New address of the destination, if the platform named one.
        reach: What is refused. With `retry_after`, DESTINATION means the whole chat with all its topics.
    """

    reason: str
    retry_after: float | None = None
    permanent: bool = False
    moved_to: str | None = None
    reach: Reach = Reach.DESTINATION


@dataclass(frozen=True, kw_only=True)
class Ambiguous:
    """Nobody knows whether it was delivered."""

    reason: str


Outcome = Sent | NotSent | Ambiguous


class Messenger(Protocol):
    """One platform. Retries nothing on its own."""

    async def send(self, message: Message) -> Outcome:
        """Deliver once. Never raises for what the platform or network does.

        A message that answers one which is gone is delivered by itself, if the platform does that.
        """
        ...

    async def edit(self, message: Message, message_id: str) -> Outcome:
        """Make the message that `Sent.id` named say what the alert says now; the same text is Sent too.

        Where nothing can be edited, as on a terminal, the message stays and that is Sent: the answer to it
        tells what changed. A message that is gone is NotSent, permanent, of reach MESSAGE.
        """
        ...

    async def reconcile(self, message: Message) -> Outcome:
        """Say what became of a send whose end was not recorded, without sending."""
        ...
