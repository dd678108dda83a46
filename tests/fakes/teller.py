"""A teller that answers by script and remembers what it was given; notices that are only remembered."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.ports.messenger import Destination, Outcome, Sent
from bot.ports.notices import Notice


class FakeTeller:
    """Fulfils `bot.ports.notices.Teller`; when the outcomes are used up, everything is Sent."""

    def __init__(self, outcomes: Iterable[Outcome] = ()) -> None:
        self._outcomes = list(outcomes)
        self.told: list[tuple[str, str]] = []

    async def tell(self, destination: Destination, text: str) -> Outcome:
        """Answer by script."""
        self.told.append((destination.address, text))
        return self._outcomes.pop(0) if self._outcomes else Sent(id=f"n{len(self.told)}")


@dataclass
class FakeNotices:
    """Fulfils `bot.ports.notices.Notices`."""

    posted: dict[str, Notice] = field(default_factory=dict)

    async def post(self, notice: Notice) -> bool:
        """Remember it under its key."""
        return self.posted.setdefault(notice.key, notice) is notice

    async def withdraw(self, key: str) -> None:
        """Forget it."""
        self.posted.pop(key, None)
