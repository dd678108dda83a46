"""Plain words to a Telegram chat."""

from bot.platforms.telegram.addresses import parse_address
from bot.platforms.telegram.answers import pages
from bot.platforms.telegram.client import Client
from bot.platforms.telegram.failures import outcome_of
from bot.platforms.telegram.rendering import Rendered
from bot.ports.conversation import Answer, Part
from bot.ports.messenger import Ambiguous, Destination, NotSent, Outcome, Reach, Sent


class TelegramTeller:
    """Fulfils `bot.ports.notices.Teller`."""

    def __init__(self, client: Client) -> None:
        self._client = client

    async def tell(self, destination: Destination, text: str) -> Outcome:
        """Send the text, in several messages where it is too long for one."""
        address = parse_address(destination.address)
        if not address:
            return NotSent(reason=f"`{destination.address}` is no Telegram chat", permanent=True)
        sent = None
        for page in pages(Answer(parts=tuple(Part(text=part) for part in text.split("\n\n")))):
            try:
                sent = await self._client.send(address, Rendered(html=page))
            except Exception as error:  # noqa: BLE001  (whatever happens, it has an outcome)
                outcome = outcome_of(error, self._client.token)
                return outcome if sent is None else Ambiguous(reason=outcome.reason)
        if sent is None:
            return NotSent(reason="there is nothing to say", permanent=True, reach=Reach.MESSAGE)
        return Sent(id=str(sent))
