"""The fake server notes what breaks the Bot API's rules, and answers as the real one does."""

import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
import pytest_asyncio

from tests.fakes.telegram.server import TelegramServer
from tests.fakes.telegram.specification import Specification
from tests.fakes.telegram.world import User

OK = {"chat_id": 42, "text": "x"}


class Wire:
    """Calls without a library that would mend anything."""

    def __init__(self, session: aiohttp.ClientSession, server: TelegramServer) -> None:
        self._session = session
        self._server = server

    async def call(self, method: str, token: str | None = None, **request: Any) -> tuple[int, Any]:
        """POST; `request` as aiohttp takes it (data, json, headers, params)."""
        url = f"{self._server.base_url}/bot{token or self._server.token}/{method}"
        async with self._session.post(url, **request) as answer:
            return answer.status, await answer.json()

    async def refusal(self, method: str, **arguments: Any) -> str:
        """What a call with JSON arguments is refused with."""
        _, body = await self.call(method, json=arguments)
        assert not body["ok"]
        return str(body["description"])


@pytest_asyncio.fixture
async def wire(telegram_server: TelegramServer) -> AsyncIterator[Wire]:
    """Raw calls to the server, which knows one private chat, 42."""
    telegram_server.private()
    async with aiohttp.ClientSession() as session:
        yield Wire(session, telegram_server)


@pytest.mark.parametrize(
    "request_",
    [
        {"json": OK},
        {"data": {"chat_id": "42", "text": "x"}},
        {"data": b"chat_id=42&text=x", "headers": {"Content-Type": "application/x-www-form-urlencoded"}},
        {"params": {"chat_id": "42", "text": "x"}},
        {
            "data": {
                "chat_id": "42",
                "text": "x",
                "reply_markup": json.dumps({"inline_keyboard": [[{"text": "a", "callback_data": "b"}]]}),
            }
        },
    ],
)
async def test_every_encoding_is_read(request_: dict[str, Any], wire: Wire) -> None:
    """Forms, JSON and addresses; objects in forms as JSON."""
    status, body = await wire.call("sendMessage", **request_)
    assert (status, body["result"]["text"]) == (200, "x")


async def test_uploads_are_read(wire: Wire, telegram_server: TelegramServer) -> None:
    """Multipart bodies, which files come in."""
    form = aiohttp.FormData({"chat_id": "42", "text": "x"})
    form.add_field("photo", b"...", filename="a.png")
    status, _ = await wire.call("sendMessage", data=form)
    assert status == 200
    assert telegram_server.calls[0].arguments == {"chat_id": "42", "text": "x"}


@pytest.mark.parametrize(
    ("method", "arguments", "fault"),
    [
        (
            "sendMessage",
            OK | {"disable_web_page_preview": True},
            "unknown argument `disable_web_page_preview`",
        ),
        ("sendMessage", {"chat_id": 42}, "required argument `text` is missing"),
        ("sendMessage", OK | {"disable_notification": "yes"}, "`disable_notification` is no Boolean: 'yes'"),
        ("sendMessage", OK | {"message_thread_id": "a"}, "`message_thread_id` is no Integer: 'a'"),
        ("sendMessage", OK | {"chat_id": 4.5}, "`chat_id` is no Integer: 4.5"),
        (
            "sendMessage",
            OK | {"link_preview_options": {"off": True}},
            "`link_preview_options.off` is unknown",
        ),
        (
            "sendMessage",
            OK | {"link_preview_options": "{"},
            "`link_preview_options` is no LinkPreviewOptions",
        ),
        (
            "sendMessage",
            OK | {"reply_markup": {"inline_keyboard": [[{"text": "a", "callback_data": 7}]]}},
            "`reply_markup.inline_keyboard[0][0].callback_data` is no String: 7",
        ),
        ("getUpdates", {"allowed_updates": "message"}, "`allowed_updates` is no array of String"),
        ("getUpdates", {"timeout": "0", "offset": True}, "`offset` is no Integer: True"),
        ("setMyCommands", {"commands": [{"command": "a"}]}, "`commands[0].description` is missing"),
        ("sendPhoto", {"chat_id": 42, "photo": "x"}, "this server cannot do it yet"),
    ],
)
async def test_arguments_are_held_to_the_specification(
    method: str,
    arguments: dict[str, Any],
    fault: str,
    wire: Wire,
    telegram_server: TelegramServer,
    telegram_specification: Specification,
) -> None:
    """Unknown, missing and wrong-typed arguments, also deep inside."""
    await wire.call(method, json=arguments)
    assert any(fault in violation for violation in telegram_server.take_violations())


def _button(**fields: Any) -> dict[str, Any]:
    return OK | {"reply_markup": {"inline_keyboard": [[{"text": "a", **fields}]]}}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"chat_id": 42, "text": ""}, "message text is empty"),
        ({"chat_id": 42, "text": " \n"}, "message text is empty"),
        ({"chat_id": 42, "text": "x" * 4097}, "message is too long"),
        ({"chat_id": 42, "text": "🧨" * 2049}, "message is too long"),
        (
            OK | {"text": "<b>x", "parse_mode": "HTML"},
            "can't parse entities: Can't find end tag corresponding",
        ),
        (OK | {"text": "<i></i>", "parse_mode": "HTML"}, "message text is empty"),
        (OK | {"parse_mode": "Markdown"}, "unsupported parse_mode"),
        (_button(callback_data="ä" * 33), "BUTTON_DATA_INVALID"),
        (_button(), "Text buttons are unallowed in the inline keyboard"),
        (_button(url="https://x.example", callback_data="x"), "BUTTON_TYPE_INVALID"),
        (
            _button(url="http://intranet"),
            "inline keyboard button URL 'http://intranet' is invalid: Wrong HTTP URL",
        ),
        (_button(text="", callback_data="x"), "can't parse inline keyboard button"),
        (OK | {"reply_markup": "{"}, "can't parse reply keyboard markup JSON object"),
        (OK | {"reply_markup": "[]"}, "object expected as reply markup"),
        (OK | {"reply_markup": {"inline_keyboard": {}}}, 'field "inline_keyboard" must be of type Array'),
        (OK | {"reply_markup": {"inline_keyboard": [{}]}}, "must be an Array of Arrays"),
        (
            OK | {"reply_markup": {"inline_keyboard": [[{"text": "a", "callback_data": "b"}] * 9]}},
            "reply markup is too long",
        ),
        (OK | {"reply_parameters": {"message_id": 9}}, "message to be replied not found"),
    ],
)
async def test_messages_are_held_to_their_limits(
    arguments: dict[str, Any], said: str, wire: Wire, telegram_server: TelegramServer
) -> None:
    """Refused in the server's words, and noted: only a mistake of the client brings this about."""
    assert said in await wire.refusal("sendMessage", **arguments)
    assert telegram_server.take_violations()


@pytest.mark.parametrize("text", ["x" * 4096, "🧨" * 2048, "&amp;" * 4096, f"<b>{'x' * 4096}</b>"])
async def test_the_limit_counts_what_people_read(text: str, wire: Wire) -> None:
    """4,096 units after the markup is taken off are taken."""
    status, _ = await wire.call("sendMessage", json=OK | {"text": text, "parse_mode": "HTML"})
    assert status == 200


@pytest.mark.parametrize(
    ("token", "wanted"),
    [("123456789:wrong", (401, "Unauthorized")), ("wrong", (404, "Not Found")), ("x:y", (404, "Not Found"))],
)
async def test_tokens(token: str, wanted: tuple[int, str], wire: Wire) -> None:
    """Wrong is 401, what cannot be a token is 404; neither breaks a rule: tokens are revoked."""
    status, body = await wire.call("getMe", token=token)
    assert (status, body["description"]) == wanted


async def test_unknown_methods_and_places(wire: Wire, telegram_server: TelegramServer) -> None:
    """404, and noted."""
    assert await wire.refusal("sendNothing") == "Not Found: method not found"
    assert await wire.refusal("x/y") == "Not Found"
    assert len(telegram_server.take_violations()) == 2


async def test_methods_do_not_mind_the_case(wire: Wire) -> None:
    """As the Bot API says."""
    status, body = await wire.call("GETME")
    assert (status, body["result"]["username"]) == (200, "depesche_test_bot")


async def test_a_token_outside_the_path_is_noted(wire: Wire, telegram_server: TelegramServer) -> None:
    """It would stand in logs and histories."""
    await wire.call("sendMessage", json=OK | {"text": telegram_server.token})
    assert telegram_server.take_violations() == ["sendMessage: the token stands outside the path"]


@pytest.mark.parametrize(
    ("body", "kind", "fault"),
    [
        (b"text=x", "text/plain", "the body is text/plain: the server reads no arguments from it"),
        (b"[1]", "application/json", "the body is no JSON object"),
        (b"{\xff", "application/json", "the body is not UTF-8"),
    ],
)
async def test_bodies_that_cannot_be_read(
    body: bytes, kind: str, fault: str, wire: Wire, telegram_server: TelegramServer
) -> None:
    """400, and noted."""
    status, _ = await wire.call("sendMessage", data=body, headers={"Content-Type": kind})
    assert status == 400
    assert f"sendMessage: {fault}" in telegram_server.take_violations()


async def test_an_unchanged_edit_is_an_error(wire: Wire) -> None:
    """Text, entities and keyboard the same: 400 in Telegram's long words; no broken rule."""
    await wire.call("sendMessage", json=OK)
    said = await wire.refusal("editMessageText", chat_id=42, message_id=1, text=" x ")
    assert said.startswith("Bad Request: message is not modified: specified new message content")


async def test_others_messages_cannot_be_edited(wire: Wire, telegram_server: TelegramServer) -> None:
    """Only the bot's own."""
    telegram_server.receive_text(telegram_server.world.chats[42], "x")
    said = await wire.refusal("editMessageText", chat_id=42, message_id=1, text="y")
    assert said == "Bad Request: message can't be edited"


async def test_a_tap_is_answered_once(wire: Wire, telegram_server: TelegramServer) -> None:
    """The second answer comes too late, as one to a tap that never was."""
    chat = telegram_server.world.chats[42]
    await wire.call("sendMessage", json=_button(callback_data="why:1"))
    query = telegram_server.tap(telegram_server.sent(chat)[0], "why:1", User(id=5))
    assert (await wire.call("answerCallbackQuery", json={"callback_query_id": query}))[0] == 200
    for tap in (query, "0"):
        assert "query is too old" in await wire.refusal("answerCallbackQuery", callback_query_id=tap)


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ({"command": "Status", "description": "x"}, "BOT_COMMAND_INVALID"),
        ({"command": "s" * 33, "description": "x"}, "BOT_COMMAND_INVALID"),
        ({"command": "status", "description": ""}, "command description must be non-empty"),
        ({"command": "status", "description": "x" * 257}, "command description length must not exceed 256"),
    ],
)
async def test_commands_are_held_to_their_limits(
    command: dict[str, str], said: str, wire: Wire, telegram_server: TelegramServer
) -> None:
    """Small letters, digits, underscores, and a description."""
    assert said in await wire.refusal("setMyCommands", commands=[command])
    assert telegram_server.take_violations()
