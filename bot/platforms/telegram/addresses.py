"""Addresses of chats and topics, as `Destination.address` writes them: `-1001234567890/17`."""

import re
from dataclasses import dataclass

GENERAL_TOPIC = 1
_ADDRESS = re.compile(r"(-?\d{1,19}|@[A-Za-z]\w{3,31})(?:/(\d{1,10}))?")


@dataclass(frozen=True, kw_only=True)
class Address:
    """Where a message goes.

    Attributes:
        chat: The chat's id, or the public name of a channel with `@`.
        topic: Id of a topic, or None: the general topic has a number, but is written to without it.
    """

    chat: int | str
    topic: int | None = None

    def __str__(self) -> str:
        """As `Destination.address` writes it."""
        return f"{self.chat}/{self.topic}" if self.topic is not None else str(self.chat)


def parse_address(text: str) -> Address | None:
    """The address, or None if it is none of Telegram's."""
    found = _ADDRESS.fullmatch(text.strip())
    if not found:
        return None
    topic = int(found[2]) if found[2] else None
    return Address(
        chat=found[1] if found[1].startswith("@") else int(found[1]),
        topic=None if topic == GENERAL_TOPIC else topic,
    )
