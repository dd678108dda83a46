"""The way in: fetches updates by long polling, answers questions, and confirms them only after that."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

import structlog
from telegram import Update
from telegram.error import BadRequest, TelegramError

from bot.article.cleaning import one_line
from bot.platforms.buttons import IN_PASSING
from bot.platforms.telegram.answers import choices, pages
from bot.platforms.telegram.client import POLL, Client
from bot.platforms.telegram.failures import Trouble, obstacle_of, outcome_of
from bot.platforms.telegram.questions import Question, question_of
from bot.platforms.telegram.rendering import Rendered
from bot.platforms.telegram.wording import LANGUAGES, words
from bot.ports.conversation import Answer, Answerer, Hearing, unwatched

log = structlog.get_logger()

PASSING_LIMIT = 200  # characters that Telegram shows in passing
CONFLICTS = frozenset({Trouble.POLLED_ELSEWHERE, Trouble.WEBHOOK})


@dataclass(frozen=True, kw_only=True)
class Pauses:
    """Seconds.

    Attributes:
        first: After the first trouble in a row; doubles up to `longest`.
        settled: Without a conflict before one counts as over: two pollers cut each other off by turns.
        answer: For one answer.
        poll: For the server to keep a poll waiting, whole.
    """

    first: float = 1.0
    longest: float = 60.0
    settled: float = 300.0
    answer: float = 30.0
    poll: int = POLL


class UpdateLoop:
    """Answers the questions people ask the bot, for as long as `run` runs."""

    def __init__(
        self, client: Client, answerer: Answerer, pauses: Pauses, hearing: Hearing = unwatched
    ) -> None:
        self._client = client
        self._answerer = answerer
        self._pauses = pauses
        self._hearing = hearing
        self._name: str | None = None
        self._handled: int | None = None  # the first update not handled yet, while not confirmed
        self._told: Trouble | None = None
        self._troubles = 0
        self._last_trouble = 0.0

    async def run(self) -> None:
        """Fetch and answer until cancelled; return only when the token is rejected, with one line."""
        try:
            while await self._round():
                pass
        finally:
            await self._confirm()

    async def _round(self) -> bool:
        """One poll; False when no further one makes sense."""
        try:
            if self._name is None:
                self._name = await self._prepare()
            updates = await self._client.updates(self._handled, wait=self._pauses.poll)
        except Exception as error:  # noqa: BLE001  (an answer that cannot be read is a trouble like others)
            return await self._pause(error)
        self._recovered()
        # Once confirmed, the offset is let go of: after a quiet week numbers may start lower.
        self._handled = None
        if updates:
            await self._answer_all(updates)
            self._handled = updates[-1].update_id + 1
        return True

    async def _prepare(self) -> str:
        """Learn the bot's name and publish its commands."""
        name = await self._client.name()
        for number, lang in enumerate(LANGUAGES):
            try:
                await self._client.set_commands(words(lang)["commands"], lang if number else None)
            except BadRequest as error:
                log.warning("Telegram does not take the list of commands", why=error.message)
        return name

    async def _answer_all(self, updates: Sequence[Update]) -> None:
        """Acknowledge taps at once, but those answered in passing; then chats side by side, in order."""
        found = [question_of(update, self._name or "") for update in updates]
        chats: dict[int | str, list[Question]] = {}
        for question in found:
            if question:
                chats.setdefault(question.where.chat, []).append(question)
        taps = [asked.tap for asked in found if asked and asked.tap and not _in_passing(asked)]
        await asyncio.gather(*map(self._acknowledge, taps))
        await asyncio.gather(*(self._answer_in_order(asked) for asked in chats.values()))

    async def _acknowledge(self, tap: str, text: str | None = None) -> None:
        # A tap that is too old cannot be acknowledged any more; it is answered all the same.
        with suppress(TelegramError, TimeoutError):
            await self._client.acknowledge(tap, text)

    async def _answer_in_order(self, questions: Sequence[Question]) -> None:
        for question in questions:
            answer = await self._ask(question)
            if question.tap and _in_passing(question):
                text = " ".join(part.text for part in answer.parts)
                await self._acknowledge(question.tap, one_line(text, PASSING_LIMIT) or None)
            else:
                await self._send(question, answer)

    async def _ask(self, question: Question) -> Answer:
        """The answer; silence where it fails: one bad question must not stop the others."""
        command = question.request.command
        try:
            async with asyncio.timeout(self._pauses.answer):
                return await self._answerer.answer(question.request)
        except TimeoutError:
            log.warning("a question took too long to answer", command=command)
        except Exception:
            log.exception("a question could not be answered", command=command)
        return Answer()

    async def _send(self, question: Question, answer: Answer) -> None:
        laid_out = pages(answer)
        for number, page in enumerate(laid_out, 1):
            # What can be chosen stands below the last page.
            buttons = choices(answer) if number == len(laid_out) else ()
            message = Rendered(html=page, buttons=buttons)
            try:
                await self._client.send(question.where, message, reply_to=question.reply_to)
            except (TelegramError, TimeoutError) as error:
                why = outcome_of(error, self._client.token).reason
                log.warning("an answer was not delivered", chat=str(question.where), why=why)
                return

    async def _pause(self, error: Exception) -> bool:
        """Wait, longer from time to time; tell a trouble when it begins, not while it lasts."""
        obstacle = obstacle_of(error, self._client.token)
        if obstacle.trouble is Trouble.TOKEN:
            log.error(obstacle.line)
            self._hearing(obstacle.line)
            return False
        if self._told is not obstacle.trouble:
            log.warning(obstacle.line)
            self._hearing(obstacle.line)
        self._told = obstacle.trouble
        self._last_trouble = asyncio.get_running_loop().time()
        wait = min(self._pauses.first * 2 ** min(self._troubles, 20), self._pauses.longest)
        self._troubles += 1
        await asyncio.sleep(max(wait, obstacle.wait or 0.0))
        return True

    def _recovered(self) -> None:
        """Take note of a poll that went well."""
        if self._told is None:
            return
        quiet = asyncio.get_running_loop().time() - self._last_trouble
        if self._told in CONFLICTS and quiet < self._pauses.settled:
            return
        log.info("Telegram commands are heard again")
        self._hearing(None)
        self._told, self._troubles = None, 0

    async def _confirm(self) -> None:
        """At the end: let the server forget what was answered, or it would be answered again."""
        if self._handled is not None:
            with suppress(TelegramError, TimeoutError):
                async with asyncio.timeout(2.0):
                    await self._client.updates(self._handled, wait=0)


def _in_passing(question: Question) -> bool:
    return question.tap is not None and question.request.command in IN_PASSING
