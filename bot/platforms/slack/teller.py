"""Plain words to a Slack channel or person."""

from slack_sdk.web.async_client import AsyncWebClient

from bot.platforms.slack.faults import failure
from bot.platforms.slack.rendering import render_answer
from bot.ports.conversation import Answer, Part
from bot.ports.messenger import Ambiguous, Destination, NotSent, Outcome, Reach, Sent


class SlackTeller:
    """Fulfils `bot.ports.notices.Teller`; all that Slack takes in one message goes out as one."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client

    async def tell(self, destination: Destination, text: str) -> Outcome:
        """Post the text."""
        laid_out = render_answer(Answer(parts=tuple(Part(text=part) for part in text.split("\n\n"))))
        if laid_out is None:
            return NotSent(reason="there is nothing to say", permanent=True, reach=Reach.MESSAGE)
        try:
            response = await self._client.chat_postMessage(
                channel=destination.address,
                text=laid_out.text,
                blocks=laid_out.blocks,
                unfurl_links=False,
                unfurl_media=False,
            )
        except Exception as error:  # noqa: BLE001  (whatever the library raises has an outcome)
            return failure(error)
        channel, timestamp = response.get("channel"), response.get("ts")
        if not channel or not timestamp:
            return Ambiguous(reason="Slack: the answer names no message")
        return Sent(id=f"{channel}/{timestamp}")
