"""Sends alerts to Slack, edits them, and finds out after a crash what was sent."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.platforms.briefing import briefed, repeat_of, summarised
from bot.platforms.buttons import taps_of
from bot.platforms.slack.faults import failure
from bot.platforms.slack.rendering import Rendered, render, render_summary
from bot.ports.messenger import Ambiguous, Message, NotSent, Outcome, Reach, Sent

EVENT_TYPE = "depesche_delivery"
PAGE = 200
PAGES = 5  # an alert channel's last 1,000 messages: days, where a crash lies minutes back
PERSON = ("U", "W")


class SlackMessenger:
    """Fulfils `bot.ports.messenger.Messenger`.

    A message's id is `<channel>/<timestamp>`: the channel that Slack really posted to, which for a
    person's address is the direct message with them.
    """

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client

    async def send(self, message: Message) -> Outcome:
        """Post the alert, with its delivery key in the metadata that only apps see."""
        laid_out, first = rendered(message), _parsed(message.reply_to or "")
        try:
            response = await self._client.chat_postMessage(
                channel=first.channel if first else message.destination.address,
                text=laid_out.text,
                blocks=laid_out.blocks,
                metadata=_metadata(message),
                thread_ts=first.timestamp if first else None,
                # In the thread, and told in the channel too: only there people see that something changed.
                reply_broadcast=True if first else None,
                unfurl_links=False,
                unfurl_media=False,
            )
        except Exception as error:  # noqa: BLE001  (whatever the library raises has an outcome)
            return failure(error)
        return _sent(response.get("channel"), response.get("ts"))

    async def edit(self, message: Message, message_id: str) -> Outcome:
        """Replace text and blocks; Slack takes the same ones again."""
        posted = _parsed(message_id)
        if posted is None:
            return NotSent(
                reason="Slack: this is not the id of a Slack message", permanent=True, reach=Reach.MESSAGE
            )
        laid_out = rendered(message)
        try:
            response = await self._client.chat_update(
                channel=posted.channel,
                ts=posted.timestamp,
                text=laid_out.text,
                blocks=laid_out.blocks,
                metadata=_metadata(message),
            )
        except Exception as error:  # noqa: BLE001  (as above)
            return failure(error)
        return _sent(response.get("channel"), response.get("ts"))

    async def reconcile(self, message: Message) -> Outcome:
        """Look for the delivery key in the newest messages, or in the thread that it answers.

        Not found is NotSent only where the history was read to its end; where it cannot be read,
        nobody knows.
        """
        try:
            first = _parsed(message.reply_to or "")
            channel = first.channel if first else await self._conversation(message.destination.address)
            pages = 0
            async for posts, last in self._history(channel, first.timestamp if first else None):
                if found := next((post for post in posts if _key(post) == message.key), None):
                    return _sent(channel, found.get("ts"))
                pages += 1
                if last:
                    return NotSent(reason="Slack: not in the history of the channel")
                if pages == PAGES:
                    break
        except Exception as error:  # noqa: BLE001  (as above)
            return Ambiguous(reason=f"{failure(error).reason}; so the history could not be searched")
        return Ambiguous(reason=f"Slack: not among the last {PAGE * PAGES} messages of the channel")

    async def _conversation(self, address: str) -> str:
        """The channel behind an address; a person's is the direct message with them."""
        if not address.startswith(PERSON):
            return address
        response = await self._client.conversations_open(users=address)
        return str(response["channel"]["id"])

    async def _history(
        self, channel: str, thread: str | None
    ) -> AsyncIterator[tuple[list[Mapping[str, Any]], bool]]:
        """Pages of messages, each with whether it is the last: a channel's, newest first, or a thread's."""
        cursor: str | None = None
        wanted: dict[str, Any] = {"channel": channel, "limit": PAGE, "include_all_metadata": True}
        while True:
            if thread:
                response = await self._client.conversations_replies(ts=thread, cursor=cursor, **wanted)
            else:
                response = await self._client.conversations_history(cursor=cursor, **wanted)
            cursor = (response.get("response_metadata") or {}).get("next_cursor") or None
            yield list(response["messages"]), cursor is None
            if cursor is None:
                return


@dataclass(frozen=True, kw_only=True)
class Posted:
    """A message that is out: the parts of its id."""

    channel: str
    timestamp: str


def _parsed(message_id: str) -> Posted | None:
    channel, _, timestamp = message_id.partition("/")
    return Posted(channel=channel, timestamp=timestamp) if channel and timestamp else None


def rendered(message: Message) -> Rendered:
    """The message as Slack takes it."""
    told = summarised(message)
    if told:
        return render_summary(told, lang=message.destination.lang, repeat=repeat_of(message))
    return render(
        briefed(message),
        lang=message.destination.lang,
        alert_id=message.alert.id,
        repeat=repeat_of(message),
        taps=taps_of(message),
    )


def _metadata(message: Message) -> dict[str, Any]:
    return {"event_type": EVENT_TYPE, "event_payload": {"key": message.key}}


def _key(post: Mapping[str, Any]) -> str | None:
    """The delivery key of a posted message, or None for what the bot did not post."""
    metadata = post.get("metadata") or {}
    if not post.get("bot_id") or metadata.get("event_type") != EVENT_TYPE:
        return None
    key = (metadata.get("event_payload") or {}).get("key")
    return key if isinstance(key, str) else None


def _sent(channel: object, timestamp: object) -> Outcome:
    if isinstance(channel, str) and isinstance(timestamp, str) and channel and timestamp:
        return Sent(id=f"{channel}/{timestamp}")
    return Ambiguous(reason="Slack: the answer names no message")
