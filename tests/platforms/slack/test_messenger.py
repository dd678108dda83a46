"""Sending, editing and finding again, with the real client library against the server."""

import asyncio
import contextlib
import dataclasses
import socket
from typing import Any

import pytest

from bot.platforms.slack.client import Patience, open_session, web_client
from bot.platforms.slack.messenger import PAGE, PAGES, SlackMessenger
from bot.platforms.slack.platform import SlackPlatform
from bot.ports.messenger import Ambiguous, Destination, Message, NotSent, Outcome, Reach, Sent
from tests.fakes.alerts import message as console_message
from tests.fakes.slack.faults import Answer, Drop, Fault, Hang, RateLimited, Raw, ServerError
from tests.fakes.slack.rates import Rates
from tests.fakes.slack.server import SlackServer
from tests.fakes.slack.workspace import Channel, Person

POST = "chat.postMessage"


def message(address: str, *, key: str = "alert-1", repeat: bool = False, **changes: Any) -> Message:
    """An alert for a Slack channel or person."""
    to = Destination(id=f"slack:{address}", kind="slack", address=address, lang="de", zone="Europe/Berlin")
    return dataclasses.replace(
        console_message(f"{key}:slack:{address}", repeat=repeat, **changes), destination=to
    )


def kind_of(outcome: Outcome) -> str:
    """Sent, ambiguous, or what kind of not sent."""
    match outcome:
        case Sent():
            return "sent"
        case Ambiguous():
            return "ambiguous"
        case NotSent(permanent=True):
            return "permanent"
        case NotSent(retry_after=None):
            return "later"
        case NotSent(retry_after=seconds):
            return f"in {seconds:g} s"


async def test_an_alert_arrives(platform: SlackPlatform, channel: Channel) -> None:
    """Text, blocks and the delivery key arrive in the channel; the id names channel and message."""
    outcome = await platform.messenger.send(message(channel.id))
    (post,) = channel.by_bot
    assert outcome == Sent(id=f"{channel.id}/{post.ts}")
    assert post.metadata == {"event_type": "depesche_delivery",
                             "event_payload": {"key": f"alert-1:slack:{channel.id}"}}  # fmt: skip
    assert post.blocks
    assert "Neue Truppenzusage: Norwegen → Litauen" in post.text


async def test_no_previews(server: SlackServer, platform: SlackPlatform, channel: Channel) -> None:
    """Slack is told not to unfold links and media below an alert."""
    await platform.messenger.send(message(channel.id))
    assert server.calls[0].arguments["unfurl_links"] is False
    assert server.calls[0].arguments["unfurl_media"] is False


async def test_a_person_gets_a_direct_message(
    server: SlackServer, platform: SlackPlatform, person: Person
) -> None:
    """The id of a person is an address too; the message id names the conversation it landed in."""
    outcome = await platform.messenger.send(message(person.id))
    direct = server.workspace.direct(person.id)
    assert outcome == Sent(id=f"{direct.id}/{direct.by_bot[0].ts}")
    assert await platform.messenger.edit(message(person.id), outcome.id) == outcome
    assert await platform.messenger.reconcile(message(person.id)) == outcome


async def test_a_repeat_says_so(platform: SlackPlatform, channel: Channel) -> None:
    """What may have been sent before is marked."""
    await platform.messenger.send(message(channel.id, repeat=True))
    assert "vielleicht schon einmal gesendet" in channel.by_bot[0].text


@pytest.mark.parametrize(
    ("fault", "expected", "posted"),
    [
        (Drop(), "ambiguous", 1),
        (Drop(processed=False), "ambiguous", 0),
        (Hang(), "ambiguous", 1),
        (Hang(processed=False), "ambiguous", 0),
        (ServerError(), "ambiguous", 1),
        (ServerError(status=500, processed=False), "ambiguous", 0),
        (ServerError(status=408), "ambiguous", 1),
        (ServerError(status=404, processed=False), "permanent", 0),
        (RateLimited(seconds=7), "in 7 s", 0),
        (RateLimited(seconds=0), "in 0 s", 0),
        (RateLimited(seconds=None), "in 30 s", 0),
        (Raw(body="<html>portal</html>"), "ambiguous", 1),
        (Raw(body="ok", content_type="text/plain"), "ambiguous", 1),
        (Raw(body="{", content_type="application/json"), "ambiguous", 1),
        (Raw(body="[]", content_type="application/json"), "ambiguous", 1),
        (Raw(body='{"ok":true}', content_type="application/json"), "ambiguous", 1),
        (Answer(error="internal_error", processed=True), "ambiguous", 1),
        (Answer(error="fatal_error"), "ambiguous", 0),
        (Answer(error="ratelimited"), "in 30 s", 0),
        (Answer(error="rate_limited"), "in 30 s", 0),
        (Answer(error="message_limit_exceeded"), "in 3600 s", 0),
        (Answer(error="service_unavailable"), "later", 0),
        (Answer(error="invalid_auth"), "permanent", 0),
        (Answer(error="account_inactive"), "permanent", 0),
        (Answer(error="ekm_access_denied"), "permanent", 0),
        (Answer(error="an_error_of_tomorrow"), "permanent", 0),
    ],
)
async def test_faults(
    server: SlackServer, platform: SlackPlatform, channel: Channel, fault: Fault, expected: str, posted: int
) -> None:
    """Every fault has its outcome, nothing is sent twice, and the next message goes out."""
    server.script(POST, fault)
    assert kind_of(await platform.messenger.send(message(channel.id))) == expected
    assert len(channel.by_bot) == posted
    assert kind_of(await platform.messenger.send(message(channel.id, key="next"))) == "sent"


async def test_a_refused_connection(server: SlackServer, platform: SlackPlatform, channel: Channel) -> None:
    """Where nobody listens nothing was sent, and a later try makes sense."""
    async with server.refusing():
        outcome = await platform.messenger.send(message(channel.id))
    assert outcome == NotSent(reason="Slack: no connection (ClientConnectorError)", reach=Reach.PLATFORM)
    assert kind_of(await platform.messenger.send(message(channel.id))) == "sent"


async def test_a_host_that_does_not_answer_to_connecting() -> None:
    """A connection that never stands has sent nothing."""
    with contextlib.ExitStack() as sockets:
        full = sockets.enter_context(socket.socket())
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        for _place in range(4):  # nobody accepts, so its queue is full after a few
            filler = sockets.enter_context(socket.socket())
            filler.setblocking(False)
            filler.connect_ex(full.getsockname())
        await asyncio.sleep(0.05)
        async with open_session(Patience(connect=0.2, answer=0.2)) as session:
            url = f"http://127.0.0.1:{full.getsockname()[1]}/api/"
            messenger = SlackMessenger(web_client("xoxb-1", base_url=url, session=session))
            outcome = await messenger.send(message("C1"))
    assert outcome == NotSent(reason="Slack: no connection (ConnectionTimeoutError)", reach=Reach.PLATFORM)


@pytest.mark.parametrize(
    ("prepare", "expected"),
    [
        ({"archived": True}, "Slack: is_archived: the channel is archived: restore it"),
        ({"member": False}, "Slack: not_in_channel: the bot is not in the channel: invite it"),
        ({"member": False, "private": True}, "Slack: channel_not_found: there is no such channel, or it is"),
    ],
)
async def test_channels_that_cannot_be_posted_to(
    server: SlackServer, platform: SlackPlatform, prepare: dict[str, bool], expected: str
) -> None:
    """Archived, left or invisible: permanent, with one line that names the mend."""
    outcome = await platform.messenger.send(message(server.workspace.channel("off", **prepare).id))
    assert isinstance(outcome, NotSent)
    assert outcome.permanent
    assert outcome.reason.startswith(expected)
    assert "\n" not in outcome.reason


@pytest.mark.parametrize("address", ["C0UNKNOWN", "U0UNKNOWN"])
async def test_unknown_addresses(platform: SlackPlatform, address: str) -> None:
    """What does not exist is permanent."""
    assert kind_of(await platform.messenger.send(message(address))) == "permanent"


@pytest.mark.parametrize("error", ["token_revoked", "account_inactive", "invalid_auth"])
async def test_tokens_that_ended(
    server: SlackServer, platform: SlackPlatform, channel: Channel, error: str
) -> None:
    """A token that no longer works is permanent, and the line says what to do but shows no token."""
    server.workspace.revoke(server.workspace.bot_token, error)
    outcome = await platform.messenger.send(message(channel.id))
    assert kind_of(outcome) == "permanent"
    assert "install" in repr(outcome) or "copy" in repr(outcome)
    assert "xoxb-1" not in repr(outcome)


async def test_a_missing_scope_is_named(
    server: SlackServer, platform: SlackPlatform, channel: Channel
) -> None:
    """The line says which scope to add."""
    server.workspace.withhold("chat:write")
    outcome = await platform.messenger.send(message(channel.id))
    if not server.calls[0].error:
        pytest.skip("the specifications of Slack's API are not here, so the server knows no scopes")
    assert isinstance(outcome, NotSent)
    assert outcome.reason.startswith("Slack: missing_scope (chat:write): the app lacks a scope: paste")


async def test_an_edit(server: SlackServer, platform: SlackPlatform, channel: Channel) -> None:
    """The message says what the alert says now, keeps its key, and the same text is fine again."""
    sent = await platform.messenger.send(message(channel.id))
    assert isinstance(sent, Sent)
    changed = message(channel.id, sources=4)
    assert await platform.messenger.edit(changed, sent.id) == sent
    assert await platform.messenger.edit(changed, sent.id) == sent
    (post,) = channel.by_bot
    assert "+3 Quellen" in post.text
    assert await platform.messenger.reconcile(changed) == sent


@pytest.mark.parametrize(
    ("error", "expected"),
    [("edit_window_closed", "permanent"), ("message_not_found", "permanent"), ("update_failed", "ambiguous"),
     ("cant_update_message", "permanent"), ("is_inactive", "permanent")],
)  # fmt: skip
async def test_edits_that_fail(
    server: SlackServer, platform: SlackPlatform, channel: Channel, error: str, expected: str
) -> None:
    """An edit's errors are outcomes too."""
    sent = await platform.messenger.send(message(channel.id))
    assert isinstance(sent, Sent)
    server.script("chat.update", Answer(error=error))
    assert kind_of(await platform.messenger.edit(message(channel.id), sent.id)) == expected


@pytest.mark.parametrize("strange", ["", "C1", "/", "17.5"])
async def test_an_id_that_is_none(server: SlackServer, platform: SlackPlatform, strange: str) -> None:
    """An id of another platform is refused without a call."""
    assert kind_of(await platform.messenger.edit(message("C1"), strange)) == "permanent"
    assert not server.calls


@pytest.mark.parametrize("fault", [Drop(), Hang(), ServerError()])
async def test_reconcile_finds_what_was_posted(
    server: SlackServer, platform: SlackPlatform, channel: Channel, fault: Fault
) -> None:
    """Posted, and the answer lost: it is found again among others, and no second one is needed."""
    server.script(POST, fault)
    assert isinstance(await platform.messenger.send(message(channel.id)), Ambiguous)
    for number in range(PAGE + 5):
        server.workspace.say(channel, f"chat {number}")
    found = await platform.messenger.reconcile(message(channel.id, repeat=True))
    assert found == Sent(id=f"{channel.id}/{channel.by_bot[0].ts}")
    assert len(channel.by_bot) == 1


async def test_reconcile_after_a_kill(server: SlackServer, channel: Channel) -> None:
    """A process that was killed between the call and its record: the next one finds its message."""
    space = server.workspace
    for _life in range(3):
        async with SlackPlatform(bot_token=space.bot_token, base_url=server.base_url) as slack:
            if not isinstance(await slack.messenger.reconcile(message(channel.id)), Sent):
                await slack.messenger.send(message(channel.id))
    assert len(channel.by_bot) == 1


async def test_reconcile_of_what_never_went_out(
    server: SlackServer, platform: SlackPlatform, channel: Channel
) -> None:
    """A history read to its end without the key: surely not sent, even if another delivery is there."""
    server.script(POST, Drop(processed=False))
    await platform.messenger.send(message(channel.id))
    await platform.messenger.send(message(channel.id, key="alert-2"))
    assert kind_of(await platform.messenger.reconcile(message(channel.id))) == "later"


async def test_keys_of_others_do_not_count(
    server: SlackServer, platform: SlackPlatform, channel: Channel
) -> None:
    """Somebody who copies the key into a message of their own fools nobody."""
    post = server.workspace.say(channel, "mine")
    post.metadata = {"event_type": "depesche_delivery", "event_payload": {"key": message(channel.id).key}}
    assert kind_of(await platform.messenger.reconcile(message(channel.id))) == "later"


async def test_a_history_too_long(server: SlackServer, platform: SlackPlatform, channel: Channel) -> None:
    """Not among the newest thousand messages: nobody knows."""
    for number in range(PAGE * PAGES + 1):
        server.workspace.say(channel, f"chat {number}")
    assert kind_of(await platform.messenger.reconcile(message(channel.id))) == "ambiguous"
    assert len(server.calls) == PAGES


@pytest.mark.parametrize(
    "fault",
    [Drop(), Hang(), ServerError(), RateLimited(seconds=3), Answer(error="missing_scope"), Raw(body="no"),
     Answer(error="not_in_channel"), Raw(body="{}", content_type="application/json")],
)  # fmt: skip
async def test_a_history_that_cannot_be_read(
    server: SlackServer, platform: SlackPlatform, channel: Channel, fault: Fault
) -> None:
    """Whatever keeps the history from being read: nobody knows, so nothing is sent on a guess."""
    await platform.messenger.send(message(channel.id))
    server.script("conversations.history", fault, fault)  # aiohttp reads once more after a drop
    assert kind_of(await platform.messenger.reconcile(message(channel.id))) == "ambiguous"


async def test_a_flood_is_held_back_by_slack() -> None:
    """The second message in the same second is put off, and the one in another channel is not."""
    async with SlackServer(rates=Rates()) as server:
        space = server.workspace
        one, other = space.channel("one"), space.channel("other")
        async with SlackPlatform(bot_token=space.bot_token, base_url=server.base_url) as slack:
            outcomes = [await slack.messenger.send(message(address.id)) for address in (one, one, other)]
    assert [kind_of(outcome) for outcome in outcomes] == ["sent", "in 1 s", "sent"]
    assert server.violations == []
