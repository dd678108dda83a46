"""The test server itself: it answers as Slack does and lets nothing pass that Slack would not."""

import asyncio
import json
import re
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.slack import specs
from tests.fakes.slack.blocks import block_problems, message_problems
from tests.fakes.slack.faults import UpgradeRefused
from tests.fakes.slack.methods import Methods
from tests.fakes.slack.server import SlackServer
from tests.fakes.slack.sockets import Asked, NotConnectedError
from tests.fakes.slack.workspace import Workspace

POST = "chat.postMessage"
# Errors that every method may answer, and that the lists of the methods leave out.
ANYWHERE = {
    "not_authed", "invalid_auth", "token_revoked", "token_expired", "account_inactive", "missing_scope",
    "not_allowed_token_type", "no_permission", "org_login_required", "ekm_access_denied", "access_denied",
    "team_access_not_granted", "invalid_arguments", "ratelimited", "accesslimited", "fatal_error",
    "internal_error", "request_timeout", "service_unavailable", "team_added_to_org", "unknown_method",
    "insecure_request", "cannot_dm_bot",
}  # fmt: skip
needs_specs = pytest.mark.skipif(specs.methods() is None, reason=specs.ABSENT)


def section(text: str, **more: Any) -> dict[str, Any]:
    """A section of markup."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def button(**changes: Any) -> dict[str, Any]:
    """A row with one button."""
    usual = {"type": "button", "action_id": "a", "text": {"type": "plain_text", "text": "B"}}
    return {"type": "actions", "elements": [{**usual, **changes}]}


async def said(call: Any) -> str:
    """The error that a call was answered with, or nothing."""
    try:
        await call
    except SlackApiError as error:
        return str(error.response["error"])
    return ""


@needs_specs
@pytest.mark.parametrize(
    ("method", "json_body", "form", "expected"),
    [
        (POST, {"channel": "C1", "text": "a", "chanel": "C1"}, None, "there is no argument `chanel`"),
        (POST, {"text": "a"}, None, "the argument `channel` is missing"),
        (POST, {"channel": "C1", "text": 5}, None, "`text` is int 5"),
        (POST, {"channel": "C1", "text": "a", "unfurl_links": "no"}, None, "`unfurl_links` is str"),
        (POST, {"channel": "alerts", "text": "a"}, None, "`channel` is str 'alerts'"),
        ("chat.update", {"channel": "C1", "ts": "17", "text": "a"}, None, "`ts` is str '17'"),
        (POST, None, {"channel": "C1", "text": "a", "blocks": "None"}, "`blocks` is str 'None'"),
        (POST, None, {"channel": "C1", "text": "a", "mrkdwn": "False"}, "`mrkdwn` is str 'False'"),
        ("conversations.history", None, {"channel": "C1", "limit": "many"}, "`limit` is str 'many'"),
        ("conversations.info", {"channel": "C1"}, None, "takes no JSON body"),
        ("chat.post", {"channel": "C1"}, None, "no such method"),
    ],
)  # fmt: skip
async def test_arguments(
    lenient: SlackServer, bare: AsyncWebClient, method: str, json_body: Any, form: Any, expected: str
) -> None:
    """Unknown, missing and wrong arguments, and the wrong encoding, are written down."""
    await said(bare.api_call(method, json=json_body, data=form))
    assert expected in "\n".join(lenient.violations)


@needs_specs
async def test_verbs_and_tokens_in_the_wrong_place(lenient: SlackServer) -> None:
    """A message posted by GET, and a token in the address, are written down."""
    lenient.workspace.channel()
    token = lenient.workspace.bot_token
    async with aiohttp.ClientSession() as session:
        url = f"{lenient.base_url}{POST}?channel=C00000001&text=a&token={token}"
        async with session.get(url) as response:
            assert (await response.json())["ok"] is True
    assert len(lenient.violations) == 2


async def test_kinds_of_token(lenient: SlackServer, bare: AsyncWebClient) -> None:
    """Each token has its methods; a wrong or missing one is refused."""
    space = lenient.workspace
    assert await said(bare.apps_connections_open(app_token=space.bot_token)) == "not_allowed_token_type"
    assert await said(bare.api_call("auth.test", json={"token": space.app_token})) == "not_allowed_token_type"
    bare.token = None
    assert await said(bare.api_call("auth.test")) == "not_authed"
    assert len(lenient.violations) == 3
    bare.token = "xoxb-unknown"
    assert await said(bare.auth_test()) == "invalid_auth"
    assert len(lenient.violations) == 3


@needs_specs
async def test_scopes(lenient: SlackServer, bare: AsyncWebClient) -> None:
    """A call beyond the manifest is a violation; a scope that the test took away is just an error."""
    channel = lenient.workspace.channel()
    lenient.workspace.withhold("channels:history")
    assert await said(bare.conversations_history(channel=channel.id)) == "missing_scope"
    assert lenient.violations == []
    assert await said(bare.conversations_info(channel=channel.id)) == "missing_scope"
    assert len(lenient.violations) == 1


@pytest.mark.parametrize(
    "blocks",
    [
        [],
        "text",
        [section("a")] * 51,
        [section("a", block_id="x"), section("b", block_id="x")],
        [section("a" * 3_001)],
        [section("")],
        [section("a", emoji=True)],
        [section("a", block_id="x" * 256)],
        [section("a" * 2_900)] * 5,
        [section("<!channel>")],
        [section("<@U1>")],
        [section("<#C1|x>")],
        [section("a & b")],
        [section("a < b")],
        [section("<javascript:x|y>")],
        [{"type": "header", "text": {"type": "plain_text", "text": "a" * 151}}],
        [{"type": "header", "text": {"type": "mrkdwn", "text": "a"}}],
        [{"type": "context", "elements": []}],
        [{"type": "context", "elements": [{"type": "plain_text", "text": "a"}] * 11}],
        [{"type": "quote"}],
        [{"type": "rich_text", "elements": []}],
        [{"type": "rich_text", "elements": [{"type": "rich_text_quote", "elements": [
            {"type": "broadcast", "range": "channel"}]}]}],
        [{"type": "rich_text", "elements": [{"type": "rich_text_quote", "elements": [
            {"type": "text", "text": ""}]}]}],
        [button(text={"type": "plain_text", "text": "a" * 76})],
        [button(text={"type": "mrkdwn", "text": "a"})],
        [button(action_id="a" * 256)],
        [button(value="a" * 2_001)],
        [button(url="https://e.org/" + "a" * 3_000)],
        [button(url="javascript:x")],
        [button(style="loud")],
        [{"type": "actions", "elements": button()["elements"] * 2}],
    ],
)  # fmt: skip
async def test_blocks(lenient: SlackServer, bare: AsyncWebClient, blocks: Any) -> None:
    """Every limit of Block Kit is held, and Slack's answer is an error."""
    channel = lenient.workspace.channel()
    assert list(block_problems(blocks))
    call = bare.api_call(POST, json={"channel": channel.id, "text": "a", "blocks": blocks})
    assert (await said(call)).startswith("invalid_blocks")
    assert lenient.violations


def test_blocks_that_are_fine() -> None:
    """What Slack takes passes."""
    fine = [section("*<https://e.org/?a=1&amp;b=2|Title &lt;1&gt;>*"), {"type": "divider"}, button(value="1")]
    assert list(message_problems("Title &amp; more", fine)) == []


@pytest.mark.parametrize("text", [None, "", "  ", "<!here>", "a & b", "a" * 40_001])
def test_top_level_text(text: str | None) -> None:
    """A message without plain text, or with commands in it, is not complete."""
    assert list(message_problems(text, [section("a")]))


async def test_what_is_posted_can_be_read(lenient: SlackServer, bare: AsyncWebClient) -> None:
    """Threads stay out of the history, pages follow each other, metadata comes where it is asked for."""
    channel = lenient.workspace.channel()
    first = await bare.chat_postMessage(channel=channel.id, text="1", metadata=_metadata("k1"))
    for number in range(2, 6):
        await bare.chat_postMessage(channel=channel.id, text=str(number))
    await bare.chat_postMessage(channel=channel.id, text="reply", thread_ts=first["ts"])
    page = await bare.conversations_history(channel=channel.id, limit=3)
    assert [post["text"] for post in page["messages"]] == ["5", "4", "3"]
    cursor = page["response_metadata"]["next_cursor"]
    rest = await bare.conversations_history(channel=channel.id, limit=3, cursor=cursor)
    assert [post["text"] for post in rest["messages"]] == ["2", "1"]
    assert "metadata" not in rest["messages"][1]
    full = await bare.conversations_history(channel=channel.id, include_all_metadata=True)
    assert full["messages"][-1]["metadata"]["event_payload"] == {"key": "k1"}
    assert lenient.violations == []


@pytest.mark.parametrize(
    ("metadata", "expected"),
    [({"event_type": "Big Words", "event_payload": {}}, "invalid_metadata_format"),
     ({"event_type": "a"}, "invalid_metadata_format"), ("no", "invalid_metadata_format")],
)  # fmt: skip
async def test_metadata(lenient: SlackServer, bare: AsyncWebClient, metadata: Any, expected: str) -> None:
    """Metadata must have its form."""
    channel = lenient.workspace.channel()
    call = bare.api_call(POST, json={"channel": channel.id, "text": "a", "metadata": metadata})
    assert await said(call) == expected


def _metadata(key: str) -> dict[str, Any]:
    return {"event_type": "depesche_delivery", "event_payload": {"key": key}}


async def test_messages_of_others(lenient: SlackServer, bare: AsyncWebClient) -> None:
    """Only the app's own messages can be changed or deleted."""
    channel = lenient.workspace.channel()
    post = lenient.workspace.say(channel, "mine")
    assert await said(bare.chat_update(channel=channel.id, ts=post.ts, text="b")) == "cant_update_message"
    assert await said(bare.chat_delete(channel=channel.id, ts=post.ts)) == "cant_delete_message"
    assert await said(bare.chat_update(channel=channel.id, ts="1700000000.999999", text="b")) == (
        "message_not_found"
    )


@needs_specs
@pytest.mark.parametrize("path", ["tests/fakes/slack/methods.py", "bot/platforms/slack/errors.yml"])
def test_errors_are_slacks(path: str) -> None:
    """Each error that this server answers, and that the platform knows, is one of Slack's."""
    text = (specs.CHECKOUT / path).read_text(encoding="utf-8")
    written = set(re.findall(r'SlackError\("(\w+)"|^  ([a-z_]+):', text, re.MULTILINE))
    listed = {error for method in (specs.methods() or {}).values() for error in method.get("errors", ())}
    assert written
    assert {"".join(names) for names in written} - listed - ANYWHERE == set()


@needs_specs
def test_methods_are_slacks() -> None:
    """Each method that this server knows stands in the specification."""
    known = Methods(Workspace(), lambda: "").known
    assert not known.keys() - (specs.methods() or {}).keys()


async def _opened(server: SlackServer, client: AsyncWebClient) -> str:
    response = await client.apps_connections_open(app_token=server.workspace.app_token)
    return str(response["url"])


async def test_tickets_are_for_once(lenient: SlackServer, bare: AsyncWebClient) -> None:
    """A WebSocket greets; its address opens no second one, and a refused one is used up too."""
    url = await _opened(lenient, bare)
    async with aiohttp.ClientSession() as session:
        async with session.ws_connect(url) as socket:
            assert json.loads((await socket.receive()).data)["type"] == "hello"
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(url)
        lenient.script_socket(UpgradeRefused())
        url = await _opened(lenient, bare)
        for _try in range(2):
            with pytest.raises(aiohttp.WSServerHandshakeError):
                await session.ws_connect(url)


async def test_acknowledgements(lenient: SlackServer, bare: AsyncWebClient) -> None:
    """None in time, one twice, one of nothing, and what is none: each is written down."""
    url = await _opened(lenient, bare)
    async with aiohttp.ClientSession() as session, session.ws_connect(url) as socket:
        await socket.receive()
        late = await lenient.sockets.send("slash_commands", Asked(payload={}))
        await socket.receive()
        await asyncio.sleep(0.3)
        assert late.acknowledged is None
        asked = await lenient.sockets.send("slash_commands", Asked(payload={}))
        envelope = json.loads((await socket.receive()).data)["envelope_id"]
        for text in (json.dumps({"envelope_id": envelope}),) * 2 + ('{"envelope_id": "x"}', "hm"):
            await socket.send_str(text)
        await asked.acked()
        await asyncio.sleep(0.05)
    assert [violation.split(":")[1].split()[0] for violation in lenient.violations] == [
        "slash_commands", "acknowledged", "of", "this"
    ]  # fmt: skip


async def test_nobody_listens(lenient: SlackServer) -> None:
    """A command without an app behind it fails for the person who typed it."""
    space = lenient.workspace
    with pytest.raises(NotConnectedError):
        await lenient.command("help", channel=space.channel(), person=space.person())


async def test_response_urls_wear_out(lenient: SlackServer, bare: AsyncWebClient) -> None:
    """Five answers to a command, no sixth; what is no message is written down."""
    space = lenient.workspace
    url = await _opened(lenient, bare)
    async with aiohttp.ClientSession() as session, session.ws_connect(url) as socket:
        await socket.receive()
        asked = await lenient.command("help", channel=space.channel(), person=space.person())
        await socket.send_str(
            json.dumps({"envelope_id": json.loads((await socket.receive()).data)["envelope_id"]})
        )
        await asked.acked()
        answers = [{"text": "fine"}] * 4 + [{"txt": "a", "response_type": "loud"}, {"text": "sixth"}]
        statuses = [(await session.post(asked.payload["response_url"], json=body)).status for body in answers]
    assert statuses == [200] * 5 + [404]
    assert len(lenient.violations) == 4
