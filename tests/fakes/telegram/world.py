"""What the server knows: chats and what state they are in, people, messages."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

BOT_ID = 123456789
BOT: Mapping[str, Any] = {
    "id": BOT_ID,
    "is_bot": True,
    "first_name": "Depesche",
    "username": "depesche_test_bot",
}
FIRST_MOMENT = 1_772_460_000  # the server's own clock: one second a message
GENERAL_TOPIC = 1


class ApiError(Exception):
    """The server says no: status, words, and what a program needs of it."""

    def __init__(self, status: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.parameters = parameters


class State(Enum):
    """How the bot stands with a chat."""

    OPEN = "open"
    NOT_STARTED = "not started"  # the person has never written to the bot
    BLOCKED = "blocked"
    DEACTIVATED = "deactivated"  # the person's account is gone
    KICKED = "kicked"
    DELETED = "deleted"
    NO_RIGHTS = "no rights"


@dataclass(kw_only=True)
class Chat:
    """A chat.

    Attributes:
        kind: `private`, `group`, `supergroup` or `channel`.
        topics: Id of a topic -> whether it is closed; None where the chat has no topics.
        moved_to: The supergroup that this group became, or None.
    """

    id: int
    kind: str
    title: str
    topics: dict[int, bool] | None = None
    state: State = State.OPEN
    moved_to: int | None = None

    def as_json(self) -> dict[str, Any]:
        """As the Bot API shows it inside messages."""
        name = "first_name" if self.kind == "private" else "title"
        found = {"id": self.id, "type": self.kind, name: self.title}
        return found | ({"is_forum": True} if self.topics is not None else {})

    def check_writable(self, topic: int | None = None) -> None:
        """Raise what the server answers where the bot may not write."""
        if self.moved_to is not None:
            raise ApiError(
                400,
                "Bad Request: group chat was upgraded to a supergroup chat",
                migrate_to_chat_id=self.moved_to,
            )
        if self.state is not State.OPEN:
            raise self._refusal()
        if topic is not None:
            self._check_topic(topic)

    def _check_topic(self, topic: int) -> None:
        # The general topic is written to without its number.
        if self.topics is None or topic == GENERAL_TOPIC or topic not in self.topics:
            raise ApiError(400, "Bad Request: message thread not found")
        if self.topics[topic]:
            raise ApiError(400, "Bad Request: TOPIC_CLOSED")

    def _refusal(self) -> ApiError:
        match self.state:
            case State.NOT_STARTED:
                return ApiError(403, "Forbidden: bot can't initiate conversation with a user")
            case State.BLOCKED:
                return ApiError(403, "Forbidden: bot was blocked by the user")
            case State.DEACTIVATED:
                return ApiError(403, "Forbidden: user is deactivated")
            case State.KICKED:
                return ApiError(403, f"Forbidden: bot was kicked from the {self.kind} chat")
            case State.DELETED:
                return ApiError(403, f"Forbidden: the {self.kind} chat was deleted")
        if self.kind == "channel":
            return ApiError(400, "Bad Request: need administrator rights in the channel chat")
        return ApiError(400, "Bad Request: not enough rights to send text messages to the chat")


@dataclass(frozen=True, kw_only=True)
class User:
    """A person, or another bot."""

    id: int
    name: str = "Ada"
    language: str | None = "de"
    is_bot: bool = False

    def as_json(self) -> dict[str, Any]:
        """As the Bot API shows them."""
        found: dict[str, Any] = {"id": self.id, "is_bot": self.is_bot, "first_name": self.name}
        return found | ({"language_code": self.language} if self.language else {})


@dataclass(kw_only=True)
class Message:
    """A message in a chat.

    Attributes:
        source: Its text with markup, as it was sent.
        text: What people read.
        preview: Whether a link preview would be shown.
        versions: Its texts so far, the current one last.
    """

    id: int
    chat: Chat
    date: int
    sender: Mapping[str, Any]
    source: str
    text: str
    sender_chat: Chat | None = None
    topic: int | None = None
    entities: list[dict[str, Any]] = field(default_factory=list)
    markup: dict[str, Any] | None = None
    preview: bool = True
    reply_to: int | None = None
    versions: list[str] = field(default_factory=list)
    edited: int | None = None

    @property
    def buttons(self) -> dict[str, str]:
        """Label of each button -> its address or callback data."""
        rows = (self.markup or {}).get("inline_keyboard", [])
        return {
            button["text"]: button.get("url") or button["callback_data"] for row in rows for button in row
        }

    @property
    def links(self) -> dict[str, str]:
        """Linked words -> address."""
        raw = self.text.encode("utf-16-le")
        return {
            raw[2 * entity["offset"] : 2 * (entity["offset"] + entity["length"])].decode("utf-16-le"): str(
                entity["url"]
            )
            for entity in self.entities
            if entity["type"] == "text_link"
        }

    def as_json(self) -> dict[str, Any]:
        """As the Bot API shows it."""
        found: dict[str, Any] = {"message_id": self.id, "date": self.date, "chat": self.chat.as_json()}
        found |= {"text": self.text} | ({"from": dict(self.sender)} if self.chat.kind != "channel" else {})
        if self.sender_chat:
            found["sender_chat"] = self.sender_chat.as_json()
        if self.entities:
            found["entities"] = self.entities
        if self.markup and "inline_keyboard" in self.markup:
            found["reply_markup"] = self.markup
        if self.topic is not None:
            found |= {"message_thread_id": self.topic, "is_topic_message": True}
        if self.edited:
            found["edit_date"] = self.edited
        return found


@dataclass(kw_only=True)
class World:
    """Everything the server keeps, updates aside.

    Attributes:
        privacy: Whether the bot hears only commands in groups: Telegram's default.
    """

    privacy: bool = True
    chats: dict[int, Chat] = field(default_factory=dict)
    messages: dict[tuple[int, int], Message] = field(default_factory=dict)
    commands: dict[tuple[str, str], list[dict[str, str]]] = field(default_factory=dict)
    taps: dict[str, str | None] = field(default_factory=dict)  # callback query -> what it was answered
    moment: int = FIRST_MOMENT

    def now(self) -> int:
        """The next second."""
        self.moment += 1
        return self.moment

    def chat(self, address: Any) -> Chat:
        """The chat of an argument `chat_id`."""
        try:
            return self.chats[int(address)]
        except (KeyError, ValueError):
            raise ApiError(400, "Bad Request: chat not found") from None

    def add(self, message: Message) -> Message:
        """Keep a message."""
        message.versions.append(message.text)
        self.messages[message.chat.id, message.id] = message
        return message

    def is_heard(self, chat: Chat, text: str) -> bool:
        """Whether the bot learns of a text that somebody writes in a chat."""
        if chat.kind not in ("group", "supergroup") or not self.privacy:
            return True
        command, _, addressee = text.split(maxsplit=1)[0].partition("@")
        return command.startswith("/") and addressee.lower() in ("", BOT["username"])

    def next_id(self, chat: Chat) -> int:
        """Number of the next message of a chat."""
        return 1 + max((number for place, number in self.messages if place == chat.id), default=0)
