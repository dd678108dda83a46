"""Updates on their way to the bot: numbered, confirmed by offset, fetched by one poller at a time."""

import asyncio
import json
from collections.abc import Mapping
from typing import Any

from tests.fakes.telegram.world import ApiError

FIRST_ID = 700_000_001
LONGEST_POLL = 50
DEFAULT_KINDS_LEFT_OUT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


class Updates:
    """The queue of one bot.

    Attributes:
        webhook: Address of an active webhook, or empty; then nobody may poll.
        pending: Not yet confirmed, oldest first.
        allowed: Kinds of updates the bot asked for; None before it has asked.
    """

    def __init__(self) -> None:
        self.webhook = ""
        self.pending: list[dict[str, Any]] = []
        self.allowed: list[str] | None = None
        self._next = FIRST_ID
        self._poll: asyncio.Future[str | None] | None = None

    @property
    def polled(self) -> bool:
        """Whether somebody waits for updates at this moment."""
        return self._poll is not None and not self._poll.done()

    def put(self, kind: str, content: Mapping[str, Any]) -> dict[str, Any] | None:
        """Queue an update, unless the bot does not want its kind."""
        wanted = self.allowed or []
        if (wanted and kind not in wanted) or (not wanted and kind in DEFAULT_KINDS_LEFT_OUT):
            return None
        update = {"update_id": self._next, kind: dict(content)}
        self._next += 1
        self.pending.append(update)
        self._wake(None)
        return update

    def renumber(self, first: int) -> None:
        """Number updates from here on anew, as the server does after a week without any."""
        self._next = first

    def end_poll(self, why: str) -> None:
        """Answer whoever waits with a 409."""
        self._wake(why)

    async def get(self, arguments: Mapping[str, Any]) -> list[dict[str, Any]]:
        """`getUpdates`, long polling included."""
        if self.webhook:
            raise ApiError(
                409,
                "Conflict: can't use getUpdates method while webhook is active;"
                " use deleteWebhook to delete the webhook first",
            )
        self.end_poll(
            "Conflict: terminated by other getUpdates request;"
            " make sure that only one bot instance is running"
        )
        if "allowed_updates" in arguments:
            found = arguments["allowed_updates"]
            self.allowed = json.loads(found) if isinstance(found, str) else found
        self._confirm(int(arguments.get("offset", 0)))
        timeout = min(max(int(arguments.get("timeout", 0)), 0), LONGEST_POLL)
        if not self.pending and timeout:
            await self._wait(timeout)
        limit = int(arguments.get("limit", 100))
        return self.pending[: limit if 1 <= limit <= 100 else 100]

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            self.pending = self.pending[offset:]
        else:
            self.pending = [update for update in self.pending if update["update_id"] >= offset]

    async def _wait(self, seconds: int) -> None:
        poll = self._poll = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(seconds):
                conflict = await poll
        except TimeoutError:
            return
        if conflict:
            raise ApiError(409, conflict)

    def _wake(self, why: str | None) -> None:
        if self._poll and not self._poll.done():
            self._poll.set_result(why)
