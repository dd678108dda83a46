"""Commands and taps over Socket Mode, with slack-bolt against the server."""

import asyncio
import time
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.platforms.slack.handlers import request_of_action, request_of_command
from bot.platforms.slack.platform import SlackPlatform
from bot.ports.conversation import Answer, Part, Request
from tests.fakes.slack import faults, specs
from tests.fakes.slack.faults import (
    Drop,
    Fault,
    HalfOpen,
    Hang,
    NeverOpen,
    RateLimited,
    ServerError,
    SocketFault,
    UpgradeRefused,
)
from tests.fakes.slack.server import SlackServer
from tests.fakes.slack.workspace import Channel, Person
from tests.platforms.slack.conftest import Echo, Running
from tests.platforms.slack.test_messenger import message

OPEN = "apps.connections.open"
AGAIN = "Slack: commands work again"


async def test_a_command_is_answered(
    server: SlackServer, running: Running, channel: Channel, person: Person
) -> None:
    """Acknowledged at once, answered after it, to nobody but who asked."""
    echo = Echo()
    async with running(echo):
        await server.sockets.connected()
        asked = await server.command("Latest  5 <b> &", channel=channel, person=person)
        assert await asked.acked() < 1.0
        answer = await asked.answer()
    assert echo.asked == [
        Request(kind="slack", address=channel.id, user=person.id, user_name="ida", command="latest",
                arguments="5 <b> &", private=False)
    ]  # fmt: skip
    assert answer["response_type"] == "ephemeral"
    assert answer["text"] == "latest: 5 &lt;b&gt; &amp;"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"text": ""}, ("help", "", "C1", False)),
        ({"text": "  status "}, ("status", "", "C1", False)),
        ({"text": "/status"}, ("status", "", "C1", False)),
        ({"text": "subscribe all\u202e\x00 high"}, ("subscribe", "all high", "C1", False)),
        ({"text": "help", "channel_id": "D1"}, ("help", "", "U1", True)),
        ({"text": "x" * 5_000}, ("x" * 49 + "…", "", "C1", False)),
        ({"text": None}, ("help", "", "C1", False)),
    ],
)
def test_requests_of_commands(body: dict[str, Any], expected: tuple[str, str, str, bool]) -> None:
    """First word, rest, where it was asked; a direct message is addressed by the person."""
    request = request_of_command({"channel_id": "C1", "user_id": "U1", "user_name": "ida", **body})
    assert (request.command, request.arguments, request.address, request.private) == expected


@pytest.mark.parametrize("body", [{}, {"actions": []}, {"actions": [{"action_id": "read"}]}])
def test_taps_that_ask_nothing(body: dict[str, Any]) -> None:
    """Opening an article is no request, and neither is what is unknown."""
    assert request_of_action(body) is None


async def test_a_tap_is_answered(
    server: SlackServer, platform: SlackPlatform, running: Running, channel: Channel, person: Person
) -> None:
    """Why asks for the alert's id; the alert itself stays; Read is acknowledged and asks nothing."""
    await platform.messenger.send(message(channel.id))
    (post,) = channel.by_bot
    echo = Echo()
    async with running(echo):
        await server.sockets.connected()
        read = await server.tap(post, "read", channel=channel, person=person)
        await read.acked()
        why = await server.tap(post, "why", channel=channel, person=person)
        answer = await why.answer()
    assert [(asked.command, asked.arguments, asked.user) for asked in echo.asked] == [
        ("why", "alert-1", person.id)
    ]
    assert answer["replace_original"] is False
    assert not read.answers


async def test_what_is_unknown_is_acknowledged(
    server: SlackServer, running: Running, channel: Channel, person: Person
) -> None:
    """A renamed command works, and an event that nobody asked for is acknowledged too."""
    async with running(Echo()):
        await server.sockets.connected()
        renamed = await server.command("help", channel=channel, person=person, command="/alerts")
        assert (await renamed.answer())["text"] == "help:"
        payload = {"type": "event_callback", "event": {"type": "app_home_opened", "user": person.id}}
        stranger = await server.sockets.send("events_api", type(renamed)(payload=payload))
        await stranger.acked()


async def test_a_failing_answerer(
    server: SlackServer, running: Running, channel: Channel, person: Person
) -> None:
    """An answer that fails costs one line in the log; the next one is given."""

    class Failing(Echo):
        async def answer(self, request: Request) -> Answer:
            if request.command == "boom":
                raise RuntimeError("xoxb-secret")
            return await super().answer(request)

    with capture_logs() as logs:
        async with running(Failing()):
            await server.sockets.connected()
            await (await server.command("boom", channel=channel, person=person)).acked()
            await (await server.command("help", channel=channel, person=person)).answer()
    (line,) = [entry for entry in logs if entry["log_level"] == "warning"]
    assert line["why"] == "RuntimeError"
    assert "secret" not in str(logs)


async def test_silence_is_no_message(
    server: SlackServer, running: Running, channel: Channel, person: Person
) -> None:
    """Where there is nothing to say nothing is sent, and the command is acknowledged all the same."""
    async with running(Echo(Answer(parts=(Part(text=" "),)))):
        await server.sockets.connected()
        asked = await server.command("help", channel=channel, person=person)
        await asked.acked()
        await asyncio.sleep(0.05)
    assert not asked.answers


@pytest.mark.parametrize("reason", ["warning", "refresh_requested"])
async def test_slack_asks_for_a_new_connection(
    server: SlackServer, running: Running, channel: Channel, person: Person, reason: str
) -> None:
    """Slack renews connections every few hours: no line in the log, and commands go on."""
    with capture_logs() as logs:
        async with running(Echo()):
            await server.sockets.connected()
            await asyncio.sleep(0.15)
            await server.sockets.disconnect(reason, grace=0.2)
            await server.sockets.connected(2)
            await (await server.command("help", channel=channel, person=person)).answer()
    assert not [entry for entry in logs if entry["log_level"] in ("warning", "error")]


async def test_a_broken_connection(
    server: SlackServer, running: Running, channel: Channel, person: Person
) -> None:
    """A connection that breaks without a word is replaced."""
    async with running(Echo()):
        await server.sockets.connected()
        await asyncio.sleep(0.15)
        await server.sockets.cut()
        await server.sockets.connected(2)
        assert await (await server.command("help", channel=channel, person=person)).answer()


async def test_a_connection_that_dies_in_silence(
    server: SlackServer, running: Running, channel: Channel, person: Person
) -> None:
    """Greeted, and then nothing comes any more, not even answers to pings: it is replaced."""
    server.script_socket(HalfOpen(greets=True))
    async with running(Echo()):
        await server.sockets.connected()
        await (await server.command("help", channel=channel, person=person)).answer()
    assert [call.method for call in server.calls].count(OPEN) == 2


async def test_shutting_down_beside_a_dead_peer(server: SlackServer, running: Running) -> None:
    """A WebSocket whose other end is silent does not hold the end up."""
    server.script_socket(HalfOpen(greets=True))
    async with running(Echo()):
        await asyncio.sleep(0.1)
        begun = time.monotonic()
    assert time.monotonic() - begun < 2.0


@pytest.mark.parametrize("fault", [UpgradeRefused(), UpgradeRefused(status=503), HalfOpen(), NeverOpen()])
async def test_websockets_that_do_not_open(
    server: SlackServer, running: Running, channel: Channel, person: Person, fault: SocketFault
) -> None:
    """Refused or dead, twice: each try takes a fresh ticket, one line tells of it, one that it is over."""
    server.script_socket(fault, fault)
    with capture_logs() as logs:
        async with running(Echo()):
            await server.sockets.connected()
            await (await server.command("help", channel=channel, person=person)).answer()
            async with asyncio.timeout(5):
                while not any(entry["event"] == AGAIN for entry in logs):
                    await asyncio.sleep(0.02)
    lines = [entry["event"] for entry in logs if entry["log_level"] != "debug"]
    assert lines == ["Slack: no commands at the moment; trying again", AGAIN]
    assert [call.method for call in server.calls].count(OPEN) == 3


@pytest.mark.parametrize(
    ("fault", "why"),
    [
        (Drop(), "the connection broke"),
        (Hang(), "no answer in time"),
        (ServerError(), "HTTP 503"),
        (RateLimited(seconds=0), "ratelimited"),
        (faults.Answer(error="invalid_auth"), "the app token is not valid"),
        (faults.Answer(error="not_allowed_token_type"), "the wrong kind of token"),
        (faults.Answer(error="forbidden_team"), "does not allow Socket Mode"),
    ],
)
async def test_no_address_for_a_websocket(
    server: SlackServer, running: Running, channel: Channel, person: Person, fault: Fault, why: str
) -> None:
    """Whatever keeps Slack from naming an address: one line that says why, and it is tried again."""
    server.script(OPEN, fault)
    with capture_logs() as logs:
        async with running(Echo()):
            await server.sockets.connected()
            await (await server.command("help", channel=channel, person=person)).answer()
    (line,) = [entry for entry in logs if entry["log_level"] == "warning"]
    assert why in line["why"]


async def test_no_secret_is_logged(
    server: SlackServer, running: Running, channel: Channel, person: Person
) -> None:
    """Neither tokens nor tickets nor response URLs stand in any line, whatever goes wrong."""
    server.script(OPEN, ServerError(), faults.Answer(error="invalid_auth"))
    server.script_socket(UpgradeRefused(), HalfOpen())
    with capture_logs() as logs:
        async with running(Echo()):
            await server.sockets.connected()
            await (await server.command("help", channel=channel, person=person)).answer()
            await server.sockets.cut()
            await server.sockets.connected(2)
    assert logs
    assert not [word for word in ("xoxb", "xapp", "ticket", "/commands/") if word in str(logs)]


async def test_without_an_app_token(server: SlackServer) -> None:
    """The bot sends and hears nothing, and says so."""
    async with SlackPlatform(bot_token=server.workspace.bot_token, base_url=server.base_url) as slack:
        with capture_logs() as logs:
            await slack.run(Echo())
    assert "no app token" in logs[0]["event"]


async def test_the_servers_payloads_have_the_shape_of_slacks(
    server: SlackServer, platform: SlackPlatform, running: Running, channel: Channel, person: Person
) -> None:
    """Commands and taps carry the fields of Slack's published samples and no others."""
    command_sample, tap_sample = specs.payload("SlashCommandPayload"), specs.payload("BlockActionPayload")
    if not command_sample or not tap_sample:
        pytest.skip(specs.ABSENT)
    await platform.messenger.send(message(channel.id))
    async with running(Echo()):
        await server.sockets.connected()
        command = await server.command("help", channel=channel, person=person)
        tap = await server.tap(channel.by_bot[0], "why", channel=channel, person=person)
        await command.answer()
        await tap.answer()
    assert command_sample.keys() - command.payload.keys() <= {"enterprise_id", "enterprise_name"}
    assert not command.payload.keys() - command_sample.keys()
    assert not tap.payload.keys() - tap_sample.keys()
    assert not tap.payload["container"].keys() - tap_sample["container"].keys()
