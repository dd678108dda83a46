"""The methods of the Bot API that the server can do."""

import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from tests.fakes.telegram.entities import MarkupError, Parsed, parse_html, units
from tests.fakes.telegram.keyboards import keyboard
from tests.fakes.telegram.update_queue import Updates
from tests.fakes.telegram.world import BOT, ApiError, Chat, Message, World

TEXT_LIMIT = 4096
TOAST_LIMIT = 200
COMMANDS_LIMIT = 100
NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the"
    " same as a current content and reply markup of the message"
)
Arguments = Mapping[str, Any]
Handler = Callable[[Arguments], Awaitable[Any]]


class Methods:
    """Does what calls ask for.

    Args:
        violation: Notes a broken rule that the server itself would let pass.
    """

    def __init__(self, world: World, updates: Updates, violation: Callable[[str], None]) -> None:
        self._world = world
        self._updates = updates
        self._violation = violation
        self.handlers: dict[str, Handler] = {
            "getMe": self.get_me,
            "sendMessage": self.send_message,
            "editMessageText": self.edit_message_text,
            "getUpdates": self._updates.get,
            "answerCallbackQuery": self.answer_callback_query,
            "setMyCommands": self.set_my_commands,
            "getMyCommands": self.get_my_commands,
            "setWebhook": self.set_webhook,
            "deleteWebhook": self.delete_webhook,
            "getWebhookInfo": self.get_webhook_info,
        }

    async def get_me(self, _arguments: Arguments) -> dict[str, Any]:
        """Who the bot is."""
        return {
            **BOT,
            "can_join_groups": True,
            "can_read_all_group_messages": not self._world.privacy,
            "supports_inline_queries": False,
        }

    async def send_message(self, arguments: Arguments) -> dict[str, Any]:
        """A new message."""
        if "chat_id" not in arguments:
            raise ApiError(400, "Bad Request: chat_id is empty")
        parsed, markup = self._text(arguments), keyboard(arguments.get("reply_markup"))
        chat = self._world.chat(arguments["chat_id"])
        topic = int(arguments["message_thread_id"]) if "message_thread_id" in arguments else None
        chat.check_writable(topic)
        message = Message(
            id=self._world.next_id(chat),
            chat=chat,
            date=self._world.now(),
            sender=BOT,
            source=str(arguments["text"]),
            text=parsed.text,
            topic=topic,
            entities=parsed.entities,
            markup=markup,
            preview=_preview(arguments),
            reply_to=self._reply_target(chat, arguments),
        )
        return self._world.add(message).as_json()

    async def edit_message_text(self, arguments: Arguments) -> dict[str, Any]:
        """A new text for an old message."""
        parsed, markup = self._text(arguments), keyboard(arguments.get("reply_markup"))
        chat = self._world.chat(arguments.get("chat_id"))
        chat.check_writable()
        message = self._world.messages.get((chat.id, int(arguments.get("message_id", 0))))
        if not message:
            raise ApiError(400, "Bad Request: message to edit not found")
        if message.sender != BOT:
            raise ApiError(400, "Bad Request: message can't be edited")
        new = (parsed.text, parsed.entities, markup)
        if new == (message.text, message.entities, message.markup):
            raise ApiError(400, NOT_MODIFIED)
        message.text, message.entities, message.markup = new
        message.source, message.preview = str(arguments["text"]), _preview(arguments)
        message.edited = self._world.now()
        message.versions.append(message.text)
        return message.as_json()

    async def answer_callback_query(self, arguments: Arguments) -> bool:
        """Take the waiting sign off a button."""
        query = str(arguments.get("callback_query_id", ""))
        if query not in self._world.taps or self._world.taps[query] is not None:
            raise ApiError(
                400, "Bad Request: query is too old and response timeout expired or query ID is invalid"
            )
        text = str(arguments.get("text", ""))
        if len(text) > TOAST_LIMIT:
            self._violation("answerCallbackQuery: `text` is longer than 200 characters")
            raise ApiError(400, "Bad Request: MESSAGE_TOO_LONG")
        self._world.taps[query] = text
        return True

    async def set_my_commands(self, arguments: Arguments) -> bool:
        """The list of commands people see, for a scope and a language."""
        commands = _json(arguments.get("commands", "[]"))
        if len(commands) > COMMANDS_LIMIT:
            raise ApiError(400, "Bad Request: BOT_COMMANDS_TOO_MUCH")
        for command in commands:
            _check_command(command)
        self._world.commands[_command_key(arguments)] = commands
        return True

    async def get_my_commands(self, arguments: Arguments) -> list[dict[str, str]]:
        """The list of commands for exactly this scope and language."""
        return self._world.commands.get(_command_key(arguments), [])

    async def set_webhook(self, arguments: Arguments) -> bool:
        """From now on updates go elsewhere."""
        self._updates.webhook = str(arguments.get("url", ""))
        if self._updates.webhook:
            self._updates.end_poll("Conflict: terminated by setWebhook request")
        return True

    async def delete_webhook(self, _arguments: Arguments) -> bool:
        """From now on updates wait to be fetched."""
        self._updates.webhook = ""
        return True

    async def get_webhook_info(self, _arguments: Arguments) -> dict[str, Any]:
        """Where updates go."""
        return {
            "url": self._updates.webhook,
            "has_custom_certificate": False,
            "pending_update_count": len(self._updates.pending),
        }

    def _text(self, arguments: Arguments) -> Parsed:
        """The text of a message, without its markup."""
        source = str(arguments.get("text", ""))
        parsed = self._parsed(source, str(arguments.get("parse_mode", "")))
        if any("\ud800" <= character <= "\udfff" for character in parsed.text):
            self._violation("text: a lone surrogate")
            raise ApiError(400, "Bad Request: strings must be encoded in UTF-8")
        if not parsed.text.strip():
            self._violation("text: nothing to read in it")
            raise ApiError(400, "Bad Request: message text is empty")
        if units(parsed.text) > TEXT_LIMIT:
            self._violation(f"text: {units(parsed.text)} UTF-16 units, more than {TEXT_LIMIT}")
            raise ApiError(400, "Bad Request: message is too long")
        return parsed

    def _parsed(self, source: str, mode: str) -> Parsed:
        if not mode:
            return Parsed(text=source.strip())
        if mode.lower() != "html":
            self._violation(f"parse_mode: `{mode}` is not what this project sends")
            raise ApiError(400, "Bad Request: unsupported parse_mode")
        try:
            parsed = parse_html(source)
        except MarkupError as error:
            self._violation(f"text: {error}")
            raise ApiError(400, f"Bad Request: can't parse entities: {error}") from None
        for rule in parsed.broken_rules:
            self._violation(f"text: {rule}")
        return parsed

    def _reply_target(self, chat: Chat, arguments: Arguments) -> int | None:
        if "reply_parameters" not in arguments:
            return None
        reply = _json(arguments["reply_parameters"])
        if (chat.id, reply["message_id"]) in self._world.messages:
            return int(reply["message_id"])
        if not reply.get("allow_sending_without_reply"):
            raise ApiError(400, "Bad Request: message to be replied not found")
        return None


def _json(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


def _preview(arguments: Arguments) -> bool:
    return not _json(arguments.get("link_preview_options", "{}")).get("is_disabled", False)


def _command_key(arguments: Arguments) -> tuple[str, str]:
    scope = _json(arguments.get("scope", "{}")).get("type", "default")
    return scope, str(arguments.get("language_code", ""))


def _check_command(command: Mapping[str, str]) -> None:
    name, description = command.get("command", "").removeprefix("/"), command.get("description", "")
    allowed = name.replace("_", "a").isalnum() and name.isascii() and name == name.lower()
    if not 1 <= len(name) <= 32 or not allowed:
        raise ApiError(400, "Bad Request: BOT_COMMAND_INVALID")
    if not description:
        raise ApiError(400, "Bad Request: command description must be non-empty")
    if len(description) > 256:
        raise ApiError(400, "Bad Request: command description length must not exceed 256")
