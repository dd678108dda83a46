"""How the chat platforms stand: what does not work of them, in the store for whoever asks for the status.

Platforms tell it from wherever they find it out; one task writes it down, so that nobody waits for the store.
"""

import asyncio
from datetime import datetime

import structlog

from bot.errors import StoreError
from bot.pipeline.pacing import PROBE
from bot.ports.clock import Clock
from bot.ports.conversation import Hearing
from bot.ports.pauses import COMMANDS, FILES, HELD, SCOPES, Pause, PauseStore, aside_scope

log = structlog.get_logger()

AFTER_TROUBLE = 5.0  # seconds until the store is asked again after an error


class Standing:
    """What is told and not yet written down: scope -> why it does not work, or None: it works again."""

    def __init__(self) -> None:
        self._told: dict[str, str | None] = {}
        self._something = asyncio.Event()

    def refused(self, kind: str, why: str) -> None:
        """A platform takes no alerts until a person mends something."""
        self._tell(kind, why)

    def lacking(self, kind: str, why: str) -> None:
        """The bot was not granted all it needs."""
        self._tell(aside_scope(kind, SCOPES), why)

    def rule_files(self, why: str | None) -> None:
        """Some rule files are bad, or all are good again."""
        self._tell(aside_scope("rules", FILES), why)

    def rules_held(self, why: str | None) -> None:
        """Some rules were set to shadow because they ran away, or none is any more."""
        self._tell(aside_scope("rules", HELD), why)

    def hearing(self, kind: str) -> Hearing:
        """Takes whether people are heard on a platform."""
        return lambda trouble: self._tell(aside_scope(kind, COMMANDS), trouble)

    async def keep(self, store: PauseStore, clock: Clock) -> None:
        """Write down what is told, until cancelled."""
        while True:
            await self._something.wait()
            self._something.clear()
            try:
                await self.write(store, clock)
            except StoreError as error:
                log.debug("standing not stored, trying again", why=str(error))
                self._something.set()
                await clock.sleep(AFTER_TROUBLE)

    async def write(self, store: PauseStore, clock: Clock) -> None:
        """Write down what has been told so far.

        Raises:
            StoreError: Not all of it could be; the rest is still to be written.
        """
        for scope, why in list(self._told.items()):
            if why is None:
                await store.lift_broken([scope])
            else:
                await store.put_pause(_pause(scope, why, clock.now()))
            if self._told[scope] == why:
                del self._told[scope]

    def _tell(self, scope: str, why: str | None) -> None:
        self._told[scope] = why
        self._something.set()


def _pause(scope: str, why: str, now: datetime) -> Pause:
    """What holds up sending is probed now and then; the rest holds up nothing."""
    until = now if " " in scope else now + PROBE
    return Pause(scope=scope, reason=why, since=now, until=until, broken=True)
