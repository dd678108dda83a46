"""Sends and edits alerts in Telegram chats."""

from bot.platforms.briefing import briefed, repeat_of, summarised
from bot.platforms.buttons import taps_of
from bot.platforms.telegram.addresses import parse_address
from bot.platforms.telegram.client import Client
from bot.platforms.telegram.failures import is_unchanged, outcome_of
from bot.platforms.telegram.rendering import Rendered, rendered, rendered_summary
from bot.ports.messenger import Ambiguous, Message, NotSent, Outcome, Reach, Sent


class TelegramMessenger:
    """Fulfils `bot.ports.messenger.Messenger`; `Sent.id` is the message's number in its chat."""

    def __init__(self, client: Client) -> None:
        self._client = client

    async def send(self, message: Message) -> Outcome:
        """Send the alert once."""
        address = parse_address(message.destination.address)
        if not address:
            return _no_address(message)
        shown = laid_out(message)
        try:
            return Sent(id=str(await self._client.send(address, shown, reply_to=_number(message.reply_to))))
        except Exception as error:  # noqa: BLE001  (whatever happens, the outbox must learn what is known)
            return outcome_of(error, self._client.token)

    async def edit(self, message: Message, message_id: str) -> Outcome:
        """Make the message say what the alert says now."""
        address = parse_address(message.destination.address)
        if not address:
            return _no_address(message)
        if not message_id.isdecimal():
            reason = f"`{message_id}` is no Telegram message"
            return NotSent(reason=reason, permanent=True, reach=Reach.MESSAGE)
        shown = laid_out(message)
        try:
            await self._client.edit(address, int(message_id), shown)
        except Exception as error:  # noqa: BLE001  (as above)
            if not is_unchanged(error):
                return outcome_of(error, self._client.token)
        return Sent(id=message_id)

    async def reconcile(self, message: Message) -> Outcome:  # noqa: ARG002  (the port's signature)
        """Telegram tells a bot nothing about its own earlier messages."""
        return Ambiguous(reason="stopped while it was sent; Telegram cannot be asked")


def laid_out(message: Message) -> Rendered:
    """The message as Telegram shows it."""
    told = summarised(message)
    if told:
        return rendered_summary(told, repeat=repeat_of(message))
    return rendered(
        briefed(message),
        lang=message.destination.lang,
        alert_id=message.alert.id,
        repeat=repeat_of(message),
        taps=taps_of(message),
    )


def _number(message_id: str | None) -> int | None:
    return int(message_id) if message_id and message_id.isdecimal() else None


def _no_address(message: Message) -> NotSent:
    return NotSent(
        reason=f"`{message.destination.address}` is no Telegram chat; /start in a chat shows its id",
        permanent=True,
    )
