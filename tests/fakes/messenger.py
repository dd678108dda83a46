"""A messenger that answers by script and remembers what it was given."""

from collections.abc import Iterable

from bot.ports.messenger import Ambiguous, Message, Outcome, Sent


class FakeMessenger:
    """Fulfils `bot.ports.messenger.Messenger`.

    Args:
        outcomes: Answers to `send` in order; when they are used up, everything is Sent.
        edits: Answers to `edit` in order, likewise.
        left: The answer to `reconcile`; None: it cannot say, as most platforms cannot.
    """

    def __init__(
        self, outcomes: Iterable[Outcome] = (), *, edits: Iterable[Outcome] = (), left: Outcome | None = None
    ) -> None:
        self._outcomes = list(outcomes)
        self._edits = list(edits)
        self._left = left
        self.sent: list[Message] = []
        self.asked: list[Message] = []
        self.edited: list[tuple[str, Message]] = []

    async def send(self, message: Message) -> Outcome:
        """Answer by script."""
        self.sent.append(message)
        return self._outcomes.pop(0) if self._outcomes else Sent(id=f"m{len(self.sent)}")

    async def edit(self, message: Message, message_id: str) -> Outcome:
        """Remember the edit under its message id; answer by script."""
        self.edited.append((message_id, message))
        return self._edits.pop(0) if self._edits else Sent(id=message_id)

    async def reconcile(self, message: Message) -> Outcome:
        """Answer as told."""
        self.asked.append(message)
        return self._left or Ambiguous(reason="cannot be asked")
