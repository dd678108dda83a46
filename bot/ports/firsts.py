"""What rules matched before, for those that ask for the first time."""

from datetime import datetime
from typing import Protocol

from bot.stories.firsts import Seen


class FirstStore(Protocol):
    """Answers whether a thing happens for the first time."""

    async def seen(self, rule_id: str, *, since: datetime, demo: bool) -> Seen:
        """The different novelty keys under which a rule matched since then, whether it was told or not.

        Also when it matched first, however long ago. Demo alerts and real ones do not know of each other.
        """
        ...
