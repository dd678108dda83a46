"""Speaking to WebSub hubs, and reading what they push as a polled feed is read."""

from bot.ports.hubs import HubSubscription
from bot.ports.sources import Fetched, SourceSettings, Validators
from bot.sources.client import HttpClient
from bot.sources.feeds import read_feed
from bot.sources.limits import Limits
from bot.sources.threads import in_thread

LEASE_SECONDS = 10 * 86_400


class Hubs:
    """Fulfils `HubAsker` and `PushReader`."""

    def __init__(self, client: HttpClient, limits: Limits) -> None:
        self._client = client
        self._limits = limits

    async def subscribe(self, subscription: HubSubscription, callback: str) -> None:
        """Ask the hub to push a topic to a callback.

        Raises:
            SourceError: It does not take the request.
        """
        form = {
            "hub.mode": "subscribe",
            "hub.topic": subscription.topic,
            "hub.callback": callback,
            "hub.secret": subscription.secret,
            "hub.lease_seconds": str(LEASE_SECONDS),
        }
        await self._client.post(subscription.hub, form)

    async def read(self, source: SourceSettings, body: bytes, content_type: str | None) -> Fetched:
        """Read a body that was pushed. It has no validators: the next poll asks for the whole feed.

        Raises:
            SourceError: It is no feed, or one that cannot be used.
        """
        feed = await in_thread(read_feed, body, content_type, source.url, self._limits)
        return Fetched(
            changed=True,
            entries=feed.entries,
            validators=Validators(),
            title=feed.title,
            skipped=feed.skipped,
            note="; ".join(feed.notes) or None,
            wish=feed.ttl,
        )
