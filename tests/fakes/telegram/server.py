"""A Bot API server of Telegram on loopback that answers as the real one does and notes every broken rule.

    async with TelegramServer() as server:
        chat = server.private(id=42)
        ... a client with server.base_url and server.token calls sendMessage ...
        assert server.messages(chat)[-1].text == "Hello"
        assert server.violations == []

Rules come from the published specification where it lies beside the checkout (see `specification`), and
from what the real server refuses. `faults` has what can be made to go wrong.
"""

import asyncio
import itertools
import socket
from collections import deque
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from tests.fakes.telegram import specification
from tests.fakes.telegram.entities import units
from tests.fakes.telegram.faults import (
    Drop,
    ErrorAfterProcess,
    Fault,
    Garbage,
    Page,
    ProcessThenDrop,
    ProcessThenHang,
    TooMany,
)
from tests.fakes.telegram.methods import Methods
from tests.fakes.telegram.update_queue import Updates
from tests.fakes.telegram.wire import Call, read_call
from tests.fakes.telegram.world import BOT_ID, ApiError, Chat, Message, User, World

TOKEN = f"{BOT_ID}:AAtestTESTtestTESTtestTESTtestTEST42x"
ADA = User(id=1001)
# Refusals that only a mistake of the client brings about; others are the state of the world.
MISTAKES = (
    "can't parse",
    "reply markup is too long",
    "as reply markup",
    "inline_keyboard",
    "inline keyboard button",
    "BUTTON_",
    "BOT_COMMAND",
    "command description",
    "is empty",
    "message to be replied not found",
)
HTML_PAGE = "<html><head><title>{status}</title></head><body><center><h1>{status}</h1></center></body></html>"


@dataclass(frozen=True, kw_only=True)
class Seen:
    """A call that came, and the status it was answered with (0: no answer)."""

    method: str
    arguments: Mapping[str, Any]
    status: int


class TelegramServer:
    """One bot's Bot API on a free port of 127.0.0.1; use as an async context manager.

    Attributes:
        token: The one token the server knows.
        violations: What clients did against the rules, in words; a test ends with none.
        calls: All calls that came, in order.
        updates: The queue of updates.
    """

    def __init__(self, token: str = TOKEN) -> None:
        self.token = token
        self.violations: list[str] = []
        self.calls: list[Seen] = []
        self.updates = Updates()
        self.specification = specification.load()
        self.world = World()
        self._methods = Methods(self.world, self.updates, self.violations.append)
        self._faults: dict[str, deque[Fault | None]] = {}
        self._numbers = itertools.count(1)
        self._runner: web.ServerRunner | None = None
        self._connections: set[asyncio.Transport] = set()
        self._port = 0

    @property
    def base_url(self) -> str:
        """What a client puts before `/bot<token>/<method>`."""
        return f"http://127.0.0.1:{self._port}"

    async def __aenter__(self) -> Self:
        """Start to listen."""
        await self._listen()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop, waiting polls included."""
        await self._stop()

    @asynccontextmanager
    async def down(self) -> AsyncIterator[None]:
        """Refuse connections for a while, and cut those that are open."""
        await self._stop()
        yield
        await self._listen()

    def fault(self, method: str, *faults: Fault | None) -> None:
        """Let the next calls of a method go wrong, one fault a call; None lets a call go well."""
        self._faults.setdefault(method, deque()).extend(faults)

    def private(self, *, id: int = 42, name: str = "Ada") -> Chat:  # noqa: A002  (the Bot API's word)
        """A chat with one person."""
        return self._add(Chat(id=id, kind="private", title=name))

    def group(self, *, id: int = -500, title: str = "Newsroom") -> Chat:  # noqa: A002
        """A small group."""
        return self._add(Chat(id=id, kind="group", title=title))

    def supergroup(self, *, id: int = -1001000000500, topics: tuple[int, ...] | None = None) -> Chat:  # noqa: A002
        """A supergroup, with topics of these ids or without any."""
        found = None if topics is None else dict.fromkeys(topics, False)
        return self._add(Chat(id=id, kind="supergroup", title="Situation room", topics=found))

    def channel(self, *, id: int = -1001000000900) -> Chat:  # noqa: A002
        """A channel."""
        return self._add(Chat(id=id, kind="channel", title="Alerts"))

    def migrate(self, chat: Chat) -> Chat:
        """Make a group a supergroup; the old id answers with the new one from now on."""
        new = self.supergroup(id=-1_000_000_000_000 + chat.id)
        chat.moved_to = new.id
        return new

    def messages(self, chat: Chat) -> list[Message]:
        """All messages of a chat, oldest first."""
        return [message for (place, _), message in sorted(self.world.messages.items()) if place == chat.id]

    def sent(self, chat: Chat) -> list[Message]:
        """The bot's own messages of a chat."""
        return [message for message in self.messages(chat) if message.sender["id"] == BOT_ID]

    def receive_text(
        self,
        chat: Chat,
        text: str,
        user: User = ADA,
        *,
        topic: int | None = None,
        sender_chat: Chat | None = None,
    ) -> Message:
        """Somebody writes in a chat."""
        message = Message(
            id=self.world.next_id(chat),
            chat=chat,
            date=self.world.now(),
            sender=user.as_json(),
            sender_chat=chat if chat.kind == "channel" else sender_chat,
            source=text,
            text=text,
            topic=topic,
            entities=_command_entities(text),
        )
        self.world.add(message)
        if self.world.is_heard(chat, text):
            self._put("channel_post" if chat.kind == "channel" else "message", message.as_json())
        return message

    def edit_text(self, message: Message, text: str) -> None:
        """Somebody changes what they wrote."""
        message.text, message.edited, message.entities = text, self.world.now(), _command_entities(text)
        kind = "edited_channel_post" if message.chat.kind == "channel" else "edited_message"
        self._put(kind, message.as_json())

    def tap(self, message: Message, data: str, user: User = ADA) -> str:
        """Somebody taps the button with this callback data; return the id of the query."""
        if data not in message.buttons.values():
            raise ValueError(f"no button of the message carries {data!r}")
        query = f"{next(self._numbers):019d}"
        self.world.taps[query] = None
        content = {"id": query, "from": user.as_json(), "chat_instance": "1", "data": data}
        self._put("callback_query", content | {"message": message.as_json()})
        return query

    def tapped(self, query: str) -> str | None:
        """What the bot answered a tap, empty for a bare acknowledgement; None while it has not."""
        return self.world.taps[query]

    def take_violations(self) -> list[str]:
        """The violations so far, which are forgiven by that; for tests that break rules on purpose."""
        found, self.violations[:] = list(self.violations), []
        return found

    def _add(self, chat: Chat) -> Chat:
        self.world.chats[chat.id] = chat
        return chat

    def _put(self, kind: str, content: Mapping[str, Any]) -> None:
        update = self.updates.put(kind, content)
        if update and self.specification:
            self._own_faults(self.specification.update_faults(update))

    async def _listen(self) -> None:
        self._runner = web.ServerRunner(web.Server(self._handle, access_log=None), shutdown_timeout=0.1)
        await self._runner.setup()
        listener = socket.create_server(("127.0.0.1", self._port))
        self._port = listener.getsockname()[1]
        await web.SockSite(self._runner, listener).start()

    async def _stop(self) -> None:
        self.updates.end_poll("Conflict: the server stops")
        if self._runner is not None:
            await self._runner.cleanup()

    async def _handle(self, request: web.BaseRequest) -> web.StreamResponse:
        call = await read_call(request)
        fault = self._next_fault(call.method)
        match fault:
            case Drop():
                return self._unanswered(request, call)
            case TooMany(retry_after=None):
                return self._page(call, 429)
            case TooMany(retry_after=int(seconds)):
                return self._error(
                    call, ApiError(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)
                )
            case Page(status=status):
                return self._page(call, status)
        answer = await self._process(call)
        return await self._deliver(request, call, answer, fault)

    async def _deliver(
        self, request: web.BaseRequest, call: Call, answer: web.Response, fault: Fault | None
    ) -> web.StreamResponse:
        match fault:
            case ProcessThenDrop():
                return self._unanswered(request, call)
            case ProcessThenHang(seconds=seconds):
                self._note(call, 0)
                await asyncio.sleep(seconds)
                return answer
            case ErrorAfterProcess(status=status, html=True):
                return self._page(call, status)
            case ErrorAfterProcess(status=status):
                return self._error(call, ApiError(status, "Internal Server Error"))
            case Garbage(body=body):
                self._note(call, 200)
                return web.Response(text=body, content_type="application/json")
        self._note(call, answer.status)
        return answer

    def _next_fault(self, method: str) -> Fault | None:
        planned = self._faults.get(method)
        return planned.popleft() if planned else None

    async def _process(self, call: Call) -> web.Response:
        """Do a call and answer it, without faults."""
        self.violations += [f"{call.method}: {fault}" for fault in call.faults]
        try:
            result = await self._result(call)
        except ApiError as error:
            if any(mistake in error.description for mistake in MISTAKES):
                self.violations.append(f"{call.method}: answered `{error.description}`")
            return _error(error)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            self.violations.append(f"{call.method}: an argument of the wrong shape ({error!r})")
            return _error(ApiError(400, "Bad Request: invalid argument specified"))
        if self.specification:
            self._own_faults(self.specification.result_faults(self._spelt(call.method), result))
        return web.json_response({"ok": True, "result": result})

    async def _result(self, call: Call) -> Any:
        self._check_token(call)
        if call.refusal:
            raise ApiError(400, call.refusal)
        self._check_arguments(call)
        handler = self._methods.handlers.get(self._spelt(call.method))
        if handler is None:
            known = self.specification and self.specification.method(call.method)
            why = "this server cannot do it yet" if known else "unknown method"
            self.violations.append(f"{call.method}: {why}")
            raise ApiError(404, "Not Found: method not found")
        return await handler(call.arguments)

    def _spelt(self, method: str) -> str:
        return {known.lower(): known for known in self._methods.handlers}.get(method.lower(), method)

    def _check_token(self, call: Call) -> None:
        """A wrong token is a state of the world, not a broken rule: tokens are revoked."""
        if call.token is None:
            self.violations.append(f"no such address: {call.method}")
            raise ApiError(404, "Not Found")
        number, colon, _ = call.token.partition(":")
        if not (colon and number.isdigit()):
            raise ApiError(404, "Not Found")
        if call.token != self.token:
            raise ApiError(401, "Unauthorized")

    def _check_arguments(self, call: Call) -> None:
        name = self.specification.method(call.method) if self.specification else None
        if self.specification and name:
            self.violations += self.specification.argument_faults(name, call.arguments, call.files)

    def _own_faults(self, faults: list[str]) -> None:
        self.violations += [f"the server itself: {fault}" for fault in faults]

    def _note(self, call: Call, status: int) -> None:
        self.calls.append(Seen(method=call.method, arguments=call.arguments, status=status))

    def _error(self, call: Call, error: ApiError) -> web.Response:
        self._note(call, error.status)
        return _error(error)

    def _page(self, call: Call, status: int) -> web.Response:
        self._note(call, status)
        return web.Response(status=status, text=HTML_PAGE.format(status=status), content_type="text/html")

    def _unanswered(self, request: web.BaseRequest, call: Call) -> web.StreamResponse:
        """Close the connection; the response only satisfies aiohttp and reaches nobody."""
        self._note(call, 0)
        if request.transport is not None:
            request.transport.close()
        return web.Response(status=204)


def _error(error: ApiError) -> web.Response:
    body: dict[str, Any] = {"ok": False, "error_code": error.status, "description": error.description}
    if error.parameters:
        body["parameters"] = error.parameters
    wait = error.parameters.get("retry_after")
    headers = {"Retry-After": str(wait)} if wait else {}
    return web.json_response(body, status=error.status, headers=headers)


def _command_entities(text: str) -> list[dict[str, Any]]:
    """What the server marks in a text that begins with a command."""
    if not text.startswith("/"):
        return []
    return [{"type": "bot_command", "offset": 0, "length": units(text.split(maxsplit=1)[0])}]
