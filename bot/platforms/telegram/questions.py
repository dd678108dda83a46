"""Updates into questions: who asks what where. Pure."""

import re
from dataclasses import dataclass

from telegram import CallbackQuery, Message, Update, User
from telegram.constants import ChatType

from bot.alerts.numbers import number_in
from bot.article.cleaning import one_line
from bot.platforms.telegram.addresses import Address
from bot.ports.conversation import Request

KIND = "telegram"
ARGUMENTS_LIMIT = 1000
NAME_LIMIT = 80
_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@(\w{1,64}))?(?:\s+(.*))?", re.DOTALL)


@dataclass(frozen=True, kw_only=True)
class Question:
    """A request with what its answer needs.

    Attributes:
        tap: Id of the callback query to be acknowledged, or None.
        reply_to: The message the answer replies to, or None.
    """

    request: Request
    where: Address
    tap: str | None = None
    reply_to: int | None = None


def question_of(update: Update, bot_name: str) -> Question | None:
    """The question in an update; None for all that is not for us.

    Not for us: plain text, commands to other bots, edited messages, what other bots write.
    """
    if update.callback_query:
        return _tapped(update.callback_query)
    message = update.message or update.channel_post
    return _written(message, bot_name) if message else None


def _written(message: Message, bot_name: str) -> Question | None:
    found = _COMMAND.fullmatch((message.text or "").strip())
    asker = _asker(message)
    if not found or not asker:
        return None
    if found[2] and found[2].lower() != bot_name.lower():
        return None
    private = message.chat.type == ChatType.PRIVATE
    where, (command, joined) = _where(message), _parted(found[1])
    request = Request(
        kind=KIND,
        address=str(where),
        user=asker[0],
        user_name=one_line(asker[1], NAME_LIMIT),
        command=command.lower(),
        arguments=one_line(f"{joined} {found[3] or ''}", ARGUMENTS_LIMIT),
        lang=_lang(message.from_user),
        private=private,
    )
    return Question(request=request, where=where, reply_to=None if private else message.message_id)


def _parted(word: str) -> tuple[str, str]:
    """`why_A12` as the command and what it is about: only a command of one word can be tapped."""
    command, _, name = word.partition("_")
    return (command, name) if number_in(name) is not None else (word, "")


def _tapped(query: CallbackQuery) -> Question | None:
    if not query.message or not query.data:
        return None
    command, _, arguments = query.data.partition(":")
    message = query.message
    where = _where(message) if isinstance(message, Message) else Address(chat=message.chat.id)
    request = Request(
        kind=KIND,
        address=str(where),
        user=str(query.from_user.id),
        user_name=one_line(query.from_user.full_name, NAME_LIMIT),
        command=command.lower(),
        arguments=one_line(arguments, ARGUMENTS_LIMIT),
        lang=_lang(query.from_user),
        private=message.chat.type == ChatType.PRIVATE,
    )
    return Question(request=request, where=where, tap=query.id, reply_to=message.message_id)


def _asker(message: Message) -> tuple[str, str] | None:
    """Id and name of who wrote it.

    Whoever writes as a chat (anonymous administrators, channels) is that chat: Telegram names one stand-in
    user for all of them, whose rights would be everybody's.
    """
    if message.sender_chat:
        return str(message.sender_chat.id), message.sender_chat.effective_name or ""
    if not message.from_user or message.from_user.is_bot:
        return None
    return str(message.from_user.id), message.from_user.full_name


def _where(message: Message) -> Address:
    """Chat and topic; a thread of replies outside topics has a number too, which is none."""
    return Address(
        chat=message.chat.id, topic=message.message_thread_id if message.is_topic_message else None
    )


def _lang(user: User | None) -> str | None:
    lang = (user.language_code or "").lower().partition("-")[0] if user else ""
    return lang if lang in ("de", "en") else None
