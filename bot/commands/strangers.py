"""Answers to strangers: one line now and then, so that nobody can make the bot talk."""

from datetime import datetime, timedelta

EVERY = timedelta(hours=1)
MOST = 1000  # chats remembered; while all of them are fresh, further ones get no answer


class Strangers:
    """Remembers which chats got an answer lately; forgets with the process."""

    def __init__(self) -> None:
        self._answered: dict[tuple[str, str], datetime] = {}

    def may_answer(self, kind: str, chat: str, now: datetime) -> bool:
        """Whether a chat may get an answer now; then it gets none for an hour."""
        last = self._answered.get((kind, chat))
        if last is not None and now - last < EVERY:
            return False
        if last is None and len(self._answered) >= MOST:
            self._answered = {one: at for one, at in self._answered.items() if now - at < EVERY}
        if last is None and len(self._answered) >= MOST:
            return False
        self._answered[kind, chat] = now
        return True
