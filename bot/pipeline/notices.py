"""Notices to people: each once, in their language, in turn with the alerts.

At least once, as alerts; but what may have arrived is not told a second time, and what nobody could be told
for long is given up and logged: a notice says what the status says too.
"""

import asyncio
import contextlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol

import structlog

from bot.errors import StoreError
from bot.pipeline.pacing import MOST_TRIES, next_send, pause_after, pause_scope
from bot.ports.access import AccessStore, Role
from bot.ports.clock import Clock
from bot.ports.messenger import Ambiguous, Destination, NotSent, Outcome, Reach, Sent
from bot.ports.notices import Notice, NoticeRow, NoticeStore, Teller
from bot.ports.pauses import PauseStore, scopes_of

log = structlog.get_logger()

AT_ONCE = 20  # notices looked at together
TICK = 2.0  # seconds between looks at what is due, when nothing wakes the worker before
CONSOLE = Destination(id="console:-", kind="console", address="-")


class PostStore(NoticeStore, AccessStore, PauseStore, Protocol):
    """The part of the store that notices need."""


@dataclass(kw_only=True)
class NoticePost:
    """Fulfils `bot.ports.notices.Notices`, and tells what was posted.

    Attributes:
        tellers: Kind of destination -> the platform that serves it.
        lang: Of owners whose own language is not known.
        reserve: Takes a place among the sends to a destination; False where none is free now.
    """

    store: PostStore
    tellers: Mapping[str, Teller]
    clock: Clock
    lang: str
    reserve: Callable[[Destination], bool]
    _wake: asyncio.Event = field(default_factory=asyncio.Event)

    async def post(self, notice: Notice) -> bool:
        """Tell it in its turn; False where it was told before.

        Raises:
            StoreError: The store does not take it now.
        """
        places = notice.to or await self._owners()
        rows = [NoticeRow(key=notice.key, destination=one, text=notice.text(one.lang)) for one in places]
        kept = await self.store.put_notices(rows, now=self.clock.now())
        if kept:
            self._wake.set()
        return bool(kept)

    async def withdraw(self, key: str) -> None:
        """It is over.

        Raises:
            StoreError: The store does not take it now.
        """
        await self.store.withdraw_notice(key)

    async def run(self) -> None:
        """Tell what is due, until cancelled."""
        while True:
            self._wake.clear()
            try:
                await self.tell_due()
            except StoreError as error:
                log.debug("notices not readable, trying again", why=str(error))
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), TICK)

    async def tell_due(self) -> int:
        """Tell what may be told now; return how many got through."""
        told = 0
        for row in await self.store.due_notices(self.clock.now(), AT_ONCE):
            if self.reserve(row.destination):  # else its turn comes at one of the next looks
                told += await self._record(row, await self._told(row))
        return told

    async def _owners(self) -> tuple[Destination, ...]:
        """Where whoever owns the bot reads it: in the chat of the two, or on the console."""
        owners = [one for one in await self.store.members() if one.role is Role.OWNER]
        found = [await self._reached(one.kind, one.id) for one in owners if one.kind in self.tellers]
        return tuple(found) or (replace(CONSOLE, lang=self.lang),)

    async def _reached(self, kind: str, person: str) -> Destination:
        known = await self.store.chat_subscriptions(kind, person)
        lang = next((one.destination.lang for one in known), self.lang)
        return Destination(id=f"{kind}:{person}", kind=kind, address=person, lang=lang)

    async def _told(self, row: NoticeRow) -> Outcome:
        teller = self.tellers.get(row.destination.kind)
        if teller is None:
            return NotSent(reason="this platform is not configured any more", reach=Reach.MESSAGE)
        outcome = await teller.tell(row.destination, row.text)
        if isinstance(outcome, NotSent) and outcome.moved_to:
            outcome = await teller.tell(replace(row.destination, address=outcome.moved_to), row.text)
        return outcome

    async def _record(self, row: NoticeRow, outcome: Outcome) -> bool:
        now = self.clock.now()
        match outcome:
            case Sent():
                await self.store.notice_told(row, now=now)
                await self.store.lift_broken(scopes_of(row.destination))
            case Ambiguous():
                await self.store.notice_told(row, now=now)
            case NotSent():
                await self._record_refused(row, outcome, now)
        return isinstance(outcome, Sent)

    async def _record_refused(self, row: NoticeRow, refusal: NotSent, now: datetime) -> None:
        """Pause what the platform names, as after an alert; give up what nobody takes."""
        known = await self.store.pause(pause_scope(refusal, row.destination))
        pause = pause_after(refusal, row.destination, known, now=now)
        hopeless = refusal.permanent and refusal.reach is Reach.MESSAGE
        retry = (
            None if hopeless or row.attempts + 1 >= MOST_TRIES else next_send(now, attempts=row.attempts + 1)
        )
        if pause:
            await self.store.put_pause(pause)
        await self.store.notice_not_told(row, refusal.reason, retry_at=retry)
        log.warning("notice not told", why=refusal.reason, to=row.destination.id, again=retry, text=row.text)
